/**
 * A plan that somebody has asked for is drawn up, step by step: between two steps others have their turn, and about
 * every second it is written down how far it is, which also finds out where somebody has stopped it.
 */
import { setImmediate as others } from 'node:timers/promises';
import type { MemberId } from '@time-bank/contracts/ids';
import { ServiceCode } from '@time-bank/contracts/request';
import type { PlanFigures } from '@time-bank/contracts/week-plan';
import { weekPlanSteps } from '@time-bank/matching/week-plan';
import type {
  PlanPair,
  PlanStep,
  PlanVisit,
  Uncovered,
  WeekPlan,
  WeekProblem,
} from '@time-bank/matching/week-problem';
import { reasonsOfPair } from '@time-bank/matching/week-reasons';
import { gatherWeek, type PlanReads } from './gather-week.ts';
import { endPlan, holdOn } from './hold-plan.ts';
import type { Ports } from './ports.ts';
import { settledPairs } from './settled-pairs.ts';
import type { PlannedVisit, WeekPlanCase } from './staff-case.ts';
import { type PlanFacts, weekProblemOf } from './week-problem-of.ts';

type Work = PlanReads & Pick<Ports, 'caseBook'>;

/** How much work lies between two words about how far it is. */
const SAID_EVERY_MS = 1000;

/** What was planned before; what has gone out is known by its request since. */
const previousOf = (record: WeekPlanCase): PlanPair[] =>
  record.pairs.map(({ visitKey, requestId = visitKey, volunteerId, startMinute }) => ({
    visitKey: requestId,
    volunteerId,
    startMinute,
  }));

interface Drawn {
  record: WeekPlanCase;
  plan: WeekPlan;
}

const progressOf = ({ phase, done, of }: PlanStep): WeekPlanCase['progress'] => ({ phase, done, all: of });

/** Does one step after the other. Undefined where the plan was stopped, or somebody else has it, by then. */
const drawn = async (ports: Work, asHeld: WeekPlanCase, problem: WeekProblem): Promise<Drawn | undefined> => {
  const steps = weekPlanSteps(problem);
  let record = asHeld;
  let saidMs = ports.clock.nowMs();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return { record, plan: step.value };
    await others();
    if (ports.clock.nowMs() - saidMs < SAID_EVERY_MS) continue;
    const held = await holdOn(ports, { ...record, progress: progressOf(step.value) });
    if (held === undefined) return undefined;
    record = held;
    saidMs = ports.clock.nowMs();
  }
};

const wouldOf = ({ communityCode: _here, languages, ...would }: Uncovered['would']) => ({
  ...would,
  languages: [...languages],
});

const figuresOf = ({ coveredByTier: _tiers, ...figures }: WeekPlan['figures']): PlanFigures => figures;

/** The people of a plan by their ids, which the planner has as mere names. */
const peopleOf = (facts: PlanFacts): Map<string, MemberId> =>
  new Map(
    [
      ...facts.volunteers.map(({ member }) => member.memberId),
      ...facts.elders.map(({ member }) => member.memberId),
      ...facts.open.map(({ request }) => request.receiverId),
    ].map((memberId) => [memberId, memberId]),
  );

const plannedVisit = (
  { visit, pair, plan }: { visit: PlanVisit; pair: PlanPair; plan: WeekPlan },
  problem: WeekProblem,
  people: ReadonlyMap<string, MemberId>,
): PlannedVisit[] => {
  const volunteer = problem.volunteers.find((each) => each.volunteerId === pair.volunteerId);
  const [elderId, volunteerId] = [people.get(visit.elderId), people.get(pair.volunteerId)];
  if (volunteer === undefined || elderId === undefined || volunteerId === undefined) return [];
  return [
    {
      visitKey: pair.visitKey,
      elderId,
      volunteerId,
      serviceCode: ServiceCode.parse(visit.serviceCode),
      startMinute: pair.startMinute,
      minutes: visit.minutes,
      persons: visit.persons,
      untilMinute: Math.max(...visit.windows.map(({ toMinute }) => toMinute)),
      reasons: reasonsOfPair({ visit, volunteer, pair }, plan.pairs),
      sent: 'waiting',
    },
  ];
};

/** What a plan says, as its case keeps it. */
const contentOf = (
  plan: WeekPlan,
  problem: WeekProblem,
  people: ReadonlyMap<string, MemberId>,
): Pick<WeekPlanCase, 'figures' | 'pairs' | 'uncovered' | 'progress'> => {
  const visits = new Map(problem.visits.map((visit) => [visit.visitKey, visit]));
  return {
    progress: { done: visits.size, all: visits.size },
    figures: figuresOf(plan.figures),
    pairs: plan.pairs.flatMap((pair) => {
      const visit = visits.get(pair.visitKey);
      return visit === undefined ? [] : plannedVisit({ visit, pair, plan }, problem, people);
    }),
    uncovered: plan.uncovered.flatMap(({ visitKey, reason, would }) => {
      const elderId = people.get(visits.get(visitKey)?.elderId ?? '');
      return elderId === undefined ? [] : [{ visitKey, elderId, reason, would: wouldOf(would) }];
    }),
  };
};

/** Draws up a plan that is held, until it is ready or somebody has stopped it. */
export const drawUpPlan = async (ports: Work, record: WeekPlanCase): Promise<void> => {
  const facts = await gatherWeek(ports, record.communityCode, record.week);
  const base = weekProblemOf(facts);
  const problem: WeekProblem = { ...base, ...settledPairs(record, base), previous: previousOf(record) };
  const ended = await drawn(ports, record, problem);
  if (ended === undefined) return;
  await endPlan(ports, {
    ...ended.record,
    ...contentOf(ended.plan, problem, peopleOf(facts)),
    state: 'ready',
  });
};
