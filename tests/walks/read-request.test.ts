import { RequestView } from '@time-bank/contracts/request';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAR_AWAY, NEXT_DOOR, type Town, startTown } from '../town.ts';
import { aVisit } from './steps.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(async () => {
  await town.stop();
});

const missing = () => `/api/requests/${town.ids.request()}`;

describe('a request that waits for a volunteer', () => {
  it('is shown in full to the elder and the coordinator', async () => {
    const { elder, coordinator, path } = await aVisit(town, 'posted', { request: { note: '三楼' } });
    for (const [who, mine] of [
      [elder, 'receiver'],
      [coordinator, 'coordinator'],
    ] as const) {
      expect((await town.ask(who, 'GET', path)).body).toMatchObject({
        mine,
        address: elder.address,
        note: '三楼',
        receiver: { name: elder.name, phone: elder.phone },
      });
    }
  });

  it('is shown masked to the volunteers of the county', async () => {
    const { elder, path } = await aVisit(town, 'posted', { request: { note: '三楼' } });
    const neighbour = await town.aVolunteer({ communityCode: NEXT_DOOR });
    const { body } = await town.ask(neighbour, 'GET', path);
    expect(body.receiver).toEqual({ memberId: elder.memberId, surname: '王', gender: 'female' });
    expect(Object.keys(RequestView.parse(body)).sort()).toEqual([
      'communityCode',
      'communityName',
      'distanceKm',
      'mine',
      'paidWithHours',
      'plannedMinutes',
      'plannedStartAt',
      'receiver',
      'requestId',
      'serviceCode',
      'serviceWords',
      'state',
      'wishes',
    ]);
  });

  it('does not exist for other elders, for volunteers of another county, and for other coordinators', async () => {
    const { path } = await aVisit(town, 'posted');
    for (const stranger of [
      await town.anElder(),
      await town.aVolunteer({ communityCode: FAR_AWAY }),
      await town.aCoordinator(NEXT_DOOR),
    ]) {
      const [foreign, none] = [
        await town.ask(stranger, 'GET', path),
        await town.ask(stranger, 'GET', missing()),
      ];
      expect(foreign).toMatchObject({ status: 404, body: { error: { code: 'unknown_request' } } });
      expect(foreign.body).toEqual(none.body);
    }
  });
});

it('a volunteer sees name, number and address from acceptance to the end of the visit, and not after', async () => {
  for (const [step, seen] of [
    ['accepted', true],
    ['begun', true],
    ['ended', true],
    ['settled', false],
  ] as const) {
    const { elder, volunteer, path } = await aVisit(town, step, { request: { note: '三楼' } });
    const text = JSON.stringify((await town.ask(volunteer, 'GET', path)).body);
    for (const secret of [elder.name, elder.address, String(elder.phone), '三楼']) {
      expect(text.includes(secret), `${step}: ${secret}`).toBe(seen);
    }
  }
});

it('once taken, it does not exist any more for the other volunteers', async () => {
  const { path } = await aVisit(town, 'accepted');
  expect((await town.ask(await town.aVolunteer(), 'GET', path)).status).toBe(404);
});

it("nobody reads the code on an elder's card from a request", async () => {
  const { elder, volunteer, coordinator, path } = await aVisit(town, 'accepted');
  for (const who of [elder, volunteer, coordinator]) {
    expect(JSON.stringify((await town.ask(who, 'GET', path)).body)).not.toContain(elder.visitCode);
  }
});

it('what is not a request id is a request that does not exist', async () => {
  const elder = await town.anElder();
  const none = await town.ask(elder, 'GET', missing());
  for (const odd of ['x', 'req_', 'REQ_01', '%00', '%E0%A4%A', '__proto__', `${town.ids.request()}x`]) {
    const answer = await town.ask(elder, 'GET', `/api/requests/${odd}`);
    expect([answer.status, answer.body]).toEqual([404, none.body]);
  }
});
