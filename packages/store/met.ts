/** What the failed conditions of a commit mean together: the same on every journal. */
import type { AccountId } from '@time-bank/contracts/ids';
import type { Commit } from '@time-bank/desk/ports';
import type { AccountHead } from '@time-bank/ledger/account';
import type { Found } from './piece.ts';

/** A commit that was not done. */
export type NotDone = Exclude<Commit, { kind: 'done' }>;

/**
 * How a commit ended whose conditions did not all hold. A request that has moved on explains whatever else failed
 * beside it; a line of the ledger says even more.
 */
export const notDone = (found: readonly Found[]): NotDone => {
  const lines = found.flatMap((each) => (each.kind === 'line' ? [each.line] : []));
  if (lines.length === 0 && found.some(({ kind }) => kind === 'stale')) return { kind: 'stale' };
  const heads = found.flatMap((each): [AccountId, AccountHead | undefined][] =>
    each.kind === 'head' ? [[each.accountId, each.head]] : [],
  );
  return {
    kind: 'met',
    met: {
      heads: new Map(heads),
      lines,
      shards: found.flatMap((each) => (each.kind === 'shard' ? [each.shard] : [])),
      refusals: found.flatMap((each) => (each.kind === 'refused' ? [each.refusal] : [])),
    },
  };
};
