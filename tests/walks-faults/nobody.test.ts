/** A town with no volunteers, an elder with impossible wishes, and a request that nobody takes to the very end. */
import { CandidateList } from '@time-bank/contracts/candidate';
import type { Member } from '@time-bank/contracts/member';
import { WeekPlanView } from '@time-bank/contracts/week-plan';
import { weekPlanId } from '@time-bank/desk/order-week-plan';
import { workOnPlan } from '@time-bank/desk/work-on-plan';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOME, aRequest } from '../town.ts';
import { aPurchase, order } from '../walks-life/steps.ts';
import { planBody, weekAhead } from '../walks-plan/messages.ts';
import { DAY, HOUR, nextMorning } from '../walks-confirm/steps.ts';
import { type FaultyTown, boardRow, inboxOf, rungFor, seenBy, startFaultyTown } from './steps.ts';

let at: FaultyTown;
beforeEach(async () => {
  at = await startFaultyTown();
});
afterEach(() => at.town.stop());

const everyMorning = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, fromMinute: 540, toMinute: 720 }));

/** An elder who is to be visited every week. */
const anElder = (change: Parameters<FaultyTown['town']['anElder']>[0] = {}) =>
  at.town.anElder({ birthDate: '1938-03-08', livingSituation: 'alone', ...change });

const posted = async (coordinator: Member, elder: Member, change: Record<string, unknown> = {}) => {
  const { town } = at;
  const body = aRequest(town, elder, { serviceCode: 'B01', plannedStartAt: town.soon(30 * HOUR), ...change });
  const answer = await town.ask(coordinator, 'POST', '/api/requests', body);
  return { body, answer, path: `/api/requests/${body.requestId}` };
};

const candidates = async (coordinator: Member, path: string, about?: Member) => {
  const query = about === undefined ? '' : `?about=${about.memberId}`;
  return CandidateList.parse((await at.town.ask(coordinator, 'GET', `${path}/candidates${query}`)).body);
};

const planOf = async (coordinator: Member, week: string) => {
  const { town } = at;
  await town.ask(coordinator, 'POST', '/api/week-plans', planBody(town, week));
  await workOnPlan(town.ports, weekPlanId(HOME, week));
  const path = `/api/week-plans?community=${HOME}&week=${week}`;
  return WeekPlanView.parse((await town.ask(coordinator, 'GET', path)).body);
};

describe('a town with no volunteers', () => {
  it('shows every elder as a gap, proposes nobody, asks nobody, warns in time, and says so without an error', async () => {
    const { town } = at;
    const [coordinator, elder, other] = [await town.aCoordinator(), await anElder(), await anElder()];
    const { answer, path } = await posted(coordinator, elder);
    expect(answer.status).toBe(201);
    expect(await candidates(coordinator, path)).toMatchObject({ items: [], considered: 0 });
    const asked = await town.ask(coordinator, 'POST', `${path}/ask`, { commandId: town.ids.command() });
    // Somebody may move here or apply: it is tried again.
    expect(asked.body).toMatchObject({ asked: 0, nextAt: town.soon(HOUR) });
    await at.live(28 * HOUR, 2 * HOUR);
    expect((await inboxOf(town, coordinator)).map(({ kind }) => kind)).toEqual([
      'unfilled_soon',
      'unfilled_soon',
    ]);
    await at.live(3 * HOUR, HOUR);
    expect((await inboxOf(town, coordinator))[0]?.says).toMatch(/的居家探访没有找到人，请决定怎么办。$/);
    expect(await boardRow(town, coordinator, elder, '2026-W47')).toMatchObject({
      visited: 0,
      planned: 0,
      gap: 'fell_through',
    });
    expect(await boardRow(town, coordinator, other, '2026-W47')).toMatchObject({ gap: 'not_asked' });
  });

  it('has a plan for the week all the same: nobody is paired, and each elder has what would help, in three languages', async () => {
    const { town } = at;
    const [coordinator, elder] = [await town.aCoordinator(), await anElder()];
    const plan = await planOf(coordinator, weekAhead(town, 1));
    expect(plan).toMatchObject({ state: 'ready', pairs: [], figures: { covered: 0, bound: 0 } });
    const [gap] = plan.uncovered;
    expect(gap).toMatchObject({ elderId: elder.memberId, reason: 'nobody_in_reach' });
    expect(gap?.words).toEqual({
      'zh-Hans': '附近没有志愿者',
      'zh-Hant': '附近沒有志願者',
      en: 'no volunteer lives within reach',
    });
    expect(gap?.wouldWords['zh-Hans']).toMatch(/^再有一位会说普通话的志愿者，周/);
  });
});

describe('an elder with impossible wishes', () => {
  it('whose language nobody speaks: the desk hears why each one does not fit, and what kind of person would', async () => {
    const { town } = at;
    const coordinator = await town.aCoordinator();
    const elder = await anElder({ languages: ['yue'] });
    const volunteer = await town.aVolunteer({ gender: 'male', freeTimes: everyMorning });
    const wishes = { languages: ['yue'], gender: 'female' };
    const { path } = await posted(coordinator, elder, { wishes });
    const { items, about } = await candidates(coordinator, path, volunteer);
    expect(items).toEqual([]);
    expect(about?.against.map((each) => each.words['zh-Hans'])).toEqual(['没有老人听得懂的语言']);
    expect(about?.reasons.map((each) => each.words['zh-Hans'])).toContain('性别不合老人意愿');
    const plan = await planOf(coordinator, weekAhead(town, 1));
    expect(plan).toMatchObject({ pairs: [], figures: { covered: 0, bound: 0 } });
    expect(plan.uncovered).toMatchObject([
      {
        elderId: elder.memberId,
        reason: 'language',
        words: { 'zh-Hans': '没有会说老人的话的志愿者', en: 'nobody speaks the elder’s language' },
        would: { languages: ['yue'] },
        wouldWords: { 'zh-Hans': expect.stringMatching(/^再有一位会说粤语的志愿者，周一/) as unknown },
      },
    ]);
  });

  it('who wants somebody at three in the morning, or for eight hours, is told which wish it is', async () => {
    const { town } = at;
    const [coordinator, elder] = [await town.aCoordinator(), await anElder()];
    const night = await posted(coordinator, elder, {
      serviceCode: 'A01',
      plannedStartAt: '2026-11-23T19:00:00.000Z',
    });
    expect(night.answer).toMatchObject({ status: 422, body: { error: { code: 'outside_service_hours' } } });
    const long = await posted(coordinator, elder, {
      plannedStartAt: '2026-11-23T00:00:00.000Z',
      plannedMinutes: 480,
    });
    expect(long.answer.body.error.code).toBe('minutes_out_of_bounds');
  });
});

describe('a request that nobody takes', () => {
  it('asks wider and wider, each volunteer once, and the desk sees by name who has been asked', async () => {
    const { town } = at;
    const [coordinator, elder] = [await town.aCoordinator(), await anElder()];
    const volunteers: Member[] = [];
    for (let number = 0; number < 12; number += 1) {
      const point = { latitude: 33.64 + number / 1000, longitude: 116.97 };
      volunteers.push(await town.aVolunteer({ point }));
    }
    const { path } = await posted(coordinator, elder);
    await town.ask(coordinator, 'POST', `${path}/ask`, { commandId: town.ids.command() });
    const seen: number[] = [];
    for (let hours = 0; hours < 4; hours += 1) {
      seen.push((await candidates(coordinator, path)).asked?.people.length ?? 0);
      await at.live(HOUR, 30);
    }
    expect(seen[0]).toBe(3);
    expect(seen).toEqual(seen.toSorted((one, other) => one - other));
    expect(seen.at(-1)).toBe(12);
    const rings = volunteers.map((who) => rungFor(at, who).filter((kind) => kind === 'asked').length);
    expect(new Set(rings)).toEqual(new Set([1]));
  });

  it('is tried at another hour, goes to a paid provider who does not come, and ends with an apology that counts', async () => {
    const { town } = at;
    const [coordinator, elder] = [await town.aCoordinator(), await anElder()];
    const document = await aPurchase(town);
    const { path } = await posted(coordinator, elder, { plannedStartAt: town.soon(HOUR) });
    await at.live(2 * HOUR, 15);
    expect((await seenBy(town, coordinator, path)).state).toBe('unfilled');
    const choose = (said: Record<string, unknown>) =>
      order(town, coordinator, `${path}/unfilled`, { reason: '志愿者都有事', ...said });

    const again = await choose({
      then: 'publish_again',
      plannedStartAt: town.soon(HOUR),
      reason: '换个时间再找',
    });
    expect(again.body).toMatchObject({ state: 'published' });
    expect((await seenBy(town, coordinator, path)).reason).toBe('换个时间再找');
    await at.live(2 * HOUR, 15);
    expect((await seenBy(town, coordinator, path)).state).toBe('unfilled');

    expect((await choose({ then: 'fallback', document })).body).toMatchObject({ state: 'fallback' });
    expect((await seenBy(town, coordinator, path)).reason).toBe(`康乐护理 ${document}`);
    await at.live(7 * DAY + HOUR, 12 * HOUR);
    const asks = async () => (await inboxOf(town, coordinator)).map(({ kind }) => kind);
    expect((await asks())[0]).toBe('unfilled');
    expect((await seenBy(town, coordinator, path)).state).toBe('fallback');

    expect((await choose({ then: 'apologise' })).body).toMatchObject({ state: 'cancelled_by_service' });
    nextMorning(town);
    await at.deliver();
    expect((await inboxOf(town, elder))[0]?.says).toMatch(
      /^对不起，.*的居家探访没找到人。下次会优先安排您。$/,
    );
    expect(rungFor(at, elder).filter((kind) => kind === 'unfilled_apology')).toHaveLength(1);

    await posted(coordinator, await anElder(), { plannedStartAt: town.soon(20) });
    const next = await posted(coordinator, elder, { plannedStartAt: town.soon(3 * HOUR) });
    expect(await seenBy(town, coordinator, next.path)).toMatchObject({ priority: 1 });
    const volunteer = await town.aVolunteer();
    const open = await town.ask(volunteer, 'GET', '/api/requests?scope=open');
    expect((open.body.items as { requestId: string }[])[0]?.requestId).toBe(next.body.requestId);
  });
});
