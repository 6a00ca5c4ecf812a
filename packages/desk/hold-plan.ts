/**
 * Whoever works on a plan holds it for a while and writes down how far they are; each such word holds it longer, and
 * finds out where somebody has stopped it. After a kill the next one takes it once that while is over.
 */
import type { CommandId } from '@time-bank/contracts/ids';
import { plusMinutes } from '@time-bank/contracts/time';
import { nowOf } from './carry-out.ts';
import type { Ports } from './ports.ts';
import type { WeekPlanCase } from './staff-case.ts';

type Work = Pick<Ports, 'clock' | 'caseBook'>;

/** How long one worker holds a plan after each word of it; it says one every second. */
const LEASE_MINUTES = 5;

const toDo: readonly WeekPlanCase['state'][] = ['queued', 'planning', 'sending'];

/** Writes the next version; undefined where somebody stopped the plan or was faster. */
const written = async ({ caseBook }: Work, next: WeekPlanCase): Promise<WeekPlanCase | undefined> => {
  const moved = { ...next, version: next.version + 1 };
  return (await caseBook.move(moved)) ? moved : undefined;
};

/** Takes a plan for a while. Undefined where somebody else has it, or nothing is to be done. */
export const holdPlan = async (ports: Work, caseId: CommandId): Promise<WeekPlanCase | undefined> => {
  const record = await ports.caseBook.readNow('week_plan', caseId);
  if (record === undefined || !toDo.includes(record.state)) return undefined;
  if (record.leaseUntil !== undefined && record.leaseUntil > nowOf(ports)) return undefined;
  const state = record.state === 'sending' ? 'sending' : 'planning';
  return holdOn(ports, { ...record, state });
};

/** Writes down how far the work is, and holds the plan longer. Undefined where it is not one's own any more. */
export const holdOn = (ports: Work, record: WeekPlanCase): Promise<WeekPlanCase | undefined> => {
  const leaseUntil = plusMinutes(nowOf(ports), LEASE_MINUTES);
  return written(ports, { ...record, leaseUntil, dueAt: leaseUntil });
};

/** Writes how the work has ended, and holds the plan no longer. Undefined where it is not one's own any more. */
export const endPlan = (
  ports: Work,
  { leaseUntil: _lease, ...record }: WeekPlanCase,
): Promise<WeekPlanCase | undefined> => written(ports, { ...record, dueAt: nowOf(ports) });

/** Gives a plan back that broke under one's hands, so that the next one need not wait; a killed worker cannot. */
export const letGoOfPlan = async (ports: Work, caseId: CommandId): Promise<void> => {
  const record = await ports.caseBook.readNow('week_plan', caseId);
  if (record?.leaseUntil !== undefined) await endPlan(ports, record);
};
