/**
 * A coordinator asks for the plan of a community's week, stops it, or sends it. What is asked for is written down and
 * worked on by the schedule and the stream's consumer (`work-on-plan.ts`), so that nothing hangs on one answer.
 */
import { type CommandId } from '@time-bank/contracts/ids';
import { type Outcome, done, refused, replayed } from '@time-bank/contracts/refusals';
import type { CommunityCode } from '@time-bank/contracts/region';
import { type IsoWeek, boundsOfWeek } from '@time-bank/contracts/time';
import type {
  MakeWeekPlan,
  MoveWeekPlan,
  WeekPlanReceipt,
  WeekPlanState,
} from '@time-bank/contracts/week-plan';
import type { Grant } from '@time-bank/identity/grant';
import { nowOf, refusedByAge } from './carry-out.ts';
import { derivedCommand } from './derived-id.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Ports } from './ports.ts';
import type { CommandDone, WeekPlanCase } from './staff-case.ts';
import { stepCase } from './step-case.ts';

type Work = Pick<Ports, 'clock' | 'caseBook'>;

const TRIES_MAX = 4;
/** So many commands of a plan are known again; a week's plan is made anew a few times. */
const KNOWN_MAX = 40;

/** The one plan of a community's week. */
export const weekPlanId = (communityCode: CommunityCode, week: IsoWeek): CommandId =>
  derivedCommand(boundsOfWeek(week).from, ['week_plan', communityCode]);

const receiptOf = (caseId: CommandId, { state, at }: CommandDone): WeekPlanReceipt => ({ caseId, state, at });

/** What was answered to a command before; undefined where it is new. Refuses: exists_with_different_content. */
const doneBefore = (record: WeekPlanCase, order: Order): Outcome<WeekPlanReceipt> | undefined => {
  const before = record.done.find(({ commandId }) => commandId === order.commandId);
  if (before === undefined) return undefined;
  return before.fingerprint === order.fingerprint
    ? replayed(receiptOf(record.caseId, before))
    : refused('exists_with_different_content');
};

interface Order {
  commandId: CommandId;
  fingerprint: string;
}

const steps: Record<'ask' | 'stop' | 'send', { from: readonly WeekPlanState[]; to: WeekPlanState }> = {
  ask: { from: ['ready', 'stopped', 'failed', 'sent', 'queued'], to: 'queued' },
  stop: { from: ['queued', 'planning'], to: 'stopped' },
  send: { from: ['ready'], to: 'sending' },
};

/** The plan one step on; every other field as `change` has it. Refuses: wrong_step. */
const stepped = (
  record: WeekPlanCase,
  order: Order,
  { name, at, change }: { name: keyof typeof steps; at: string; change: Partial<WeekPlanCase> },
): WeekPlanCase | undefined => {
  const { from, to } = steps[name];
  if (!from.includes(record.state)) return undefined;
  const { leaseUntil: _lease, ...rest } = record;
  return {
    ...rest,
    ...change,
    state: to,
    version: record.version + 1,
    dueAt: at,
    done: [...record.done, { ...order, state: to, at }].slice(-KNOWN_MAX),
  };
};

const moveOn = (
  ports: Work,
  asRead: WeekPlanCase,
  order: Order,
  step: { name: keyof typeof steps; change: Partial<WeekPlanCase> },
): Promise<Outcome<WeekPlanReceipt>> => {
  const at = nowOf(ports);
  return stepCase(asRead, {
    command: { commandId: order.commandId, at },
    triesMax: TRIES_MAX,
    seen: (record) => doneBefore(record, order),
    attempt: async (record) => {
      const next = stepped(record, order, { ...step, at });
      if (next === undefined) return refused('wrong_step');
      const isMoved = await ports.caseBook.move(next);
      return isMoved ? done({ caseId: next.caseId, state: next.state, at }) : undefined;
    },
    readAgain: () => ports.caseBook.readNow('week_plan', asRead.caseId),
  });
};

const firstPlan = (
  permit: Grant<'make_week_plan'>,
  body: MakeWeekPlan,
  order: Order,
  at: string,
): WeekPlanCase => ({
  kind: 'week_plan',
  caseId: weekPlanId(body.communityCode, body.week),
  version: 1,
  region: body.communityCode,
  openedBy: permit.actor.memberId,
  openedAt: at,
  dueAt: at,
  fingerprint: order.fingerprint,
  communityCode: body.communityCode,
  week: body.week,
  state: 'queued',
  askedBy: { commandId: body.commandId, actorId: permit.actor.memberId, at },
  done: [{ ...order, state: 'queued', at }],
  progress: { done: 0, all: 0 },
  pairs: [],
  uncovered: [],
  locked: body.locked,
  forbidden: body.forbidden,
});

/**
 * Asks for a plan. One that was sent is made anew around what was sent; one that is being made or sent is not.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, wrong_step, busy_try_again.
 */
export const makeWeekPlan = async (
  ports: Work,
  permit: Grant<'make_week_plan'>,
  body: MakeWeekPlan,
): Promise<Outcome<WeekPlanReceipt>> => {
  const at = nowOf(ports);
  const fingerprint = fingerprintOf([permit.action, permit.actor.memberId, body]);
  const order = { commandId: body.commandId, fingerprint };
  const first = firstPlan(permit, body, order, at);
  const there = await ports.caseBook.readNow('week_plan', first.caseId);
  if (there === undefined) {
    const byAge = refusedByAge(body.commandId, at);
    if (byAge !== undefined) return byAge;
    if (await ports.caseBook.put(first)) return done({ caseId: first.caseId, state: 'queued', at });
  }
  const record = there ?? (await ports.caseBook.readNow('week_plan', first.caseId));
  if (record === undefined) return refused('busy_try_again');
  const { askedBy, locked, forbidden, progress } = first;
  return moveOn(ports, record, order, { name: 'ask', change: { askedBy, locked, forbidden, progress } });
};

const orderOf = (
  permit: Grant<'make_week_plan' | 'send_week_plan'>,
  record: WeekPlanCase,
  body: MoveWeekPlan,
): Order => ({
  commandId: body.commandId,
  fingerprint: fingerprintOf([permit.action, permit.actor.memberId, record.caseId, body]),
});

/** Stops the making of a plan. Refuses: as makeWeekPlan. */
export const stopWeekPlan = (
  ports: Work,
  permit: Grant<'make_week_plan'>,
  record: WeekPlanCase,
  body: MoveWeekPlan,
): Promise<Outcome<WeekPlanReceipt>> =>
  moveOn(ports, record, orderOf(permit, record, body), { name: 'stop', change: {} });

/** Sends a plan that is ready. Refuses: as makeWeekPlan. */
export const sendWeekPlan = (
  ports: Work,
  permit: Grant<'send_week_plan'>,
  record: WeekPlanCase,
  body: MoveWeekPlan,
): Promise<Outcome<WeekPlanReceipt>> =>
  moveOn(ports, record, orderOf(permit, record, body), {
    name: 'send',
    change: { progress: { done: 0, all: record.pairs.length } },
  });
