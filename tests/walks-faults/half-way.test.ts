/** A plan whose worker is killed, wherever it was; a series that never ends, and one that would never begin. */
import type { CommandId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { SeriesPreview, SeriesView } from '@time-bank/contracts/series';
import { WeekPlanView } from '@time-bank/contracts/week-plan';
import { keepSeries } from '@time-bank/desk/keep-series';
import { weekPlanId } from '@time-bank/desk/order-week-plan';
import { keepPlans, workOnPlan } from '@time-bank/desk/work-on-plan';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOME } from '../town.ts';
import { planBody, weekAhead } from '../walks-plan/messages.ts';
import { aSeries, requestsOf, weekly } from '../walks-series/steps.ts';
import { DAY } from '../walks-confirm/steps.ts';
import { type FaultyTown, boardRow, inboxOf, rungFor, startFaultyTown } from './steps.ts';

let at: FaultyTown;
beforeEach(async () => {
  at = await startFaultyTown();
});
afterEach(() => at.town.stop());

const everyMorning = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, fromMinute: 540, toMinute: 720 }));

/**
 * The town's ports in the hands of a worker who is killed at their `last` write: `before` it, or just after it, so that
 * nobody hears that it was made. The dead write nothing any more.
 */
const dyingAt = (last: number, when: 'before' | 'after') => {
  const { ports } = at.town;
  let writes = 0;
  const write = async <T>(make: () => Promise<T>): Promise<T> => {
    writes += 1;
    if (writes > last || (writes === last && when === 'before')) throw new Error('killed');
    const made = await make();
    if (writes === last) throw new Error('killed');
    return made;
  };
  const mortal: FaultyTown['town']['ports'] = {
    ...ports,
    caseBook: {
      ...ports.caseBook,
      move: (...given: Parameters<typeof ports.caseBook.move>) => write(() => ports.caseBook.move(...given)),
    },
    journal: {
      ...ports.journal,
      commit: (...given: Parameters<typeof ports.journal.commit>) =>
        write(() => ports.journal.commit(...given)),
    },
  };
  return { mortal, isDead: () => writes >= last };
};

/** Somebody works on a plan and is killed at it. */
const workToDeath = async (
  caseId: CommandId,
  { write, when }: { write: number; when: 'before' | 'after' },
) => {
  const { mortal, isDead } = dyingAt(write, when);
  await workOnPlan(mortal, caseId).catch(() => undefined);
  expect(isDead()).toBe(true);
};

const seenPlan = async (coordinator: Member, week: string): Promise<WeekPlanView> =>
  WeekPlanView.parse(
    (await at.town.ask(coordinator, 'GET', `/api/week-plans?community=${HOME}&week=${week}`)).body,
  );

/** Three elders, two volunteers, and a plan that somebody has asked for. */
const anAskedPlan = async () => {
  const { town } = at;
  const coordinator = await town.aCoordinator();
  const elders: Member[] = [];
  while (elders.length < 3) elders.push(await town.anElder({ birthDate: '1938-03-08' }));
  const volunteers = [
    await town.aVolunteer({ freeTimes: everyMorning }),
    await town.aVolunteer({ freeTimes: everyMorning }),
  ];
  const week = weekAhead(town, 1);
  await town.ask(coordinator, 'POST', '/api/week-plans', planBody(town, week));
  const caseId = weekPlanId(HOME, week);
  return { coordinator, elders, volunteers, week, caseId };
};

/** The next run of the schedule takes it up once the dead one's time has run out. */
const untilIs = async (coordinator: Member, week: string, state: string): Promise<WeekPlanView> => {
  for (let runs = 0; runs < 5; runs += 1) {
    at.town.pass(6);
    await keepPlans(at.town.ports);
    const plan = await seenPlan(coordinator, week);
    if (plan.state === state) return plan;
  }
  return seenPlan(coordinator, week);
};

describe('the worker of a week’s plan is killed', () => {
  it.each([
    { write: 1, when: 'before' },
    { write: 1, when: 'after' },
    { write: 2, when: 'before' },
    { write: 2, when: 'after' },
  ] as const)(
    '$when write $write while it is made: it is made anew, and nobody has heard of it',
    async (kill) => {
      const { coordinator, week, caseId, volunteers } = await anAskedPlan();
      await workToDeath(caseId, kill);
      expect(['queued', 'planning', 'ready']).toContain((await seenPlan(coordinator, week)).state);
      const plan = await untilIs(coordinator, week, 'ready');
      expect(plan).toMatchObject({ state: 'ready', uncovered: [] });
      expect(plan.pairs).toHaveLength(3);
      await at.deliver();
      for (const who of volunteers) expect(await inboxOf(at.town, who)).toEqual([]);
    },
  );

  it.each([
    { write: 1, when: 'after' },
    { write: 2, when: 'before' },
    { write: 3, when: 'after' },
    { write: 4, when: 'before' },
    { write: 5, when: 'after' },
    { write: 7, when: 'before' },
    { write: 8, when: 'after' },
  ] as const)(
    '$when write $write while it is sent: every telephone rings once for each visit',
    async (kill) => {
      const { town } = at;
      const { coordinator, elders, volunteers, week, caseId } = await anAskedPlan();
      await workOnPlan(town.ports, caseId);
      const send = { commandId: town.ids.command() };
      expect((await town.ask(coordinator, 'POST', `/api/week-plans/${caseId}/send`, send)).status).toBe(202);
      await workToDeath(caseId, kill);
      // Whoever has heard already is not told again by the one who takes it up.
      await at.deliver();
      const plan = await untilIs(coordinator, week, 'sent');
      expect(plan.state).toBe('sent');
      expect(plan.pairs.map(({ sent }) => sent)).toEqual(['sent', 'sent', 'sent']);
      await at.deliver();
      for (const elder of elders) {
        expect(await boardRow(town, coordinator, elder, week)).toMatchObject({ planned: 1, missing: 0 });
        expect(rungFor(at, elder)).toEqual(['person_found']);
      }
      for (const who of volunteers) {
        const own = plan.pairs.filter(({ volunteerId }) => volunteerId === who.memberId).length;
        expect(rungFor(at, who)).toEqual(Array.from({ length: own }, () => 'plan_assigned'));
      }
      expect(at.ways.repeated()).toEqual([]);
    },
  );
});

describe('a recurring rule', () => {
  it('that never ends: two weeks of requests at a time, however long it goes on, and nothing when the elder ends it', async () => {
    const { town } = at;
    const series = await aSeries(town, undefined, { rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU' });
    const open = async () => {
      const all = await requestsOf(town, series.coordinator, series.elder);
      return all.filter(({ state, plannedStartAt }) => state === 'published' && plannedStartAt > town.now());
    };
    for (let weeks = 0; weeks < 4; weeks += 1) {
      await keepSeries(town.ports);
      await keepSeries(town.ports);
      expect((await open()).length).toBeLessThanOrEqual(15);
      expect((await open()).length).toBeGreaterThanOrEqual(13);
      town.pass(7 * DAY);
    }
    const view = SeriesView.parse(await series.seen());
    expect(view.words['zh-Hans']).toContain('每天');
    expect(view.dates.length).toBeLessThan(60);
    await series.change({ change: 'end' });
    expect(await open()).toEqual([]);
  });

  it('that never ends still brings somebody after three years, and the desk sees the next dates', async () => {
    const { town } = at;
    const series = await aSeries(town);
    town.setClock('2029-11-21T02:00:00.000Z');
    await keepSeries(town.ports);
    const requests = await requestsOf(town, series.coordinator, series.elder);
    expect(requests.map(({ plannedStartAt }) => plannedStartAt)).toEqual([
      '2029-11-27T01:00:00.000Z',
      '2029-12-04T01:00:00.000Z',
    ]);
    expect(
      SeriesView.parse(await series.seen())
        .dates.slice(0, 3)
        .map(({ date, is }) => [date, is]),
    ).toEqual([
      ['2029-11-27', 'posted'],
      ['2029-12-04', 'posted'],
      ['2029-12-11', 'to_come'],
    ]);
    const nobody = await series.change({ change: 'skip_date', date: '9998-01-06' });
    expect(nobody.body.error.code).toBe('date_not_in_series');
  });

  it('that never fires is refused by name at the counter; nothing is kept of it', async () => {
    const { town } = at;
    const [coordinator, elder] = [await town.aCoordinator(), await town.anElder()];
    const never = [
      'FREQ=WEEKLY;BYDAY=TU;UNTIL=20261123',
      'FREQ=MONTHLY;BYDAY=5TU;UNTIL=20261228',
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;UNTIL=20261126',
    ];
    for (const rule of never) {
      const answer = await town.ask(coordinator, 'POST', '/api/series', weekly(town, elder, { rule }));
      expect([rule, answer.status, answer.body.error?.code]).toEqual([rule, 422, 'rule_never_fires']);
    }
    await keepSeries(town.ports);
    expect(await requestsOf(town, coordinator, elder)).toEqual([]);
    const list = await town.ask(coordinator, 'GET', `/api/series?community=${HOME}`);
    expect(list.body.items).toEqual([]);
  });

  it('on the fifth Monday fires only in months that have one: the desk sees when before anybody says yes', async () => {
    const { town } = at;
    const asked = {
      serviceCode: 'C01',
      rule: 'FREQ=MONTHLY;BYDAY=5MO',
      startMinute: 540,
      plannedMinutes: 60,
    };
    const preview = { ...asked, from: '2026-11-21' };
    const answer = await town.ask(await town.aCoordinator(), 'POST', '/api/series/preview', preview);
    const { words, next } = SeriesPreview.parse(answer.body);
    expect(words['zh-Hans']).toContain('第五个周一');
    expect(next.slice(0, 3)).toEqual([
      '2026-11-30T01:00:00.000Z',
      '2027-03-29T01:00:00.000Z',
      '2027-05-31T01:00:00.000Z',
    ]);
  });
});
