/** What a plan knows of an account: nothing yet, that it is not there, or its head. */
import type { AccountId } from '@time-bank/contracts/ids';
import type { AccountState } from '@time-bank/contracts/ledger';
import { type RefusalCode, refused } from '@time-bank/contracts/refusals';
import { type AccountHead, authorityOf } from './account.ts';

/** `unseen`: nobody has looked. `missing`: somebody has, and there is none. */
export type Sight = AccountHead | 'unseen' | 'missing';

/** What is known of accounts. An account that is not in it is unseen; undefined is missing. */
export type Known = ReadonlyMap<AccountId, AccountHead | undefined>;

/** What is known of one account. */
export const sightOf = (known: Known, accountId: AccountId): Sight =>
  known.has(accountId) ? (known.get(accountId) ?? 'missing') : 'unseen';

/** What each state refuses, where it is none of those asked for. An open account is refused only where it should be frozen. */
const stateRefusals: Record<AccountState, RefusalCode> = {
  open: 'account_not_frozen',
  donate_only: 'donate_only_account',
  frozen: 'account_frozen',
  closed: 'account_closed',
};

/**
 * Refuses a movement that a member ordered with a sign-in that was ended since: session_ended; undefined where it is
 * good. `authority` is absent where it was not the member who ordered it.
 */
export const refusedByAuthority = (
  head: AccountHead,
  authority: number | undefined,
): ReturnType<typeof refused> | undefined =>
  authority === undefined || authority === authorityOf(head) ? undefined : refused('session_ended');

/** Refuses by the account's state where it is none of `states`; undefined where it is one of them. */
export const refusedByState = (
  head: AccountHead,
  states: readonly AccountState[],
): ReturnType<typeof refused> | undefined =>
  states.includes(head.state) ? undefined : refused(stateRefusals[head.state]);
