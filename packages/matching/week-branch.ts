/**
 * The exact search: the flow is solved as if nothing stood in its way; where its pairs cannot all take place, the
 * week is split into cases of which at least one holds the best plan, and each is solved again. A case that cannot
 * be better than the best plan so far is left.
 */
import { MinCostFlow } from './min-cost-flow.ts';
import {
  type Draft,
  type Score,
  draftOf,
  halves,
  inUrgency,
  isBetterScore,
  pairsOf,
  scoreOf,
} from './week-draft.ts';
import type { WeekNetwork } from './week-network.ts';
import type { PlanStep } from './week-problem.ts';
import { type Pair, arePossible, conflictIn, groupsOf } from './week-schedule.ts';

/** A case: volunteers barred from units, units that only one volunteer may have, visits dropped or to be covered. */
interface Case {
  barred: ReadonlySet<string>;
  only: ReadonlyMap<number, number>;
  dropped: ReadonlySet<number>;
  forced: ReadonlySet<number>;
}

const everything: Case = { barred: new Set(), only: new Map(), dropped: new Set(), forced: new Set() };

const keyOf = (unit: number, volunteer: number): string => `${unit} ${volunteer}`;

const barring = (network: WeekNetwork, given: Case, { visit, volunteer }: Pair): Case => ({
  ...given,
  barred: new Set([...given.barred, ...(network.unitsOf[visit] ?? []).map((unit) => keyOf(unit, volunteer))]),
});

const keeping = (network: WeekNetwork, given: Case, { visit, volunteer }: Pair): Case => {
  const units = network.unitsOf[visit] ?? [];
  if (units.some((unit) => given.only.get(unit) === volunteer)) return given;
  const free = units.find((unit) => !given.only.has(unit));
  if (free === undefined) return barring(network, given, { visit, volunteer });
  return {
    ...given,
    only: new Map([...given.only, [free, volunteer]]),
    barred: new Set([
      ...given.barred,
      ...units.filter((unit) => unit !== free).map((unit) => keyOf(unit, volunteer)),
    ]),
  };
};

/** Cases that together hold every plan of `given` in which not all pairs of the conflict are. */
const casesWithout = (network: WeekNetwork, given: Case, conflict: readonly Pair[]): Case[] => {
  const [first, second] = conflict;
  if (first !== undefined && second?.visit === first.visit && second.volunteer === first.volunteer)
    return [barring(network, given, first), keeping(network, given, first)];
  const cases: Case[] = [];
  let kept = given;
  for (const pair of conflict) {
    cases.push(barring(network, kept, pair));
    kept = keeping(network, kept, pair);
  }
  return cases;
};

const urgencyIn = ({ flow }: WeekNetwork, given: Case): Int32Array => {
  const most = flow.urgencyOf.reduce((highest, urgency) => Math.max(highest, urgency), 0);
  return flow.urgencyOf.map((urgency, unit) =>
    given.forced.has(flow.visitOf[unit] ?? -1) ? urgency + most : urgency,
  );
};

/** The best flow of a case, side constraints aside; undefined where the case demands what cannot be. */
const relaxed = (network: WeekNetwork, given: Case): Draft | undefined => {
  const urgencyOf = urgencyIn(network, given);
  const flow = new MinCostFlow(
    { ...network.flow, urgencyOf },
    {
      partnersApart: false,
      isBarred: (unit, volunteer) =>
        (given.only.get(unit) ?? volunteer) !== volunteer || given.barred.has(keyOf(unit, volunteer)),
    },
  );
  const units = inUrgency({ ...network, flow: { ...network.flow, urgencyOf } });
  for (const unit of units) if (!given.dropped.has(network.flow.visitOf[unit] ?? -1)) flow.insert(unit);
  const isMet = [...given.forced].every((visit) =>
    (network.unitsOf[visit] ?? []).every((unit) => flow.nodeOf(unit) >= 0),
  );
  return isMet ? draftOf(network, flow) : undefined;
};

const casesOf = (network: WeekNetwork, given: Case, draft: Draft): Case[] => {
  const [half] = halves(network, draft);
  if (half !== undefined)
    return [
      { ...given, forced: new Set([...given.forced, half]) },
      { ...given, dropped: new Set([...given.dropped, half]) },
    ];
  const group = groupsOf(network, pairsOf(network, draft)).find((pairs) => !arePossible(network, pairs));
  return group === undefined ? [] : casesWithout(network, given, conflictIn(network, group));
};

/**
 * Looks for something better than `start`, a plan that can take place. What it gives is the best plan there is, unless
 * it ran out of its `casesMax` cases. Yields before each case.
 */
export function* branch(network: WeekNetwork, start: Draft, casesMax: number): Generator<PlanStep, Draft> {
  let [best, bestScore]: [Draft, Score] = [start, scoreOf(network, start)];
  const open: Case[] = [everything];
  for (let looked = 0; looked < casesMax; looked += 1) {
    const given = open.pop();
    if (given === undefined) return best;
    yield { phase: 'searching', done: looked, of: casesMax };
    const draft = relaxed(network, given);
    if (draft === undefined || !isBetterScore(scoreOf(network, draft), bestScore)) continue;
    const cases = casesOf(network, given, draft);
    if (cases.length === 0) [best, bestScore] = [draft, scoreOf(network, draft)];
    open.push(...cases.reverse());
  }
  return best;
}
