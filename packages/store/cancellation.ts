/** Why DynamoDB did not carry out a transaction, in the words of the desk. */
import { type CancellationReason, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { firstByPrecedence } from '@time-bank/contracts/refusals';
import { type Commit, Unavailable } from '@time-bank/desk/ports';
import type { Piece } from './piece.ts';

type NotDone = Exclude<Commit, { kind: 'done' }>;

/** Codes that say nothing about the state of the books: the same transaction may go through a moment later. */
const passing = ['TransactionConflict', 'TransactionInProgress'];
const away = ['ThrottlingError', 'ProvisionedThroughputExceeded', 'RequestLimitExceeded'];

const meaning = (reasons: readonly CancellationReason[], pieces: readonly Piece[]): NotDone | undefined => {
  const failed = reasons.flatMap((reason, index): NotDone[] => {
    if (reason.Code !== 'ConditionalCheckFailed') return [];
    const piece = pieces[index];
    return piece === undefined ? [] : [piece.failed(reason.Item)];
  });
  // A request that has moved on explains whatever else failed beside it.
  const stale = failed.find(({ kind }) => kind === 'stale');
  if (stale !== undefined) return stale;
  const refusal = firstByPrecedence(
    failed.flatMap((each) => (each.kind === 'refused' ? [each.refusal] : [])),
  );
  return refusal === undefined ? undefined : { kind: 'refused', refusal };
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
