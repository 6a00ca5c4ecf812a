/** Nobody takes a visit: warnings, the desk's choices, and who comes first the next time. */
import { closeUnfilled } from '@time-bank/desk/close-unfilled';
import { keepVisits } from '@time-bank/desk/keep-visits';
import { warnUnfilled } from '@time-bank/desk/warn-unfilled';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Town, aRequest, startTown } from '../town.ts';
import { aRedemption, credit } from '../walks/steps.ts';
import { aPurchase, anUnfilled, order, toldOf } from './steps.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(async () => {
  await town.stop();
});

const choose = (who: Parameters<typeof order>[1], path: string, body: Record<string, unknown>) =>
  order(town, who, `${path}/unfilled`, { reason: '志愿者都有事', ...body });

it('the desk is warned a day and two hours before, once each, however often the schedule runs', async () => {
  const [coordinator, elder] = [await town.aCoordinator(), await town.anElder()];
  const body = aRequest(town, elder, { plannedStartAt: town.soon(30 * 60) });
  await town.ask(coordinator, 'POST', '/api/requests', body);
  const warnings = async () => {
    await warnUnfilled(town.ports);
    await warnUnfilled(town.ports);
    return (await toldOf(town, body.requestId)).filter((kind) => kind === 'unfilled_soon').length;
  };
  expect(await warnings()).toBe(0);
  town.pass(6 * 60);
  expect(await warnings()).toBe(1);
  town.pass(22 * 60);
  expect(await warnings()).toBe(2);
  town.pass(60);
  expect(await warnings()).toBe(2);
});

it('it is published again at another time, taken, and closed again where nobody comes again', async () => {
  const { coordinator, path, requestId } = await anUnfilled(town);
  const again = { then: 'publish_again', plannedStartAt: town.soon(60) };
  expect((await choose(coordinator, path, again)).body).toMatchObject({ state: 'published' });
  expect((await town.ask(await town.aVolunteer(), 'GET', path)).status).toBe(200);
  town.pass(60 + 16);
  expect(await closeUnfilled(town.ports)).toBeGreaterThan(0);
  expect((await town.ask(coordinator, 'GET', path)).body.state).toBe('unfilled');
  expect((await toldOf(town, requestId)).filter((kind) => kind === 'unfilled')).toHaveLength(2);
});

it('hours that were set aside came back; published again, the community keeps the promise', async () => {
  const saver = await town.anElder();
  await credit(town, saver, 60);
  const body = aRedemption(town);
  const path = `/api/requests/${body.requestId}`;
  await town.ask(saver, 'POST', '/api/redemptions', body);
  town.pass(60 + 16);
  await closeUnfilled(town.ports);
  const coordinator = await town.aCoordinator();
  await choose(coordinator, path, { then: 'publish_again', plannedStartAt: town.soon(60) });
  const volunteer = await town.aVolunteer();
  await town.ask(volunteer, 'POST', `${path}/accept`, { visitId: town.ids.visit() });
  town.pass(60);
  await order(town, volunteer, `${path}/check-in`, { code: saver.visitCode });
  town.pass(60);
  await order(town, volunteer, `${path}/check-out`);
  const confirmed = await town.ask(saver, 'POST', `${path}/confirm`, { transferId: town.ids.transfer() });
  expect(confirmed.body).toMatchObject({ state: 'settled', creditedMinutes: 60 });
  const balance = await town.ask(saver, 'GET', '/api/account');
  expect(balance.body).toMatchObject({ availableMinutes: 60, heldMinutes: 0 });
});

it('a paid provider comes, and who it was and out of which purchase stands on record', async () => {
  const { coordinator, path, requestId } = await anUnfilled(town);
  const document = await aPurchase(town);
  expect((await choose(coordinator, path, { then: 'fallback', document })).body.state).toBe('fallback');
  const use = { transferId: town.ids.transfer(), requestId };
  const served = await town.ask(coordinator, 'POST', `/api/purchases/${document}/uses`, use);
  expect(served.body).toMatchObject({ state: 'settled' });
  const again = await town.ask(coordinator, 'POST', `/api/purchases/${document}/uses`, use);
  expect(again).toMatchObject({ status: 201, body: served.body });
  expect((await town.ask(coordinator, 'GET', path)).body.reason).toBe(`康乐护理 ${document}`);
});

it('with an apology the next request of the elder comes first, and only that one', async () => {
  const { coordinator, elder, path, requestId } = await anUnfilled(town);
  const said = { commandId: town.ids.command(), then: 'apologise' };
  const first = await choose(coordinator, path, said);
  expect(first.body).toMatchObject({ state: 'cancelled_by_service' });
  expect((await choose(coordinator, path, said)).body).toEqual(first.body);
  expect(await toldOf(town, requestId)).toContain('unfilled_apology');
  const other = aRequest(town, await town.anElder(), { plannedStartAt: town.soon(30) });
  await town.ask(coordinator, 'POST', '/api/requests', other);
  const posts = [aRequest(town, elder), aRequest(town, elder, { plannedStartAt: town.soon(300) })];
  for (const body of posts) await town.ask(coordinator, 'POST', '/api/requests', body);
  const volunteer = await town.aVolunteer();
  const seen = [];
  for (const { requestId: id } of posts) {
    seen.push((await town.ask(volunteer, 'GET', `/api/requests/${id}`)).body.priority);
  }
  expect(seen).toEqual([1, undefined]);
  const open = await town.ask(volunteer, 'GET', '/api/requests?scope=open');
  const shown: { requestId: string }[] = open.body.items;
  const ids = shown.map((item) => item.requestId);
  expect(ids.indexOf(posts[0]?.requestId ?? '')).toBeLessThan(ids.indexOf(other.requestId));
});

it('a desk that says nothing is asked three days running; then the service says sorry by itself', async () => {
  const { coordinator, elder, path, requestId } = await anUnfilled(town);
  for (let days = 0; days < 4; days += 1) {
    town.pass(24 * 60);
    await keepVisits(town.ports);
    await keepVisits(town.ports);
  }
  expect((await toldOf(town, requestId)).filter((kind) => kind === 'unfilled')).toHaveLength(4);
  expect((await town.ask(coordinator, 'GET', path)).body.state).toBe('cancelled_by_service');
  const next = aRequest(town, elder);
  await town.ask(coordinator, 'POST', '/api/requests', next);
  expect((await town.ask(coordinator, 'GET', `/api/requests/${next.requestId}`)).body.priority).toBe(1);
});

it('what still waits for a volunteer is nobody to decide about, and only the place decides', async () => {
  const [coordinator, elder] = [await town.aCoordinator(), await town.anElder()];
  const body = aRequest(town, elder);
  const path = `/api/requests/${body.requestId}`;
  await town.ask(coordinator, 'POST', '/api/requests', body);
  const early = await choose(coordinator, path, { then: 'apologise' });
  expect(early.body.error).toMatchObject({ code: 'wrong_state', state: 'published' });
  expect((await choose(elder, path, { then: 'apologise' })).status).toBe(403);
});
