/**
 * Laws of the week plan, for small weeks with everything in them that makes a week hard: it keeps every rule, and no
 * plan is better. What is best is said by HiGHS, which solves the same week as a mixed-integer model.
 */
import { breachesOf } from '@time-bank/matching/week-check';
import { planWeek } from '@time-bank/matching/week-plan';
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

const planOf = (problem: WeekProblem): WeekPlan => {
  const plan = planWeek(problem);
  if (plan === undefined) throw new Error('nobody stopped it');
  return plan;
};

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
        const plan = planOf(problem);
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

  it('no plan that covers as much has fewer changes, then new faces, unmet wishes, kilometres, uneven loads', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(aPlainWeek, aHardWeek), async (problem) => {
        const exact = await solveWithHighs(problem, { timeLimitSeconds: 10, stage: 'all' });
        expect(objectiveOf(problem, planOf(problem))).toEqual(exact.objective);
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
        expect(planOf(turned)).toEqual(planOf(problem));
      }),
      { seed: SEED, numRuns: 60 },
    );
  });

  it('a week in which nothing but the flow decides is covered as far as the flow says that any can be', () => {
    fc.assert(
      fc.property(aPlainWeek, (problem) => {
        const { covered, bound } = planOf(problem).figures;
        expect(covered).toBe(bound);
      }),
      { seed: SEED, numRuns: 60 },
    );
  });

  it('a plan that is stopped anywhere keeps every rule, too', () => {
    fc.assert(
      fc.property(aHardWeek, fc.nat(12), (problem, calls) => {
        let left = calls;
        const plan = planWeek(problem, () => (left -= 1) >= 0);
        expect(breachesOf(problem, plan?.pairs ?? problem.locked)).toEqual([]);
      }),
      { seed: SEED, numRuns: 60 },
    );
  });
});
