/** Visits for which several are asked, wave by wave: who comes first, and who hears that it is taken. */
import { RequestId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { keepWaves } from '@time-bank/desk/keep-waves';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Town, aRequest, startTown } from '../town.ts';
import { decide } from '../walks-policy/decisions.ts';
import { anUnfilled, aVisitForTwo, order } from './steps.ts';

let town: Town;
beforeEach(async () => {
  town = await startTown();
});
afterEach(async () => {
  await town.stop();
});

const someVolunteers = async (count: number): Promise<Member[]> => {
  const volunteers: Member[] = [];
  for (let number = 0; number < count; number += 1)
    volunteers.push(await town.aVolunteer({ point: { latitude: 33.64 + number / 1000, longitude: 116.97 } }));
  return volunteers;
};

/** A visit tomorrow that nobody has taken yet, for an elder nobody knows or for `elder`. */
const aSearch = async (hours: number, elder?: Member) => {
  const coordinator = await town.aCoordinator();
  const body = aRequest(town, elder ?? (await town.anElder()), { plannedStartAt: town.soon(hours * 60) });
  await town.ask(coordinator, 'POST', '/api/requests', body);
  return { coordinator, requestId: body.requestId, path: `/api/requests/${body.requestId}` };
};

const ask = (search: { coordinator: Member; path: string }) =>
  order(town, search.coordinator, `${search.path}/ask`);

const askedFor = async (requestId: string): Promise<readonly string[]> =>
  (await town.ports.careBook.readRequestNow(RequestId.parse(requestId)))?.request.asked?.to ?? [];

/** How often each person was to be told a kind of notice about a request. */
const timesTold = async (kind: string, requestId: string): Promise<Map<string, number>> => {
  const due = await town.ports.outbox.listDue(town.soon(30 * 24 * 60), 1000);
  const times = new Map<string, number>();
  for (const { notice } of due) {
    const isIt = notice.kind === kind && 'requestId' in notice.about && notice.about.requestId === requestId;
    if (!isIt || !('people' in notice.to)) continue;
    for (const who of notice.to.people) times.set(who, (times.get(who) ?? 0) + 1);
  }
  return times;
};

describe('whoever was let down before', () => {
  it('has the volunteers asked first who may still be asked this week, though another visit is sooner', async () => {
    await decide(town, { values: { asksPerWeekMax: 1, askFirstCount: 1 } });
    const { coordinator, elder, path } = await anUnfilled(town);
    await order(town, coordinator, `${path}/unfilled`, { then: 'apologise', reason: '志愿者都有事' });
    const volunteers = await someVolunteers(4);
    const sooner = await aSearch(24);
    const letDown = await aSearch(30, elder);
    await ask(sooner);
    await ask(letDown);
    town.pass(60);
    expect(await keepWaves(town.ports)).toBe(2);
    const [first, second, ...others] = volunteers.map(({ memberId }) => memberId);
    expect(await askedFor(letDown.requestId)).toEqual([second, ...others]);
    expect(await askedFor(sooner.requestId)).toEqual([first]);
  });
});

describe('once it is taken', () => {
  it('everybody who was asked in any wave hears so exactly once, and whoever took it does not', async () => {
    const volunteers = await someVolunteers(12);
    const search = await aSearch(24);
    await ask(search);
    town.pass(60);
    await keepWaves(town.ports);
    await ask(search);
    const asked = await askedFor(search.requestId);
    expect(asked).toHaveLength(12);
    const taker = volunteers.find(({ memberId }) => memberId === asked[4]);
    if (taker === undefined) throw new Error('nobody takes it');
    const taking = { visitId: town.ids.visit() };
    await Promise.all([
      town.ask(taker, 'POST', `${search.path}/accept`, taking),
      town.ask(taker, 'POST', `${search.path}/accept`, taking),
    ]);
    const told = await timesTold('already_taken', search.requestId);
    expect([...told.keys()].sort()).toEqual(asked.filter((id) => id !== taker.memberId).sort());
    expect(new Set(told.values())).toEqual(new Set([1]));
  });

  it('where two go nobody hears it before both are found, and neither of the two does', async () => {
    const volunteers = await someVolunteers(5);
    const { coordinator, path, requestId } = await aVisitForTwo(town, { plannedStartAt: town.soon(24 * 60) });
    await ask({ coordinator, path });
    const asked = await askedFor(requestId);
    const [first, second] = asked.map((id) => volunteers.find(({ memberId }) => memberId === id));
    if (first === undefined || second === undefined) throw new Error('two are asked');
    await town.ask(first, 'POST', `${path}/accept`, { visitId: town.ids.visit() });
    expect(await timesTold('already_taken', requestId)).toEqual(new Map());
    town.pass(60);
    await keepWaves(town.ports);
    const all = await askedFor(requestId);
    expect(all.length).toBeGreaterThan(asked.length);
    await town.ask(second, 'POST', `${path}/accept`, { visitId: town.ids.visit() });
    const told = await timesTold('already_taken', requestId);
    const both = [first.memberId, second.memberId] as string[];
    expect([...told.keys()].sort()).toEqual(all.filter((id) => !both.includes(id)).sort());
    expect(new Set(told.values())).toEqual(new Set([1]));
  });

  it('given back and taken again, only those who were asked anew hear it again', async () => {
    const volunteers = await someVolunteers(6);
    const search = await aSearch(48);
    await ask(search);
    const [taker, ...others] = await askedFor(search.requestId);
    const first = volunteers.find(({ memberId }) => memberId === taker);
    if (first === undefined) throw new Error('nobody takes it');
    await town.ask(first, 'POST', `${search.path}/accept`, { visitId: town.ids.visit() });
    await order(town, first, `${search.path}/withdraw`, { reason: '家里有事' });
    expect((await ask(search)).body).toMatchObject({ wave: 1 });
    const anew = await askedFor(search.requestId);
    const next = volunteers.find(({ memberId }) => memberId === anew[0]);
    if (next === undefined) throw new Error('nobody takes it');
    const answer = await town.ask(next, 'POST', `${search.path}/accept`, { visitId: town.ids.visit() });
    expect(answer.body).toMatchObject({ state: 'accepted' });
    const told = await timesTold('already_taken', search.requestId);
    const times = (id: string) =>
      Number(others.includes(id)) + Number(anew.includes(id) && id !== next.memberId);
    for (const { memberId } of volunteers) expect(told.get(memberId) ?? 0, memberId).toBe(times(memberId));
  });
});
