import type { Member } from '@time-bank/contracts/member';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Town, startTown } from '../town.ts';
import { aVisit, everythingIn } from './steps.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(async () => {
  await town.stop();
});

const checkOut = (who: Member, path: string, commandId = town.ids.command()) =>
  town.ask(who, 'POST', `${path}/check-out`, { commandId });

it.each([0, 1, 59, 60, 61, 600])('after %i minutes these are the minutes of the record', async (minutes) => {
  const { volunteer, elder, path, requestId, visitId } = await aVisit(town, 'begun');
  town.pass(minutes);
  expect(await checkOut(volunteer, path)).toMatchObject({
    status: 200,
    body: { requestId, visitId, state: 'pending_confirm', servedMinutes: minutes, at: town.now() },
  });
  expect((await town.ask(elder, 'GET', path)).body).toMatchObject({
    state: 'pending_confirm',
    visit: { servedMinutes: minutes, checkedOutAt: town.now() },
  });
});

it('seconds are dropped', async () => {
  const { volunteer, path } = await aVisit(town, 'begun');
  town.pass(29.5);
  expect((await checkOut(volunteer, path)).body.servedMinutes).toBe(29);
});

it('a clock that went back a little gives no negative time', async () => {
  const { volunteer, path } = await aVisit(town, 'begun');
  town.pass(-0.5);
  expect((await checkOut(volunteer, path)).body.servedMinutes).toBe(0);
});

it.each(['accepted', 'ended', 'settled'] as const)(
  'a visit that is only %s cannot be ended',
  async (step) => {
    const { volunteer, path } = await aVisit(town, step);
    const before = await everythingIn(town);
    expect(await checkOut(volunteer, path)).toMatchObject({
      status: 409,
      body: { error: { code: 'not_in_service' } },
    });
    expect(await everythingIn(town)).toEqual(before);
  },
);

it('sent again it answers the same minutes, however late', async () => {
  const { volunteer, path } = await aVisit(town, 'begun');
  const commandId = town.ids.command();
  town.pass(40);
  const first = await checkOut(volunteer, path, commandId);
  town.pass(40);
  const again = await checkOut(volunteer, path, commandId);
  expect(again).toMatchObject({ status: 200, body: first.body });
  expect(again.headers.get('Idempotency-Hit')).toBe('true');
});

it("the check-in's id cannot be the check-out's", async () => {
  const { volunteer, path, checkInId } = await aVisit(town, 'begun');
  expect((await checkOut(volunteer, path, checkInId)).body.error.code).toBe('exists_with_different_content');
});

it('ten times in the same moment it ends once', async () => {
  const { volunteer, path } = await aVisit(town, 'begun');
  town.pass(30);
  const answers = await Promise.all(Array.from({ length: 10 }, () => checkOut(volunteer, path)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
});

it('only the volunteer ends the visit', async () => {
  const { elder, coordinator, path } = await aVisit(town, 'begun');
  for (const who of [elder, coordinator, await town.aVolunteer()]) {
    expect((await checkOut(who, path)).body.error.code).toBe('unknown_request');
  }
});
