import { StatementPage } from '@time-bank/contracts/account';
import { DisputeList } from '@time-bank/contracts/confirming';
import type { Member } from '@time-bank/contracts/member';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOME, type Town, startTown } from '../town.ts';
import { aGiver, aRedemption, aSaver, credit } from '../walks/steps.ts';
import {
  DAY,
  aCountyOfficer,
  aDayVisit,
  balanceOf,
  disputeCase,
  kept,
  nextMorning,
  theScheduleRuns,
} from './steps.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(async () => {
  await town.stop();
});

const dispute = (who: Member, path: string, commandId = town.ids.command(), words = '没有来过') =>
  town.ask(who, 'POST', `${path}/disputes`, { commandId, kind: 'did_not_happen', words });
const decide = (who: Member, caseId: string, outcome: string, commandId = town.ids.command()) =>
  town.ask(who, 'POST', `/api/disputes/${caseId}/decisions`, { commandId, outcome, reason: '核实签到记录' });
const say = (who: Member, path: string, what: 'answer' | 'appeal', commandId = town.ids.command()) =>
  town.ask(who, 'POST', `${path}/dispute/${what}`, { commandId, words: '我确实去了' });

const disputesOf = async (who: Member, region: string) =>
  DisputeList.parse((await town.ask(who, 'GET', `/api/disputes?region=${region}`)).body).items;

const aDispute = async (minutes = 60) => {
  const visit = await aDayVisit(town, 'settled', { minutes });
  const caseId = town.ids.command();
  const opened = await dispute(visit.elder, visit.path, caseId);
  expect(opened).toMatchObject({ status: 201, body: { state: 'disputed' } });
  return { ...visit, caseId, opened };
};

/** An hour of a saver's own, spent on a visit that has ended and that nobody has confirmed. */
const aPaidVisit = async () => {
  nextMorning(town);
  const [payer, helper] = [await aSaver(town), await town.aVolunteer()];
  nextMorning(town);
  const body = aRedemption(town);
  const path = `/api/requests/${body.requestId}`;
  await town.ask(payer, 'POST', '/api/redemptions', body);
  await town.ask(helper, 'POST', `${path}/accept`, { visitId: town.ids.visit() });
  town.setClock(body.plannedStartAt);
  const began = await town.ask(helper, 'POST', `${path}/check-in`, {
    commandId: town.ids.command(),
    code: payer.visitCode,
  });
  expect(began.status).toBe(200);
  town.pass(60);
  await town.ask(helper, 'POST', `${path}/check-out`, { commandId: town.ids.command() });
  return { payer, helper, path, requestId: body.requestId };
};

describe('what is booked already', () => {
  it('is held on the account of the volunteer, and cannot be given away meanwhile', async () => {
    const { volunteer, opened, path, caseId } = await aDispute();
    expect(opened.body.heldMinutes).toBe(60);
    expect(await balanceOf(town, volunteer)).toEqual({ availableMinutes: 0, heldMinutes: 60 });
    expect((await town.ask(volunteer, 'GET', `${path}/dispute`)).body).toMatchObject({
      caseId,
      state: 'open',
      disputedMinutes: 60,
      frozenMinutes: 60,
      words: '没有来过',
    });
  });

  it('is held as far as it is still there', async () => {
    const { giver, mother } = await aGiver(town);
    const visit = await aDayVisit(town, 'settled', { volunteer: giver });
    const gift = { transferId: town.ids.transfer(), receiverId: mother.memberId, amountMinutes: 90 };
    expect((await town.ask(giver, 'POST', '/api/gifts', gift)).status).toBe(201);
    const opened = await dispute(visit.elder, visit.path);
    expect(opened.body.heldMinutes).toBe(30);
    expect((await town.ask(giver, 'GET', `${visit.path}/dispute`)).body).toMatchObject({
      disputedMinutes: 60,
      frozenMinutes: 30,
    });
  });

  it('is free again where the visit stands, once the time for an appeal is over', async () => {
    const { volunteer, coordinator, caseId, requestId, path } = await aDispute();
    expect(await say(volunteer, path, 'answer')).toMatchObject({ status: 201, body: { state: 'open' } });
    expect((await say(volunteer, path, 'answer')).body.error.code).toBe('wrong_step');
    const commandId = town.ids.command();
    expect(await decide(coordinator, caseId, 'stands', commandId)).toMatchObject({
      status: 201,
      body: { state: 'decided' },
    });
    expect((await decide(coordinator, caseId, 'stands', commandId)).headers.get('Idempotency-Hit')).toBe(
      'true',
    );
    expect((await decide(coordinator, caseId, 'reversed', commandId)).body.error.code).toBe(
      'exists_with_different_content',
    );
    await theScheduleRuns(town);
    expect(await balanceOf(town, volunteer)).toEqual({ availableMinutes: 0, heldMinutes: 60 });
    town.pass(10 * DAY);
    await Promise.all([theScheduleRuns(town), theScheduleRuns(town)]);
    expect((await kept(town, requestId)).request.state).toBe('settled');
    expect(await balanceOf(town, volunteer)).toEqual({ availableMinutes: 60, heldMinutes: 0 });
    expect(await disputeCase(town, caseId)).toMatchObject({ state: 'ended' });
  });

  it('is taken back where it does not, and both sides read why', async () => {
    const { volunteer, elder, coordinator, caseId, requestId, path } = await aDispute();
    await decide(coordinator, caseId, 'reversed');
    town.pass(10 * DAY);
    await theScheduleRuns(town);
    expect((await kept(town, requestId)).request.state).toBe('reversed');
    expect(await balanceOf(town, volunteer)).toEqual({ availableMinutes: 0, heldMinutes: 0 });
    const lines = StatementPage.parse((await town.ask(volunteer, 'GET', '/api/account/entries')).body).items;
    expect(lines.map(({ kind }) => kind).sort()).toEqual(['earned', 'held', 'released', 'reversed']);
    expect((await town.ask(elder, 'GET', `${path}/dispute`)).body.decisions).toMatchObject([
      { level: 1, outcome: 'reversed', reason: '核实签到记录' },
    ]);
  });

  it('what was spent meanwhile is owed, and no balance falls below zero', async () => {
    const { giver, mother } = await aGiver(town);
    const visit = await aDayVisit(town, 'settled', { volunteer: giver });
    const gift = { transferId: town.ids.transfer(), receiverId: mother.memberId, amountMinutes: 90 };
    await town.ask(giver, 'POST', '/api/gifts', gift);
    const caseId = town.ids.command();
    await dispute(visit.elder, visit.path, caseId);
    await decide(visit.coordinator, caseId, 'reversed');
    town.pass(10 * DAY);
    await theScheduleRuns(town);
    const account = (await town.ask(giver, 'GET', '/api/account')).body;
    expect(account).toMatchObject({ availableMinutes: 0, heldMinutes: 0, debtMinutes: 30 });
  });
});

describe('what is not booked yet', () => {
  it('stays set aside on the account of whoever pays, and comes back where the visit does not stand', async () => {
    const { payer, helper, path, requestId } = await aPaidVisit();
    const caseId = town.ids.command();
    expect(await dispute(payer, path, caseId)).toMatchObject({ status: 201, body: { state: 'disputed' } });
    expect(await balanceOf(town, payer)).toEqual({ availableMinutes: 0, heldMinutes: 60 });
    expect(
      (await town.ask(payer, 'POST', `${path}/confirm`, { transferId: town.ids.transfer() })).body.error.code,
    ).toBe('not_awaiting_confirmation');
    await decide(await town.aCoordinator(), caseId, 'reversed');
    town.pass(10 * DAY);
    await theScheduleRuns(town);
    expect((await kept(town, requestId)).request.state).toBe('reversed');
    expect(await balanceOf(town, payer)).toEqual({ availableMinutes: 60, heldMinutes: 0 });
    expect(await balanceOf(town, helper)).toEqual({ availableMinutes: 0, heldMinutes: 0 });
  });

  it('is booked where the visit stands', async () => {
    const { payer, helper, path } = await aPaidVisit();
    const caseId = town.ids.command();
    await dispute(payer, path, caseId);
    await decide(await town.aCoordinator(), caseId, 'stands');
    town.pass(10 * DAY);
    await theScheduleRuns(town);
    expect(await balanceOf(town, payer)).toEqual({ availableMinutes: 0, heldMinutes: 0 });
    expect(await balanceOf(town, helper)).toEqual({ availableMinutes: 60, heldMinutes: 0 });
  });

  it('the payer has their minutes back where a booked visit is taken back', async () => {
    const { payer, helper, path } = await aPaidVisit();
    await town.ask(payer, 'POST', `${path}/confirm`, { transferId: town.ids.transfer() });
    const caseId = town.ids.command();
    await dispute(payer, path, caseId);
    await decide(await town.aCoordinator(), caseId, 'reversed');
    town.pass(10 * DAY);
    await theScheduleRuns(town);
    expect(await balanceOf(town, payer)).toEqual({ availableMinutes: 60, heldMinutes: 0 });
    expect(await balanceOf(town, helper)).toEqual({ availableMinutes: 0, heldMinutes: 0 });
  });
});

describe('the second level', () => {
  it('either side appeals in time, the county decides at once, and nobody decides twice', async () => {
    const { volunteer, elder, coordinator, caseId, path, requestId } = await aDispute();
    expect((await say(elder, path, 'appeal')).body.error.code).toBe('wrong_step');
    await decide(coordinator, caseId, 'reversed');
    expect(await say(volunteer, path, 'appeal')).toMatchObject({ status: 201, body: { state: 'appealed' } });
    expect((await decide(coordinator, caseId, 'reversed')).status).toBe(403);
    const county = await aCountyOfficer(town);
    const list = async (who: Member, region: string) =>
      (await disputesOf(who, region)).map((row) => row.caseId);
    expect(await list(county, '341302')).toContain(caseId);
    expect(await list(coordinator, HOME)).not.toContain(caseId);
    expect(await decide(county, caseId, 'stands')).toMatchObject({ status: 201, body: { state: 'ended' } });
    expect((await kept(town, requestId)).request.state).toBe('settled');
    expect(await balanceOf(town, volunteer)).toEqual({ availableMinutes: 60, heldMinutes: 0 });
    expect((await decide(county, caseId, 'reversed')).body.error.code).toBe('case_closed');
  });

  it('whoever decided for the community does not decide for the county', async () => {
    const { volunteer, caseId, path } = await aDispute();
    const both = await town.aMember({
      birthDate: '1985-05-01',
      roles: [
        { role: 'coordinator', region: HOME },
        { role: 'county', region: '341302' },
      ],
    });
    await decide(both, caseId, 'reversed');
    await say(volunteer, path, 'appeal');
    expect((await decide(both, caseId, 'reversed')).body.error.code).toBe('second_person_needed');
  });

  it('an appeal after the time for it is too late', async () => {
    const { volunteer, coordinator, caseId, path } = await aDispute();
    await decide(coordinator, caseId, 'reversed');
    town.pass(10 * DAY);
    expect((await say(volunteer, path, 'appeal')).body.error.code).toBe('wrong_step');
  });
});

describe('who and when', () => {
  it('a decision that is late is told upwards, and the minutes stay frozen', async () => {
    const { volunteer, coordinator, caseId, requestId } = await aDispute();
    town.pass(12 * DAY);
    await theScheduleRuns(town);
    expect((await kept(town, requestId)).request.state).toBe('disputed');
    expect(await balanceOf(town, volunteer)).toEqual({ availableMinutes: 0, heldMinutes: 60 });
    const items = await disputesOf(coordinator, HOME);
    expect(items.find((row) => row.caseId === caseId)).toMatchObject({ isOverdue: true });
  });

  it('nobody decides in an affair of their own', async () => {
    const volunteer = await town.aVolunteer({
      roles: [
        { role: 'volunteer', region: HOME },
        { role: 'coordinator', region: HOME },
      ],
    });
    const visit = await aDayVisit(town, 'settled', { volunteer });
    const caseId = town.ids.command();
    await dispute(visit.elder, visit.path, caseId);
    expect((await decide(volunteer, caseId, 'stands')).status).toBe(403);
  });

  it('a visit is disputed once, within fifteen days, by one of its sides', async () => {
    const { elder, path, coordinator, caseId, volunteer } = await aDispute();
    expect((await dispute(volunteer, path)).body.error.code).toBe('not_disputable');
    await decide(coordinator, caseId, 'stands');
    town.pass(10 * DAY);
    await theScheduleRuns(town);
    expect((await dispute(elder, path)).body.error.code).toBe('not_disputable');
    const late = await aDayVisit(town, 'settled');
    expect((await dispute(await town.anElder(), late.path)).status).toBe(404);
    town.pass(15 * DAY + 1);
    expect((await dispute(late.elder, late.path)).body.error.code).toBe('not_disputable');
  });

  it('the same complaint twice is one; with other words it is refused', async () => {
    const { elder, path, caseId, opened, volunteer } = await aDispute();
    const again = await dispute(elder, path, caseId);
    expect(again.body).toEqual(opened.body);
    expect((await dispute(elder, path, caseId, '别的话')).body.error.code).toBe(
      'exists_with_different_content',
    );
    expect(await balanceOf(town, volunteer)).toEqual({ availableMinutes: 0, heldMinutes: 60 });
  });

  it('a volunteer with a rich account has the disputed minutes held and the rest free', async () => {
    const volunteer = await town.aVolunteer();
    await credit(town, volunteer, 300);
    const visit = await aDayVisit(town, 'settled', { volunteer });
    await dispute(visit.elder, visit.path);
    expect(await balanceOf(town, volunteer)).toEqual({ availableMinutes: 300, heldMinutes: 60 });
  });
});
