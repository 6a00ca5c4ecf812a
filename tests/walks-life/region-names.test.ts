/** A service of a region's own is called by its name wherever somebody reads of it, as it was called at the time. */
import { keepSeries } from '@time-bank/desk/keep-series';
import type { Member } from '@time-bank/contracts/member';
import type { IsoWeek } from '@time-bank/contracts/time';
import { WeekPlanView } from '@time-bank/contracts/week-plan';
import { weekPlanId } from '@time-bank/desk/order-week-plan';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Answer, HOME } from '../town.ts';
import { type NoticeTown, startNoticeTown } from '../notifier/town-notices.ts';
import { aVisit } from '../walks/steps.ts';
import { aCalendarOwner } from '../walks-notices/messages.ts';
import { decide } from '../walks-policy/decisions.ts';
import { aSeries } from '../walks-series/steps.ts';

const NAME = '上门理发';
let at: NoticeTown;
let elder: Member;
let calendar: string;
let visit: Awaited<ReturnType<typeof aVisit>>;
let series: Awaited<ReturnType<typeof aSeries>>;

const called = (name: string) => ({
  region: '3413',
  values: { regionalServices: [{ code: 'Z01', words: { 'zh-Hans': name }, like: 'C01' }] },
});

// A visit and a series of the service, and from the next day on the region calls it otherwise.
beforeAll(async () => {
  at = await startNoticeTown();
  const { town } = at;
  await decide(town, called(NAME));
  ({ elder, path: calendar } = await aCalendarOwner(town));
  series = await aSeries(town, elder, { serviceCode: 'Z01' });
  visit = await aVisit(town, 'ended', { elder, request: { serviceCode: 'Z01' } });
  await at.deliver();
  await decide(town, { ...called('爱心理发'), validFrom: '2026-11-22' });
  town.pass(24 * 60);
}, 60_000);
afterAll(() => at.town.stop());

const read = async (who: Member | undefined, path: string): Promise<Answer['body']> =>
  (await at.town.ask(who, 'GET', path)).body;
const link = async (): Promise<unknown> => {
  const { town } = at;
  const made = await town.ask(elder, 'POST', `${visit.path}/confirm-link`, { linkId: town.ids.command() });
  const { token } = made.body as { token: string };
  return (await town.ask(undefined, 'POST', '/api/confirm-links/look', { token })).body;
};

it.each([
  ['the request itself', () => read(elder, visit.path)],
  ['the calendar', () => read(undefined, calendar)],
  ['the inbox', () => read(elder, '/api/inbox')],
  ['a link to confirm', link],
  ['the series', () => read(series.coordinator, series.path)],
  ['the list of series', () => read(series.coordinator, `/api/series?community=${HOME}`)],
  ['the copy of one’s own data', () => read(elder, '/api/me/copy')],
])('%s calls it as it was called then', async (_, page) => {
  const text = JSON.stringify(await page());
  expect(text).toContain(NAME);
  expect(text).not.toContain('爱心');
  expect(text).not.toMatch(/本地服务|本地服務|Local service/);
});

it('so do the message that goes out, and the statement and the copy of whoever served', async () => {
  const { town } = at;
  const sent = at.sentTo(elder.phone).find(({ message }) => message.kind === 'please_confirm');
  expect(sent?.message).toMatchObject({
    short: expect.stringContaining(NAME) as unknown,
    facts: { service: { 'zh-Hans': NAME } },
  });
  await town.ask(elder, 'POST', `${visit.path}/confirm`, { transferId: town.ids.transfer() });
  const { items } = await read(visit.volunteer, '/api/account/entries');
  expect(items).toMatchObject([{ serviceCode: 'Z01', serviceWords: { 'zh-Hans': NAME } }]);
  const { entries } = await read(visit.volunteer, '/api/me/copy');
  expect(entries).toMatchObject([{ serviceWords: { 'zh-Hans': NAME } }]);
});

it('so does the plan of a week, by the day on which it was asked for', async () => {
  const { town } = at;
  const planOf = async (week: IsoWeek, askedAt: string): Promise<unknown> => {
    const coordinator = await town.aCoordinator();
    const commandId = town.ids.command();
    await town.ports.caseBook.put({
      kind: 'week_plan',
      caseId: weekPlanId(elder.communityCode, week),
      version: 1,
      region: elder.communityCode,
      communityCode: elder.communityCode,
      openedBy: coordinator.memberId,
      openedAt: askedAt,
      dueAt: askedAt,
      fingerprint: 'f',
      week,
      state: 'ready',
      askedBy: { commandId, actorId: coordinator.memberId, at: askedAt },
      done: [],
      progress: { done: 1, all: 1 },
      pairs: [
        {
          visitKey: visit.requestId,
          elderId: elder.memberId,
          volunteerId: visit.volunteer.memberId,
          serviceCode: 'Z01',
          startMinute: 600,
          minutes: 60,
          persons: 1,
          reasons: [],
          sent: 'waiting',
        },
      ],
      uncovered: [],
      locked: [],
      forbidden: [],
    });
    return WeekPlanView.parse(
      await read(coordinator, `/api/week-plans?community=${elder.communityCode}&week=${week}`),
    ).pairs;
  };
  const byName = (name: string) => [{ serviceWords: { 'zh-Hans': name } }];
  expect(await planOf('2026-W47', '2026-11-21T02:00:00.000Z')).toMatchObject(byName(NAME));
  expect(await planOf('2026-W48', '2026-11-22T02:00:00.000Z')).toMatchObject(byName('爱心理发'));
});

it('what is to come is called by its own day: the dates of a series that are posted now have the new name', async () => {
  const { town } = at;
  const preview = await town.ask(series.coordinator, 'POST', '/api/series/preview', {
    serviceCode: 'Z01',
    rule: 'FREQ=WEEKLY;BYDAY=TU',
    from: '2026-11-24',
    startMinute: 540,
    plannedMinutes: 60,
  });
  expect(preview.body.words['zh-Hans']).toContain('爱心理发');
  await keepSeries(town.ports);
  const { items } = await read(elder, '/api/next-visits?as=receiver');
  const names = (items as { serviceWords: Record<string, string> }[]).map(
    (item) => item.serviceWords['zh-Hans'],
  );
  expect(new Set(names)).toEqual(new Set(['爱心理发']));
});
