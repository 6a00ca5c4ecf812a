/**
 * A movement on one member's account, ordered by the member or by a coordinator to whom the member came or
 * called. Either way it is known again by its line on the member's account.
 */
import type { TransferReceipt } from '@time-bank/contracts/account';
import type { OnBehalfOf } from '@time-bank/contracts/giving';
import { type AccountId, type TransferId, accountOf } from '@time-bank/contracts/ids';
import type { EntryReason } from '@time-bank/contracts/ledger';
import type { Member } from '@time-bank/contracts/member';
import type { Planned } from '@time-bank/contracts/refusals';
import type { Action, Grant } from '@time-bank/identity/grant';
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

/** The order, what its lines say of themselves, and the rules of the member's region today. */
export interface MemberOrder extends TransferOrder {
  mark: Mark;
  policy: Policy;
}

/** What makes the order: its message, why, and what else the line says. */
export interface MemberOrderWords {
  body: { transferId: TransferId; onBehalfOf?: OnBehalfOf };
  reason: EntryReason;
  says?: Partial<Pick<MovementFacts, 'channel' | 'note' | 'document'>>;
}

/** The order of `permit`'s actor on the account of `member`; the rules are those of the member's home. */
export const memberOrder = async (
  ports: Pick<Ports, 'clock' | 'policies'>,
  permit: Grant<Action>,
  { memberId, communityCode }: Pick<Member, 'memberId' | 'communityCode'>,
  { body, reason, says }: MemberOrderWords,
): Promise<MemberOrder> => {
  const { transferId, onBehalfOf } = body;
  const { fingerprint, actorId, at, channel: own } = commandOf(ports, permit, transferId, body);
  const channel = says?.channel ?? onBehalfOf?.channel ?? own;
  const policy = await policyNow(ports, communityCode);
  const accountId = accountOf(memberId);
  const note = says?.note ?? onBehalfOf?.note;
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
