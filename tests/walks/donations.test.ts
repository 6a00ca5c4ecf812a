import { Balance } from '@time-bank/contracts/account';
import type { Member } from '@time-bank/contracts/member';
import { derivedTransfer } from '@time-bank/desk/derived-id';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAR_AWAY, type Town, startTown } from '../town.ts';
import { aGiver, aRedemption, aSaver, booksIn, credit, setFrozen } from './steps.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(async () => {
  await town.stop();
});

const TOWNSHIP = 'pool:341302001';

const donate = (
  donor: Member,
  amountMinutes = 20,
  poolId = TOWNSHIP,
  transferId: string = town.ids.transfer(),
) => town.ask(donor, 'POST', '/api/donations', { transferId, poolId, amountMinutes });

const balanceOf = async (who: Member) => Balance.parse((await town.ask(who, 'GET', '/api/account')).body);
const refusal = (code: string, status = 409) => ({ status, body: { error: { code } } });

it.each([
  ['of the township', TOWNSHIP],
  ['of the county', 'pool:341302'],
  ['of a project of the township', 'pool:341302001:winter-visits'],
  ['of a project of the county', 'pool:341302:smartphones'],
])('hours go to the pool %s', async (_, poolId) => {
  const donor = await aSaver(town);
  const transferId = town.ids.transfer();
  expect(await donate(donor, 20, poolId, transferId)).toMatchObject({
    status: 201,
    body: { transferId, kind: 'donated', amountMinutes: 20 },
  });
  expect(await balanceOf(donor)).toMatchObject({ availableMinutes: 40 });
  const statement = await town.ask(donor, 'GET', '/api/account/entries');
  expect(statement.body.items[0]).toMatchObject({ kind: 'donated', changeMinutes: -20, poolId });
  const pool = await town.ask(donor, 'GET', `/api/pools/${poolId}`);
  expect(pool.body.lines[0]).toEqual({ on: '2026-11-21', kind: 'donated', changeMinutes: 20 });
});

it.each([
  ['of the city', 'pool:3413'],
  ['of another county', 'pool:340102'],
  ['of another township', 'pool:341302002'],
  ['of a project elsewhere', 'pool:340102001:winter-visits'],
  ['of no place', 'pool:999999'],
])('the pool %s is none of a member here', async (_, poolId) => {
  const donor = await aSaver(town);
  const before = await booksIn(town);
  expect(await donate(donor, 20, poolId)).toMatchObject(refusal('unknown_pool', 404));
  expect(await booksIn(town)).toEqual(before);
});

it('everybody has the pools of their own home', async () => {
  const donor = await town.aVolunteer({ communityCode: FAR_AWAY });
  await credit(town, donor, 60);
  expect(await donate(donor, 20, TOWNSHIP)).toMatchObject(refusal('unknown_pool', 404));
  expect((await donate(donor, 20, 'pool:340102001')).status).toBe(201);
});

describe('amounts', () => {
  it.each([0, -1, 0.5, 1441, '20', null])('%j is none', async (amountMinutes) => {
    const donor = await aSaver(town);
    const body = { transferId: town.ids.transfer(), poolId: TOWNSHIP, amountMinutes };
    expect(await town.ask(donor, 'POST', '/api/donations', body)).toMatchObject(
      refusal('invalid_fields', 400),
    );
  });

  it.each([1, 60])('%d of 60 minutes are donated', async (minutes) => {
    const donor = await aSaver(town);
    expect((await donate(donor, minutes)).status).toBe(201);
    expect((await balanceOf(donor)).availableMinutes).toBe(60 - minutes);
  });

  it('a day can be donated at once', async () => {
    const donor = await aSaver(town);
    await credit(town, donor, 1440);
    expect((await donate(donor, 1440)).status).toBe(201);
  });

  it('a minute more than there is cannot; the same id stays refused, a new one is carried out', async () => {
    const donor = await aSaver(town);
    const before = await booksIn(town);
    const transferId = town.ids.transfer();
    const short = {
      status: 409,
      body: { error: { code: 'insufficient_hours', availableMinutes: 60, neededMinutes: 61 } },
    };
    expect(await donate(donor, 61, TOWNSHIP, transferId)).toMatchObject(short);
    expect(await booksIn(town)).toEqual(before);
    await credit(town, donor, 60);
    const again = await donate(donor, 61, TOWNSHIP, transferId);
    expect(again).toMatchObject(short);
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
    expect((await donate(donor, 61)).status).toBe(201);
  });
});

it('the id of a donation of somebody else to the same pool is taken, however often it is sent', async () => {
  const [donor, other] = [await aSaver(town), await aSaver(town)];
  const transferId = town.ids.transfer();
  expect((await donate(donor, 20, TOWNSHIP, transferId)).status).toBe(201);
  const after = await booksIn(town);
  for (const minutes of [20, 20, 61]) {
    expect(await donate(other, minutes, TOWNSHIP, transferId)).toMatchObject(
      refusal('exists_with_different_content'),
    );
  }
  expect((await donate(donor, 20, TOWNSHIP, transferId)).headers.get('Idempotency-Hit')).toBe('true');
  expect(await booksIn(town)).toEqual(after);
});

it('nobody donates under the id of a grant to come', async () => {
  const donor = await aSaver(town);
  const before = await booksIn(town);
  const grantId = derivedTransfer(town.now(), ['grant', donor.memberId, '2026-11']);
  expect(await donate(donor, 20, TOWNSHIP, grantId)).toMatchObject(refusal('exists_with_different_content'));
  expect(await booksIn(town)).toEqual(before);
});

it('hours that were given are donated before earned ones', async () => {
  const { giver, mother } = await aGiver(town);
  await credit(town, mother, 60);
  const gift = { transferId: town.ids.transfer(), receiverId: mother.memberId, amountMinutes: 30 };
  expect((await town.ask(giver, 'POST', '/api/gifts', gift)).status).toBe(201);
  expect((await donate(mother, 40)).status).toBe(201);
  expect(await balanceOf(mother)).toMatchObject({ availableMinutes: 50, earnedMinutes: 50 });
});

it('ten donations in the same moment with hours for three: exactly three are made', async () => {
  const donor = await aSaver(town);
  const ids = Array.from({ length: 10 }, () => town.ids.transfer());
  let answers = await Promise.all(ids.map((id) => donate(donor, 20, TOWNSHIP, id)));
  // Who was told to send the same again does.
  answers = await Promise.all(
    answers.map((answer, index) =>
      answer.status === 503 ? donate(donor, 20, TOWNSHIP, ids[index]) : Promise.resolve(answer),
    ),
  );
  const made = answers.filter(({ status }) => status === 201).length;
  expect(made).toBeLessThanOrEqual(3);
  expect(made).toBeGreaterThan(0);
  expect((await balanceOf(donor)).availableMinutes).toBe(60 - 20 * made);
});

it('from an account that is frozen nothing is donated', async () => {
  const donor = await aSaver(town);
  await setFrozen(town, donor, true);
  const before = await booksIn(town);
  expect(await donate(donor)).toMatchObject(refusal('account_frozen'));
  expect(await booksIn(town)).toEqual(before);
});

it('a member whose account is short and frozen is told that it is frozen', async () => {
  const donor = await town.aVolunteer();
  await setFrozen(town, donor, true);
  expect(await donate(donor)).toMatchObject(refusal('account_frozen'));
});

it('hours that a lapsed hold still binds are freed for the donation', async () => {
  const donor = await aSaver(town);
  expect((await town.ask(donor, 'POST', '/api/redemptions', aRedemption(town))).status).toBe(201);
  expect(await donate(donor, 60)).toMatchObject(refusal('insufficient_hours'));
  town.pass(200 * 24 * 60);
  expect((await donate(donor, 60)).status).toBe(201);
});

it('where the city takes no donations, none is made', async () => {
  const donor = await aSaver(town);
  const book = await town.ports.policies.readBook();
  const today = '2027-12-10';
  town.setClock(`${today}T02:00:00.000Z`);
  await town.ports.policies.publish({
    number: book.changes.length + 1,
    region: '3413',
    validFrom: today,
    publishedAt: town.now(),
    values: { donationAllowed: false },
    author: 'mem_01KB2C3D4E5F6G7H8J9KMNPQRA',
    approver: 'mem_01KB2C3D4E5F6G7H8J9KMNPQRB',
    reason: '暂停捐赠',
  });
  // What is in force may be known for some minutes before it is read again.
  town.pass(10);
  expect(await donate(donor)).toMatchObject(refusal('donation_not_allowed', 422));
});
