/** The checker of plans sees each rule that is broken, and nothing else. */
import { breachesOf } from '@time-bank/matching/week-check';
import type { PlanPair, WeekProblem } from '@time-bank/matching/week-problem';
import { describe, expect, it } from 'vitest';
import { MONDAY, aVisit, aVolunteer, aWeek, north } from '../bench/matching/a-week.ts';

const DAY = 1440;
const TUESDAY = { fromMinute: MONDAY.fromMinute + DAY, toMinute: MONDAY.toMinute + DAY };

const pair = (visitKey: string, volunteerId = 'v', startMinute = MONDAY.fromMinute): PlanPair => ({
  visitKey,
  volunteerId,
  startMinute,
});

const rulesBroken = (problem: WeekProblem, pairs: readonly PlanPair[]): string[] =>
  breachesOf(problem, pairs).map(({ rule }) => rule);

const [v, w] = [aVolunteer('v'), aVolunteer('w')];

describe('a plan', () => {
  it('that keeps the rules has no breach', () => {
    const week = aWeek([v, w], [aVisit('a'), aVisit('b', { persons: 2, windows: [MONDAY] })]);
    expect(rulesBroken(week, [pair('a'), pair('b', 'v', 630), pair('b', 'w', 630)])).toEqual([]);
  });

  it.each([
    { rule: 'unknown', week: aWeek([v], []), pairs: [pair('a')] },
    { rule: 'too_many_persons', week: aWeek([v, w], [aVisit('a')]), pairs: [pair('a'), pair('a', 'w')] },
    { rule: 'half_visit', week: aWeek([v], [aVisit('a', { persons: 2 })]), pairs: [pair('a')] },
    {
      rule: 'not_together',
      week: aWeek([v, w], [aVisit('a', { persons: 2 })]),
      pairs: [pair('a'), pair('a', 'w', 560)],
    },
    { rule: 'out_of_reach', week: aWeek([v], [aVisit('a', { point: north(6) })]), pairs: [pair('a')] },
    { rule: 'no_papers', week: aWeek([v], [aVisit('a', { serviceCode: 'A04' })]), pairs: [pair('a')] },
    {
      rule: 'kept_apart',
      week: aWeek([aVolunteer('v', { apart: new Set(['a']) })], [aVisit('a')]),
      pairs: [pair('a')],
    },
    {
      rule: 'kept_apart',
      week: aWeek([v], [aVisit('a')], { forbidden: [{ elderId: 'a', volunteerId: 'v' }] }),
      pairs: [pair('a')],
    },
    {
      rule: 'language',
      week: aWeek([v], [aVisit('a', { musts: { languages: ['yue'] } })]),
      pairs: [pair('a')],
    },
    {
      rule: 'gender',
      week: aWeek([v], [aVisit('a', { musts: { languages: [], gender: 'male' } })]),
      pairs: [pair('a')],
    },
    {
      rule: 'not_wanted_then',
      week: aWeek([v], [aVisit('a', { windows: [{ ...MONDAY, toMinute: 590 }] })]),
      pairs: [pair('a')],
    },
    {
      rule: 'not_free_then',
      week: aWeek([aVolunteer('v', { free: [TUESDAY] })], [aVisit('a')]),
      pairs: [pair('a')],
    },
    {
      rule: 'papers_run_out',
      week: aWeek([aVolunteer('v', { readyUntil: 590 })], [aVisit('a')]),
      pairs: [pair('a')],
    },
    {
      rule: 'too_many_visits',
      week: aWeek([aVolunteer('v', { visitsMax: 0 })], [aVisit('a')]),
      pairs: [pair('a')],
    },
    {
      rule: 'too_many_minutes',
      week: aWeek([aVolunteer('v', { minutesMax: 50 })], [aVisit('a')]),
      pairs: [pair('a')],
    },
    {
      rule: 'too_many_minutes_on_a_day',
      week: aWeek([aVolunteer('v', { booked: [{ fromMinute: 800, toMinute: 990 }] })], [aVisit('a')]),
      pairs: [pair('a')],
    },
    {
      rule: 'no_time_for_the_way',
      week: aWeek([v], [aVisit('a'), aVisit('b', { point: north(3) })]),
      pairs: [pair('a'), pair('b', 'v', 650)],
    },
    {
      rule: 'no_time_for_the_way',
      week: aWeek([v], [aVisit('a'), aVisit('b')]),
      pairs: [pair('a'), pair('b', 'v', 610)],
    },
    { rule: 'locked_pair_missing', week: aWeek([v], [aVisit('a')], { locked: [pair('a')] }), pairs: [] },
  ])('that breaks a rule: $rule', ({ rule, week, pairs }) => {
    expect(rulesBroken(week, pairs)).toEqual([rule]);
  });

  it('sends nobody twice to one elder on a day, nor one person twice to one visit', () => {
    const twice = aWeek([v, w], [aVisit('a'), aVisit('b', { elderId: 'a' })]);
    expect(rulesBroken(twice, [pair('a'), pair('b', 'w', 660)])).toEqual(['elder_twice_on_a_day']);
    const same = aWeek([v], [aVisit('a', { persons: 2 })]);
    expect(rulesBroken(same, [pair('a'), pair('a')])).toContain('pair_twice');
  });

  it('may hold what a coordinator has locked against the rules, but nothing planned beside it', () => {
    const week = aWeek([aVolunteer('v', { free: [], visitsMax: 3 })], [aVisit('a'), aVisit('b')], {
      locked: [pair('a')],
    });
    expect(rulesBroken(week, [pair('a')])).toEqual([]);
    expect(rulesBroken(week, [pair('a'), pair('b', 'v', 600)])).toEqual([
      'not_free_then',
      'no_time_for_the_way',
    ]);
  });
});
