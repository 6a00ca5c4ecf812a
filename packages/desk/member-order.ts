/**
 * A movement on one member's account, ordered by the member or by staff to whom the member came or called. Either way it is known again by its line on the member's account.
 */
import type { TransferReceipt } from '@time-bank/contracts/account';
import type { OnBehalfOf } from '@time-bank/contracts/helping';
import { type AccountId, type MemberId, type TransferId, accountOf } from '@time-bank/contracts/ids';
import type { EntryReason } from '@time-bank/contracts/ledger';
import type { Member } from '@time-bank/contracts/member';
import type { Planned } from '@time-bank/contracts/refusals';
import type { Grant } from '@time-bank/identity/grant';
import type { Action } from '@time-bank/identity/rules';
import type { AccountHead } from '@time-bank/ledger/account';
import type { LedgerChange } from '@time-bank/ledger/change';
import type { MovementFacts } from '@time-bank/ledger/entry';
import type { Mark } from '@time-bank/ledger/mark';
import { sightOf } from '@time-bank/ledger/sight';
import type { Policy } from '@time-bank/policy/policy';
import { type Decision, type Found, type TransferOrder, ledgerFingerprint } from './carry-out.ts';
import { commandOf } from './command.ts';
import { policyNow } from './policy-of.ts';
import type { Ports } from './ports.ts';
import { receiptOf } from './transfer-receipt.ts';

/**
 * The version of the sign-in with which a member moves hours of their own: the movement holds only while it is still
 * the account's. Undefined where somebody else orders it, or a job.
 */
export const ownAuthority = ({ actor }: Grant<Action>, memberId: MemberId): number | undefined =>
  actor.memberId === memberId ? actor.signIn?.authority : undefined;

/** The order, what its lines say of themselves, and the rules of the member's region today. */
export interface MemberOrder extends TransferOrder {
  mark: Mark;
  policy: Policy;
  /** Of the member's own sign-in, where it is they who order it. */
  authority: number | undefined;
}

/** What makes the order: its message, why, and what else the line says. */
export interface MemberOrderWords {
  body: { transferId: TransferId; forWhom?: OnBehalfOf };
  reason: EntryReason;
  says?: Partial<Pick<MovementFacts, 'note' | 'document'>>;
}

/** The order of `permit`'s actor on the account of `member`; the rules are those of the member's home. */
export const memberOrder = async (
  ports: Pick<Ports, 'clock' | 'policies'>,
  permit: Grant<Action>,
  { memberId, communityCode }: Pick<Member, 'memberId' | 'communityCode'>,
  { body, reason, says }: MemberOrderWords,
): Promise<MemberOrder> => {
  const { transferId, forWhom } = body;
  const { fingerprint, actorId, at, channel } = commandOf(ports, permit, transferId, body, forWhom);
  const policy = await policyNow(ports, communityCode);
  const accountId = accountOf(memberId);
  const note = says?.note ?? forWhom?.note;
  const facts: MovementFacts = {
    at,
    actorId,
    channel,
    region: communityCode,
    policyVersion: policy.version,
    reason,
    ...(note === undefined ? {} : { note }),
    ...(says?.document === undefined ? {} : { document: says.document }),
  };
  return {
    fingerprint,
    at,
    channel,
    home: { accountId, transferId },
    mark: { facts, transferId, accountId, fingerprint: ledgerFingerprint(fingerprint) },
    policy,
    authority: ownAuthority(permit, memberId),
  };
};

/** A plan of the ledger as a decision: answered with the receipt of its first line. */
export const decisionOf = (plan: Planned<LedgerChange[]>): Decision<TransferReceipt> =>
  plan.kind === 'refused'
    ? plan
    : { kind: 'done', value: { changes: plan.value, receipt: receiptOf(plan.value) } };

/** Decides on an account as it stands: it is looked at first where nobody has. */
export const onceSeen = (
  { heads }: Found,
  accountId: AccountId,
  plan: (head: AccountHead | undefined) => Planned<LedgerChange[]>,
): Decision<TransferReceipt> => {
  const sight = sightOf(heads, accountId);
  if (sight === 'unseen') return { kind: 'look', accountId };
  return decisionOf(plan(sight === 'missing' ? undefined : sight));
};
