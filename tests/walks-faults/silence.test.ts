/** Nobody says anything for three days; a bad word before the Spring Festival; a dispute. */
import { DisputeList, WorkOrderList } from '@time-bank/contracts/confirming';
import type { Member } from '@time-bank/contracts/member';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOME } from '../town.ts';
import { decide } from '../walks-policy/decisions.ts';
import { aVisit, close } from '../walks/steps.ts';
import { DAY, HOUR, nextMorning } from '../walks-confirm/steps.ts';
import {
  type FaultyTown,
  balanceOf,
  inboxOf,
  rungFor,
  seenBy,
  startFaultyTown,
  waitingRow,
  writtenOf,
} from './steps.ts';

let at: FaultyTown;
beforeEach(async () => {
  at = await startFaultyTown();
  nextMorning(at.town);
});
afterEach(() => at.town.stop());

const asksToConfirm = (elder: Member) =>
  rungFor(at, elder).filter((kind) => kind.startsWith('please_confirm'));

describe('seventy-two hours of silence', () => {
  it('with everything shown: one word at the end, after one, two and three days, never two at once; then the hours are booked', async () => {
    const { town } = at;
    const { coordinator, elder, volunteer, requestId } = await aVisit(town, 'ended');
    await at.deliver();
    expect(asksToConfirm(elder)).toEqual(['please_confirm']);
    await at.live(DAY, 3 * HOUR);
    await Promise.all([at.theSchedulesRun(), at.theSchedulesRun()]);
    expect(asksToConfirm(elder)).toEqual(['please_confirm', 'please_confirm']);
    expect(await waitingRow(town, coordinator, { requestId, kind: 'waiting' })).toMatchObject({
      told: 1,
      isForgotten: false,
    });
    await at.live(DAY, 3 * HOUR);
    await at.theSchedulesRun();
    expect(asksToConfirm(elder)).toEqual(['please_confirm', 'please_confirm', 'please_confirm_again']);
    expect(await waitingRow(town, coordinator, { requestId, kind: 'waiting' })).toMatchObject({
      told: 2,
      isForgotten: true,
    });
    expect(await balanceOf(town, volunteer)).toBe(0);
    await at.live(DAY, 3 * HOUR);
    await Promise.all([at.theSchedulesRun(), at.theSchedulesRun()]);
    expect(asksToConfirm(elder)).toHaveLength(4);
    expect(await balanceOf(town, volunteer)).toBe(0);
    // She has two hours to read the last word.
    await at.live(3 * HOUR, HOUR);
    expect(asksToConfirm(elder)).toHaveLength(4);
    expect(await waitingRow(town, coordinator, { requestId, kind: 'waiting' })).toBeUndefined();
    expect(await balanceOf(town, volunteer)).toBe(60);
    expect((await inboxOf(town, volunteer)).map(({ kind }) => kind)).toContain('hours_booked');
    expect(await writtenOf(town, requestId, 'hours_booked')).toBe(1);
  });

  it('where a county waits for five days the third reminder comes after three, and no fourth', async () => {
    const { town } = at;
    await decide(town, { values: { autoConfirmHours: 120 }, validFrom: town.now().slice(0, 10) });
    const { elder, volunteer } = await aVisit(town, 'ended');
    await at.live(3 * DAY, 6 * HOUR);
    expect(asksToConfirm(elder)).toEqual([
      'please_confirm',
      'please_confirm',
      'please_confirm_again',
      'please_confirm_again',
    ]);
    expect(await balanceOf(town, volunteer)).toBe(0);
    await at.live(2 * DAY, 6 * HOUR);
    expect(asksToConfirm(elder)).toHaveLength(4);
    expect(await balanceOf(town, volunteer)).toBe(60);
  });

  it('while the schedule was dead: one word says it, not three', async () => {
    const { town } = at;
    const { elder, volunteer } = await aVisit(town, 'ended');
    await at.deliver();
    town.pass(2 * DAY + HOUR);
    await at.theSchedulesRun();
    await at.theSchedulesRun();
    expect(asksToConfirm(elder)).toEqual(['please_confirm', 'please_confirm_again']);
    expect(await balanceOf(town, volunteer)).toBe(0);
  });

  it('with something that speaks against it: the desk hears every day that somebody has to call, and why', async () => {
    const { town } = at;
    const { coordinator, volunteer, path, requestId } = await aVisit(town, 'ended', { minutes: 200 });
    await at.live(3 * DAY + 6 * HOUR, 6 * HOUR);
    const calls = async () =>
      (await inboxOf(town, coordinator)).filter(({ kind }) => kind === 'call_back_waiting');
    expect(await calls()).toEqual([
      { kind: 'call_back_waiting', says: expect.stringMatching(/的陪聊待电话回访。$/) as unknown },
    ]);
    await at.live(2 * DAY, 6 * HOUR);
    expect(await calls()).toHaveLength(3);
    expect(await waitingRow(town, coordinator, { requestId, kind: 'call_back' })).toMatchObject({
      reasons: ['too_long'],
    });
    expect((await seenBy(town, coordinator, path)).state).toBe('callback');
    expect(await balanceOf(town, volunteer)).toBe(0);
  });

  it('for a volunteer whose account was closed meanwhile: it books nothing, and somebody looks', async () => {
    const { town } = at;
    const { coordinator, volunteer, requestId } = await aVisit(town, 'ended');
    await close(town, volunteer);
    await at.live(3 * DAY + 6 * HOUR, 6 * HOUR);
    expect(await waitingRow(town, coordinator, { requestId, kind: 'call_back' })).toMatchObject({
      reasons: ['flagged'],
    });
    expect((await inboxOf(town, coordinator)).map(({ kind }) => kind)).toContain('call_back_waiting');
  });

  it('of an elder without a telephone: the desk has to tell her, and confirms for her', async () => {
    const { town } = at;
    const elder = await town.anElder({}, { phoneless: true });
    const { coordinator, path, volunteer } = await aVisit(town, 'ended', { elder });
    await at.live(DAY, 6 * HOUR);
    const list = await town.ask(coordinator, 'GET', `/api/notices/to-tell?communityCode=${HOME}`);
    const kinds = (list.body.items as { kind: string; memberId: string }[])
      .filter(({ memberId }) => memberId === elder.memberId)
      .map(({ kind }) => kind);
    expect(kinds).toContain('please_confirm');
    const said = await town.ask(coordinator, 'POST', `${path}/confirm`, { transferId: town.ids.transfer() });
    expect(said.body).toMatchObject({ state: 'settled' });
    expect(await balanceOf(town, volunteer)).toBe(60);
  });
});

describe('a bad word on the Friday before the Spring Festival', () => {
  // 2026: no work from 15 to 23 February; work is made up on the Saturdays 14 and 28 February.
  const FRIDAY = '2026-02-13T01:00:00.000Z';

  it('is to be put right by the fifteenth working day: nine days of rest do not count, two Saturdays do', async () => {
    const { town } = at;
    town.setClock(FRIDAY);
    const { coordinator, elder, path, requestId } = await aVisit(town, 'settled');
    const bad = { commandId: town.ids.command(), level: 1, words: '没有打扫' };
    expect((await town.ask(elder, 'POST', `${path}/ratings`, bad)).status).toBe(201);
    const orderNow = async () => {
      const answer = await town.ask(coordinator, 'GET', `/api/work-orders?community=${HOME}`);
      return WorkOrderList.parse(answer.body).items.find((order) => order.requestId === requestId);
    };
    const order = await orderNow();
    expect(order).toMatchObject({ words: '没有打扫', isOverdue: false });
    // The last moment of Thursday, 12 March, in China.
    expect(order?.fixBy).toBe('2026-03-12T15:59:59.999Z');
    const spoken = { commandId: town.ids.command(), step: 'contacted', words: '已电话道歉' };
    await town.ask(coordinator, 'POST', `/api/work-orders/${String(order?.caseId)}/steps`, spoken);
    const late = async () =>
      (await inboxOf(town, coordinator)).filter(({ kind }) => kind === 'rectify_overdue').length;
    town.setClock('2026-03-12T15:50:00.000Z');
    await at.theSchedulesRun();
    expect([(await orderNow())?.isOverdue, await late()]).toEqual([false, 0]);
    town.setClock('2026-03-12T16:00:00.000Z');
    await at.theSchedulesRun();
    await at.theSchedulesRun();
    expect([(await orderNow())?.isOverdue, await late()]).toEqual([true, 1]);
    await at.live(2 * DAY, 6 * HOUR);
    expect(await late()).toBe(3);
  });
});

describe('a dispute', () => {
  it('freezes the hours on both levels, is late for the community and then for the county, and says so', async () => {
    const { town } = at;
    const county = await town.aMember({
      birthDate: '1985-05-01',
      roles: [{ role: 'county', region: HOME.slice(0, 6) }],
    });
    const { coordinator, elder, volunteer, path } = await aVisit(town, 'settled');
    const caseId = town.ids.command();
    await town.ask(elder, 'POST', `${path}/disputes`, {
      commandId: caseId,
      kind: 'did_not_happen',
      words: '那天没人来',
    });
    const frozen = async () => (await town.ask(volunteer, 'GET', '/api/account')).body.heldMinutes as number;
    const rowOf = async (who: Member, region: string) =>
      DisputeList.parse((await town.ask(who, 'GET', `/api/disputes?region=${region}`)).body).items.find(
        (row) => row.caseId === caseId,
      );
    expect(await frozen()).toBe(60);
    expect(await rowOf(coordinator, HOME)).toMatchObject({ state: 'open', isOverdue: false });
    await at.live(12 * DAY, DAY);
    expect(await rowOf(coordinator, HOME)).toMatchObject({ isOverdue: true });
    expect((await inboxOf(town, county)).map(({ kind }) => kind)).toContain('dispute_overdue');
    expect(await frozen()).toBe(60);

    const decision = { commandId: town.ids.command(), outcome: 'reversed', reason: '邻居证明无人上门' };
    await town.ask(coordinator, 'POST', `/api/disputes/${caseId}/decisions`, decision);
    expect(await frozen()).toBe(60);
    await town.ask(volunteer, 'POST', `${path}/dispute/appeal`, {
      commandId: town.ids.command(),
      words: '门口有监控',
    });
    expect(await rowOf(coordinator, HOME)).toBeUndefined();
    expect(await rowOf(county, HOME.slice(0, 6))).toMatchObject({ state: 'appealed', isOverdue: false });
    expect(await frozen()).toBe(60);
    await town.ask(county, 'POST', `/api/disputes/${caseId}/decisions`, {
      commandId: town.ids.command(),
      outcome: 'stands',
      reason: '监控显示到访',
    });
    expect([await frozen(), await balanceOf(town, volunteer)]).toEqual([0, 60]);
  });
});
