import type { PlanPair, PlanVisit, PlanVolunteer, WeekProblem } from '@time-bank/matching/week-problem';
import { describe, expect, it } from 'vitest';
import { MONDAY, aVisit, aVolunteer, aWeek, north } from './a-week.ts';
import { type Fault, faultsOf, gini, scoreOf } from './scorer.ts';

const pair = (visitKey: string, volunteerId: string, startMinute = 540): PlanPair => ({
  visitKey,
  volunteerId,
  startMinute,
});

const rulesBroken = (problem: WeekProblem, pairs: readonly PlanPair[]): Fault['rule'][] => [
  ...new Set(faultsOf(problem, pairs).map(({ rule }) => rule)),
];

/** A week of one elder and one volunteer, and the plan that brings them together. */
const oneToOne = (change: { visit?: Partial<PlanVisit>; volunteer?: Partial<PlanVolunteer> } = {}) =>
  rulesBroken(aWeek([aVolunteer('ann', change.volunteer)], [aVisit('wu', change.visit)]), [
    pair('wu', 'ann'),
  ]);

describe('what a plan may not do', () => {
  it('a plan that keeps every rule has no faults', () => {
    expect(oneToOne()).toEqual([]);
  });

  it.each<[Fault['rule'], Parameters<typeof oneToOne>[0]]>([
    ['outside_the_windows', { visit: { windows: [{ fromMinute: 550, toMinute: 720 }] } }],
    ['not_free', { volunteer: { free: [{ fromMinute: 540, toMinute: 599 }] } }],
    ['no_papers', { volunteer: { services: new Set(['C01']) } }],
    ['no_papers', { volunteer: { readyUntil: 599 } }],
    ['kept_apart', { volunteer: { apart: new Set(['wu']) } }],
    ['language', { visit: { musts: { languages: ['yue'] } } }],
    ['gender', { visit: { musts: { languages: [], gender: 'male' } } }],
    ['too_far', { visit: { point: north(5.1) } }],
    ['too_many_visits', { volunteer: { visitsMax: 0 } }],
    ['too_many_minutes', { volunteer: { minutesMax: 59 } }],
    [
      'too_many_minutes_on_a_day',
      { volunteer: { dayMinutesMax: 120, booked: [{ fromMinute: 800, toMinute: 861 }] } },
    ],
    ['wrong_number_of_persons', { visit: { persons: 2 } }],
  ])('%s', (rule, change) => {
    expect(oneToOne(change)).toEqual([rule]);
  });

  it('a booking of another day leaves the day free', () => {
    const booked = [{ fromMinute: 1440 + 540, toMinute: 1440 + 720 }];
    expect(oneToOne({ volunteer: { dayMinutesMax: 120, booked } })).toEqual([]);
  });

  it('names visits and volunteers that are not in the town', () => {
    const week = aWeek([aVolunteer('ann')], [aVisit('wu')]);
    expect(rulesBroken(week, [pair('nobody', 'ann')])).toEqual(['unknown_visit']);
    expect(rulesBroken(week, [pair('wu', 'nobody')])).toEqual(['unknown_volunteer']);
  });

  it('two who go together begin together', () => {
    const week = aWeek([aVolunteer('ann'), aVolunteer('ben')], [aVisit('wu', { persons: 2 })]);
    expect(rulesBroken(week, [pair('wu', 'ann'), pair('wu', 'ben')])).toEqual([]);
    expect(rulesBroken(week, [pair('wu', 'ann'), pair('wu', 'ben', 550)])).toEqual(['not_together']);
    expect(rulesBroken(week, [pair('wu', 'ann'), pair('wu', 'ann')])).toContain('twice_on_one_visit');
  });

  it('whoever walks from door to door needs the time for it', () => {
    const rules = { reachKm: 5, seatMinutes: 60 };
    const week = aWeek([aVolunteer('ann')], [aVisit('wu'), aVisit('xu', { point: north(1) })], { rules });
    // A kilometre with the detours of streets is 1.3 km: 19.5 minutes at 4 km/h.
    expect(rulesBroken(week, [pair('wu', 'ann'), pair('xu', 'ann', 620)])).toEqual([]);
    expect(rulesBroken(week, [pair('wu', 'ann'), pair('xu', 'ann', 619)])).toEqual(['no_time_for_the_way']);
  });

  it('two visits at one door begin a seat apart', () => {
    const week = aWeek([aVolunteer('ann')], [aVisit('wu'), aVisit('xu')]);
    expect(rulesBroken(week, [pair('wu', 'ann'), pair('xu', 'ann', 630)])).toEqual([]);
    expect(rulesBroken(week, [pair('wu', 'ann'), pair('xu', 'ann', 629)])).toEqual(['no_time_for_the_way']);
  });

  it('nobody is visited twice on one day', () => {
    const visits = [aVisit('wu/1', { elderId: 'wu' }), aVisit('wu/2', { elderId: 'wu' })];
    const week = aWeek([aVolunteer('ann'), aVolunteer('ben')], visits);
    expect(rulesBroken(week, [pair('wu/1', 'ann'), pair('wu/2', 'ben', 650)])).toEqual([
      'elder_twice_on_a_day',
    ]);
  });

  it('obeys the coordinator: forbidden pairs are not made, locked pairs are', () => {
    const week = aWeek([aVolunteer('ann'), aVolunteer('ben')], [aVisit('wu')]);
    const forbidden = { ...week, forbidden: [{ elderId: 'wu', volunteerId: 'ann' }] };
    expect(rulesBroken(forbidden, [pair('wu', 'ann')])).toEqual(['forbidden']);
    expect(rulesBroken(forbidden, [pair('wu', 'ben')])).toEqual([]);
    const locked = { ...week, locked: [pair('wu', 'ben')] };
    expect(rulesBroken(locked, [pair('wu', 'ann')])).toEqual(['locked_pair_missing']);
    expect(rulesBroken(locked, [pair('wu', 'ben')])).toEqual([]);
  });
});

describe('how good a plan is', () => {
  it('an illegal plan has no score', () => {
    const week = aWeek([aVolunteer('ann')], [aVisit('wu')]);
    expect(() => scoreOf(week, [pair('wu', 'ann', 0)])).toThrow('outside_the_windows');
  });

  it('counts coverage by tier, known faces, wishes, ways and load', () => {
    const ann = aVolunteer('ann', { visitsTo: new Map([['wu', 3]]), languages: ['cmn', 'wanbei'] });
    const week = aWeek(
      [ann, aVolunteer('ben', { gender: 'male' }), aVolunteer('idle', { free: [] })],
      [
        aVisit('wu', { point: north(1), wishes: { languages: ['wanbei'], gender: 'male' } }),
        aVisit('xu', { tier: 1 }),
        aVisit('ye', { tier: 1 }),
        aVisit('zu', { tier: 1 }),
      ],
    );
    const { byTier, travelKmPerVisit, ...score } = scoreOf(week, [pair('wu', 'ann'), pair('xu', 'ben')]);
    expect(byTier).toEqual([
      { tier: 0, wanted: 1, covered: 1, coverage: 1 },
      { tier: 1, wanted: 3, covered: 1, coverage: 1 / 3 },
    ]);
    expect(score).toEqual({
      wanted: 4,
      covered: 2,
      coverage: 0.5,
      continuity: 0.5,
      wishesMet: 0.5,
      loadGini: 0,
    });
    // There and back, 1.3 km each, over two visits.
    expect(travelKmPerVisit).toBeCloseTo(1.3, 3);
  });

  it('a plan without a pair is legal and covers nobody', () => {
    const score = scoreOf(aWeek([aVolunteer('ann')], [aVisit('wu')]), []);
    expect(score).toMatchObject({ covered: 0, coverage: 0, travelKmPerVisit: 0, loadGini: 0 });
  });

  it.each([
    [[1, 1, 1], 0],
    [[0, 0, 3], 2 / 3],
    [[0, 1], 1 / 2],
  ])('the Gini coefficient of %j is %d', (figures, expected) => {
    expect(gini(figures)).toBeCloseTo(expected, 10);
  });

  it('takes a visit on the last minute of a window', () => {
    const week = aWeek([aVolunteer('ann')], [aVisit('wu')]);
    expect(scoreOf(week, [pair('wu', 'ann', MONDAY.toMinute - 60)]).covered).toBe(1);
  });
});
