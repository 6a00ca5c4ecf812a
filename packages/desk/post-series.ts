/**
 * One date of a series becomes an ordinary request. Its id follows from the series and the date, so that a run that was
 * cut off, or two at once, post it once. What is paid with hours is set aside now.
 */
import { startOn } from '@time-bank/care/repeat-rule';
import { type Command, planPut } from '@time-bank/care/request';
import { reviewDueAt } from '@time-bank/care/review';
import { roundOf } from '@time-bank/care/series';
import { type RequestId, SYSTEM, accountOf, holdOf } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import type { Outcome } from '@time-bank/contracts/refusals';
import type { PostRequest, Receipt } from '@time-bank/contracts/request';
import type { SeriesDate } from '@time-bank/contracts/series';
import { plusMinutes } from '@time-bank/contracts/time';
import { planHold } from '@time-bank/ledger/hold';
import { sightOf } from '@time-bank/ledger/sight';
import { type Policy, dueMinutes } from '@time-bank/policy/policy';
import { type Decision, type Found, ledgerFingerprint, nowOf, publish, together } from './carry-out.ts';
import { movementFacts } from './command.ts';
import { derivedRequest } from './derived-id.ts';
import { fingerprintOf } from './fingerprint.ts';
import { lapseHolds } from './lapse-holds.ts';
import { type Ordered, careFor, needsReview, orderFor } from './order-for.ts';
import { policyNow } from './policy-of.ts';
import type { Ports } from './ports.ts';
import type { SeriesCase } from './staff-case.ts';
import { tellDesk } from './tell-steps.ts';

type Work = Pick<Ports, 'clock' | 'journal' | 'careBook' | 'policies'>;

/** The request of a date; one that was moved after it was posted gets another one. */
export const requestOfDate = (record: SeriesCase, { date }: Pick<SeriesDate, 'date'>): RequestId =>
  derivedRequest(startOn(date, record.startMinute), [
    'series',
    record.caseId,
    date,
    String(roundOf(record, date)),
  ]);

const bodyOf = (record: SeriesCase, date: SeriesDate, requestId: RequestId): PostRequest => ({
  requestId,
  receiverId: record.elderId,
  serviceCode: record.serviceCode,
  plannedStartAt: date.at,
  plannedMinutes: record.plannedMinutes,
  wishes: record.wishes,
  ...(record.note === undefined ? {} : { note: record.note }),
});

const commandOfDate = (
  ports: Work,
  record: SeriesCase,
  date: SeriesDate,
): Command & { requestId: RequestId } => {
  const requestId = requestOfDate(record, date);
  return {
    stepId: requestId,
    requestId,
    fingerprint: fingerprintOf(['series', record.caseId, date.date, date.at]),
    actorId: SYSTEM,
    channel: 'job',
    at: nowOf(ports),
  };
};

type Kept = Parameters<typeof planPut>[1];

/** Published, or, where the staff look at it before, submitted. */
const putOf = (command: Command, wanted: Kept, { traits }: Ordered, facts: Partial<Receipt> = {}) => {
  if (wanted.hold === undefined || !needsReview(traits)) {
    return { step: planPut(command, wanted, 'published', facts), told: [] };
  }
  const waiting = { ...wanted, dueAt: reviewDueAt(wanted, command.at) };
  return {
    step: planPut(command, waiting, 'submitted', facts),
    told: [tellDesk(command, wanted, 'review_waiting')],
  };
};

interface Paying {
  command: Command & { requestId: RequestId };
  wanted: Kept;
  ordered: Ordered;
  policy: Policy;
}

/** Sets the hours aside; those that a lapsed hold still binds are freed first. */
const paidWithHours = async (
  ports: Work,
  { command, wanted, ordered, policy }: Paying,
  found: Found,
): Promise<Decision<Receipt>> => {
  const accountId = accountOf(wanted.receiverId);
  const transferId = holdOf(command.requestId);
  const amountMinutes = dueMinutes(policy, wanted);
  const sight = sightOf(found.heads, accountId);
  const held = planHold(
    {
      accountId,
      transferId,
      policy,
      amountMinutes,
      lapsesAt: plusMinutes(wanted.plannedStartAt, wanted.plannedMinutes + policy.holdDaysMax * 24 * 60),
      facts: movementFacts(command, wanted, 'set_aside'),
      fingerprint: ledgerFingerprint(command.fingerprint),
    },
    sight,
  );
  if (held.kind === 'refused') {
    const isFreed =
      typeof sight === 'object' &&
      ['insufficient_hours', 'too_many_holds'].includes(held.refusal.code) &&
      (await lapseHolds(ports, sight)) > 0;
    return isFreed ? { kind: 'look', accountId } : held;
  }
  const facts = { transferId, heldMinutes: amountMinutes };
  const { step, told } = putOf(command, { ...wanted, hold: held.value.hold }, ordered, facts);
  return together(step, [...held.value.changes, ...told]);
};

/**
 * Posts a date.
 * Refuses: what the rules of the place refuse of a request, of an account what it refuses of a hold, busy_try_again.
 */
export const postSeriesDate = (
  ports: Work,
  record: SeriesCase,
  receiver: Member,
  date: SeriesDate,
): Promise<Outcome<Receipt>> => {
  const command = commandOfDate(ports, record, date);
  const { requestId } = command;
  return publish(ports, command, async (found) => {
    const policy = await policyNow(ports, record.communityCode);
    const order = record.paidBy === 'hours' ? orderFor : careFor;
    const ordered = order(policy, receiver, bodyOf(record, date, requestId), command.at);
    if (ordered.kind === 'refused') return ordered;
    const wanted = { ...ordered.value.wanted, postedBy: record.openedBy, seriesId: record.caseId };
    if (record.paidBy === 'hours') {
      return paidWithHours(ports, { command, wanted, ordered: ordered.value, policy }, found);
    }
    const { step, told } = putOf(command, wanted, ordered.value);
    return together(step, told);
  });
};
