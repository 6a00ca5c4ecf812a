/** Which line froze an account: one that was freed and frozen again stands under the later freeze. */
import { type AccountId, type TransferId, ulidTime } from '@time-bank/contracts/ids';
import { type Instant, msOf } from '@time-bank/contracts/time';
import type { AccountHead } from '@time-bank/ledger/account';
import type { Entry } from '@time-bank/ledger/entry';
import type { Ports } from './ports.ts';

/** The line that froze an account, and when. */
export interface Freeze {
  accountId: AccountId;
  freezeId: TransferId;
  frozenAt: Instant;
}

/** Lines stand by their ids, and an id may be a month older than its line; a day is patience with clocks. */
const OLDER_MS = 32 * 24 * 60 * 60 * 1000;
const LINES_A_PAGE = 100;

const isLater = ({ at, transferId, kind }: Entry, { freezeId, frozenAt }: Freeze): boolean =>
  kind === 'frozen' &&
  transferId !== freezeId &&
  (msOf(at) > msOf(frozenAt) || (msOf(at) === msOf(frozenAt) && transferId > freezeId));

const isFrozenLater = async (ports: Pick<Ports, 'journal'>, freeze: Freeze): Promise<boolean> => {
  const sinceMs = msOf(freeze.frozenAt) - OLDER_MS;
  let cursor: string | undefined;
  do {
    const page = await ports.journal.listEntriesNow(freeze.accountId, { limit: LINES_A_PAGE, cursor });
    if (page.items.some((entry) => isLater(entry, freeze))) return true;
    const oldest = page.items.at(-1);
    cursor = oldest !== undefined && ulidTime(oldest.transferId) < sinceMs ? undefined : page.cursor;
  } while (cursor !== undefined);
  return false;
};

/**
 * The account as it stands where this very freeze is in force; undefined where the account is not frozen, or was freed
 * and frozen again since. Strongly consistent: whatever happens later has a higher sequence than what is given.
 */
export const readFrozenBy = async (
  ports: Pick<Ports, 'journal'>,
  freeze: Freeze,
): Promise<AccountHead | undefined> => {
  const head = await ports.journal.readAccountNow(freeze.accountId);
  if (head?.state !== 'frozen') return undefined;
  return (await isFrozenLater(ports, freeze)) ? undefined : head;
};
