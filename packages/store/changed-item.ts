/** What the key of a changed item of the ledger says: whose books changed. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { ulidTime } from '@time-bank/contracts/ids';
import { FundId } from '@time-bank/contracts/ledger';
import type { Changed } from '@time-bank/desk/seal-accounts';
import { accountOfPartition, entryPrefix, poolOfPartition, transferOfSort } from './keys.ts';
import { PARTITION_KEY, SORT_KEY } from './table.ts';

const subjectOf = (partition: string): Changed['subject'] | undefined =>
  accountOfPartition(partition) ??
  poolOfPartition(partition) ??
  (partition.startsWith('F#') ? FundId.parse(`fund:${partition.slice(2)}`) : undefined);

/** Whose books an item belongs to, and the time of a line's id; undefined for what has no seal of its own. */
export const changedOf = (keys: Record<string, AttributeValue>): Changed | undefined => {
  const subject = subjectOf(keys[PARTITION_KEY]?.S ?? '');
  const sort = keys[SORT_KEY]?.S ?? '';
  if (subject === undefined) return undefined;
  return sort.startsWith(entryPrefix) ? { subject, sinceMs: ulidTime(transferOfSort(sort)) } : { subject };
};
