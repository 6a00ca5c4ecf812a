import { StatementPage } from '@time-bank/contracts/account';
import type { Member } from '@time-bank/contracts/member';
import { firstVersion } from '@time-bank/policy/catalogue';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOME, NEXT_DOOR, type Town, startTown } from '../town.ts';
import {
  aRedemption,
  aSaver,
  aVisit,
  booksIn,
  close,
  credit,
  everythingIn,
  idOfAnotherDay,
} from './steps.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(async () => {
  await town.stop();
});

const confirm = (who: Member, path: string, transferId = town.ids.transfer()) =>
  town.ask(who, 'POST', `${path}/confirm`, { transferId });

const balanceOf = async (who: Member) => {
  const { availableMinutes, heldMinutes } = (await town.ask(who, 'GET', '/api/account')).body;
  return { availableMinutes, heldMinutes };
};
const entriesOf = async (who: Member) =>
  StatementPage.parse((await town.ask(who, 'GET', '/api/account/entries')).body).items;

/** Hours of `payer` that are redeemed, as far as the end of a visit of `minutes`. */
const aRedeemedVisit = async (minutes: number, plannedMinutes = 60) => {
  const [payer, helper] = [await aSaver(town), await town.aVolunteer()];
  const body = aRedemption(town, { plannedMinutes });
  const path = `/api/requests/${body.requestId}`;
  await town.ask(payer, 'POST', '/api/redemptions', body);
  await town.ask(helper, 'POST', `${path}/accept`, { visitId: town.ids.visit() });
  town.setClock(body.plannedStartAt);
  await town.ask(helper, 'POST', `${path}/check-in`, {
    commandId: town.ids.command(),
    code: payer.visitCode,
  });
  town.pass(minutes);
  await town.ask(helper, 'POST', `${path}/check-out`, { commandId: town.ids.command() });
  return { payer, helper, path, requestId: body.requestId };
};

it('the elder confirms, and the hour stands on the account of the volunteer', async () => {
  const { elder, volunteer, path, requestId, visitId } = await aVisit(town, 'ended');
  const transferId = town.ids.transfer();
  expect(await confirm(elder, path, transferId)).toMatchObject({
    status: 200,
    body: {
      requestId,
      visitId,
      transferId,
      state: 'settled',
      servedMinutes: 60,
      creditedMinutes: 60,
      at: town.now(),
    },
  });
  expect(await balanceOf(volunteer)).toEqual({ availableMinutes: 60, heldMinutes: 0 });
  expect(await entriesOf(volunteer)).toEqual([
    {
      transferId,
      kind: 'earned',
      reason: 'visit_confirmed',
      amountMinutes: 60,
      changeMinutes: 60,
      heldMinutes: 0,
      honourMinutes: 0,
      debtMinutes: 0,
      at: town.now(),
      channel: 'web',
      policyVersion: firstVersion,
      requestId,
      serviceCode: 'C01',
      serviceWords: { 'zh-Hans': '陪聊', 'zh-Hant': '陪聊', en: 'Company and talk' },
    },
  ]);
  expect(await balanceOf(elder)).toEqual({ availableMinutes: 0, heldMinutes: 0 });
});

describe('what is credited', () => {
  it.each([
    ['a visit of 20 minutes credits nothing', 20, 60, 0],
    ['a visit of 29 minutes credits nothing', 29, 60, 0],
    ['a visit of half an hour credits half an hour', 30, 60, 30],
    ['39 minutes credit 30, and 39 stand in the record', 39, 60, 30],
    ['a little longer than planned is credited', 90, 60, 90],
    ['much longer than planned is credited up to half an hour more', 200, 60, 90],
    ['a forgotten check-out does not make anybody rich', 20 * 60, 240, 270, 240],
  ])('%s', async (_, minutes, plannedMinutes, credited, banked = credited) => {
    const coordinator = await town.aCoordinator();
    const { elder, volunteer, path } = await aVisit(town, 'ended', {
      coordinator,
      minutes,
      request: { plannedMinutes },
    });
    expect((await confirm(elder, path)).body).toMatchObject({
      servedMinutes: minutes,
      creditedMinutes: credited,
    });
    expect(await balanceOf(volunteer)).toEqual({ availableMinutes: banked, heldMinutes: 0 });
    // What a day does not hold is honour: it counts for stars and is not spent.
    expect(await entriesOf(volunteer)).toMatchObject(
      credited === 0
        ? []
        : [{ amountMinutes: credited, changeMinutes: banked, honourMinutes: credited - banked }],
    );
    expect((await town.ask(coordinator, 'GET', path)).body.visit).toMatchObject({
      servedMinutes: minutes,
      creditedMinutes: credited,
    });
  });
});

describe('a visit paid with hours', () => {
  it.each([
    ['exactly as planned', 60, 60, 60, 0],
    ['shorter: the rest is released', 40, 60, 30, 30],
    ['too short to count: all of it is released', 20, 60, 0, 60],
    ['longer: not more than was set aside', 120, 60, 60, 0],
    ['planned in odd minutes: whole steps only', 45, 45, 30, 15],
  ])('%s', async (_, minutes, planned, credited, released) => {
    const { payer, helper, path, requestId } = await aRedeemedVisit(minutes, planned);
    const transferId = town.ids.transfer();
    expect((await confirm(payer, path, transferId)).body).toMatchObject({
      state: 'settled',
      servedMinutes: minutes,
      creditedMinutes: credited,
      releasedMinutes: released,
    });
    expect(await balanceOf(payer)).toEqual({ availableMinutes: 60 - credited, heldMinutes: 0 });
    expect(await balanceOf(helper)).toEqual({ availableMinutes: credited, heldMinutes: 0 });
    const holdId = `trf_${requestId.slice(4)}`;
    expect(await entriesOf(payer)).toMatchObject([
      {
        transferId,
        kind: credited === 0 ? 'released' : 'spent',
        resolves: holdId,
        amountMinutes: credited === 0 ? planned : credited,
        changeMinutes: released,
        heldMinutes: -planned,
        at: town.now(),
      },
      { transferId: holdId, kind: 'held', changeMinutes: -planned, heldMinutes: planned },
      { kind: 'earned' },
    ]);
    expect(await entriesOf(helper)).toMatchObject(
      credited === 0 ? [] : [{ kind: 'earned', transferId, amountMinutes: credited }],
    );
  });

  it('a coordinator cannot confirm it for a member who has a telephone', async () => {
    const { path } = await aRedeemedVisit(60);
    expect((await confirm(await town.aCoordinator(), path)).status).toBe(404);
  });
});

describe('who confirms', () => {
  const phonelessElder = () => town.anElder({}, { phoneless: true });

  it('for an elder without a telephone it is the coordinator of the community', async () => {
    const { coordinator, volunteer, path } = await aVisit(town, 'ended', { elder: await phonelessElder() });
    expect((await confirm(coordinator, path)).body).toMatchObject({ state: 'settled', creditedMinutes: 60 });
    expect(await balanceOf(volunteer)).toMatchObject({ availableMinutes: 60 });
  });

  it('any coordinator of the community will do, none of another one', async () => {
    const { path } = await aVisit(town, 'ended', { elder: await phonelessElder() });
    expect((await confirm(await town.aCoordinator(NEXT_DOOR), path)).status).toBe(404);
    expect((await confirm(await town.aCoordinator(), path)).status).toBe(200);
  });

  it('for an elder with a telephone no coordinator does', async () => {
    const { coordinator, path } = await aVisit(town, 'ended');
    const before = await everythingIn(town);
    expect(await confirm(coordinator, path)).toMatchObject({
      status: 404,
      body: { error: { code: 'unknown_request' } },
    });
    expect(await everythingIn(town)).toEqual(before);
  });

  it('nobody confirms a visit that they made themselves, coordinator or not', async () => {
    const both = await town.aMember({
      birthDate: '1970-01-01',
      roles: [
        { role: 'volunteer', region: HOME },
        { role: 'coordinator', region: HOME },
      ],
    });
    const { coordinator, path } = await aVisit(town, 'ended', {
      elder: await phonelessElder(),
      volunteer: both,
    });
    const before = await everythingIn(town);
    expect(await confirm(both, path)).toMatchObject({
      status: 404,
      body: { error: { code: 'unknown_request' } },
    });
    expect(await everythingIn(town)).toEqual(before);
    expect((await confirm(coordinator, path)).status).toBe(200);
  });

  it('neither the volunteer nor a stranger confirms', async () => {
    const { volunteer, path } = await aVisit(town, 'ended');
    const strangers = [volunteer, await town.anElder(), await town.aVolunteer()];
    const before = await everythingIn(town);
    for (const who of strangers) {
      expect(await confirm(who, path)).toMatchObject({
        status: 404,
        body: { error: { code: 'unknown_request' } },
      });
    }
    expect(await everythingIn(town)).toEqual(before);
  });
});

it.each(['posted', 'accepted', 'begun'] as const)(
  'a visit that is only %s cannot be confirmed',
  async (step) => {
    const { elder, path } = await aVisit(town, step);
    const before = await booksIn(town);
    expect(await confirm(elder, path)).toMatchObject({
      status: 409,
      body: { error: { code: 'not_awaiting_confirmation' } },
    });
    expect(await booksIn(town)).toEqual(before);
  },
);

describe('sent again', () => {
  it('it answers the same and credits once', async () => {
    const { elder, volunteer, path } = await aVisit(town, 'ended');
    const transferId = town.ids.transfer();
    const first = await confirm(elder, path, transferId);
    town.pass(60 * 24);
    const again = await confirm(elder, path, transferId);
    expect(again).toMatchObject({ status: 200, body: first.body });
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
    expect(await balanceOf(volunteer)).toMatchObject({ availableMinutes: 60 });
  });

  it('under another id it is settled already', async () => {
    const { elder, volunteer, path } = await aVisit(town, 'settled');
    expect(await confirm(elder, path)).toMatchObject({
      status: 409,
      body: { error: { code: 'not_awaiting_confirmation' } },
    });
    expect(await balanceOf(volunteer)).toMatchObject({ availableMinutes: 60 });
  });

  it('twenty times in the same moment, under one id or many, credits once', async () => {
    const { elder, volunteer, path } = await aVisit(town, 'ended');
    const transferId = town.ids.transfer();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => confirm(elder, path, n % 2 === 0 ? transferId : undefined)),
    );
    expect(
      new Set(answers.filter(({ status }) => status === 200).map(({ body }) => String(body.transferId))).size,
    ).toBe(1);
    for (const { status, body } of answers) {
      if (status !== 200) expect(['not_awaiting_confirmation', 'busy_try_again']).toContain(body.error.code);
    }
    expect(await balanceOf(volunteer)).toMatchObject({ availableMinutes: 60 });
    expect(await entriesOf(volunteer)).toHaveLength(1);
  });

  it("one visit's transfer id for another visit of the same volunteer is refused, and nothing is written", async () => {
    const first = await aVisit(town, 'settled');
    const second = await aVisit(town, 'ended', { volunteer: first.volunteer });
    const before = await everythingIn(town);
    expect(await confirm(second.elder, second.path, first.transferId)).toMatchObject({
      status: 409,
      body: { error: { code: 'exists_with_different_content' } },
    });
    expect(await everythingIn(town)).toEqual(before);
    expect((await confirm(second.elder, second.path)).status).toBe(200);
    expect(await balanceOf(first.volunteer)).toMatchObject({ availableMinutes: 120 });
  });
});

describe('an account that is full', () => {
  const CAP = 90_000;

  it('takes what has room; the rest is honour, which counts for stars and is not spent', async () => {
    const volunteer = await town.aVolunteer();
    await credit(town, volunteer, CAP - 20);
    const { elder, path } = await aVisit(town, 'ended', { volunteer });
    expect(await confirm(elder, path)).toMatchObject({
      status: 200,
      body: { state: 'settled', servedMinutes: 60, creditedMinutes: 60 },
    });
    expect((await town.ask(volunteer, 'GET', '/api/account')).body).toMatchObject({
      availableMinutes: CAP,
      honourMinutes: 40,
    });
    expect((await entriesOf(volunteer))[0]).toMatchObject({
      amountMinutes: 60,
      changeMinutes: 20,
      honourMinutes: 40,
    });
  });

  it('sends the rest to the pool that the member has chosen', async () => {
    const volunteer = await town.aVolunteer();
    await credit(town, volunteer, CAP);
    const overflowTo = 'pool:341302001:winter';
    const chosen = { transferId: town.ids.transfer(), overflowTo };
    expect((await town.ask(volunteer, 'POST', '/api/account/overflow', chosen)).status).toBe(200);
    const { elder, path } = await aVisit(town, 'ended', { volunteer });
    expect((await confirm(elder, path)).body).toMatchObject({ state: 'settled', creditedMinutes: 60 });
    expect((await town.ask(volunteer, 'GET', '/api/account')).body).toMatchObject({
      availableMinutes: CAP,
      honourMinutes: 0,
      overflowPool: overflowTo,
    });
    expect((await entriesOf(volunteer))[0]).toMatchObject({
      kind: 'earned',
      amountMinutes: 60,
      changeMinutes: 0,
      overflowMinutes: 60,
      poolId: overflowTo,
    });
    expect((await town.ask(elder, 'GET', `/api/pools/${overflowTo}`)).body.lines).toMatchObject([
      { kind: 'overflow', changeMinutes: 60 },
    ]);
  });
});

describe('a refusal of the ledger', () => {
  it('stays one under its id, also once the visit could be confirmed; a new id is carried out', async () => {
    const visit = await aVisit(town, 'begun');
    const transferId = town.ids.transfer();
    const refusal = { status: 409, body: { error: { code: 'not_awaiting_confirmation' } } };
    const first = await confirm(visit.elder, visit.path, transferId);
    expect(first).toMatchObject(refusal);
    expect(first.headers.get('Idempotency-Hit')).toBeNull();
    town.pass(60);
    await town.ask(visit.volunteer, 'POST', `${visit.path}/check-out`, { commandId: town.ids.command() });
    const again = await confirm(visit.elder, visit.path, transferId);
    expect(again).toMatchObject(refusal);
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
    expect((await confirm(visit.elder, visit.path)).status).toBe(200);
    expect(await balanceOf(visit.volunteer)).toMatchObject({ availableMinutes: 60 });
  });

  it('a volunteer who has left gets nothing, and the visit waits', async () => {
    const { elder, volunteer, path } = await aVisit(town, 'ended');
    await close(town, volunteer);
    const before = await booksIn(town);
    expect(await confirm(elder, path)).toMatchObject({
      status: 409,
      body: { error: { code: 'account_closed' } },
    });
    expect(await booksIn(town)).toEqual(before);
    expect((await town.ask(elder, 'GET', path)).body.state).toBe('pending_confirm');
  });
});

describe('an id of another time', () => {
  it.each([
    ['of more than a month ago', -32, 'id_too_old'],
    ['of the day after tomorrow', 2, 'id_from_the_future'],
  ])('%s is refused, and nothing is kept of it', async (_, days, code) => {
    const { elder, path } = await aVisit(town, 'ended');
    const before = await everythingIn(town);
    const transferId = idOfAnotherDay(town, days);
    expect(await town.ask(elder, 'POST', `${path}/confirm`, { transferId })).toMatchObject({
      status: 409,
      body: { error: { code } },
    });
    expect(await everythingIn(town)).toEqual(before);
    expect((await confirm(elder, path)).status).toBe(200);
  });
});
