import { countyOf } from '@time-bank/contracts/region';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aRequest, dynamoStore, nowOf } from '../../store/store.ts';
import { elderMember, enterPeople, enterRequests, volunteerMember } from './city-store.ts';
import { readMeter } from './read-meter.ts';
import { makeTown } from './town.ts';

describe('the people of a town in the tables', () => {
  let store: Awaited<ReturnType<typeof dynamoStore>>;
  beforeAll(async () => {
    store = await dynamoStore();
  });
  afterAll(() => store.stop());

  it('stand there as if they had come in one by one', async () => {
    const { problem } = makeTown('small');
    const volunteers = problem.volunteers.slice(0, 60).map((each) => volunteerMember(store.ids, each));
    await enterPeople(store.connection, volunteers, nowOf(store));
    const county = countyOf(volunteers[0]!.communityCode);
    const listed = await store.ports.people.listVolunteers(county);
    const byId = (members: typeof volunteers) =>
      [...members].sort((one, other) => (one.memberId < other.memberId ? -1 : 1));
    expect(byId(listed)).toEqual(byId(volunteers));
  });

  it('count as read: what a query gives, and each key that is asked for, there or not', async () => {
    const elder = elderMember(store.ids, makeTown('small').problem.visits[0]!);
    await enterPeople(store.connection, [elder], nowOf(store));
    const past = [1, 2, 3].map(() => aRequest(store, { receiverId: elder.memberId, state: 'settled' }));
    await enterRequests(store.connection, past);
    const read = readMeter(store.connection.client);
    expect(await read(() => store.ports.people.readMember(elder.memberId))).toBe(1);
    expect(await read(() => store.ports.people.readMembers([elder.memberId, store.ids.member()]))).toBe(2);
    // Three entries of the index, three requests.
    expect(await read(() => store.ports.careBook.countVisitsTo(elder.memberId))).toBe(6);
  });
});
