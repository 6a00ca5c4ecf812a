/** From what an elder asks for to a published request: drafts, reviews, refusals with a reason. */
import { keepVisits } from '@time-bank/desk/keep-visits';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAR_AWAY, HOME, type Town, aRequest, startTown } from '../town.ts';
import { aRedemption, aSaver } from '../walks/steps.ts';
import { aPurchase, anAsk, anAskedFor, order, toldOf } from './steps.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(async () => {
  await town.stop();
});

it('an elder without hours asks from her own phone, the coordinator publishes it, and a volunteer sees it', async () => {
  const { elder, path, requestId } = await anAskedFor(town);
  expect(await toldOf(town, requestId)).toEqual(['review_waiting']);
  const coordinator = await town.aCoordinator();
  const listed = await town.ask(coordinator, 'GET', `/api/reviews?community=${HOME}`);
  const waiting: { requestId: string }[] = listed.body.items;
  expect(waiting.map((item) => item.requestId)).toContain(requestId);
  expect(await order(town, coordinator, `${path}/review`, { decision: 'publish' })).toMatchObject({
    status: 200,
    body: { requestId, state: 'published' },
  });
  const open = await town.ask(await town.aVolunteer(), 'GET', path);
  expect(open).toMatchObject({ status: 200, body: { state: 'published', mine: 'none' } });
  expect((await town.ask(elder, 'GET', path)).body).toMatchObject({ paidWithHours: false });
});

it('what is turned down says why, is changed, and is handed in again', async () => {
  const { elder, path, requestId } = await anAskedFor(town);
  const coordinator = await town.aCoordinator();
  const reason = '请改到白天';
  await order(town, coordinator, `${path}/review`, { decision: 'reject', reason });
  expect((await town.ask(elder, 'GET', path)).body).toMatchObject({ state: 'rejected', reason });
  expect(await toldOf(town, requestId)).toContain('request_rejected');
  const draft = await order(town, elder, `${path}/revise`, { to: 'draft', note: '下午也可以' });
  expect(draft.body).toMatchObject({ state: 'draft' });
  const plannedStartAt = town.soon(48 * 60);
  const again = await order(town, elder, `${path}/revise`, { to: 'submitted', plannedStartAt });
  expect(again.body).toMatchObject({ state: 'submitted' });
  expect((await town.ask(elder, 'GET', path)).body).toMatchObject({ plannedStartAt, note: '下午也可以' });
});

it('a draft that is taken back is void, and nobody reviews it any more', async () => {
  const { elder, path } = await anAskedFor(town, { isDraft: true });
  const gone = await order(town, elder, `${path}/cancel`, { reason: '不用了' });
  expect(gone).toMatchObject({ status: 200, body: { state: 'void' } });
  const late = await order(town, await town.aCoordinator(), `${path}/review`, { decision: 'publish' });
  expect(late).toMatchObject({ status: 409, body: { error: { code: 'wrong_state', state: 'void' } } });
});

it('sent again, a review answers the same; with another decision it is refused', async () => {
  const { path } = await anAskedFor(town);
  const coordinator = await town.aCoordinator();
  const commandId = town.ids.command();
  const first = await order(town, coordinator, `${path}/review`, { commandId, decision: 'publish' });
  const again = await order(town, coordinator, `${path}/review`, { commandId, decision: 'publish' });
  expect(again).toMatchObject({ status: 200, body: first.body });
  expect(again.headers.get('Idempotency-Hit')).toBe('true');
  const other = { commandId, decision: 'reject', reason: '重复' };
  expect((await order(town, coordinator, `${path}/review`, other)).body.error.code).toBe(
    'exists_with_different_content',
  );
});

it('for a coordinator of another place it does not exist, and nobody reviews what they ask for themselves', async () => {
  const { elder, path } = await anAskedFor(town);
  const far = await town.aCoordinator(FAR_AWAY);
  expect((await order(town, far, `${path}/review`, { decision: 'publish' })).status).toBe(404);
  expect((await order(town, elder, `${path}/review`, { decision: 'publish' })).status).toBe(403);
  expect((await order(town, await town.anElder(), `${path}/revise`, { to: 'draft' })).status).toBe(404);
});

describe('paid with hours', () => {
  it('an hour of company is published at once, as it always was', async () => {
    const answer = await town.ask(await aSaver(town), 'POST', '/api/redemptions', aRedemption(town));
    expect(answer.body).toMatchObject({ state: 'published', heldMinutes: 60 });
  });

  it('what bears a risk waits for the coordinator with the hours set aside; turned down, they are free again', async () => {
    const saver = await aSaver(town);
    const body = aRedemption(town, { serviceCode: 'A04' });
    const answer = await town.ask(saver, 'POST', '/api/redemptions', body);
    expect(answer.body).toMatchObject({ state: 'submitted', heldMinutes: 60 });
    const path = `/api/requests/${body.requestId}`;
    const said = { decision: 'reject', reason: '需要家属陪同' };
    const rejected = await order(town, await town.aCoordinator(), `${path}/review`, said);
    expect(rejected.body).toMatchObject({ state: 'rejected', releasedMinutes: 60 });
    const balance = await town.ask(saver, 'GET', '/api/account');
    expect(balance.body).toMatchObject({ availableMinutes: 60, heldMinutes: 0 });
    // Handed in once more it would be nobody's hours that pay: it is booked anew.
    expect((await town.ask(saver, 'GET', path)).body).toMatchObject({ paidWithHours: true });
    const again = await order(town, saver, `${path}/revise`, { to: 'submitted' });
    expect(again).toMatchObject({ status: 409, body: { error: { code: 'wrong_state', state: 'rejected' } } });
  });
});

describe('the catalogue', () => {
  const codeOf = async (change: Record<string, unknown>, elder = {}) => {
    const body = aRequest(town, await town.anElder(elder), change);
    const answer = await town.ask(await town.aCoordinator(), 'POST', '/api/requests', body);
    const told: string = answer.status === 201 ? answer.body.state : answer.body.error.code;
    return told;
  };
  const morning = '2026-11-23T01:00:00.000Z';
  const night = '2026-11-23T14:30:00.000Z';

  it.each([
    [
      'a telephone call of two hours',
      { serviceCode: 'B02', plannedMinutes: 120, plannedStartAt: morning },
      {},
      'minutes_out_of_bounds',
    ],
    [
      'shopping at half past ten at night',
      { serviceCode: 'D01', plannedStartAt: night },
      {},
      'outside_service_hours',
    ],
    ['a lecture for one', { serviceCode: 'G03', plannedStartAt: morning }, {}, 'service_not_offered'],
    [
      "a service of the region's own that it does not have",
      { serviceCode: 'Z01', plannedStartAt: morning },
      {},
      'service_not_offered',
    ],
    [
      'company on the way for somebody who cannot get up',
      { serviceCode: 'A03', plannedStartAt: morning },
      { abilityLevel: 4 },
      'service_not_suited',
    ],
    [
      'bathing, which waits for a professional',
      { serviceCode: 'A06', plannedStartAt: morning },
      {},
      'submitted',
    ],
    ['help with meals', { serviceCode: 'A01', plannedStartAt: morning }, {}, 'published'],
  ])('%s: %s', async (_what, change, elder, told) => {
    expect(await codeOf(change, elder)).toBe(told);
  });

  it('what only a professional makes is never offered to volunteers: it goes to a provider, who serves it', async () => {
    const coordinator = await town.aCoordinator();
    const elder = await town.anElder();
    const body = aRequest(town, elder, { serviceCode: 'A06' });
    const path = `/api/requests/${body.requestId}`;
    await town.ask(coordinator, 'POST', '/api/requests', body);
    const published = await order(town, coordinator, `${path}/review`, { decision: 'publish' });
    expect(published.body.error.code).toBe('service_not_offered');
    const document = await aPurchase(town);
    const sent = await order(town, coordinator, `${path}/review`, { decision: 'to_provider', document });
    expect(sent.body).toMatchObject({ state: 'fallback' });
    const use = { transferId: town.ids.transfer(), requestId: body.requestId };
    const served = await town.ask(coordinator, 'POST', `/api/purchases/${document}/uses`, use);
    expect(served.body).toMatchObject({ state: 'settled' });
    expect((await town.ask(coordinator, 'GET', path)).body.reason).toContain(document);
  });

  it('hours buy no professional', async () => {
    const answer = await town.ask(
      await aSaver(town),
      'POST',
      '/api/redemptions',
      aRedemption(town, { serviceCode: 'H01' }),
    );
    expect(answer.body.error.code).toBe('service_not_offered');
  });

  it('lists what is offered, with minutes, risk and who pays', async () => {
    const answer = await town.ask(await town.anElder(), 'GET', '/api/services');
    const rows: { code: string }[] = answer.body.items;
    expect(answer.body.communityCode).toBe(HOME);
    expect(rows.find(({ code }) => code === 'C01')).toMatchObject({
      words: { 'zh-Hans': '陪聊' },
      withHours: true,
      byCommunity: true,
      needsLicence: false,
      ratePercent: 100,
    });
    expect(rows.find(({ code }) => code === 'H01')).toMatchObject({ withHours: false, byCommunity: true });
    expect(rows.find(({ code }) => code === 'G01')).toMatchObject({
      madeBy: 'volunteer',
      needsLicence: true,
    });
    expect(rows.some(({ code }) => code.startsWith('Z'))).toBe(false);
  });
});

it('nobody has looked at it before it should begin: it is void, and the elder hears that she was let down', async () => {
  const member = await town.anElder();
  const body = anAsk(town, { plannedStartAt: town.soon(30) });
  await town.ask(member, 'POST', '/api/submissions', body);
  town.pass(31);
  await keepVisits(town.ports);
  await keepVisits(town.ports);
  const seen = await town.ask(member, 'GET', `/api/requests/${body.requestId}`);
  expect(seen.body).toMatchObject({ state: 'void' });
  expect((await toldOf(town, body.requestId)).filter((kind) => kind === 'unfilled_apology')).toHaveLength(1);
});
