/** A volunteer checks in at the wrong house, twice, a day late, from two telephones; or never checks out. */
import type { Member } from '@time-bank/contracts/member';
import { consentVersions } from '@time-bank/contracts/privacy';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOME } from '../town.ts';
import { aVisit } from '../walks/steps.ts';
import { DAY, HOUR, nextMorning } from '../walks-confirm/steps.ts';
import {
  type FaultyTown,
  balanceOf,
  boardRow,
  inboxOf,
  rungFor,
  seenBy,
  startFaultyTown,
  waitingRow,
} from './steps.ts';

let at: FaultyTown;
beforeEach(async () => {
  at = await startFaultyTown();
});
afterEach(() => at.town.stop());

/** A volunteer of a visit at ten in the morning stands at a door. */
const atTheDoor = async () => {
  const { town } = at;
  const visit = await aVisit(town, 'accepted', { request: { serviceCode: 'B01' } });
  town.setClock(visit.body.plannedStartAt);
  const begin = (body: Record<string, unknown>) =>
    town.ask(visit.volunteer, 'POST', `${visit.path}/check-in`, { commandId: town.ids.command(), ...body });
  const end = () =>
    town.ask(visit.volunteer, 'POST', `${visit.path}/check-out`, { commandId: town.ids.command() });
  return { ...visit, begin, end };
};

/** The desk has called, and says who was not there. */
const calledBy = (coordinator: Member, path: string, who: 'volunteer' | 'elder') =>
  at.town.ask(coordinator, 'POST', `${path}/no-show`, {
    commandId: at.town.ids.command(),
    who,
    reason: '已打电话核实',
  });

const agreesToPlace = (who: Member) =>
  at.town.ask(who, 'POST', '/api/me/consents', {
    consentId: at.town.ids.file(),
    purpose: 'location',
    version: consentVersions.location,
    isGiven: true,
  });

describe('the wrong house', () => {
  it('with the card of the neighbour: five tries, then the desk is asked to call, and sees the elder without a visit', async () => {
    const { town } = at;
    const neighbour = await town.anElder();
    const { coordinator, elder, volunteer, path, begin, requestId } = await atTheDoor();
    const left = [];
    for (let tries = 0; tries < 5; tries += 1)
      left.push((await begin({ code: neighbour.visitCode })).body.error.triesLeft);
    expect(left).toEqual([4, 3, 2, 1, 0]);
    expect((await begin({ code: elder.visitCode })).body.error.code).toBe('visit_code_locked');
    await at.live(2 * HOUR + 15, 15);
    expect((await inboxOf(town, coordinator))[0]).toEqual({
      kind: 'no_show',
      says: '11月21日(周六)11:00的居家探访没有签到，请打电话核实。',
    });
    expect((await seenBy(town, coordinator, path)).state).toBe('accepted');
    const decided = await calledBy(coordinator, path, 'volunteer');
    expect(decided.body).toMatchObject({ state: 'no_show_volunteer' });
    expect(await boardRow(town, coordinator, elder)).toMatchObject({
      visited: 0,
      planned: 0,
      gap: 'fell_through',
    });
    expect(await balanceOf(town, volunteer)).toBe(0);
    expect(await waitingRow(town, coordinator, { requestId, kind: 'waiting' })).toBeUndefined();
  });

  it('with a telephone that lies far away: the visit goes on, and after three silent days somebody calls, for nothing counts by itself', async () => {
    const { town } = at;
    const { coordinator, elder, volunteer, begin, end, requestId } = await atTheDoor();
    await agreesToPlace(volunteer);
    const answer = await begin({ code: elder.visitCode, point: { latitude: 33.9, longitude: 116.97 } });
    expect(answer.status).toBe(200);
    town.pass(HOUR);
    await end();
    await at.live(3 * DAY + 12 * HOUR, 12 * HOUR);
    expect(await waitingRow(town, coordinator, { requestId, kind: 'call_back' })).toMatchObject({
      reasons: ['proof_missing'],
      isForgotten: true,
    });
    expect((await inboxOf(town, coordinator)).map(({ kind }) => kind)).toContain('call_back_waiting');
    expect(await balanceOf(town, volunteer)).toBe(0);
  });
});

describe('twice, and from two telephones', () => {
  it('one visit stands on the board, counted from the first check-in', async () => {
    const { town } = at;
    const { coordinator, elder, begin, end, path } = await atTheDoor();
    const both = await Promise.all([begin({ code: elder.visitCode }), begin({ code: elder.visitCode })]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    town.pass(40);
    // The second telephone wakes up again in the middle of the visit.
    expect((await begin({ code: elder.visitCode })).body.error.code).toBe('already_checked_in');
    town.pass(20);
    const out = await Promise.all([end(), end()]);
    expect(out.map(({ status }) => status).sort()).toEqual([200, 409]);
    const seen = await seenBy(town, coordinator, path);
    expect(seen.visit).toMatchObject({ servedMinutes: 60 });
    expect(seen.steps?.filter(({ state }) => state === 'in_service')).toHaveLength(1);
    expect(await boardRow(town, coordinator, elder)).toMatchObject({ visited: 1, planned: 0 });
    await at.deliver();
    expect(rungFor(at, elder).filter((kind) => kind === 'please_confirm')).toHaveLength(1);
  });
});

describe('a day late', () => {
  it('the visit does not begin any more; the desk was asked the day before and has a gap on the board', async () => {
    const { town } = at;
    const { coordinator, elder, begin } = await atTheDoor();
    await at.live(DAY, HOUR);
    expect((await begin({ code: elder.visitCode })).body.error.code).toBe('too_late_to_check_in');
    const asked = (await inboxOf(town, coordinator)).filter(({ kind }) => kind === 'no_show');
    expect(asked).toHaveLength(1);
    const row = await boardRow(town, coordinator, elder, '2026-W47');
    expect(row).toMatchObject({
      visited: 0,
      planned: 0,
      gap: 'fell_through',
      visits: [{ state: 'accepted' }],
    });
  });

  it('an elder who was not met is an alarm in the same moment, and the alarm stands until somebody has looked', async () => {
    const { town } = at;
    const { coordinator, elder, path, requestId } = await atTheDoor();
    await at.live(3 * HOUR, HOUR);
    expect((await calledBy(coordinator, path, 'elder')).status).toBe(200);
    await at.deliver();
    const alarms = await town.ask(coordinator, 'GET', `/api/alarms?community=${HOME}`);
    expect(alarms.body.items).toMatchObject([
      { alarm: 'not_met', requestId, state: 'open', elderName: elder.name, isOverdue: false },
    ]);
    expect(rungFor(at, coordinator)).toEqual(['safety_alarm']);
  });
});

describe('nobody checks out', () => {
  it('the volunteer is reminded, then the telephone of the desk rings, day after day, and nothing is ended or credited', async () => {
    const { town } = at;
    const { coordinator, elder, volunteer, begin, path } = await atTheDoor();
    await begin({ code: elder.visitCode });
    await at.live(90, 15);
    expect(rungFor(at, volunteer)).toContain('check_out_forgotten');
    expect(rungFor(at, coordinator)).toEqual([]);
    await at.live(30, 15);
    expect(rungFor(at, coordinator)).toEqual(['check_out_overdue']);
    expect((await inboxOf(town, coordinator))[0]?.says).toBe(
      '11月21日(周六)11:00的居家探访一直没有签退，请打电话核实。',
    );
    await at.live(2 * DAY, 6 * HOUR);
    expect(rungFor(at, coordinator)).toEqual(Array.from({ length: 3 }, () => 'check_out_overdue'));
    expect(rungFor(at, volunteer).filter((kind) => kind === 'check_out_forgotten')).toHaveLength(1);
    expect((await seenBy(town, coordinator, path)).state).toBe('in_service');
    expect(await boardRow(town, coordinator, elder, '2026-W47')).toMatchObject({ visited: 0 });
    expect(await balanceOf(town, volunteer)).toBe(0);
  });

  it('for a whole week: it stands in the list of the hotline, and the elder’s word brings what was planned and no more', async () => {
    const { town } = at;
    const { coordinator, elder, volunteer, begin, path, requestId } = await atTheDoor();
    await begin({ code: elder.visitCode });
    await at.live(8 * DAY, 12 * HOUR);
    expect(await waitingRow(town, coordinator, { requestId, kind: 'call_back' })).toMatchObject({
      reasons: ['not_ended'],
    });
    expect(await balanceOf(town, volunteer)).toBe(0);
    const said = await town.ask(elder, 'POST', `${path}/confirm`, { transferId: town.ids.transfer() });
    expect(said.body).toMatchObject({ state: 'settled', creditedMinutes: 60 });
  });

  it('a check-out of the next morning counts no night: somebody calls, and the plan and a half at most is credited', async () => {
    const { town } = at;
    const { coordinator, elder, volunteer, begin, end, path, requestId } = await atTheDoor();
    await begin({ code: elder.visitCode });
    town.pass(22 * HOUR);
    expect((await end()).body).toMatchObject({ servedMinutes: 22 * HOUR });
    await at.live(3 * DAY + 12 * HOUR, 12 * HOUR);
    expect(await waitingRow(town, coordinator, { requestId, kind: 'call_back' })).toMatchObject({
      reasons: ['too_long'],
    });
    expect(await balanceOf(town, volunteer)).toBe(0);
    const said = await town.ask(elder, 'POST', `${path}/confirm`, { transferId: town.ids.transfer() });
    expect(said.body).toMatchObject({ state: 'settled', servedMinutes: 22 * HOUR, creditedMinutes: 90 });
  });
});

describe('the way there', () => {
  it('is no service: of a morning with two visits and half an hour between them two hours are credited', async () => {
    const { town } = at;
    nextMorning(town);
    const volunteer = await town.aVolunteer();
    const first = await aVisit(town, 'accepted', { volunteer });
    const second = await aVisit(town, 'accepted', {
      volunteer,
      request: { plannedStartAt: town.soon(2 * HOUR + 30) },
    });
    const go = async ({ path, elder, body }: typeof first) => {
      // They set out when the plan says so, and knock a quarter of an hour later.
      town.setClock(body.plannedStartAt);
      town.pass(15);
      const begun = await town.ask(volunteer, 'POST', `${path}/check-in`, {
        commandId: town.ids.command(),
        code: elder.visitCode,
      });
      expect(begun.status, JSON.stringify(begun.body)).toBe(200);
      town.pass(HOUR);
      await town.ask(volunteer, 'POST', `${path}/check-out`, { commandId: town.ids.command() });
      const said = await town.ask(elder, 'POST', `${path}/confirm`, { transferId: town.ids.transfer() });
      return said.body.creditedMinutes as number;
    };
    expect([await go(first), await go(second)]).toEqual([60, 60]);
    expect(await balanceOf(town, volunteer)).toBe(120);
  });
});
