import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Town, startTown } from '../town.ts';
import { aRedemption, aSaver, aVisit, booksIn, everythingIn } from './steps.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(async () => {
  await town.stop();
});

it('a member asks for help of their own, and the hour is set aside at once', async () => {
  const member = await aSaver(town);
  const body = aRedemption(town);
  const answer = await town.ask(member, 'POST', '/api/redemptions', body);
  expect(answer).toMatchObject({
    status: 201,
    body: {
      requestId: body.requestId,
      state: 'published',
      heldMinutes: 60,
      transferId: `trf_${body.requestId.slice(4)}`,
    },
  });
  const account = await town.ask(member, 'GET', '/api/account');
  expect(account.body).toMatchObject({ availableMinutes: 0, heldMinutes: 60 });
  const seen = await town.ask(member, 'GET', `/api/requests/${body.requestId}`);
  expect(seen.body).toMatchObject({ mine: 'receiver', paidWithHours: true, address: member.address });
});

it('without enough hours it says how many there are and how many are needed, and moves nothing', async () => {
  const member = await aSaver(town);
  const before = await booksIn(town);
  const answer = await town.ask(
    member,
    'POST',
    '/api/redemptions',
    aRedemption(town, { plannedMinutes: 90 }),
  );
  expect(answer).toMatchObject({
    status: 409,
    body: { error: { code: 'insufficient_hours', availableMinutes: 60, neededMinutes: 90 } },
  });
  expect(await booksIn(town)).toEqual(before);
});

it('hours that are set aside cannot be set aside again', async () => {
  const member = await aSaver(town);
  await town.ask(member, 'POST', '/api/redemptions', aRedemption(town));
  const second = await town.ask(
    member,
    'POST',
    '/api/redemptions',
    aRedemption(town, { plannedMinutes: 15 }),
  );
  expect(second.body.error).toMatchObject({
    code: 'insufficient_hours',
    availableMinutes: 0,
    neededMinutes: 15,
  });
});

it('of two redemptions in the same moment with hours for one, exactly one is made', async () => {
  const member = await aSaver(town);
  const answers = await Promise.all(
    Array.from({ length: 4 }, () => town.ask(member, 'POST', '/api/redemptions', aRedemption(town))),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  for (const { status, body } of answers) {
    if (status !== 201) expect(['insufficient_hours', 'busy_try_again']).toContain(body.error.code);
  }
  const account = await town.ask(member, 'GET', '/api/account');
  expect(account.body).toMatchObject({ availableMinutes: 0, heldMinutes: 60 });
  const statement = await town.ask(member, 'GET', '/api/account/entries');
  expect(statement.body.items).toHaveLength(2);
});

describe('sent again', () => {
  it('it holds the hours once and answers the same', async () => {
    const member = await aSaver(town);
    const body = aRedemption(town);
    const first = await town.ask(member, 'POST', '/api/redemptions', body);
    const again = await town.ask(member, 'POST', '/api/redemptions', body);
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
    const account = await town.ask(member, 'GET', '/api/account');
    expect(account.body).toMatchObject({ availableMinutes: 0, heldMinutes: 60 });
  });

  it('with another length it is refused, whatever the balance', async () => {
    const member = await aSaver(town);
    const body = aRedemption(town, { plannedMinutes: 30 });
    await town.ask(member, 'POST', '/api/redemptions', body);
    const before = await everythingIn(town);
    const other = await town.ask(member, 'POST', '/api/redemptions', { ...body, plannedMinutes: 480 });
    expect(other).toMatchObject({ status: 409, body: { error: { code: 'exists_with_different_content' } } });
    expect(await everythingIn(town)).toEqual(before);
  });

  it('the id of a request that somebody else posted is refused, and shows nothing of it', async () => {
    const { requestId } = await aVisit(town, 'posted');
    const member = await aSaver(town);
    const answer = await town.ask(member, 'POST', '/api/redemptions', aRedemption(town, { requestId }));
    expect(answer).toMatchObject({ status: 409, body: { error: { code: 'exists_with_different_content' } } });
    expect(answer.body.error).toEqual({
      code: 'exists_with_different_content',
      message: expect.any(String),
    });
  });
});

describe('age', () => {
  it.each([
    ['on the sixtieth birthday hours can be redeemed', '1966-11-21', 'insufficient_hours'],
    ['a day before it they cannot', '1966-11-22', 'too_young_to_redeem'],
  ])('%s', async (_, birthDate, code) => {
    town.setClock('2026-11-21T02:00:00.000Z');
    const member = await town.aVolunteer({ birthDate });
    const answer = await town.ask(member, 'POST', '/api/redemptions', aRedemption(town));
    expect(answer.body.error.code).toBe(code);
  });

  it('the birthday begins at midnight in China, not in Greenwich', async () => {
    town.setClock('2026-11-21T15:59:00.000Z');
    const member = await town.aVolunteer({ birthDate: '1966-11-22' });
    const minuteBefore = await town.ask(member, 'POST', '/api/redemptions', aRedemption(town));
    expect(minuteBefore.body.error.code).toBe('too_young_to_redeem');
    town.pass(1);
    const birthday = await town.ask(member, 'POST', '/api/redemptions', aRedemption(town));
    expect(birthday.body.error.code).toBe('insufficient_hours');
  });
});

it('each refusal comes before the next, however much is wrong', async () => {
  const poorAndYoung = await town.aVolunteer({ birthDate: '1990-01-01' });
  const poor = await town.aVolunteer();
  const past = aRedemption(town, { plannedStartAt: town.soon(-60) });
  const late = aRedemption(town, { plannedStartAt: town.soon(61 * 24 * 60) });
  const codes = [];
  for (const [who, body] of [
    [poorAndYoung, past],
    [poorAndYoung, late],
    [poorAndYoung, aRedemption(town)],
    [poor, aRedemption(town)],
  ] as const) {
    codes.push((await town.ask(who, 'POST', '/api/redemptions', body)).body.error.code);
  }
  expect(codes).toEqual(['starts_in_past', 'starts_too_late', 'too_young_to_redeem', 'insufficient_hours']);
});
