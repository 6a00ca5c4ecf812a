/** Visits for two: both say yes, both come, both are credited, the receiver pays once. */
import { closeUnfilled } from '@time-bank/desk/close-unfilled';
import { type Member, surnameOf } from '@time-bank/contracts/member';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Town, startTown } from '../town.ts';
import { aRedemption, credit } from '../walks/steps.ts';
import { aVisitForTwo, order, toldOf } from './steps.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(async () => {
  await town.stop();
});

const accept = (who: Member, path: string, visitId = town.ids.visit()) =>
  town.ask(who, 'POST', `${path}/accept`, { visitId });
const balanceOf = async (who: Member): Promise<{ availableMinutes: number }> => {
  const { body } = await town.ask(who, 'GET', '/api/account');
  const balance: { availableMinutes: number } = body;
  return balance;
};

it('it is taken when both have said yes, and stays open for the second until then', async () => {
  const { coordinator, elder, path, requestId } = await aVisitForTwo(town);
  const [first, second, third] = [await town.aVolunteer(), await town.aVolunteer(), await town.aVolunteer()];
  expect((await accept(first, path)).body).toMatchObject({ state: 'published' });
  expect((await town.ask(second, 'GET', path)).body).toMatchObject({
    state: 'published',
    persons: 2,
    companion: { memberId: first.memberId, surname: surnameOf(first.name), gender: first.gender },
  });
  expect(await toldOf(town, requestId)).not.toContain('person_found');
  expect((await accept(first, path)).body.error.code).toBe('request_not_open');
  expect((await accept(second, path)).body).toMatchObject({ state: 'accepted' });
  expect((await accept(third, path)).status).toBe(404);
  for (const who of [elder, coordinator]) {
    expect((await town.ask(who, 'GET', path)).body).toMatchObject({
      visit: { volunteer: { memberId: first.memberId } },
      second: { volunteer: { memberId: second.memberId } },
    });
  }
  expect((await town.ask(second, 'GET', path)).body).toMatchObject({
    mine: 'volunteer',
    visit: { volunteer: { memberId: second.memberId } },
    second: { volunteer: { memberId: first.memberId } },
  });
});

it('whoever may join sees in the list who goes already, by family name and nothing more', async () => {
  const { path, requestId } = await aVisitForTwo(town);
  const [first, second] = [await town.aVolunteer(), await town.aVolunteer()];
  const listed = async () => {
    const list = await town.ask(second, 'GET', '/api/requests?scope=open');
    const items: { requestId: string; companion?: object }[] = list.body.items;
    return items.find((item) => item.requestId === requestId);
  };
  expect(await listed()).not.toHaveProperty('companion');
  await accept(first, path);
  expect(Object.keys((await listed())?.companion ?? {}).sort()).toEqual(['gender', 'memberId', 'surname']);
  await accept(second, path);
  expect((await town.ask(second, 'GET', path)).body).not.toHaveProperty('companion');
});

it('whichever of the two sees danger calls for help; a third, who is not with them, cannot', async () => {
  const { elder, path, requestId } = await aVisitForTwo(town);
  const [first, second, third] = [await town.aVolunteer(), await town.aVolunteer(), await town.aVolunteer()];
  await accept(first, path);
  await accept(second, path);
  const call = (who: Member) =>
    town.ask(who, 'POST', '/api/emergencies', {
      commandId: town.ids.command(),
      elderId: elder.memberId,
      requestId,
    });
  expect((await call(second)).status).toBe(201);
  expect((await call(first)).body).toMatchObject({ isJoined: true });
  expect((await call(third)).status).toBe(404);
});

it('of three in the same moment two have it', async () => {
  const { path } = await aVisitForTwo(town);
  const volunteers = [await town.aVolunteer(), await town.aVolunteer(), await town.aVolunteer()];
  const answers = await Promise.all(volunteers.map((who) => accept(who, path)));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
});

it('one of two gives it back: the other still goes, and one more is looked for', async () => {
  const { coordinator, path } = await aVisitForTwo(town, { plannedStartAt: town.soon(48 * 60) });
  const [first, second, next] = [await town.aVolunteer(), await town.aVolunteer(), await town.aVolunteer()];
  await accept(first, path);
  await accept(second, path);
  await order(town, first, `${path}/withdraw`, { reason: '家里有事' });
  expect((await town.ask(coordinator, 'GET', path)).body).toMatchObject({
    state: 'published',
    visit: { volunteer: { memberId: second.memberId } },
  });
  expect((await accept(next, path)).body).toMatchObject({ state: 'accepted' });
});

it('where no second one is found the first is free again and hears of it', async () => {
  const { path, body, requestId } = await aVisitForTwo(town);
  const first = await town.aVolunteer();
  await accept(first, path);
  town.setClock(body.plannedStartAt);
  town.pass(16);
  await closeUnfilled(town.ports);
  expect(await toldOf(town, requestId)).toEqual(expect.arrayContaining(['visit_cancelled', 'unfilled']));
  const diary = await town.ports.careBook.readDiaryNow(first.memberId);
  expect(diary.entries).toEqual([]);
});

it('both come, each for themselves; both are credited, and she pays once', async () => {
  const elder = await town.anElder({ abilityLevel: 3 });
  await credit(town, elder, 120);
  const body = aRedemption(town);
  const path = `/api/requests/${body.requestId}`;
  await town.ask(elder, 'POST', '/api/redemptions', body);
  const [first, second] = [await town.aVolunteer(), await town.aVolunteer()];
  await accept(first, path);
  await accept(second, path);
  town.setClock(body.plannedStartAt);
  await order(town, first, `${path}/check-in`, { code: elder.visitCode });
  await order(town, second, `${path}/check-in`, { code: elder.visitCode });
  town.pass(60);
  await order(town, first, `${path}/check-out`);
  town.pass(30);
  expect((await order(town, second, `${path}/check-out`)).body).toMatchObject({ state: 'pending_confirm' });
  const word = { transferId: town.ids.transfer() };
  const confirmed = await town.ask(elder, 'POST', `${path}/confirm`, word);
  expect(confirmed.body).toMatchObject({ state: 'settled', creditedMinutes: 60 });
  const again = await town.ask(elder, 'POST', `${path}/confirm`, word);
  expect(again.body).toEqual(confirmed.body);
  expect((await balanceOf(first)).availableMinutes).toBe(60);
  expect((await balanceOf(second)).availableMinutes).toBe(90);
  expect(await balanceOf(elder)).toMatchObject({ availableMinutes: 60, heldMinutes: 0 });
});
