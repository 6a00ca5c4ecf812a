/** Why DynamoDB did not carry out a transaction, in the words of the desk. */
import { type CancellationReason, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { Unavailable } from '@time-bank/desk/ports';
import { type NotDone, notDone } from './met.ts';
import type { Found, Piece } from './piece.ts';

/** Codes that say nothing about the state of the books: the same transaction may go through a moment later. */
const passing = ['TransactionConflict', 'TransactionInProgress'];
const away = ['ThrottlingError', 'ProvisionedThroughputExceeded', 'RequestLimitExceeded'];

const meaning = (reasons: readonly CancellationReason[], pieces: readonly Piece[]): NotDone | undefined => {
  const found = reasons.flatMap((reason, index): Found[] => {
    if (reason.Code !== 'ConditionalCheckFailed') return [];
    const piece = pieces[index];
    return piece === undefined ? [] : [piece.failed(reason.Item)];
  });
  return found.length === 0 ? undefined : notDone(found);
};

/**
 * What a failed transaction means: a commit that was not done, or `again` for a conflict with a neighbour.
 * Throws Unavailable where the store was too busy; throws what it does not know, for that is a bug.
 */
export const explain = (error: unknown, pieces: readonly Piece[]): NotDone | 'again' => {
  if (!(error instanceof TransactionCanceledException)) throw error;
  const reasons = error.CancellationReasons ?? [];
  const known = meaning(reasons, pieces);
  if (known !== undefined) return known;
  const codes = reasons.flatMap(({ Code }) => (Code === undefined || Code === 'None' ? [] : [Code]));
  if (codes.some((code) => passing.includes(code))) return 'again';
  if (codes.some((code) => away.includes(code)))
    throw new Unavailable('the store is too busy', { cause: error });
  throw error;
};
