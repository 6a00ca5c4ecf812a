/**
 * Laws of the week plan, for small weeks with everything in them that makes a week hard: it keeps every rule, and no
 * plan is better. What is best is said by HiGHS, which solves the same week as a mixed-integer model.
 */
import { breachesOf } from '@time-bank/matching/week-check';
import { planWeek, weekPlanSteps } from '@time-bank/matching/week-plan';
import type { WeekPlan, WeekProblem } from '@time-bank/matching/week-problem';
import { kilometresApart } from '@time-bank/matching/travel-time';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HighsResult, solveWithHighs } from '../bench/matching/highs-model.ts';
import { smallWeek } from './small-weeks.ts';

const SEED = 20261122;

const aHardWeek = fc
  .record({
    seed: fc.nat(),
    elders: fc.integer({ min: 1, max: 8 }),
    volunteers: fc.integer({ min: 1, max: 7 }),
  })
  .map(({ seed, ...shape }) => smallWeek(seed, { ...shape, withConstraints: true }));

const aPlainWeek = fc
  .record({
    seed: fc.nat(),
    elders: fc.integer({ min: 2, max: 10 }),
    volunteers: fc.integer({ min: 1, max: 9 }),
  })
  .map(({ seed, ...shape }) => smallWeek(seed, { ...shape, withConstraints: false }));

/** Too many to be searched to the end, and more elders than anybody can visit. */
const aScarceWeek = fc
  .record({
    seed: fc.nat(),
    elders: fc.integer({ min: 24, max: 32 }),
    volunteers: fc.integer({ min: 6, max: 12 }),
  })
  .map(({ seed, ...shape }) => smallWeek(seed, { ...shape, withConstraints: true }));

const wishesUnmet = (
  problem: WeekProblem,
  { visitKey, volunteerId }: { visitKey: string; volunteerId: string },
) => {
  const { wishes } = problem.visits.find((visit) => visit.visitKey === visitKey)!;
  const { languages, gender } = problem.volunteers.find(
    (volunteer) => volunteer.volunteerId === volunteerId,
  )!;
  const unspoken = wishes.languages.filter((wish) => !languages.includes(wish)).length;
  return unspoken + (wishes.gender !== undefined && wishes.gender !== gender ? 1 : 0);
};

/** The objective after coverage, counted from the pairs alone; locked pairs only count as load. */
const objectiveOf = (problem: WeekProblem, { pairs }: WeekPlan): HighsResult['objective'] => {
  const has = (list: WeekProblem['locked'], pair: { visitKey: string; volunteerId: string }): boolean =>
    list.some(({ visitKey, volunteerId }) => visitKey === pair.visitKey && volunteerId === pair.volunteerId);
  const planned = pairs.filter((pair) => !has(problem.locked, pair));
  const visitOf = (key: string) => problem.visits.find(({ visitKey }) => visitKey === key)!;
  const volunteerOf = (id: string) => problem.volunteers.find(({ volunteerId }) => volunteerId === id)!;
  const sum = (figures: readonly number[]): number => figures.reduce((total, figure) => total + figure, 0);
  const squares = problem.volunteers.map(({ volunteerId }) => {
    const all = pairs.filter((pair) => pair.volunteerId === volunteerId).length;
    const locked = problem.locked.filter((pair) => pair.volunteerId === volunteerId).length;
    return all ** 2 - locked ** 2;
  });
  return {
    changes:
      problem.previous === undefined
        ? 0
        : planned.filter((pair) => !has(problem.previous ?? [], pair)).length,
    strangers: planned.filter(
      ({ visitKey, volunteerId }) => !volunteerOf(volunteerId).visitsTo.has(visitOf(visitKey).elderId),
    ).length,
    unmetWishes: sum(planned.map((pair) => wishesUnmet(problem, pair))),
    kilometres: sum(
      planned.map(({ visitKey, volunteerId }) =>
        Math.round(2 * kilometresApart(visitOf(visitKey), volunteerOf(volunteerId))),
      ),
    ),
    squares: sum(squares),
  };
};

describe('whatever the week', () => {
  it('the plan keeps every rule and covers as many of each tier as any plan can', async () => {
    await fc.assert(
      fc.asyncProperty(aHardWeek, async (problem) => {
        const plan = planWeek(problem);
        const exact = await solveWithHighs(problem, { timeLimitSeconds: 10, stage: 'coverage' });
        expect(breachesOf(problem, plan.pairs)).toEqual([]);
        expect(exact.isOptimal).toBe(true);
        expect(plan.figures.coveredByTier.map(({ covered }) => covered)).toEqual(exact.coveredByTier);
        expect(plan.figures.bound).toBeGreaterThanOrEqual(exact.covered);
        expect(plan.uncovered).toHaveLength(plan.figures.wanted - plan.figures.covered);
      }),
      { seed: SEED, numRuns: 80 },
    );
  }, 60_000);

  it('where there are far too few, the bound is above the best plan, and the plan not far below', async () => {
    let [planned, best] = [0, 0];
    await fc.assert(
      fc.asyncProperty(aScarceWeek, async (problem) => {
        const plan = planWeek(problem);
        const exact = await solveWithHighs(problem, { timeLimitSeconds: 20, stage: 'coverage' });
        expect(breachesOf(problem, plan.pairs)).toEqual([]);
        expect(exact.isOptimal).toBe(true);
        expect(plan.figures.bound).toBeGreaterThanOrEqual(exact.covered);
        const byTier = plan.figures.coveredByTier.map(({ covered }) => covered);
        const tier = byTier.findIndex((covered, at) => covered !== exact.coveredByTier[at]);
        expect(byTier[tier] ?? 0).toBeLessThanOrEqual(exact.coveredByTier[tier] ?? 0);
        [planned, best] = [planned + plan.figures.covered, best + exact.covered];
      }),
      { seed: SEED, numRuns: 12 },
    );
    expect(planned).toBeGreaterThanOrEqual(best * 0.995);
  }, 120_000);

  it('no plan that covers as much has fewer changes, then new faces, unmet wishes, kilometres, uneven loads', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(aPlainWeek, aHardWeek), async (problem) => {
        const exact = await solveWithHighs(problem, { timeLimitSeconds: 10, stage: 'all' });
        expect(objectiveOf(problem, planWeek(problem))).toEqual(exact.objective);
      }),
      { seed: SEED, numRuns: 60 },
    );
  }, 60_000);

  it('the plan does not depend on the order in which people, pairs and visits are named', () => {
    fc.assert(
      fc.property(aHardWeek, (problem) => {
        const turned = {
          ...problem,
          visits: [...problem.visits].reverse(),
          volunteers: [...problem.volunteers].reverse(),
          forbidden: [...problem.forbidden].reverse(),
          ...(problem.previous === undefined ? {} : { previous: [...problem.previous].reverse() }),
        };
        expect(planWeek(turned)).toEqual(planWeek(problem));
      }),
      { seed: SEED, numRuns: 60 },
    );
  });

  it('a week in which nothing but the flow decides is covered as far as the flow says that any can be', () => {
    fc.assert(
      fc.property(aPlainWeek, (problem) => {
        const { covered, bound } = planWeek(problem).figures;
        expect(covered).toBe(bound);
      }),
      { seed: SEED, numRuns: 60 },
    );
  });

  it('a plan that rests anywhere while another one is made is the plan that is made in one go', () => {
    fc.assert(
      fc.property(aHardWeek, aHardWeek, fc.nat(12), (problem, other, count) => {
        const steps = weekPlanSteps(problem);
        let step = steps.next();
        for (let taken = 0; taken < count && step.done !== true; taken += 1) step = steps.next();
        planWeek(other);
        while (step.done !== true) step = steps.next();
        expect(step.value).toEqual(planWeek(problem));
      }),
      { seed: SEED, numRuns: 60 },
    );
  });
});
