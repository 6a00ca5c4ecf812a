/** One write of a transaction, and what was found where its condition does not hold. */
import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { AccountId } from '@time-bank/contracts/ids';
import type { Refusal } from '@time-bank/contracts/refusals';
import type { Line, Shard } from '@time-bank/desk/ports';
import type { AccountHead } from '@time-bank/ledger/account';
import type { Item } from './item.ts';

/** What a failed condition tells: a request that moved on, or how the ledger stands. */
export type Found =
  | { kind: 'stale' }
  | { kind: 'head'; accountId: AccountId; head: AccountHead | undefined }
  | { kind: 'line'; line: Line }
  | { kind: 'shard'; shard: Shard }
  | { kind: 'refused'; refusal: Refusal };

/** A write with its condition. */
export interface Piece {
  item: TransactWriteItem;
  /** `old` is the item as it stood, where there was one. */
  failed: (old: Item | undefined) => Found;
}
