/** A neighbour is found by reading a neighbourhood: how many items a list of candidates costs, never seconds. */
import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { idMaker } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { CommunityCode } from '@time-bank/contracts/region';
import { shortlistFor } from '@time-bank/desk/list-candidates';
import type { NewPerson } from '@time-bank/desk/ports';
import { kilometresBetween } from '@time-bank/matching/distance';
import { memberPieces } from '@time-bank/store/people-pieces';
import { afterAll, describe, expect, it } from 'vitest';
import { papers } from '../papers.ts';
import { chanceOf } from '../sim/random.ts';
import { testVault } from '../vault.ts';
import { type CountItems, itemsOfClient, itemsOfPorts } from './items-read.ts';
import { NOW, aRequest, dynamoStore, memoryStore, write } from './store.ts';

/** The middle of the city. */
const MIDDLE = { latitude: 33.6461, longitude: 116.9641 };
const KM = 1 / 111.2;
const PER_SQUARE_KM = 40;

/** A city of so many volunteers, 40 on a square kilometre, in a county of its own. */
const aCity = (county: string, size: number): NewPerson[] => {
  const { next } = chanceOf(size);
  const ids = idMaker(() => Date.parse(NOW));
  const communityCode = CommunityCode.parse(`${county}001001`);
  const halfKm = Math.sqrt(size / PER_SQUARE_KM) / 2;
  const off = () => (next() * 2 - 1) * halfKm * KM;
  return Array.from({ length: size }, (_, index): NewPerson => {
    const memberId = ids.member();
    const member: Member = {
      memberId,
      name: `李试${String(index)}`,
      birthDate: '1962-05-01',
      gender: 'female',
      communityCode,
      address: '和平里1号楼',
      languages: ['cmn'],
      roles: [{ role: 'volunteer', region: communityCode }],
      skills: [],
      freeTimes: [],
      point: {
        latitude: MIDDLE.latitude + off(),
        longitude: MIDDLE.longitude + off() / Math.cos((MIDDLE.latitude * Math.PI) / 180),
      },
      volunteering: papers,
    };
    return { naturalKey: memberId, fingerprint: 'print', member, at: NOW };
  });
};

interface Twin {
  store: Awaited<ReturnType<typeof memoryStore>> | Awaited<ReturnType<typeof dynamoStore>>;
  count: CountItems;
  add: (people: readonly NewPerson[]) => Promise<void>;
}

const onEngine = async (): Promise<Twin> => {
  const store = await dynamoStore();
  const { connection } = store;
  return {
    store,
    count: itemsOfClient(connection.client),
    // The items of the real pieces, without a transaction for each person.
    add: async (people) => {
      const puts = people
        .flatMap((person) => memberPieces(connection.tables, testVault, person))
        .flatMap(({ item: { Put } }) => Put ?? []);
      for (const table of new Set(puts.map(({ TableName = '' }) => TableName))) {
        const items = puts.filter(({ TableName }) => TableName === table);
        for (let start = 0; start < items.length; start += 25) {
          const requests = items.slice(start, start + 25).map(({ Item }) => ({ PutRequest: { Item } }));
          await connection.client.send(new BatchWriteItemCommand({ RequestItems: { [table]: requests } }));
        }
      }
    },
  };
};

const inMemory = async (): Promise<Twin> => {
  const store = await memoryStore();
  const { ports, count } = itemsOfPorts(store.ports);
  return {
    store: { ...store, ports },
    count,
    add: async (people) => {
      for (const person of people) await store.ports.people.addMember(person);
    },
  };
};

const twins: Twin[] = [];
afterAll(async () => {
  await Promise.all(twins.map(({ store }) => store.stop()));
});

describe.each([
  { name: 'on the engine', start: onEngine },
  { name: 'in memory', start: inMemory },
])('candidates for a visit in a city, $name', ({ start }) => {
  const cityOf = async (size: number) => {
    const twin = await start();
    twins.push(twin);
    const people = aCity('341302', size);
    await twin.add(people);
    const ports = { ...twin.store.ports, clock: twin.store.clock };
    const request = aRequest(twin.store, { place: { address: '和平里', point: MIDDLE } });
    const shortlist = async () => {
      const outcome = await shortlistFor(ports, request);
      if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
      return outcome.value;
    };
    // What is kept for a minute is read before.
    await ports.policies.readBook();
    return { twin, ports, people, request, shortlist };
  };

  it('cost as much among 4,000 volunteers as among 1,000: a neighbourhood', async () => {
    const costs: number[] = [];
    for (const size of [1_000, 4_000]) {
      const { twin, shortlist } = await cityOf(size);
      costs.push(await twin.count(shortlist));
    }
    const [small = 0, large = 0] = costs;
    expect(small).toBeGreaterThan(60);
    expect(large).toBeLessThanOrEqual(200);
    expect(Math.abs(large - small)).toBeLessThanOrEqual(30);
  });

  it('are neighbours: nobody who was passed over lives nearer than a cell further on', async () => {
    const { people, shortlist } = await cityOf(1_000);
    const { considered, ranked } = await shortlist();
    const kmOf = (member: Member) => kilometresBetween(MIDDLE, member.point ?? MIDDLE);
    const looked = new Set(considered.map(({ member }) => member.memberId));
    const furthest = Math.max(...considered.map(({ member }) => kmOf(member)));
    const passed = people
      .filter(({ member }) => !looked.has(member.memberId))
      .map(({ member }) => kmOf(member));
    expect(ranked).toHaveLength(20);
    expect(furthest).toBeLessThan(1.6);
    expect(Math.min(...passed)).toBeGreaterThan(furthest - 1.2 * Math.SQRT2);
  });

  it('are looked for further away where hardly anybody could come: who speaks Cantonese is found', async () => {
    const { twin, ports } = await cityOf(300);
    const speakers = aCity('341302', 6).map((person) => ({
      ...person,
      naturalKey: `${person.naturalKey}-yue`,
      member: {
        ...person.member,
        memberId: twin.store.ids.member(),
        languages: ['yue' as const],
        point: { latitude: MIDDLE.latitude + 1.4 * KM, longitude: MIDDLE.longitude },
      },
    }));
    await twin.add(speakers);
    const place = { address: '和平里', point: MIDDLE };
    const wishes = { languages: ['yue' as const] };
    const outcome = await shortlistFor(ports, aRequest(twin.store, { place, wishes }));
    if (outcome.kind !== 'done') throw new Error('refused');
    const { considered, ranked } = outcome.value;
    expect(ranked.map(({ volunteerId }) => volunteerId).sort()).toEqual(
      speakers.map(({ member }) => member.memberId).sort(),
    );
    expect(considered.length).toBeGreaterThan(100);
    expect(considered.length).toBeLessThanOrEqual(306);
  });

  it('are known faces, too, wherever they live', async () => {
    const { twin, ports, people } = await cityOf(1_000);
    const byWay = people.map(({ member }) => ({
      volunteerId: member.memberId,
      km: kilometresBetween(MIDDLE, member.point ?? MIDDLE),
    }));
    const furthest = byWay.reduce((one, other) => (other.km > one.km ? other : one));
    const receiverId = twin.store.ids.member();
    const place = { address: '和平里', point: MIDDLE };
    const past = aRequest(twin.store, {
      receiverId,
      state: 'settled',
      plannedStartAt: '2026-11-14T02:00:00.000Z',
      volunteerId: furthest.volunteerId,
    });
    await write(twin.store, [{ change: 'put_request', request: past }]);
    const outcome = await shortlistFor(ports, aRequest(twin.store, { receiverId, place }));
    if (outcome.kind !== 'done') throw new Error('refused');
    const face = outcome.value.considered.find(({ member }) => member.memberId === furthest.volunteerId);
    expect(face?.facts.visitsToReceiver).toBe(1);
    expect(furthest.km).toBeGreaterThan(2.5);
  });

  it('are the same whenever they are asked for, and others have their turn with the next visit', async () => {
    const { twin, ports, people, shortlist } = await cityOf(300);
    const [first, again] = [await shortlist(), await shortlist()];
    expect(again.ranked).toEqual(first.ranked);
    // A house in which more people volunteer than are looked at.
    const block = people.map(({ member, ...person }) => ({
      ...person,
      naturalKey: `${person.naturalKey}-block`,
      member: { ...member, memberId: twin.store.ids.member(), point: { latitude: 33.9, longitude: 117.2 } },
    }));
    await twin.add(block);
    const place = { address: '和平里', point: { latitude: 33.9, longitude: 117.2 } };
    const names = new Set<string>();
    for (let times = 0; times < 4; times += 1) {
      const outcome = await shortlistFor(ports, aRequest(twin.store, { place }));
      if (outcome.kind !== 'done') throw new Error('refused');
      for (const { member } of outcome.value.considered) names.add(member.memberId);
    }
    expect(names.size).toBeGreaterThan(60);
  });
});
