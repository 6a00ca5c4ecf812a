/**
 * What changes an account without moving a minute: frozen and freed, a family tie made and ended, where surplus
 * goes, and that the member's sign-ins were ended. Each is a line of the account like any other, so that an account is what its lines say and nothing else.
 */
import type { AccountId, TransferId } from '@time-bank/contracts/ids';
import type { AccountState, PoolId } from '@time-bank/contracts/ledger';
import { type Planned, done, refused } from '@time-bank/contracts/refusals';
import type { Policy } from '@time-bank/policy/policy';
import type { AccountHead, Bond } from './account.ts';
import type { LedgerChange } from './change.ts';
import type { Entry, MovementFacts } from './entry.ts';
import { type Sight, refusedByAuthority, refusedByState } from './sight.ts';

/** What every mark needs. */
export interface Mark {
  facts: MovementFacts;
  transferId: TransferId;
  accountId: AccountId;
  fingerprint: string;
}

/** Where anything can move at all. */
const notClosed: readonly AccountState[] = ['open', 'donate_only', 'frozen'];

const marked = (
  mark: Mark,
  head: AccountHead,
  line: Pick<Entry, 'kind'> & Partial<Entry>,
): Planned<LedgerChange[]> => {
  const { facts, ...ids } = mark;
  const entry: Entry = { ...facts, ...ids, counterpart: mark.accountId, minutes: {}, ...line };
  return done([{ change: 'post', entries: [entry], seen: head }]);
};

/**
 * Nothing goes out any more, e.g. after a death or in a dispute. An organisation's account is not frozen: it would
 * be open to everything once it is freed.
 * Refuses: unknown_account, donate_only_account, account_frozen, account_closed.
 */
export const planFreeze = (mark: Mark, head: AccountHead | undefined): Planned<LedgerChange[]> => {
  if (head === undefined) return refused('unknown_account');
  return refusedByState(head, ['open']) ?? marked(mark, head, { kind: 'frozen', state: 'frozen' });
};

/** The account is free again. Refuses: unknown_account, account_not_frozen. */
export const planUnfreeze = (mark: Mark, head: AccountHead | undefined): Planned<LedgerChange[]> => {
  if (head === undefined) return refused('unknown_account');
  if (head.state !== 'frozen') return refused('account_not_frozen');
  return marked(mark, head, { kind: 'unfrozen', state: 'open' });
};

/**
 * Writes a checked family tie onto the giver's account.
 * Refuses: same_account, unknown_account, donate_only_account, account_frozen, account_closed, not_family,
 * too_many_bonds.
 */
export const planBond = (
  mark: Mark & {
    policy: Pick<Policy, 'giftRelations' | 'bondsMax'>;
    with: AccountId;
    tie: Bond;
  },
  head: AccountHead | undefined,
): Planned<LedgerChange[]> => {
  const { policy, with: other, tie, ...rest } = mark;
  if (other === mark.accountId) return refused('same_account');
  if (head === undefined) return refused('unknown_account');
  const byState = refusedByState(head, ['open']);
  if (byState !== undefined) return byState;
  if (!policy.giftRelations.includes(tie.relation)) return refused('not_family');
  if (!(other in head.bonds) && Object.keys(head.bonds).length >= policy.bondsMax) {
    return refused('too_many_bonds');
  }
  return marked(rest, head, { kind: 'bond_made', bond: { with: other, tie } });
};

/** Ends a family tie. Refuses: unknown_account, account_closed, not_family. */
export const planBondEnd = (
  mark: Mark & { with: AccountId },
  head: AccountHead | undefined,
): Planned<LedgerChange[]> => {
  const { with: other, ...rest } = mark;
  if (head === undefined) return refused('unknown_account');
  if (head.state === 'closed') return refused('account_closed');
  if (!(other in head.bonds)) return refused('not_family');
  return marked(rest, head, { kind: 'bond_ended', bond: { with: other } });
};

/** Chooses where surplus goes from now on: a pool, or honour minutes. Refuses: session_ended, unknown_account, account_closed. */
export const planOverflow = (
  mark: Mark & { poolId?: PoolId; authority?: number | undefined },
  head: AccountHead | undefined,
): Planned<LedgerChange[]> => {
  const { poolId, authority, ...rest } = mark;
  if (head === undefined) return refused('unknown_account');
  const byAuthority = refusedByAuthority(head, authority);
  if (byAuthority !== undefined) return byAuthority;
  if (head.state === 'closed') return refused('account_closed');
  return marked(rest, head, {
    kind: 'overflow_chosen',
    ...(poolId === undefined ? {} : { overflowPool: poolId }),
  });
};

/**
 * From now on nothing that the member ordered with a sign-in of before moves hours: it is written
 * without looking at the account first, for it must not wait. On a closed account nothing moves as it is.
 * Refuses: unknown_account, account_closed.
 */
export const planSignInsEnded = (mark: Mark, sight: Sight): Planned<LedgerChange[]> => {
  if (sight === 'missing') return refused('unknown_account');
  if (sight !== 'unseen') {
    return refusedByState(sight, notClosed) ?? marked(mark, sight, { kind: 'sign_ins_ended' });
  }
  const { facts, ...ids } = mark;
  const entry: Entry = {
    ...facts,
    ...ids,
    counterpart: mark.accountId,
    minutes: {},
    kind: 'sign_ins_ended',
  };
  return done([{ change: 'post', entries: [entry], assuming: { states: notClosed } }]);
};
