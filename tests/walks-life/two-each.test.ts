/** A region where she pays for both who come. */
import type { Member } from '@time-bank/contracts/member';
import { accountOf } from '@time-bank/contracts/ids';
import { keepVisits } from '@time-bank/desk/keep-visits';
import { sumsOf } from '@time-bank/desk/verify-fold';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Town, startTown } from '../town.ts';
import { aRedemption, credit } from '../walks/steps.ts';
import { decide } from '../walks-policy/decisions.ts';
import { order } from './steps.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
  await decide(town, {
    region: '3413',
    values: {
      twoPersonCharge: 'each',
      regionalServices: [{ code: 'Z02', words: { 'zh-Hans': '全天陪伴' }, like: 'C01', maxMinutes: 480 }],
      serviceRates: [{ service: 'Z02', percent: 200 }],
    },
  });
});
afterAll(async () => {
  await town.stop();
});

const balanceOf = async (who: Member): Promise<unknown> => {
  const { availableMinutes, heldMinutes } = (await town.ask(who, 'GET', '/api/account')).body;
  return { availableMinutes, heldMinutes };
};

/** An elder with a severe loss of ability and so many minutes, who asks for an hour of two people's company. */
const asks = async (minutes: number) => {
  const elder = await town.anElder({ abilityLevel: 3 });
  await credit(town, elder, minutes);
  const body = aRedemption(town);
  const answer = await town.ask(elder, 'POST', '/api/redemptions', body);
  return { elder, answer, requestId: body.requestId, path: `/api/requests/${body.requestId}` };
};

/** Two volunteers have taken it and begun; each stays so many minutes. */
const served = async (elder: Member, path: string, [one, other]: [number, number]) => {
  const [first, second] = [await town.aVolunteer(), await town.aVolunteer()];
  for (const who of [first, second])
    await town.ask(who, 'POST', `${path}/accept`, { visitId: town.ids.visit() });
  town.pass(60);
  for (const who of [first, second]) await order(town, who, `${path}/check-in`, { code: elder.visitCode });
  town.pass(one);
  await order(town, first, `${path}/check-out`);
  town.pass(other - one);
  await order(town, second, `${path}/check-out`);
  return { first, second };
};

const confirm = (elder: Member, path: string, transferId = town.ids.transfer()) =>
  town.ask(elder, 'POST', `${path}/confirm`, { transferId });

/** The account is what its lines add up to. */
const isWhole = async ({ memberId }: Member): Promise<void> => {
  const accountId = accountOf(memberId);
  const head = await town.ports.journal.readAccountNow(accountId);
  const { items } = await town.ports.journal.listEntriesNow(accountId, { limit: 100 });
  const { sequence, minutes, holds } = sumsOf(items);
  expect({ sequence, minutes, holds }).toEqual({
    sequence: head?.sequence,
    minutes: head?.minutes,
    holds: head?.holds,
  });
};

it('two hours are set aside for an hour of two people', async () => {
  const { elder, answer } = await asks(180);
  expect(answer.body).toMatchObject({ heldMinutes: 120 });
  expect(await balanceOf(elder)).toEqual({ availableMinutes: 60, heldMinutes: 120 });
});

it('whoever has enough for one and not for two hears how much is needed', async () => {
  const { answer } = await asks(100);
  expect(answer.body.error).toMatchObject({
    code: 'insufficient_hours',
    availableMinutes: 100,
    neededMinutes: 120,
  });
});

it('both are paid by her, once, each for what they served, and the rest is hers again', async () => {
  const { elder, path } = await asks(150);
  const { first, second } = await served(elder, path, [39, 60]);
  const transferId = town.ids.transfer();
  const said = await confirm(elder, path, transferId);
  expect(said.body).toMatchObject({ state: 'settled', creditedMinutes: 30, releasedMinutes: 30 });
  expect((await confirm(elder, path, transferId)).body).toEqual(said.body);
  expect(await balanceOf(elder)).toEqual({ availableMinutes: 60, heldMinutes: 0 });
  expect(await balanceOf(first)).toEqual({ availableMinutes: 30, heldMinutes: 0 });
  expect(await balanceOf(second)).toEqual({ availableMinutes: 60, heldMinutes: 0 });
  for (const who of [elder, first, second]) await isWhole(who);
});

it('nobody is paid more of her hours than were set aside for their part', async () => {
  const { elder, path } = await asks(180);
  const { first, second } = await served(elder, path, [30, 90]);
  expect((await confirm(elder, path)).body).toMatchObject({ creditedMinutes: 30, releasedMinutes: 30 });
  expect(await balanceOf(first)).toEqual({ availableMinutes: 30, heldMinutes: 0 });
  expect(await balanceOf(second)).toEqual({ availableMinutes: 60, heldMinutes: 0 });
  expect(await balanceOf(elder)).toEqual({ availableMinutes: 90, heldMinutes: 0 });
});

it('where one was there too short to count, she pays for the other alone', async () => {
  const { elder, path } = await asks(120);
  const { first, second } = await served(elder, path, [10, 60]);
  expect((await confirm(elder, path)).body).toMatchObject({ creditedMinutes: 0, releasedMinutes: 60 });
  expect(await balanceOf(elder)).toEqual({ availableMinutes: 60, heldMinutes: 0 });
  expect(await balanceOf(first)).toEqual({ availableMinutes: 0, heldMinutes: 0 });
  expect(await balanceOf(second)).toEqual({ availableMinutes: 60, heldMinutes: 0 });
  for (const who of [elder, second]) await isWhole(who);
});

it('where one of two does not come, she pays for the one who was there', async () => {
  const { elder, path } = await asks(120);
  const [first, second] = [await town.aVolunteer(), await town.aVolunteer()];
  for (const who of [first, second])
    await town.ask(who, 'POST', `${path}/accept`, { visitId: town.ids.visit() });
  town.pass(60);
  await order(town, second, `${path}/check-in`, { code: elder.visitCode });
  town.pass(60);
  await order(town, second, `${path}/check-out`);
  expect((await confirm(elder, path)).body).toMatchObject({ creditedMinutes: 60, releasedMinutes: 60 });
  expect(await balanceOf(elder)).toEqual({ availableMinutes: 60, heldMinutes: 0 });
  await isWhole(elder);
});

it('taken back, all of it comes back', async () => {
  const { elder, path } = await asks(120);
  await order(town, elder, `${path}/cancel`, { reason: '女儿来了' });
  expect(await balanceOf(elder)).toEqual({ availableMinutes: 120, heldMinutes: 0 });
});

it('disputed and found not to have been so, both parts come back to her', async () => {
  const { elder, path } = await asks(120);
  const { first, second } = await served(elder, path, [60, 60]);
  await confirm(elder, path);
  expect(await balanceOf(elder)).toEqual({ availableMinutes: 0, heldMinutes: 0 });
  const caseId = town.ids.command();
  await town.ask(elder, 'POST', `${path}/disputes`, {
    commandId: caseId,
    kind: 'did_not_happen',
    words: '没有来过',
  });
  for (const who of [first, second])
    expect(await balanceOf(who)).toEqual({ availableMinutes: 0, heldMinutes: 60 });
  const decided = { commandId: town.ids.command(), outcome: 'reversed', reason: '核实签到记录' };
  await town.ask(await town.aCoordinator(), 'POST', `/api/disputes/${caseId}/decisions`, decided);
  town.pass(30 * 24 * 60);
  await keepVisits(town.ports);
  expect(await balanceOf(elder)).toEqual({ availableMinutes: 120, heldMinutes: 0 });
  for (const who of [elder, first, second]) await isWhole(who);
});

it('an order for two that comes to more than a day is refused by its minutes', async () => {
  const elder = await town.anElder({ abilityLevel: 3 });
  await credit(town, elder, 2_000);
  const body = aRedemption(town, { serviceCode: 'Z02', plannedMinutes: 480 });
  const answer = await town.ask(elder, 'POST', '/api/redemptions', body);
  expect(answer.body.error.code).toBe('minutes_out_of_bounds');
  const shorter = aRedemption(town, { serviceCode: 'Z02', plannedMinutes: 360 });
  expect((await town.ask(elder, 'POST', '/api/redemptions', shorter)).body).toMatchObject({
    heldMinutes: 1_440,
  });
});
