import type { Member } from '@time-bank/contracts/member';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOME, type Town, startTown } from '../town.ts';
import { aRedemption, aSaver, everythingIn } from '../walks/steps.ts';
import { aStranger, told } from './steps.ts';

let town: Town;
let coordinator: Member;
beforeAll(async () => {
  town = await startTown();
  coordinator = await town.aCoordinator();
});
afterAll(async () => {
  await town.stop();
});

const anId = () => `acc_${town.ids.member().slice(4)}`;
const opening = (change: Record<string, unknown> = {}) => ({
  accountId: anId(),
  name: '和平里老年协会',
  communityCode: HOME,
  ...change,
});
const open = async () => {
  const body = opening();
  const answer = await town.ask(coordinator, 'POST', '/api/organisations', body);
  return { body, answer, path: `/api/organisations/${body.accountId}` };
};
const banking = (change: Record<string, unknown> = {}) => ({
  transferId: town.ids.transfer(),
  activity: '重阳节包饺子',
  date: '2026-11-20',
  participants: 12,
  totalMinutes: 1800,
  ...change,
});
const donating = (change: Record<string, unknown> = {}) => ({
  transferId: town.ids.transfer(),
  poolId: 'pool:341302001',
  totalMinutes: 600,
  ...change,
});

describe('an organisation', () => {
  it('is opened once, banks what its groups do, and gives it away', async () => {
    const { body, answer, path } = await open();
    expect(answer).toMatchObject({ status: 201, body: { name: body.name, communityCode: HOME } });
    const again = await town.ask(coordinator, 'POST', '/api/organisations', body);
    expect(again).toMatchObject({ status: 201, body: answer.body });
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
    const hours = banking();
    const banked = await town.ask(coordinator, 'POST', `${path}/hours`, hours);
    expect(banked).toMatchObject({ status: 201, body: { kind: 'earned', amountMinutes: 1800 } });
    expect((await town.ask(coordinator, 'POST', `${path}/hours`, hours)).headers.get('Idempotency-Hit')).toBe(
      'true',
    );
    const given = await town.ask(coordinator, 'POST', `${path}/donations`, donating());
    expect(given).toMatchObject({ status: 201, body: { kind: 'donated', amountMinutes: 600 } });
    const head = await town.ports.journal.readAccountNow(body.accountId as never);
    expect(head).toMatchObject({ state: 'donate_only', minutes: { earned: 1200 } });
    const short = await town.ask(coordinator, 'POST', `${path}/donations`, donating({ totalMinutes: 1201 }));
    expect(short).toMatchObject({ status: 409, body: { error: { code: 'insufficient_hours' } } });
    expect((await town.ask(coordinator, 'GET', path)).body).toEqual(answer.body);
  });

  it('never takes the account of a member, nor the id of another organisation', async () => {
    const member = await aSaver(town);
    const { body } = await open();
    const before = await everythingIn(town);
    const taken = opening({ accountId: `acc_${member.memberId.slice(4)}` });
    for (const wanted of [taken, { ...body, name: '另一个协会' }]) {
      const answer = await town.ask(coordinator, 'POST', '/api/organisations', wanted);
      expect(told(answer)).toEqual([409, 'exists_with_different_content']);
    }
    expect(await everythingIn(town)).toEqual(before);
  });

  it('that was cut off while it was opened is opened by the same command sent again', async () => {
    const body = opening();
    const { caseBook } = town.deps.ports;
    const { put } = caseBook;
    caseBook.put = () => Promise.reject(new Error('killed'));
    expect((await town.ask(coordinator, 'POST', '/api/organisations', body)).status).toBe(500);
    caseBook.put = put;
    expect((await town.ask(coordinator, 'POST', '/api/organisations', body)).status).toBe(201);
  });

  it('is for the coordinators of its home, and no member banks group hours', async () => {
    const { path } = await open();
    const member = await aSaver(town);
    const stranger = await aStranger(town);
    const before = await everythingIn(town);
    const messages: [string, unknown][] = [
      ['/api/organisations', opening()],
      [`${path}/hours`, banking()],
      [`${path}/donations`, donating()],
    ];
    for (const [at, body] of messages) {
      expect(told(await town.ask(undefined, 'POST', at, body))).toEqual([401, 'not_signed_in']);
      expect(told(await town.ask(member, 'POST', at, body))).toEqual([403, 'not_allowed']);
      expect((await town.ask(stranger, 'POST', at, body)).status).toBe(404);
    }
    const own = `/api/organisations/acc_${member.memberId.slice(4)}/hours`;
    expect(told(await town.ask(coordinator, 'POST', own, banking()))).toEqual([404, 'unknown_account']);
    expect(await everythingIn(town)).toEqual(before);
  });

  it('refuses more than a day of each person, a day to come or of long ago, and a pool of another home', async () => {
    const { path } = await open();
    const before = await everythingIn(town);
    const ask = (what: string, body: unknown) =>
      town.ask(coordinator, 'POST', `${path}/${what}`, body).then(told);
    expect(await ask('hours', banking({ participants: 1 }))).toEqual([400, 'invalid_fields']);
    for (const date of ['2027-11-22', '1900-01-01', '2025-11-19']) {
      expect(await ask('hours', banking({ date }))).toEqual([400, 'invalid_fields']);
    }
    expect(await ask('donations', donating({ poolId: 'pool:340102' }))).toEqual([404, 'unknown_pool']);
    expect(await everythingIn(town)).toEqual(before);
  });
});

describe('a purchase', () => {
  let numbers = 0;
  const aPurchase = (change: Record<string, unknown> = {}) => {
    numbers += 1;
    return {
      document: `CG-2026-${String(1000 + numbers)}`,
      provider: '安康居家养老服务中心',
      totalMinutes: 100,
      communityCode: HOME,
      ...change,
    };
  };
  const entered = async (change: Record<string, unknown> = {}) => {
    const body = aPurchase(change);
    const answer = await town.ask(coordinator, 'POST', '/api/purchases', body);
    return { body, answer, path: `/api/purchases/${body.document}` };
  };
  const aPaidRequest = async () => {
    const member = await aSaver(town);
    const body = aRedemption(town);
    await town.ask(member, 'POST', '/api/redemptions', body);
    return { member, requestId: body.requestId };
  };
  const using = (requestId: string) => ({ transferId: town.ids.transfer(), requestId });

  it('is entered once by its document; other content under the same number is refused', async () => {
    const { body, answer, path } = await entered();
    expect(answer).toMatchObject({ status: 201, body: { totalMinutes: 100 } });
    const again = await town.ask(coordinator, 'POST', '/api/purchases', body);
    expect(again).toMatchObject({ status: 201, body: answer.body });
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
    const other = await town.ask(coordinator, 'POST', '/api/purchases', { ...body, totalMinutes: 101 });
    expect(told(other)).toEqual([409, 'document_used']);
    expect((await town.ask(coordinator, 'GET', path)).body.leftMinutes).toBe(100);
    expect(told(await town.ask(coordinator, 'POST', '/api/purchases', aPurchase({ price: 30 })))).toEqual([
      400,
      'invalid_fields',
    ]);
  });

  it('serves a request that nobody took: its hours go to the purchase, once', async () => {
    const { path } = await entered();
    const { member, requestId } = await aPaidRequest();
    const body = using(requestId);
    const answer = await town.ask(coordinator, 'POST', `${path}/uses`, body);
    expect(answer).toMatchObject({ status: 201, body: { requestId, state: 'settled' } });
    const balance = await town.ask(member, 'GET', '/api/account');
    expect(balance.body).toMatchObject({ availableMinutes: 0, heldMinutes: 0 });
    expect((await town.ask(coordinator, 'GET', path)).body.leftMinutes).toBe(40);
    const again = await town.ask(coordinator, 'POST', `${path}/uses`, body);
    expect(again).toMatchObject({ status: 201, body: answer.body });
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
    expect(told(await town.ask(coordinator, 'POST', `${path}/uses`, using(requestId)))).toEqual([
      409,
      'request_not_open',
    ]);
    const second = await aPaidRequest();
    expect(told(await town.ask(coordinator, 'POST', `${path}/uses`, using(second.requestId)))).toEqual([
      409,
      'purchase_used_up',
    ]);
    const held = await town.ask(second.member, 'GET', '/api/account');
    expect(held.body.heldMinutes).toBe(60);
  });

  it('is for coordinators of its home, and for requests that are there and paid with hours', async () => {
    const { path } = await entered();
    const { member, requestId } = await aPaidRequest();
    const elder = await town.anElder();
    const stranger = await aStranger(town);
    const before = await everythingIn(town);
    const ask = (who: Member | undefined, at = path, id: string = requestId) =>
      town.ask(who, 'POST', `${at}/uses`, using(id)).then(told);
    expect(await ask(undefined)).toEqual([401, 'not_signed_in']);
    expect(await ask(member)).toEqual([403, 'not_allowed']);
    expect(await ask(stranger)).toEqual([404, 'unknown_request']);
    expect(await ask(coordinator, path, town.ids.request())).toEqual([404, 'unknown_request']);
    expect(await ask(coordinator, '/api/purchases/CG-NONE')).toEqual([404, 'unknown_document']);
    expect(told(await town.ask(stranger, 'GET', path))).toEqual([404, 'unknown_document']);
    expect(await everythingIn(town)).toEqual(before);
    const visit = {
      requestId: town.ids.request(),
      serviceCode: 'C01',
      receiverId: elder.memberId,
      plannedStartAt: town.soon(60),
      plannedMinutes: 60,
      wishes: { languages: [] },
    };
    await town.ask(coordinator, 'POST', '/api/requests', visit);
    expect(await ask(coordinator, path, visit.requestId)).toEqual([409, 'hold_not_open']);
  });
});
