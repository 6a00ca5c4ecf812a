import type { AccountId } from '@time-bank/contracts/ids';
import type { AccountState } from '@time-bank/contracts/ledger';
import { describe, expect, it } from 'vitest';
import type { AccountHead } from './account.ts';
import { accountNo, anAccount } from './examples.ts';
import { refusedByState, sightOf } from './sight.ts';

describe('what is known of an account', () => {
  const account = anAccount({ accountId: accountNo(1) });
  const known = new Map<AccountId, AccountHead | undefined>([
    [accountNo(1), account],
    [accountNo(2), undefined],
  ]);

  it.each([
    { row: 'one that was looked at and is there', who: 1, sight: account },
    { row: 'one that was looked at and is not there', who: 2, sight: 'missing' },
    { row: 'one that nobody has looked at', who: 3, sight: 'unseen' },
  ])('$row', ({ who, sight }) => {
    expect(sightOf(known, accountNo(who))).toEqual(sight);
  });
});

describe('an account refuses by its state', () => {
  it.each<[AccountState, readonly AccountState[], string | undefined]>([
    ['open', ['open'], undefined],
    ['open', ['frozen'], 'account_not_frozen'],
    ['donate_only', ['open'], 'donate_only_account'],
    ['donate_only', ['open', 'donate_only'], undefined],
    ['frozen', ['open', 'donate_only'], 'account_frozen'],
    ['closed', ['open', 'donate_only', 'frozen'], 'account_closed'],
  ])('%s, where it should be one of %j: %s', (state, states, code) => {
    expect(refusedByState(anAccount({ state }), states)?.refusal.code).toBe(code);
  });
});
