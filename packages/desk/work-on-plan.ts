/**
 * The work on a plan that somebody has asked for: it is drawn up, or sent visit by visit. Whoever works holds it for a
 * while; after a kill the next one begins where it stands. What goes out has ids that follow from the plan, so nothing
 * goes out twice.
 */
import type { CommandId } from '@time-bank/contracts/ids';
import { type Sent, assignVisit } from './assign-visit.ts';
import { justAfterNow } from './carry-out.ts';
import { drawUpPlan } from './draw-up-plan.ts';
import { endPlan, holdOn, holdPlan, letGoOfPlan } from './hold-plan.ts';
import { oneByOne } from './one-by-one.ts';
import type { Ports } from './ports.ts';
import type { PlannedVisit, WeekPlanCase } from './staff-case.ts';

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

/** So many visits go out between two looks at the clock and at whether somebody else has the plan. */
const SENT_AT_ONCE = 20;
const OPEN_PLANS_MAX = 20;

/** Sends what waits, some visits at a time; between two times it is written down how far it came. */
const sendPlan = async (ports: PlanWork, asHeld: WeekPlanCase): Promise<void> => {
  let record: WeekPlanCase | undefined = asHeld;
  while (record !== undefined) {
    const waiting = record.pairs.filter(({ sent }) => sent === 'waiting').slice(0, SENT_AT_ONCE);
    if (waiting.length === 0) {
      await endPlan(ports, { ...record, state: 'sent' });
      return;
    }
    const done = new Map<PlannedVisit, Sent>();
    for (const planned of waiting) done.set(planned, await assignVisit(ports, record, planned));
    const pairs: PlannedVisit[] = record.pairs.map((planned) => ({ ...planned, ...done.get(planned) }));
    const left = pairs.filter(({ sent }) => sent === 'waiting').length;
    record = await holdOn(ports, {
      ...record,
      pairs,
      progress: { done: pairs.length - left, all: pairs.length },
    });
  }
};

/** Does what is to be done on a plan. True where there was something. Safe to call twice, and by two at once. */
export const workOnPlan = async (ports: PlanWork, caseId: CommandId): Promise<boolean> => {
  const record = await holdPlan(ports, caseId);
  if (record === undefined) return false;
  try {
    await (record.state === 'sending' ? sendPlan(ports, record) : drawUpPlan(ports, record));
  } catch (error) {
    await letGoOfPlan(ports, caseId).catch(() => undefined);
    throw error;
  }
  return true;
};

/** The schedule's part: plans that nobody works on, since their worker was killed or never came. Gives how many. */
export const keepPlans = async (ports: PlanWork): Promise<number> => {
  const page = { limit: OPEN_PLANS_MAX, before: justAfterNow(ports) };
  return oneByOne(await ports.regions.listCommunities(''), async ({ code }) => {
    const { items } = await ports.caseBook.listOpen('week_plan', code, page);
    return oneByOne(items, ({ caseId }) => workOnPlan(ports, caseId));
  });
};
