import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Town, liveVisit, startTown } from '../town.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(async () => {
  await town.stop();
});

it('an hour of company is asked for, given, confirmed, banked and redeemed', async () => {
  const [coordinator, elder, volunteer, second] = await Promise.all([
    town.aCoordinator(),
    town.anElder(),
    town.aVolunteer(),
    town.aVolunteer(),
  ]);
  const visit = await liveVisit(town, { coordinator, elder, volunteer }, 75);
  expect(visit.answers.map(({ status }) => status)).toEqual([201, 201, 200, 200, 200]);
  expect(visit.answers.at(-1)?.body).toMatchObject({
    state: 'settled',
    servedMinutes: 75,
    creditedMinutes: 60,
  });

  const banked = await town.ask(volunteer, 'GET', '/api/account');
  expect(banked.body).toMatchObject({ availableMinutes: 60, heldMinutes: 0 });

  const wanted = {
    requestId: town.ids.request(),
    serviceCode: 'C01',
    plannedStartAt: town.soon(60),
    plannedMinutes: 60,
    wishes: { languages: [] },
  };
  const held = await town.ask(volunteer, 'POST', '/api/redemptions', wanted);
  expect(held).toMatchObject({ status: 201, body: { state: 'published', heldMinutes: 60 } });
  expect((await town.ask(volunteer, 'GET', '/api/account')).body).toMatchObject({
    availableMinutes: 0,
    heldMinutes: 60,
  });

  const path = `/api/requests/${wanted.requestId}`;
  await town.ask(second, 'POST', `${path}/accept`, { visitId: town.ids.visit() });
  town.pass(60);
  await town.ask(second, 'POST', `${path}/check-in`, {
    commandId: town.ids.command(),
    code: volunteer.visitCode,
  });
  town.pass(40);
  await town.ask(second, 'POST', `${path}/check-out`, { commandId: town.ids.command() });
  const settled = await town.ask(volunteer, 'POST', `${path}/confirm`, { transferId: town.ids.transfer() });
  expect(settled.body).toMatchObject({
    state: 'settled',
    servedMinutes: 40,
    creditedMinutes: 30,
    releasedMinutes: 30,
  });

  expect((await town.ask(volunteer, 'GET', '/api/account')).body).toMatchObject({
    availableMinutes: 30,
    heldMinutes: 0,
  });
  expect((await town.ask(second, 'GET', '/api/account')).body).toMatchObject({
    availableMinutes: 30,
    heldMinutes: 0,
  });
  const statement = await town.ask(volunteer, 'GET', '/api/account/entries');
  expect(statement.body.items).toMatchObject([
    { kind: 'spent', amountMinutes: 30, changeMinutes: 30, heldMinutes: -60 },
    { kind: 'held', amountMinutes: 60, changeMinutes: -60, heldMinutes: 60 },
    { kind: 'earned', amountMinutes: 60, changeMinutes: 60, heldMinutes: 0 },
  ]);
});
