/** The ladder for a visit that nobody takes: further away, an organisation, a paid provider; and what it draws. */
import { accountOf } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { keepVisits } from '@time-bank/desk/keep-visits';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOME, type Town, startTown } from '../town.ts';
import { everythingIn } from '../walks/steps.ts';
import { decide } from '../walks-policy/decisions.ts';
import { anUnfilled, order, toldOf } from './steps.ts';

const DAY = 24 * 60;

let town: Town;
let desk: Member;
beforeAll(async () => {
  town = await startTown();
  desk = await town.aCoordinator();
});
afterAll(async () => {
  await town.stop();
});

const choose = (who: Member, path: string, body: Record<string, unknown>) =>
  order(town, who, `${path}/unfilled`, { reason: '志愿者都有事', ...body });
const accept = (who: Member, path: string) =>
  town.ask(who, 'POST', `${path}/accept`, { visitId: town.ids.visit() });
const aPurchase = async (totalMinutes: number): Promise<string> => {
  const document = `FP-${town.ids.command().slice(-10)}`;
  const bought = { document, provider: '康乐护理', totalMinutes, communityCode: HOME };
  expect((await town.ask(desk, 'POST', '/api/purchases', bought)).status).toBe(201);
  return document;
};
const leftOf = async (document: string): Promise<number> => {
  const { body } = await town.ask(desk, 'GET', `/api/purchases/${document}`);
  const purchase: { leftMinutes: number } = body;
  return purchase.leftMinutes;
};
const serve = (document: string, requestId: string, transferId = town.ids.transfer()) =>
  town.ask(desk, 'POST', `/api/purchases/${document}/uses`, { transferId, requestId });

describe('further away', () => {
  it('who lives out of reach may come and is asked at once; the same word again asks nobody anew', async () => {
    // Forty kilometres to the north, in the same county.
    const far = await town.aVolunteer({ point: { latitude: 34, longitude: 116.97 } });
    const { coordinator, path, requestId } = await anUnfilled(town);
    const plain = await anUnfilled(town);
    const plannedStartAt = town.soon(DAY);
    await choose(plain.coordinator, plain.path, { then: 'publish_again', plannedStartAt });
    expect((await accept(far, plain.path)).body.error.code).toBe('not_eligible');

    const body = { commandId: town.ids.command(), then: 'wider', plannedStartAt };
    const first = await choose(coordinator, path, body);
    expect(first.body).toMatchObject({ state: 'published' });
    const again = await choose(coordinator, path, body);
    expect(again.body).toEqual(first.body);
    expect((await toldOf(town, requestId)).filter((kind) => kind === 'asked')).toHaveLength(1);
    const list = await town.ask(coordinator, 'GET', `${path}/candidates?about=${far.memberId}`);
    expect(list.body.asked.people).toContainEqual({ volunteerId: far.memberId, name: far.name });
    expect((await accept(far, path)).body).toMatchObject({ state: 'accepted' });
  });
});

describe('an organisation', () => {
  it('of the register is asked by notice, and who it was stands with the request', async () => {
    const coordinator = await town.aCoordinator();
    const opening = { accountId: accountOf(town.ids.member()), name: '和平里老年协会', communityCode: HOME };
    expect((await town.ask(coordinator, 'POST', '/api/organisations', opening)).status).toBe(201);
    const acting = await town.aMember({
      birthDate: '1985-05-01',
      roles: [{ role: 'organisation', region: HOME, organisationId: opening.accountId }],
    });
    const { path, requestId } = await anUnfilled(town);
    const body = {
      then: 'organisation',
      plannedStartAt: town.soon(DAY),
      organisationId: opening.accountId,
    };
    expect((await choose(coordinator, path, body)).body).toMatchObject({ state: 'published' });
    const told = Object.values(await everythingIn(town)).filter(
      (item) => item['kind']?.S === 'organisation_asked' && item['about']?.M?.['requestId']?.S === requestId,
    );
    expect(told.map((item) => item['to']?.M?.['people']?.L?.map(({ S }) => S))).toEqual([[acting.memberId]]);
    expect((await town.ask(coordinator, 'GET', path)).body.reason).toBe('和平里老年协会: 志愿者都有事');
    expect((await accept(await town.aVolunteer(), path)).body).toMatchObject({ state: 'accepted' });
  });

  it('that is not in the register, or that nobody named, is not asked', async () => {
    const { coordinator, path } = await anUnfilled(town);
    const then = { then: 'organisation', plannedStartAt: town.soon(DAY) };
    const unknown = await choose(coordinator, path, {
      ...then,
      organisationId: accountOf(town.ids.member()),
    });
    expect(unknown).toMatchObject({ status: 404, body: { error: { code: 'unknown_account' } } });
    expect((await choose(coordinator, path, then)).body.error.code).toBe('invalid_fields');
    const free = await choose(coordinator, path, { ...then, organisationId: '和平里老年协会' });
    expect(free.body.error.code).toBe('invalid_fields');
  });
});

describe('a paid provider', () => {
  const sent = async (document: string) => {
    const unfilled = await anUnfilled(town);
    const answer = await choose(unfilled.coordinator, unfilled.path, { then: 'fallback', document });
    return { ...unfilled, answer };
  };

  it('serves as many minutes as were bought, each visit once, and no more', async () => {
    const document = await aPurchase(100);
    const [one, other] = [await sent(document), await sent(document)];
    expect([one.answer.body.state, other.answer.body.state]).toEqual(['fallback', 'fallback']);
    const transferId = town.ids.transfer();
    const served = await serve(document, one.requestId, transferId);
    expect(served.body).toMatchObject({ state: 'settled' });
    expect(await leftOf(document)).toBe(40);
    expect((await serve(document, one.requestId, transferId)).body).toEqual(served.body);
    expect(await leftOf(document)).toBe(40);
    expect((await serve(document, other.requestId)).body.error.code).toBe('purchase_used_up');
    expect(await leftOf(document)).toBe(40);
    expect((await town.ask(other.coordinator, 'GET', other.path)).body.state).toBe('fallback');
    expect((await sent(document)).answer.body.error.code).toBe('purchase_used_up');
  });

  it('two visits in the same moment do not both have the last hour', async () => {
    const document = await aPurchase(60);
    const both = [await sent(document), await sent(document)];
    const answers = await Promise.all(both.map(({ requestId }) => serve(document, requestId)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await leftOf(document)).toBe(0);
  });

  it('has come: the elder is asked how it was, nobody else is, and in the end it is closed', async () => {
    const document = await aPurchase(60);
    const { coordinator, elder, path, requestId } = await sent(document);
    await serve(document, requestId);
    town.pass(3 * DAY);
    await keepVisits(town.ports);
    const told = await toldOf(town, requestId);
    expect(told).toContain('please_rate');
    expect(told).not.toContain('please_rate_visit');
    const rated = await order(town, elder, `${path}/ratings`, { level: 5 });
    expect(rated.body).toMatchObject({ state: 'rated' });
    town.pass(13 * DAY);
    await keepVisits(town.ports);
    expect((await town.ask(coordinator, 'GET', path)).body.state).toBe('closed');
  });

  it('does not stand in where the county has no provider for it', async () => {
    const document = await aPurchase(60);
    await decide(town, { values: { unfilledFallbackOn: false }, validFrom: town.now().slice(0, 10) });
    const { answer, coordinator, path, requestId } = await sent(document);
    expect(answer).toMatchObject({ status: 409, body: { error: { code: 'fallback_off' } } });
    expect((await town.ask(coordinator, 'GET', path)).body.state).toBe('unfilled');
    expect((await serve(document, requestId)).body.error.code).toBe('request_not_open');
    expect(await leftOf(document)).toBe(60);
    expect((await choose(coordinator, path, { then: 'apologise' })).body.state).toBe('cancelled_by_service');
  });
});

it('what looks again needs a time, and only what looks again has one', async () => {
  const { coordinator, path } = await anUnfilled(town);
  const plannedStartAt = town.soon(DAY);
  for (const body of [{ then: 'wider' }, { then: 'apologise', plannedStartAt }]) {
    expect((await choose(coordinator, path, body)).body.error.code).toBe('invalid_fields');
  }
  const past = await choose(coordinator, path, { then: 'wider', plannedStartAt: town.soon(-DAY) });
  expect(past.body.error.code).toBe('starts_in_past');
});
