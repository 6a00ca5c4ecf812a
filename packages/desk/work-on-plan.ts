/**
 * The work on a plan that somebody has asked for: it is made, or sent visit by visit. Whoever works holds it for a
 * while; after a kill the next one begins where it stands. What goes out has ids that follow from the plan, so nothing
 * goes out twice.
 */
import type { CommandId, MemberId } from '@time-bank/contracts/ids';
import { ServiceCode } from '@time-bank/contracts/request';
import type { PlanFigures } from '@time-bank/contracts/week-plan';
import { plusMinutes } from '@time-bank/contracts/time';
import { planWeek } from '@time-bank/matching/week-plan';
import type { PlanPair, Uncovered, WeekPlan, WeekProblem } from '@time-bank/matching/week-problem';
import { reasonsOfPair } from '@time-bank/matching/week-reasons';
import { type Sent, assignVisit } from './assign-visit.ts';
import { nowOf } from './carry-out.ts';
import { gatherWeek } from './gather-week.ts';
import type { Ports } from './ports.ts';
import type { PlannedVisit, WeekPlanCase } from './staff-case.ts';
import { weekProblemOf } from './week-problem-of.ts';

/** What working on a plan needs. */
export type PlanWork = Pick<
  Ports,
  | 'clock'
  | 'journal'
  | 'careBook'
  | 'people'
  | 'regions'
  | 'policies'
  | 'caseBook'
  | 'personFiles'
  | 'weekBook'
>;

/** How long one worker holds a plan; it takes seconds. */
const LEASE_MINUTES = 5;
/** So many visits go out between two looks at the clock and at whether somebody else has the plan. */
const SENT_AT_ONCE = 20;
const OPEN_PLANS_MAX = 20;

/** Takes a plan for a while. Undefined where somebody else has it, or nothing is to be done. */
const hold = async (ports: PlanWork, caseId: CommandId): Promise<WeekPlanCase | undefined> => {
  const record = await ports.caseBook.readNow('week_plan', caseId);
  if (record === undefined) return undefined;
  const now = nowOf(ports);
  const isHeld = record.leaseUntil !== undefined && record.leaseUntil > now;
  const isToDo = record.state === 'queued' || record.state === 'sending' || record.state === 'planning';
  if (isHeld || !isToDo) return undefined;
  const leaseUntil = plusMinutes(now, LEASE_MINUTES);
  const held: WeekPlanCase = {
    ...record,
    version: record.version + 1,
    state: record.state === 'sending' ? 'sending' : 'planning',
    leaseUntil,
    dueAt: leaseUntil,
  };
  return (await ports.caseBook.move(held)) ? held : undefined;
};

/** Gives a plan back that broke under one's hands, so that the next one need not wait; a killed worker cannot. */
const letGo = async (ports: PlanWork, caseId: CommandId): Promise<void> => {
  const record = await ports.caseBook.readNow('week_plan', caseId);
  if (record?.leaseUntil !== undefined) await keep(ports, { ...released(record), dueAt: nowOf(ports) });
};

/** Writes the next version; undefined where somebody stopped it or was faster. */
const keep = async (ports: PlanWork, next: WeekPlanCase): Promise<WeekPlanCase | undefined> => {
  const moved = { ...next, version: next.version + 1 };
  return (await ports.caseBook.move(moved)) ? moved : undefined;
};

const released = ({ leaseUntil: _lease, ...record }: WeekPlanCase): WeekPlanCase => record;

/** What a coordinator has settled, as the planner wants it: a locked elder is for nobody else. */
const settledIn = (record: WeekPlanCase, problem: Pick<WeekProblem, 'volunteers'>) => {
  const others = record.locked.flatMap(({ elderId, volunteerId }) =>
    problem.volunteers
      .filter((volunteer) => volunteer.volunteerId !== volunteerId)
      .map((volunteer) => ({ elderId, volunteerId: volunteer.volunteerId })),
  );
  return { locked: [], forbidden: [...record.forbidden, ...others] };
};

const wouldOf = ({ communityCode: _here, languages, ...would }: Uncovered['would']) => ({
  ...would,
  languages: [...languages],
});

const figuresOf = ({ coveredByTier: _tiers, ...figures }: WeekPlan['figures']): PlanFigures => figures;

const previousOf = (record: WeekPlanCase): PlanPair[] =>
  record.pairs.map(({ visitKey, volunteerId, startMinute }) => ({ visitKey, volunteerId, startMinute }));

const makePlan = async (ports: PlanWork, record: WeekPlanCase): Promise<void> => {
  const facts = await gatherWeek(ports, record.communityCode, record.week);
  const base = weekProblemOf(facts);
  const problem: WeekProblem = { ...base, ...settledIn(record, base), previous: previousOf(record) };
  const plan = planWeek(problem);
  if (plan === undefined) return;
  const visits = new Map(problem.visits.map((visit) => [visit.visitKey, visit]));
  const volunteers = new Map(problem.volunteers.map((each) => [each.volunteerId, each]));
  const memberIds = new Map<string, MemberId>([
    ...facts.volunteers.map(({ member }) => [member.memberId, member.memberId] as const),
    ...facts.elders.map(({ member }) => [member.memberId, member.memberId] as const),
    ...facts.open.map(({ request }) => [request.receiverId, request.receiverId] as const),
  ]);
  const pairs = plan.pairs.flatMap((pair): PlannedVisit[] => {
    const [visit, volunteer] = [visits.get(pair.visitKey), volunteers.get(pair.volunteerId)];
    const [elderId, volunteerId] = [memberIds.get(visit?.elderId ?? ''), memberIds.get(pair.volunteerId)];
    if (visit === undefined || volunteer === undefined) return [];
    if (elderId === undefined || volunteerId === undefined) return [];
    return [
      {
        visitKey: pair.visitKey,
        elderId,
        volunteerId,
        serviceCode: ServiceCode.parse(visit.serviceCode),
        startMinute: pair.startMinute,
        minutes: visit.minutes,
        persons: visit.persons,
        reasons: reasonsOfPair({ visit, volunteer, pair }, plan.pairs),
        sent: 'waiting',
      },
    ];
  });
  await keep(ports, {
    ...released(record),
    state: 'ready',
    dueAt: nowOf(ports),
    progress: { done: problem.visits.length, all: problem.visits.length },
    figures: figuresOf(plan.figures),
    pairs,
    uncovered: plan.uncovered.flatMap(({ visitKey, reason, would }) => {
      const elderId = memberIds.get(visits.get(visitKey)?.elderId ?? '');
      return elderId === undefined ? [] : [{ visitKey, elderId, reason, would: wouldOf(would) }];
    }),
  });
};

/** Sends what waits, some visits at a time; between two times it is written down how far it came. */
const sendPlan = async (ports: PlanWork, asHeld: WeekPlanCase): Promise<void> => {
  let record: WeekPlanCase | undefined = asHeld;
  while (record !== undefined) {
    const waiting = record.pairs.filter(({ sent }) => sent === 'waiting').slice(0, SENT_AT_ONCE);
    if (waiting.length === 0) {
      await keep(ports, { ...released(record), state: 'sent', dueAt: nowOf(ports) });
      return;
    }
    const done = new Map<PlannedVisit, Sent>();
    for (const planned of waiting) done.set(planned, await assignVisit(ports, record, planned));
    const pairs: PlannedVisit[] = record.pairs.map((planned) => ({ ...planned, ...done.get(planned) }));
    const left = pairs.filter(({ sent }) => sent === 'waiting').length;
    const leaseUntil = plusMinutes(nowOf(ports), LEASE_MINUTES);
    record = await keep(ports, {
      ...record,
      pairs,
      leaseUntil,
      dueAt: leaseUntil,
      progress: { done: pairs.length - left, all: pairs.length },
    });
  }
};

/** Does what is to be done on a plan. True where there was something. Safe to call twice, and by two at once. */
export const workOnPlan = async (ports: PlanWork, caseId: CommandId): Promise<boolean> => {
  const record = await hold(ports, caseId);
  if (record === undefined) return false;
  try {
    await (record.state === 'sending' ? sendPlan(ports, record) : makePlan(ports, record));
  } catch (error) {
    await letGo(ports, caseId).catch(() => undefined);
    throw error;
  }
  return true;
};

/** The schedule's part: plans that nobody works on, since their worker was killed or never came. Gives how many. */
export const keepPlans = async (ports: PlanWork): Promise<number> => {
  let kept = 0;
  const before = nowOf({ clock: { nowMs: () => ports.clock.nowMs() + 1 } });
  for (const { code } of await ports.regions.listCommunities('')) {
    const { items } = await ports.caseBook.listOpen('week_plan', code, { limit: OPEN_PLANS_MAX, before });
    for (const { caseId } of items) if (await workOnPlan(ports, caseId)) kept += 1;
  }
  return kept;
};
