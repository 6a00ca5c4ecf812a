/**
 * Either side disputes a visit. From then on nothing of it moves: what was set aside to pay for it stays set aside; what
 * was credited already is held on the volunteer's account, as far as it is still there. Case, step and holds are one
 * write.
 */
import { type DisputedCredit, dueBy, isDisputable } from '@time-bank/care/dispute';
import { waitsForAWord } from '@time-bank/care/life';
import { tell } from '@time-bank/care/notice';
import { type Command, type RequestFacts, moved, volunteersOf } from '@time-bank/care/request';
import type { ComplaintKind, OpenDispute, VisitSide } from '@time-bank/contracts/confirming';
import { type CommandId, MemberId, type RequestId, movementOf } from '@time-bank/contracts/ids';
import { type Outcome, refused } from '@time-bank/contracts/refusals';
import type { Receipt } from '@time-bank/contracts/request';
import { plusMinutes } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import type { LedgerChange } from '@time-bank/ledger/change';
import { planDisputeHold } from '@time-bank/ledger/dispute-hold';
import { type Decision, type Found, carryOut } from './carry-out.ts';
import { commandOf, movementFacts } from './command.ts';
import { creditsOf } from './dispute-credits.ts';
import { policyOfRecord } from './policy-of.ts';
import type { Ports } from './ports.ts';
import type { DisputeRecord } from './staff-case.ts';

/** Longer than two levels take, however late they are; then the minutes are free again. */
const HELD_FOR_MINUTES = 365 * 24 * 60;

/** What somebody complains of, and on which side they are. */
export interface Complaint {
  kind: ComplaintKind;
  words: string;
  by: VisitSide;
}

/** A command on a request whose id is one of commands, and not of a movement. */
export type CaseCommand = Command & { stepId: CommandId; requestId: RequestId };

const holdsFor = (
  command: CaseCommand,
  facts: RequestFacts,
  { heads }: Found,
  credits: readonly DisputedCredit[],
):
  | { credits: DisputedCredit[]; changes: LedgerChange[] }
  | { kind: 'look'; accountId: DisputedCredit['accountId'] } => {
  const changes: LedgerChange[] = [];
  const held: DisputedCredit[] = [];
  for (const credit of credits) {
    const { accountId } = credit;
    const head = heads.get(accountId);
    if (head === undefined && !heads.has(accountId)) return { kind: 'look', accountId };
    const holdId = movementOf(command.stepId);
    const plan =
      head === undefined
        ? { changes: [], heldMinutes: 0 }
        : planDisputeHold(
            {
              facts: movementFacts(command, facts.request, 'dispute'),
              transferId: holdId,
              accountId,
              amountMinutes: credit.minutes,
              lapsesAt: plusMinutes(command.at, HELD_FOR_MINUTES),
            },
            head,
          );
    changes.push(...plan.changes);
    held.push(plan.heldMinutes === 0 ? credit : { ...credit, frozen: { holdId, minutes: plan.heldMinutes } });
  }
  return { credits: held, changes };
};

const recordOf = (
  command: CaseCommand,
  { request }: RequestFacts,
  { kind, words, by }: Complaint,
  also: Pick<DisputeRecord, 'dueAt' | 'credits'>,
): DisputeRecord => ({
  kind: 'dispute',
  caseId: command.stepId,
  version: 1,
  region: request.communityCode,
  communityCode: request.communityCode,
  openedBy: MemberId.parse(command.actorId),
  openedAt: command.at,
  fingerprint: command.fingerprint,
  requestId: request.requestId,
  elderId: request.receiverId,
  concerns: [request.receiverId, ...volunteersOf(request)],
  by,
  complaint: kind,
  words,
  level: 1,
  state: 'open',
  decisions: [],
  acts: [],
  ...also,
});

/**
 * What opens a dispute, to be written. Refuses: not_disputable, unknown_policy_version.
 */
export const disputeDecision = async (
  ports: Pick<Ports, 'journal' | 'policies'>,
  command: CaseCommand,
  facts: RequestFacts,
  found: Found,
  complaint: Complaint,
): Promise<Decision<Receipt>> => {
  const { request } = facts;
  const policy = await policyOfRecord(ports, request);
  if (policy.kind === 'refused') return policy;
  if (!isDisputable(policy.value, request, command.at)) return refused('not_disputable');
  const isBooked = !waitsForAWord(request.state);
  const held = holdsFor(command, facts, found, isBooked ? await creditsOf(ports, facts) : []);
  if ('kind' in held) return held;
  const { credits, changes } = held;
  const dueAt = dueBy(policy.value, 'open', command.at);
  const heldMinutes = credits.reduce((sum, { frozen }) => sum + (frozen?.minutes ?? 0), 0);
  const { change, receipt } = moved(request, {
    command,
    to: 'disputed',
    dueAt,
    ...(isBooked ? { facts: { heldMinutes } } : {}),
  });
  const record = recordOf(command, facts, complaint, { dueAt, credits });
  const about = { caseId: record.caseId };
  const opened = { kind: 'dispute_opened', about, at: command.at } as const;
  return {
    kind: 'done',
    value: {
      changes: [
        change,
        { change: 'put_case', record },
        ...changes,
        tell(command.stepId, { ...opened, to: { people: record.concerns } }),
        tell(`${command.stepId}.desk`, { ...opened, to: { deskOf: request.communityCode } }),
      ],
      receipt,
    },
  };
};

/** On which side of a visit somebody acts: a volunteer in their own affair, anybody else for the receiver. */
export const sideOf = (
  permit: Pick<Grant<'open_dispute' | 'say_in_dispute' | 'rate_visit'>, 'actor' | 'via'>,
  { request }: RequestFacts,
): VisitSide =>
  permit.via.relation === 'own' && volunteersOf(request).includes(permit.actor.memberId)
    ? 'volunteer'
    : 'receiver';

/**
 * The grant is over the request. Refuses: unknown_request, exists_with_different_content, id_too_old,
 * id_from_the_future, not_disputable, unknown_policy_version, busy_try_again.
 */
export const openDispute = (
  ports: Pick<Ports, 'clock' | 'journal' | 'careBook' | 'policies'>,
  permit: Grant<'open_dispute'>,
  asRead: RequestFacts,
  body: OpenDispute,
): Promise<Outcome<Receipt>> => {
  const { requestId } = asRead.request;
  const { commandId: stepId, forWhom, kind, words } = body;
  const command = { ...commandOf(ports, permit, stepId, [requestId, body], forWhom), stepId, requestId };
  const by = sideOf(permit, asRead);
  return carryOut(
    ports,
    command,
    (facts, found) => disputeDecision(ports, command, facts, found, { kind, words, by }),
    asRead,
  );
};
