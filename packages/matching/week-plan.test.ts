import { CommunityCode } from '@time-bank/contracts/region';
import { describe, expect, it } from 'vitest';
import { breachesOf } from './week-check.ts';
import { planWeek, weekPlanSteps } from './week-plan.ts';
import type { PlanVisit, PlanVolunteer, WeekPlan, WeekProblem } from './week-problem.ts';
import { reasonsOfPair } from './week-reasons.ts';

const HOME = CommunityCode.parse('341302001003');
const DAY = 1440;
const KM = 1 / 111.2;

/** So many kilometres north of the office. */
const north = (km: number) => ({ latitude: 33.64 + km * KM, longitude: 116.97 });

/** From nine to twelve on a day, 0 Monday. */
const morning = (day: number) => ({ fromMinute: day * DAY + 540, toMinute: day * DAY + 720 });

const aVolunteer = (volunteerId: string, change: Partial<PlanVolunteer> = {}): PlanVolunteer => ({
  volunteerId,
  communityCode: HOME,
  point: north(0),
  mode: 'bicycle',
  free: [morning(0)],
  booked: [],
  visitsMax: 1,
  minutesMax: 600,
  dayMinutesMax: 240,
  gender: 'female',
  languages: ['cmn'],
  visitsTo: new Map(),
  apart: new Set(),
  services: new Set(['B01']),
  ...change,
});

const aVisit = (elderId: string, change: Partial<PlanVisit> = {}): PlanVisit => ({
  visitKey: `${elderId}/1`,
  elderId,
  tier: 1,
  communityCode: HOME,
  point: north(0),
  serviceCode: 'B01',
  minutes: 60,
  windows: [morning(0)],
  persons: 1,
  wishes: { languages: [] },
  musts: { languages: [] },
  ...change,
});

const aWeek = (change: Partial<WeekProblem>): WeekProblem => ({
  volunteers: [],
  visits: [],
  locked: [],
  forbidden: [],
  rules: { reachKm: 5, seatMinutes: 90 },
  ...change,
});

/** The plan, which is legal. */
const planOf = (problem: WeekProblem): WeekPlan => {
  const plan = planWeek(problem);
  expect(breachesOf(problem, plan.pairs)).toEqual([]);
  return plan;
};

/** Who goes to whom. */
const whoGoes = (problem: WeekProblem): string[] =>
  planOf(problem).pairs.map(({ visitKey, volunteerId }) => `${volunteerId} to ${visitKey}`);

const knows = (elderId: string) => ({ visitsTo: new Map([[elderId, 3]]) });

describe('the week plan puts first things first', () => {
  it('the more urgent tier is covered where one volunteer has to do for two elders', () => {
    const visits = [aVisit('aunt', { tier: 2 }), aVisit('uncle', { tier: 0 })];
    expect(whoGoes(aWeek({ visits, volunteers: [aVolunteer('wang', knows('aunt'))] }))).toEqual([
      'wang to uncle/1',
    ]);
  });

  it('one more covered elder counts more than a known face', () => {
    const visits = [aVisit('aunt'), aVisit('uncle', { musts: { languages: ['yue'] } })];
    const volunteers = [
      aVolunteer('li', { languages: ['cmn', 'yue'], ...knows('aunt') }),
      aVolunteer('wang'),
    ];
    expect(whoGoes(aWeek({ visits, volunteers }))).toEqual(['wang to aunt/1', 'li to uncle/1']);
  });

  it('a known face counts more than a wish, and than the way', () => {
    const visits = [aVisit('aunt', { wishes: { languages: ['wanbei'], gender: 'male' } })];
    const volunteers = [
      aVolunteer('near', { languages: ['cmn', 'wanbei'], gender: 'male' }),
      aVolunteer('known', { point: north(4), ...knows('aunt') }),
    ];
    expect(whoGoes(aWeek({ visits, volunteers }))).toEqual(['known to aunt/1']);
  });

  it('a wish counts more than the way', () => {
    const visits = [aVisit('aunt', { wishes: { languages: ['wanbei'] } })];
    const volunteers = [
      aVolunteer('near'),
      aVolunteer('speaks', { point: north(4), languages: ['cmn', 'wanbei'] }),
    ];
    expect(whoGoes(aWeek({ visits, volunteers }))).toEqual(['speaks to aunt/1']);
  });

  it('the shorter way counts more than an even load', () => {
    const visits = [aVisit('aunt'), aVisit('uncle')];
    const volunteers = [aVolunteer('near', { visitsMax: 2 }), aVolunteer('far', { point: north(3) })];
    expect(whoGoes(aWeek({ visits, volunteers }))).toEqual(['near to aunt/1', 'near to uncle/1']);
  });

  it('the load is even where nothing else decides', () => {
    const visits = ['aunt', 'uncle', 'granny'].map((elder) => aVisit(elder));
    const volunteers = ['a', 'b', 'c'].map((id) => aVolunteer(id, { visitsMax: 3 }));
    const plan = planOf(aWeek({ visits, volunteers }));
    expect(new Set(plan.pairs.map(({ volunteerId }) => volunteerId)).size).toBe(3);
    expect(plan.figures.loadGini).toBeCloseTo(0);
  });
});

describe('the week plan keeps to what was settled', () => {
  it('a locked pair stands, whatever speaks against it, and its volunteer is needed nowhere else then', () => {
    const visits = [aVisit('aunt'), aVisit('uncle', { tier: 0 })];
    const volunteers = [aVolunteer('wang', { apart: new Set(['aunt']), visitsMax: 2 })];
    const locked = [{ visitKey: 'aunt/1', volunteerId: 'wang', startMinute: 600 }];
    const plan = planOf(aWeek({ visits, volunteers, locked }));
    expect(plan.pairs).toEqual(locked);
    expect(plan.figures).toMatchObject({ covered: 1, bound: 2 });
  });

  it('somebody else joins whoever is locked to a visit for two, at the same start', () => {
    const visits = [aVisit('aunt', { persons: 2 })];
    const locked = [{ visitKey: 'aunt/1', volunteerId: 'wang', startMinute: 615 }];
    const plan = planOf(aWeek({ visits, volunteers: [aVolunteer('wang'), aVolunteer('li')], locked }));
    expect(plan.pairs).toEqual([{ visitKey: 'aunt/1', volunteerId: 'li', startMinute: 615 }, ...locked]);
  });

  it('a forbidden pair is not, also where the elder stays alone then', () => {
    const forbidden = [{ elderId: 'aunt', volunteerId: 'wang' }];
    const plan = planOf(aWeek({ visits: [aVisit('aunt')], volunteers: [aVolunteer('wang')], forbidden }));
    expect(plan.uncovered).toMatchObject([{ visitKey: 'aunt/1', reason: 'kept_apart' }]);
  });

  it('when somebody drops out, only their elders get another face', () => {
    const elders = Array.from({ length: 12 }, (_, at) => `elder${String(at).padStart(2, '0')}`);
    const visits = elders.map((elder, at) => aVisit(elder, { point: north(at / 4) }));
    const volunteers = elders.map((_, at) =>
      aVolunteer(`vol${String(at).padStart(2, '0')}`, { point: north(at / 4), visitsMax: 2 }),
    );
    const before = planOf(aWeek({ visits, volunteers })).pairs;
    const after = planOf(aWeek({ visits, volunteers: volunteers.slice(1), previous: before }));
    const pairOf = ({ visitKey, volunteerId }: { visitKey: string; volunteerId: string }) =>
      `${visitKey} ${volunteerId}`;
    const kept = new Set(before.map(pairOf));
    expect(after.figures.covered).toBe(12);
    expect(after.pairs.filter((pair) => !kept.has(pairOf(pair)))).toHaveLength(
      before.filter(({ volunteerId }) => volunteerId === 'vol00').length,
    );
  });
});

describe('the week plan minds clocks and ways', () => {
  it('two go together, or nobody goes', () => {
    const visits = [aVisit('aunt', { persons: 2, windows: [morning(0), morning(1)] })];
    const [li, wang] = [
      aVolunteer('li', { free: [morning(0), morning(1)] }),
      aVolunteer('wang', { free: [morning(1)] }),
    ];
    const together = planOf(aWeek({ visits, volunteers: [li, wang] }));
    expect(together.pairs.map(({ startMinute }) => startMinute)).toEqual([DAY + 540, DAY + 540]);
    const alone = planOf(aWeek({ visits, volunteers: [li] }));
    expect(alone.pairs).toEqual([]);
    expect(alone.uncovered).toMatchObject([{ reason: 'second_person_missing' }]);
  });

  it('nobody is sent from door to door faster than they can go', () => {
    const visits = [aVisit('aunt'), aVisit('uncle', { point: north(4) })];
    const slow = aVolunteer('wang', { visitsMax: 2, mode: 'walk', point: north(2) });
    expect(planOf(aWeek({ visits, volunteers: [slow] })).figures.covered).toBe(1);
    expect(planOf(aWeek({ visits, volunteers: [{ ...slow, mode: 'car' }] })).figures.covered).toBe(2);
  });

  it('two visits to one elder lie on two days', () => {
    const windows = [morning(0), morning(3)];
    const visits = [aVisit('aunt', { windows }), aVisit('aunt', { visitKey: 'aunt/2', windows })];
    const volunteers = ['li', 'wang'].map((id) => aVolunteer(id, { free: windows }));
    const plan = planOf(aWeek({ visits, volunteers }));
    expect(new Set(plan.pairs.map(({ startMinute }) => Math.floor(startMinute / DAY))).size).toBe(2);
  });

  it('what is booked counts in the day, and nobody goes once a paper has run out', () => {
    const visits = [aVisit('aunt')];
    const busy = aVolunteer('wang', { booked: [{ fromMinute: 840, toMinute: 1035 }] });
    expect(planOf(aWeek({ visits, volunteers: [busy] })).figures.covered).toBe(0);
    const lapsing = aVolunteer('li', { readyUntil: 580 });
    expect(planOf(aWeek({ visits, volunteers: [lapsing] })).uncovered).toMatchObject([
      { reason: 'nobody_free_then' },
    ]);
  });
});

describe('the coordinator is told', () => {
  it('in a town with no volunteers: that nobody is in reach of anybody', () => {
    const plan = planOf(aWeek({ visits: [aVisit('aunt'), aVisit('uncle', { tier: 0 })] }));
    expect(plan.uncovered.map(({ visitKey, reason }) => [visitKey, reason])).toEqual([
      ['uncle/1', 'nobody_in_reach'],
      ['aunt/1', 'nobody_in_reach'],
    ]);
    expect(plan.figures).toMatchObject({ wanted: 2, covered: 0, bound: 0, travelKm: 0, loadGini: 0 });
  });

  it('what would help an elder whose wishes nobody meets: one more Cantonese-speaking woman on Thursday', () => {
    const visits = [
      aVisit('aunt', { musts: { languages: ['yue'], gender: 'female' }, windows: [morning(3)] }),
    ];
    const plan = planOf(aWeek({ visits, volunteers: [aVolunteer('wang')] }));
    expect(plan.uncovered).toEqual([
      {
        visitKey: 'aunt/1',
        reason: 'language',
        would: {
          languages: ['yue'],
          gender: 'female',
          weekday: 4,
          fromMinute: 540,
          toMinute: 720,
          communityCode: HOME,
        },
      },
    ]);
  });

  it.each([
    { ground: 'no_papers', change: { services: new Set<string>() } },
    { ground: 'kept_apart', change: { apart: new Set(['aunt']) } },
    { ground: 'gender', change: { gender: 'male' as const } },
    { ground: 'nobody_free_then', change: { free: [morning(2)] } },
    { ground: 'nobody_in_reach', change: { point: north(9) } },
  ])('$ground where that is what keeps the last one away', ({ ground, change }) => {
    const visits = [aVisit('aunt', { musts: { languages: [], gender: 'female' } })];
    expect(planOf(aWeek({ visits, volunteers: [aVolunteer('wang', change)] })).uncovered).toMatchObject([
      { reason: ground },
    ]);
  });

  it('all_taken where those who could go are with others', () => {
    const visits = [aVisit('aunt', { tier: 0 }), aVisit('uncle')];
    expect(planOf(aWeek({ visits, volunteers: [aVolunteer('wang')] })).uncovered).toMatchObject([
      { visitKey: 'uncle/1', reason: 'all_taken' },
    ]);
  });

  it('why each pair is one', () => {
    const visit = aVisit('aunt', { wishes: { languages: ['yue'], gender: 'male' }, persons: 2 });
    const volunteer = aVolunteer('wang', { languages: ['cmn', 'yue'], point: north(1), ...knows('aunt') });
    const pair = { visitKey: 'aunt/1', volunteerId: 'wang', startMinute: 540 };
    expect(reasonsOfPair({ visit, volunteer, pair }, [pair, { ...pair, visitKey: 'uncle/1' }])).toEqual([
      { code: 'visited_before', times: 3 },
      { code: 'same_community' },
      { code: 'distance', km: 1 },
      { code: 'speaks', language: 'yue' },
      { code: 'gender_wish_not_met' },
      { code: 'free_then' },
      { code: 'two_go' },
      { code: 'visits_planned', count: 1 },
    ]);
    const stranger = {
      visit: aVisit('aunt'),
      volunteer: aVolunteer('li'),
      pair: { ...pair, startMinute: 900 },
    };
    expect(reasonsOfPair(stranger, [pair])).toContainEqual({ code: 'first_time' });
    expect(reasonsOfPair(stranger, [pair])).toContainEqual({ code: 'not_usually_free' });
  });
});

describe('planning', () => {
  const visits = Array.from({ length: 30 }, (_, at) =>
    aVisit(`elder${String(at)}`, { tier: at % 3, point: north(at / 10), persons: at % 9 === 0 ? 2 : 1 }),
  );
  const volunteers = Array.from({ length: 20 }, (_, at) =>
    aVolunteer(`vol${String(at)}`, { point: north(at / 8), visitsMax: 1 + (at % 2) }),
  );
  const problem = aWeek({ visits, volunteers });

  it('gives the same plan again, in whatever order people are named', () => {
    const plan = planOf(problem);
    expect(planOf(problem)).toEqual(plan);
    const turned = { ...problem, visits: [...visits].reverse(), volunteers: [...volunteers].reverse() };
    expect(planOf(turned)).toEqual(plan);
  });

  it('tells how far it is, up to the end', () => {
    const told = [...weekPlanSteps(problem)];
    const phases = Map.groupBy(told, ({ phase }) => phase);
    expect([...phases.keys()]).toEqual(['arranging', 'improving', 'searching', 'timing']);
    for (const steps of phases.values()) {
      const done = steps.map((step) => step.done);
      expect(done).toEqual([...done].sort((a, b) => a - b));
      expect(new Set(steps.map(({ of }) => of)).size).toBe(1);
    }
    const arranged = new Set(phases.get('arranging')?.map(({ done }) => done));
    expect([...arranged]).toEqual(visits.map((_, done) => done));
  });

  it('gives the same steps again, and the plan that is made in one go at their end', () => {
    expect([...weekPlanSteps(problem)]).toEqual([...weekPlanSteps(problem)]);
    const steps = weekPlanSteps(problem);
    let step = steps.next();
    while (step.done !== true) step = steps.next();
    expect(step.value).toEqual(planWeek(problem));
  });
});
