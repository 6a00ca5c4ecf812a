/** Volunteers who were stored before there were codes of homes are listed by them, bit by bit; what a run costs, in units. */
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { codeOfCommunity, withoutCode } from '@time-bank/contracts/home-code';
import type { Member } from '@time-bank/contracts/member';
import { countyOf } from '@time-bank/contracts/region';
import { keepHomes } from '@time-bank/desk/keep-homes';
import { values } from '@time-bank/store/item';
import { roleKey } from '@time-bank/store/keys';
import { BY_REGION } from '@time-bank/store/table';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { papers } from '../papers.ts';
import { meter } from './meter.ts';
import { HOME, NEXT_DOOR, NOW, dynamoStore } from './store.ts';

const COUNTY = countyOf(HOME);
/** More than one run of 200 does. */
const MANY = 230;

let store: Awaited<ReturnType<typeof dynamoStore>>;
let measure: ReturnType<typeof meter>;
let volunteers: Member[];
beforeAll(async () => {
  store = await dynamoStore();
  measure = meter(store.connection.client);
  await store.ports.regions.put([
    { code: '34', name: '安徽省' },
    { code: '3413', name: '宿州市' },
    { code: COUNTY, name: '埇桥区' },
  ]);
  volunteers = [];
  for (let count = 0; count < MANY; count += 1) volunteers.push(await aVolunteer());
  await Promise.all(volunteers.map(asBefore));
});
afterAll(async () => {
  await store.stop();
});

const aVolunteer = async (): Promise<Member> => {
  const memberId = store.ids.member();
  const member: Member = {
    memberId,
    name: '李试',
    birthDate: '1962-05-01',
    gender: 'female',
    communityCode: HOME,
    address: '和平里1号楼',
    languages: [],
    roles: [{ role: 'volunteer', region: HOME }],
    skills: [],
    freeTimes: [],
    volunteering: papers,
  };
  const person = { naturalKey: memberId, fingerprint: 'print', member, at: NOW };
  expect(await store.ports.people.addMember(person)).toBe(true);
  return member;
};
/** Lists a volunteer by their id, as it was done before. */
const asBefore = async ({ memberId }: Pick<Member, 'memberId'>): Promise<void> => {
  const TableName = store.connection.tables.care;
  await store.connection.client.send(
    new UpdateItemCommand({
      TableName,
      Key: values({ ...roleKey(memberId, 'volunteer', HOME) }),
      UpdateExpression: 'SET #sort = :id',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#sort': BY_REGION.sortKey },
      ExpressionAttributeValues: values({ ':id': memberId }),
    }),
  );
};
const within = async (code: string, limit = 500) =>
  (await store.ports.people.listVolunteersWithin(COUNTY, { from: code, before: `${code}~` }, { limit }))
    .items;
const work = () => ({ ...store.ports, clock: store.clock });

it('are found by nobody who looks round their home', async () => {
  expect(await within(codeOfCommunity(HOME))).toEqual([]);
  const { items } = await store.ports.people.listVolunteersWithin(COUNTY, withoutCode, { limit: 500 });
  expect(items).toHaveLength(MANY);
});

it('are listed by their homes, 200 a run at 3 units of writing each, until there are none left', async () => {
  const { care } = store.connection.tables;
  const first = await measure(async () => {
    expect(await keepHomes(work())).toBe(200);
  });
  expect(first.written).toEqual({ [care]: 3 * 200 });
  expect(first.read[care]).toBeLessThanOrEqual(2 * 200);
  // The next run begins with those who are left, and the one after it finds nobody: half a unit.
  expect(await keepHomes(work())).toBe(MANY - 200);
  const last = await measure(async () => {
    expect(await keepHomes(work())).toBe(0);
  });
  expect([last.written, last.read]).toEqual([{}, { [care]: 0.5 }]);
  expect((await within(codeOfCommunity(HOME))).toSorted()).toEqual(
    volunteers.map(({ memberId }) => memberId).toSorted(),
  );
});

it('are not put back where two runs meet, or they have moved or left meanwhile', async () => {
  const [stays, moves, leaves] = [volunteers[0]!, volunteers[1]!, volunteers[2]!];
  await Promise.all([stays, moves, leaves].map(asBefore));
  const { people } = store.ports;
  const moved = {
    ...moves,
    communityCode: NEXT_DOOR,
    roles: [{ role: 'volunteer' as const, region: NEXT_DOOR }],
    version: 1,
  };
  expect(await people.change(moves, moved)).toBe(true);
  expect(await people.change(leaves, { ...leaves, roles: [], version: 1 })).toBe(true);
  // As whoever had read them before that would.
  const placed = await Promise.all(
    [stays, stays, moves, leaves].map((member) => people.placeVolunteer(member)),
  );
  expect(placed.toSorted()).toEqual([false, false, false, true]);
  expect(await within(codeOfCommunity(HOME))).toContain(stays.memberId);
  expect(await within(codeOfCommunity(HOME))).not.toContain(moves.memberId);
  expect(await within(codeOfCommunity(NEXT_DOOR))).toEqual([moves.memberId]);
  expect(await within(codeOfCommunity(HOME))).not.toContain(leaves.memberId);
});
