/** One write of a transaction, and what it means when its condition does not hold. */
import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Commit } from '@time-bank/desk/ports';
import type { Item } from './item.ts';

/** A write with its condition. */
export interface Piece {
  item: TransactWriteItem;
  /** `old` is the item as it stood, where there was one. */
  failed: (old: Item | undefined) => Exclude<Commit, { kind: 'done' }>;
}
