/** What a member sees of their account. */
import type { Balance, EntryView, StatementPage } from '@time-bank/contracts/account';
import { accountOf } from '@time-bank/contracts/ids';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import { instantOf } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import type { Entry } from '@time-bank/ledger/movement';
import type { Ports } from './ports.ts';

const STATEMENT_LINES = 25;

/** The balance now: one strongly consistent read. Refuses: unknown_account. */
export const readBalance = async (
  ports: Pick<Ports, 'clock' | 'journal'>,
  permit: Grant<'read_account'>,
): Promise<Outcome<Balance>> => {
  const head = await ports.journal.readAccountNow(accountOf(permit.actor.memberId));
  if (head === undefined) return refused('unknown_account');
  return done({
    accountId: head.accountId,
    availableMinutes: head.availableMinutes,
    heldMinutes: head.heldMinutes,
    asOf: instantOf(ports.clock.nowMs()),
  });
};

const lineOf = (entry: Entry): EntryView => ({
  transferId: entry.transferId,
  kind: entry.kind,
  state: entry.kind === 'hold' ? entry.state : 'posted',
  amountMinutes: entry.amountMinutes,
  at: entry.at,
  requestId: entry.requestId,
  serviceCode: entry.serviceCode,
  ...(entry.kind === 'hold' && entry.usedMinutes !== undefined ? { usedMinutes: entry.usedMinutes } : {}),
  ...(entry.kind === 'hold' && entry.resolvedAt !== undefined ? { resolvedAt: entry.resolvedAt } : {}),
});

/** The statement, newest first, 25 lines a page. */
export const listEntries = async (
  ports: Pick<Ports, 'journal'>,
  permit: Grant<'read_account'>,
  cursor?: string,
): Promise<Outcome<StatementPage>> => {
  const page = await ports.journal.listEntriesNow(accountOf(permit.actor.memberId), {
    limit: STATEMENT_LINES,
    cursor,
  });
  return done({
    items: page.items.map(lineOf),
    ...(page.cursor === undefined ? {} : { cursor: page.cursor }),
  });
};
