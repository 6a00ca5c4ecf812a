/** What is sealed of each record: its whole meaning with its ids, as it is read back from the store. */
import type { Instant } from '@time-bank/contracts/time';
import type { AccountHead } from '@time-bank/ledger/account';
import type { Fund, PoolRow, Tombstone } from '@time-bank/ledger/change';
import type { Entry } from '@time-bank/ledger/entry';
import { digestOf } from '@time-bank/seal/chain';
import type { Digest } from '@time-bank/seal/digest';

/** The digest of a line of an account, its ids included. */
export const digestOfEntry = (entry: Entry): Digest => digestOf('time-bank:entry:v1', entry);

/** The digest of a line of a pool, its ids included. */
export const digestOfRow = (row: PoolRow): Digest => digestOf('time-bank:pool-line:v1', row);

/** The digest of a refusal that is kept, its ids included. */
export const digestOfTombstone = (tombstone: Tombstone): Digest =>
  digestOf('time-bank:refusal:v1', tombstone);

/** The digest of an account as it stands at its sequence, and of when it was opened. */
export const digestOfHead = (head: AccountHead, openedAt: Instant | undefined): Digest =>
  digestOf('time-bank:head:v1', { head, ...(openedAt === undefined ? {} : { openedAt }) });

/** The digest of a purchase as it was entered; what is left of it follows from its use. */
export const digestOfFund = ({ leftMinutes: _left, communityMinutes: _used, ...fund }: Fund): Digest =>
  digestOf('time-bank:fund:v1', fund);

/** The digest that stands for the head of what has none, a pool or kept refusals: how many lines there are. */
export const digestOfCount = (lines: number): Digest => digestOf('time-bank:lines:v1', { lines });
