/** How a dispute goes on: the other side answers, a level decides, either side appeals. */
import {
  type DisputeCommand,
  type DisputeFacts,
  actBefore,
  disputeReceipt,
  planAnswer,
  planAppeal,
  planDecide,
} from '@time-bank/care/dispute';
import { tell } from '@time-bank/care/notice';
import { type RequestFacts, touched } from '@time-bank/care/request';
import type { DecideDispute, DisputeReceipt, SayInDispute } from '@time-bank/contracts/confirming';
import type { ForWhom } from '@time-bank/contracts/helping';
import { type Outcome, type Planned, done, refused } from '@time-bank/contracts/refusals';
import { countyOf } from '@time-bank/contracts/region';
import type { Grant } from '@time-bank/identity/grant';
import { carryOut } from './carry-out.ts';
import { commandOf } from './command.ts';
import { disputeEnd } from './end-dispute.ts';
import { officersOf } from './officers-of.ts';
import { sideOf } from './open-dispute.ts';
import { policyOfRecord } from './policy-of.ts';
import type { Change, Ports } from './ports.ts';
import type { DisputeRecord } from './staff-case.ts';
import { caseCommand, stepCase } from './step-case.ts';

type Work = Pick<Ports, 'clock' | 'journal' | 'careBook' | 'policies' | 'caseBook'>;
type Say = Grant<'say_in_dispute'>;
type Decide = Grant<'decide_dispute' | 'decide_appeal'>;

/** The case in its next version, in the list in which it stands from now on. */
const next = (record: DisputeRecord, facts: DisputeRecord): DisputeRecord => ({
  ...facts,
  version: record.version + 1,
  region: facts.level === 1 ? record.communityCode : countyOf(record.communityCode),
});

const answerOf = (record: DisputeRecord): Outcome<DisputeReceipt> => {
  const act = record.acts.at(-1);
  if (act === undefined) throw new Error('a step of a dispute was written down');
  return done(disputeReceipt(record.caseId, act));
};

/** What a step tells whom, beside the case itself. */
type Telling = (record: DisputeRecord) => Change[];

/**
 * Moves a dispute on, and with it the day on which the schedule looks at its request.
 * Refuses: unknown_case, exists_with_different_content, id_too_old, id_from_the_future, what the plan refuses,
 * busy_try_again.
 */
const stepDispute = (
  ports: Work,
  asRead: DisputeRecord,
  command: DisputeCommand,
  plan: (record: DisputeRecord) => Planned<DisputeRecord>,
  telling: Telling,
): Promise<Outcome<DisputeReceipt>> =>
  stepCase<DisputeRecord, DisputeReceipt>(asRead, {
    command,
    seen: (record) => actBefore(record.caseId, record, command),
    attempt: async (record) => {
      const planned = plan(record);
      if (planned.kind === 'refused') return planned;
      const moved = next(record, planned.value);
      const facts = await ports.careBook.readRequestNow(record.requestId);
      if (facts === undefined) return refused('unknown_case');
      const { dueAt } = moved;
      const changes: Change[] = [
        { change: 'move_case', record: moved },
        ...(dueAt === record.dueAt ? [] : [touched(facts.request, { dueAt }, ['told'])]),
        ...telling(moved),
      ];
      return (await ports.journal.commit(changes)).kind === 'done' ? answerOf(moved) : undefined;
    },
    readAgain: () => ports.caseBook.readNow('dispute', asRead.caseId),
  });

/**
 * The other side answers. The grant is over the request.
 * Refuses: as `stepDispute`; wrong_step (it has answered, or this side has opened it), case_closed.
 */
export const answerDispute = (
  ports: Work,
  permit: Say,
  { facts, record }: { facts: RequestFacts; record: DisputeRecord },
  { commandId, words, forWhom }: SayInDispute,
): Promise<Outcome<DisputeReceipt>> => {
  const command = caseCommand(ports, permit, commandId, said(record, words, forWhom));
  const by = sideOf(permit, facts);
  return stepDispute(
    ports,
    record,
    command,
    (now) => planAnswer(now, command, { by, words }),
    () => [],
  );
};

const said = ({ caseId }: DisputeRecord, words: string, forWhom: ForWhom | undefined) => [
  caseId,
  words,
  ...(forWhom === undefined ? [] : [forWhom]),
];

/**
 * Either side asks the county. The grant is over the request.
 * Refuses: as `stepDispute`; unknown_policy_version, wrong_step (nothing is decided, or it is too late), case_closed.
 */
export const appealDispute = async (
  ports: Work & Pick<Ports, 'people'>,
  permit: Say,
  { facts, record }: { facts: RequestFacts; record: DisputeRecord },
  { commandId, words, forWhom }: SayInDispute,
): Promise<Outcome<DisputeReceipt>> => {
  const command = caseCommand(ports, permit, commandId, said(record, words, forWhom));
  const policy = await policyOfRecord(ports, facts.request);
  if (policy.kind === 'refused') return policy;
  const by = sideOf(permit, facts);
  const county = await officersOf(ports, 'county', countyOf(record.communityCode));
  return stepDispute(
    ports,
    record,
    command,
    (now) => planAppeal(policy.value, now, command, { by, words }),
    ({ caseId, concerns }) => [
      tell(commandId, {
        kind: 'dispute_opened',
        to: { people: [...concerns, ...county] },
        about: { caseId },
        figures: { level: 2 },
        at: command.at,
      }),
    ],
  );
};

/** The county's decision: the end, with all that follows from it. */
const decideLast = async (
  ports: Work,
  permit: Decide,
  asRead: DisputeRecord,
  command: DisputeCommand,
  plan: (record: DisputeRecord) => Planned<DisputeRecord>,
): Promise<Outcome<DisputeReceipt>> => {
  const { caseId, requestId } = asRead;
  const before = actBefore(caseId, asRead, command);
  if (before !== undefined) return before;
  const order = {
    ...commandOf(ports, permit, command.commandId, undefined),
    fingerprint: command.fingerprint,
    at: command.at,
    requestId,
  };
  const outcome = await carryOut(ports, order, async (facts, found) => {
    const record = await ports.caseBook.readNow('dispute', caseId);
    if (record === undefined) return refused('unknown_case');
    const planned = plan(record);
    if (planned.kind === 'refused') return planned;
    return disputeEnd(ports, { command: order, facts, record: next(record, planned.value), found });
  });
  if (outcome.kind === 'refused') return outcome;
  return { kind: outcome.kind, value: { caseId, state: 'ended', at: outcome.value.at } };
};

/**
 * The community decides, and either side may appeal; after an appeal the county decides, and that is done at once.
 * The grant is over the place whose turn it is, and over nobody's own affair.
 * Refuses: unknown_case, exists_with_different_content, id_too_old, id_from_the_future, wrong_step, case_closed,
 * unknown_policy_version, unknown_account, account_closed, hold_not_open, not_reversible, already_reversed,
 * second_person_needed, busy_try_again.
 */
export const decideDispute = async (
  ports: Work,
  permit: Decide,
  record: DisputeRecord,
  { commandId, outcome, reason }: DecideDispute,
): Promise<Outcome<DisputeReceipt>> => {
  const command = caseCommand(ports, permit, commandId, [record.caseId, outcome, reason]);
  const facts = await ports.careBook.readRequestNow(record.requestId);
  if (facts === undefined) return refused('unknown_case');
  const policy = await policyOfRecord(ports, facts.request);
  if (policy.kind === 'refused') return policy;
  const plan = <F extends DisputeFacts>(now: F) =>
    planDecide(policy.value, now, command, { outcome, reason });
  if (record.level === 2) return decideLast(ports, permit, record, command, plan);
  return stepDispute(ports, record, command, plan, ({ caseId, concerns }) => [
    tell(commandId, {
      kind: 'dispute_decided',
      to: { people: concerns },
      about: { caseId },
      figures: { level: 1 },
      at: command.at,
    }),
  ]);
};
