import { Balance, StatementPage } from '@time-bank/contracts/account';
import { ErrorAnswer } from '@time-bank/contracts/refusals';
import type { Member } from '@time-bank/contracts/member';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Town, startTown } from '../town.ts';
import { aGiver, aRedemption, aSaver, bind, booksIn, close, credit, setFrozen } from './steps.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(async () => {
  await town.stop();
});

const give = (
  giver: Member,
  receiver: Pick<Member, 'memberId'>,
  amountMinutes = 20,
  transferId: string = town.ids.transfer(),
) => town.ask(giver, 'POST', '/api/gifts', { transferId, receiverId: receiver.memberId, amountMinutes });

const balanceOf = async (who: Member) => Balance.parse((await town.ask(who, 'GET', '/api/account')).body);
const linesOf = async (who: Member) =>
  StatementPage.parse((await town.ask(who, 'GET', '/api/account/entries')).body).items;

const refusal = (code: string, status = 409) => ({ status, body: { error: { code } } });

it('hours go to the mother: less here, more there, and each side has its line', async () => {
  const { giver, mother } = await aGiver(town);
  const transferId = town.ids.transfer();
  expect(await give(giver, mother, 20, transferId)).toMatchObject({
    status: 201,
    body: { transferId, kind: 'gift_out', amountMinutes: 20 },
  });
  expect(await balanceOf(giver)).toMatchObject({ availableMinutes: 40, earnedMinutes: 40 });
  expect(await balanceOf(mother)).toMatchObject({ availableMinutes: 20, earnedMinutes: 0 });
  expect((await linesOf(giver))[0]).toMatchObject({ transferId, kind: 'gift_out', changeMinutes: -20 });
  expect(await linesOf(mother)).toMatchObject([{ transferId, kind: 'gift_in', changeMinutes: 20 }]);
});

it('what was received can be redeemed but not passed on', async () => {
  const { giver, mother } = await aGiver(town);
  const sister = await town.anElder();
  await bind(town, mother, sister, 'child');
  await give(giver, mother, 60);
  expect(await give(mother, sister)).toMatchObject({
    status: 409,
    body: { error: { code: 'insufficient_hours', availableMinutes: 0, neededMinutes: 20 } },
  });
  const redeemed = await town.ask(mother, 'POST', '/api/redemptions', aRedemption(town));
  expect(redeemed.status).toBe(201);
});

describe('amounts', () => {
  it.each([0, -1, 0.5, 1441, '20', null])('%j is none', async (amountMinutes) => {
    const { giver, mother } = await aGiver(town);
    const body = { transferId: town.ids.transfer(), receiverId: mother.memberId, amountMinutes };
    expect(await town.ask(giver, 'POST', '/api/gifts', body)).toMatchObject(refusal('invalid_fields', 400));
  });

  it.each([1, 60])('%d of 60 minutes are given', async (minutes) => {
    const { giver, mother } = await aGiver(town);
    expect((await give(giver, mother, minutes)).status).toBe(201);
    expect((await balanceOf(giver)).availableMinutes).toBe(60 - minutes);
  });

  it('a day can be given at once', async () => {
    const { giver, mother } = await aGiver(town);
    await credit(town, giver, 1440);
    expect((await give(giver, mother, 1440)).status).toBe(201);
  });

  it('a minute more than there is cannot', async () => {
    const { giver, mother } = await aGiver(town);
    const before = await booksIn(town);
    expect(await give(giver, mother, 61)).toMatchObject({
      status: 409,
      body: { error: { code: 'insufficient_hours', availableMinutes: 60, neededMinutes: 61 } },
    });
    expect(await booksIn(town)).toEqual(before);
  });

  it('200 hours in a year and not a minute more; the next year begins anew', async () => {
    const { giver, mother } = await aGiver(town);
    await credit(town, giver, 20_000);
    town.setClock('2026-12-30T02:00:00.000Z');
    for (const minutes of [...Array.from({ length: 8 }, () => 1440), 479]) {
      expect((await give(giver, mother, minutes)).status).toBe(201);
    }
    expect(await give(giver, mother, 2)).toMatchObject(refusal('gift_year_cap_reached'));
    expect((await give(giver, mother, 1)).status).toBe(201);
    expect(await give(giver, mother, 1)).toMatchObject(refusal('gift_year_cap_reached'));
    // Midnight in China is four in the afternoon in Greenwich.
    town.setClock('2026-12-31T15:59:59.000Z');
    expect(await give(giver, mother, 1)).toMatchObject(refusal('gift_year_cap_reached'));
    town.setClock('2026-12-31T16:00:00.000Z');
    expect((await give(giver, mother, 1)).status).toBe(201);
  });
});

describe('at once', () => {
  it('two gifts of all there is: exactly one arrives', async () => {
    const { giver, mother } = await aGiver(town);
    const answers = await Promise.all([give(giver, mother, 60), give(giver, mother, 60)]);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(await balanceOf(giver)).toMatchObject({ availableMinutes: 0 });
    expect(await balanceOf(mother)).toMatchObject({ availableMinutes: 60 });
  });

  it('a gift and a redemption of the same hour: exactly one is done', async () => {
    const { giver, mother } = await aGiver(town);
    const [gift, redemption] = await Promise.all([
      give(giver, mother, 60),
      town.ask(giver, 'POST', '/api/redemptions', aRedemption(town)),
    ]);
    expect([gift.status, redemption.status].filter((status) => status === 201)).toHaveLength(1);
    const { availableMinutes, heldMinutes } = await balanceOf(giver);
    const received = (await balanceOf(mother)).availableMinutes;
    expect(availableMinutes + heldMinutes + received).toBe(60);
  });

  it('two children give to one mother, and both gifts arrive', async () => {
    const { giver, mother } = await aGiver(town);
    const brother = await aSaver(town);
    await bind(town, brother, mother);
    const answers = await Promise.all([give(giver, mother, 60), give(brother, mother, 60)]);
    for (const { status } of answers) expect([201, 503]).toContain(status);
    const done = answers.filter(({ status }) => status === 201).length;
    expect((await balanceOf(mother)).availableMinutes).toBe(60 * done);
  });
});

describe('refused', () => {
  it('to oneself', async () => {
    const { giver } = await aGiver(town);
    expect(await give(giver, giver)).toMatchObject(refusal('same_account', 422));
  });

  it('to somebody who is not family, whether there or not', async () => {
    const { giver } = await aGiver(town);
    const [stranger, missing] = [await town.anElder(), { memberId: town.ids.member() }];
    const answers = [await give(giver, stranger), await give(giver, missing)];
    expect(answers[0]).toMatchObject(refusal('not_family', 422));
    expect(answers[1]?.body).toEqual(answers[0]?.body);
  });

  it('back along the tie: it leads one way', async () => {
    const { giver, mother } = await aGiver(town);
    await credit(town, mother, 60);
    expect(await give(mother, giver)).toMatchObject(refusal('not_family', 422));
  });

  it('to a relative who is too young yet; on the birthday hours can be given', async () => {
    const giver = await aSaver(town);
    const sixtySoon = await town.aVolunteer({ birthDate: '1967-03-02' });
    await bind(town, giver, sixtySoon, 'spouse');
    const transferId = town.ids.transfer();
    expect(await give(giver, sixtySoon, 20, transferId)).toMatchObject(refusal('receiver_too_young', 422));
    town.setClock('2027-03-01T16:00:00.000Z');
    expect((await give(giver, sixtySoon)).status).toBe(201);
    const again = await give(giver, sixtySoon, 20, transferId);
    expect(again).toMatchObject(refusal('receiver_too_young', 422));
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
  });

  it('from an account that is frozen; the same id stays refused, a new one is carried out', async () => {
    const { giver, mother } = await aGiver(town);
    await setFrozen(town, giver, true);
    const before = await booksIn(town);
    const transferId = town.ids.transfer();
    const first = await give(giver, mother, 20, transferId);
    expect(first).toMatchObject(refusal('account_frozen'));
    expect(first.headers.get('Idempotency-Hit')).toBeNull();
    expect(await booksIn(town)).toEqual(before);
    await setFrozen(town, giver, false);
    const again = await give(giver, mother, 20, transferId);
    expect(again).toMatchObject(refusal('account_frozen'));
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
    expect((await give(giver, mother, 25, transferId)).body.error.code).toBe('exists_with_different_content');
    expect((await give(giver, mother)).status).toBe(201);
  });

  it('to an account that is frozen or closed', async () => {
    const frozen = await aGiver(town);
    await setFrozen(town, frozen.mother, true);
    expect(await give(frozen.giver, frozen.mother)).toMatchObject(refusal('receiver_cannot_receive'));
    const closed = await aGiver(town);
    await close(town, closed.mother);
    expect(await give(closed.giver, closed.mother)).toMatchObject(refusal('receiver_cannot_receive'));
  });

  it('above what the receiver may hold', async () => {
    const { giver, mother } = await aGiver(town);
    await credit(town, mother, 90_000 - 30);
    expect(await give(giver, mother, 31)).toMatchObject(refusal('cap_reached'));
    expect((await give(giver, mother, 30)).status).toBe(201);
  });

  it('each refusal comes before the next, however much is wrong', async () => {
    const { giver, mother } = await aGiver(town);
    const stranger = await town.anElder();
    const young = await town.aVolunteer({ birthDate: '1990-01-01' });
    await bind(town, giver, young, 'child');
    await credit(town, mother, 90_000);
    const codes: string[] = [];
    const ask = async (receiver: Pick<Member, 'memberId'>, minutes: number) => {
      codes.push(ErrorAnswer.parse((await give(giver, receiver, minutes)).body).error.code);
    };
    await setFrozen(town, giver, true);
    await ask(giver, 1440);
    await ask(stranger, 1440);
    await setFrozen(town, giver, false);
    await ask(stranger, 1440);
    await ask(young, 1440);
    await ask(mother, 61);
    await setFrozen(town, mother, true);
    await ask(mother, 60);
    await setFrozen(town, mother, false);
    await ask(mother, 60);
    expect(codes).toEqual([
      'same_account',
      'account_frozen',
      'not_family',
      'receiver_too_young',
      'insufficient_hours',
      'receiver_cannot_receive',
      'cap_reached',
    ]);
  });
});

it('hours that a lapsed hold still binds are freed for the gift', async () => {
  const { giver, mother } = await aGiver(town);
  expect((await town.ask(giver, 'POST', '/api/redemptions', aRedemption(town))).status).toBe(201);
  expect((await give(giver, mother, 60)).body.error).toMatchObject({ availableMinutes: 0 });
  town.pass(200 * 24 * 60);
  expect((await balanceOf(giver)).availableMinutes).toBe(60);
  expect((await give(giver, mother, 60)).status).toBe(201);
  expect((await balanceOf(giver)).availableMinutes).toBe(0);
  expect((await linesOf(giver)).map(({ kind }) => kind)).toContain('released');
});
