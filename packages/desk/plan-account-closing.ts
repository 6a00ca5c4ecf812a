/** The decision to close an account: lapsed holds are freed first, ids of its lines follow from the order's own. */
import type { TransferReceipt } from '@time-bank/contracts/account';
import { type AccountId, type TransferId, ulidTime } from '@time-bank/contracts/ids';
import { instantOf } from '@time-bank/contracts/time';
import { type AccountHead, lapsedHolds } from '@time-bank/ledger/account';
import { type Remainder, planClosing } from '@time-bank/ledger/closing';
import type { Mark } from '@time-bank/ledger/mark';
import { sightOf } from '@time-bank/ledger/sight';
import type { Policy } from '@time-bank/policy/policy';
import type { Decision, Found } from './carry-out.ts';
import { derivedTransfer } from './derived-id.ts';
import { lapseHolds } from './lapse-holds.ts';
import { decisionOf } from './member-order.ts';
import type { Ports } from './ports.ts';

/** Where the remainder goes; an heir by their account, which is looked at when it is needed. */
export type RemainderOrder = Exclude<Remainder, { to: 'heir' }> | { to: 'heir'; heirId: AccountId };

const idAfter = (transferId: TransferId, ...cause: string[]): TransferId =>
  derivedTransfer(instantOf(ulidTime(transferId)), ['closing', transferId, ...cause]);

const lapseIds = (transferId: TransferId, head: AccountHead | undefined): TransferId[] =>
  Object.keys(head?.lots ?? {})
    .sort()
    .map((grantId) => idAfter(transferId, 'lapsed', grantId));

/** Closes the account of `mark`, or says which account has to be looked at first. */
export const closingDecision = async (
  ports: Pick<Ports, 'clock' | 'journal'>,
  { mark, policy }: { mark: Mark; policy: Policy },
  remainder: RemainderOrder,
  { heads }: Pick<Found, 'heads'>,
): Promise<Decision<TransferReceipt>> => {
  const { accountId, transferId } = mark;
  const sight = sightOf(heads, accountId);
  if (sight === 'unseen') return { kind: 'look', accountId };
  const head = sight === 'missing' ? undefined : sight;
  if (head !== undefined && lapsedHolds(head, mark.facts.at).length > 0) {
    if ((await lapseHolds(ports, head)) > 0) return { kind: 'look', accountId };
  }
  const heir = remainder.to === 'heir' ? sightOf(heads, remainder.heirId) : 'missing';
  if (remainder.to === 'heir' && heir === 'unseen') return { kind: 'look', accountId: remainder.heirId };
  const closing = {
    ...mark,
    policy,
    closedId: idAfter(transferId, 'closed'),
    lapseIds: lapseIds(transferId, head),
    remainder:
      remainder.to === 'heir'
        ? ({ to: 'heir', heir: typeof heir === 'object' ? heir : undefined } as const)
        : remainder,
  };
  return decisionOf(planClosing(closing, head));
};
