import { StatementPage } from '@time-bank/contracts/account';
import { accountOf } from '@time-bank/contracts/ids';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Town, startTown } from '../town.ts';
import { aRedemption, aSaver, aVisit } from './steps.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(async () => {
  await town.stop();
});

it('everybody has an account, empty at first', async () => {
  const elder = await town.anElder();
  expect(await town.ask(elder, 'GET', '/api/account')).toMatchObject({
    status: 200,
    body: {
      accountId: accountOf(elder.memberId),
      state: 'open',
      availableMinutes: 0,
      heldMinutes: 0,
      earnedMinutes: 0,
      grantedMinutes: 0,
      honourMinutes: 0,
      debtMinutes: 0,
      asOf: town.now(),
    },
  });
  expect((await town.ask(elder, 'GET', '/api/account/entries')).body).toEqual({ items: [] });
});

it('shows what was banked and what is set aside, at once and to nobody else', async () => {
  const member = await aSaver(town);
  const body = aRedemption(town, { plannedMinutes: 45 });
  await town.ask(member, 'POST', '/api/redemptions', body);
  expect((await town.ask(member, 'GET', '/api/account')).body).toMatchObject({
    availableMinutes: 15,
    heldMinutes: 45,
  });
  const mine = (await town.ask(member, 'GET', '/api/account/entries')).body;
  expect(mine.items).toMatchObject([
    {
      kind: 'held',
      reason: 'set_aside',
      amountMinutes: 45,
      changeMinutes: -45,
      heldMinutes: 45,
      requestId: body.requestId,
      lapsesAt: expect.any(String),
    },
    { kind: 'earned', reason: 'visit_confirmed', amountMinutes: 60, changeMinutes: 60, heldMinutes: 0 },
  ]);
  for (const other of [await town.aVolunteer(), await town.aCoordinator(), await town.anElder()]) {
    expect((await town.ask(other, 'GET', '/api/account/entries')).body).toEqual({ items: [] });
    expect((await town.ask(other, 'GET', '/api/account')).body).toMatchObject({
      availableMinutes: 0,
      heldMinutes: 0,
    });
  }
});

it('the statement comes 25 lines a page, newest first, each line once, and adds up to the balance', async () => {
  const [coordinator, elder] = [await town.aCoordinator(), await town.anElder()];
  const volunteer = await town.aVolunteer();
  const banked: string[] = [];
  while (banked.length < 26) {
    const { transferId } = await aVisit(town, 'settled', { coordinator, elder, volunteer, minutes: 30 });
    banked.unshift(transferId);
    town.pass(24 * 60);
  }
  const page = async (query = '') =>
    StatementPage.parse((await town.ask(volunteer, 'GET', `/api/account/entries${query}`)).body);
  const first = await page();
  const second = await page(`?cursor=${String(first.cursor)}`);
  expect([first.items.length, second.items.length]).toEqual([25, 1]);
  expect(second).not.toHaveProperty('cursor');
  const lines = [...first.items, ...second.items];
  expect(lines.map(({ transferId }) => transferId)).toEqual(banked);
  const sum = lines.reduce((total, { changeMinutes }) => total + changeMinutes, 0);
  expect((await town.ask(volunteer, 'GET', '/api/account')).body.availableMinutes).toBe(sum);
});

it("somebody else's place in a statement is refused", async () => {
  const [mine, theirs] = [await town.anElder(), await town.anElder()];
  const written = (key: object) => Buffer.from(JSON.stringify(key)).toString('base64url');
  const place = (owner: typeof mine, sk: string) => written({ pk: `A#${accountOf(owner.memberId)}`, sk });
  for (const cursor of [
    place(theirs, `T#${town.ids.transfer()}`),
    written({ sk: 'H' }),
    written({ pk: 'x', sk: 'y' }),
  ]) {
    expect(await town.ask(mine, 'GET', `/api/account/entries?cursor=${cursor}`)).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_fields', details: [{ property: 'cursor' }] } },
    });
  }
});
