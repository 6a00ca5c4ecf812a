/** The board on both stores, and what reading three hundred elders costs. */
import { instantOf, isoWeekOf, msOf } from '@time-bank/contracts/time';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeBoard } from './board-suite.ts';
import { meter } from './meter.ts';
import { HOME, NOW, dynamoStore, memoryStore } from './store.ts';

describeBoard('on the engine', dynamoStore);
describeBoard('in memory', memoryStore);

let store: Awaited<ReturnType<typeof dynamoStore>>;
beforeAll(async () => {
  store = await dynamoStore();
});
afterAll(async () => {
  await store.stop();
});

it('three hundred elders, visited each week, are one query of 25 units at most', async () => {
  const WEEK_MS = 7 * 24 * 60 * 60 * 1000;
  for (let count = 0; count < 300; count += 1) {
    const memberId = store.ids.member();
    const member = {
      memberId,
      name: '欧阳试试',
      birthDate: '1941-03-08',
      gender: 'female' as const,
      communityCode: HOME,
      address: '和平里1号楼1单元101室',
      languages: ['cmn' as const],
      roles: [{ role: 'resident' as const, region: HOME }],
      skills: [],
      freeTimes: [],
      livingSituation: 'alone' as const,
      abilityLevel: 2,
      elderFile: {
        tags: [{ tag: 'destitute' as const, from: '2026-01-01' }],
        assessments: [],
        doNotPair: [],
        emergencyContacts: [],
      },
    };
    const person = { naturalKey: memberId, fingerprint: 'print', member, at: NOW };
    expect(await store.ports.people.addMember(person)).toBe(true);
    // Eight weeks long each week, and the next one is planned.
    for (let week = 8; week >= -1; week -= 1) {
      const plannedStartAt = instantOf(msOf(NOW) - week * WEEK_MS);
      await store.ports.weekBook.put(isoWeekOf(plannedStartAt), {
        requestId: store.ids.request(),
        elderId: memberId,
        state: week < 0 ? 'accepted' : 'settled',
        version: 6,
        communityCode: HOME,
        plannedStartAt,
        plannedMinutes: 60,
        serviceCode: 'B01',
      });
    }
  }
  const used = await meter(store.connection.client)(async () => {
    expect((await store.ports.weekBook.readBoard(HOME)).elders).toHaveLength(300);
  });
  const units = used.read[store.connection.tables.care] ?? 0;
  expect(used.trips).toBe(1);
  expect(units).toBeGreaterThan(0);
  expect(units).toBeLessThanOrEqual(25);
}, 120_000);
