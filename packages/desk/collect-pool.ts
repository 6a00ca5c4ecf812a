/** What came into a pool is added to its parts, each line once; only then can it be granted. */
import type { PoolId } from '@time-bank/contracts/ledger';
import { type Instant, instantOf } from '@time-bank/contracts/time';
import type { PoolRow } from '@time-bank/ledger/change';
import { spreadOver } from './pool-shards.ts';
import type { Ports } from './ports.ts';

/** A line of a command has an id of at most a month ago; the rest is patience with a schedule that stood still. */
const SINCE_MS = 62 * 24 * 60 * 60 * 1000;
/** Once a day a run looks back this far: nothing that came in stays uncollected after an outage of a year. */
export const DEEP_SINCE_MS = 800 * 24 * 60 * 60 * 1000;
/** A transaction takes a hundred items. */
const LINES_A_COMMIT = 90;
/** Before any pool was. */
const EVER = instantOf(0);
/** A run adds this many lines to a pool; the next run goes on. */
const LINES_A_RUN = 1_800;

const batchesOf = (rows: readonly PoolRow[]): PoolRow[][] => {
  const batches: PoolRow[][] = [];
  for (let start = 0; start < rows.length; start += LINES_A_COMMIT) {
    batches.push(rows.slice(start, start + LINES_A_COMMIT));
  }
  return batches;
};

/**
 * Adds what came in to the parts of a pool, by lines with ids made since then. Gives how many lines were added. Safe
 * to run twice, and two at once: what another run has added is left to the next one to see.
 */
export const collectPool = async (
  ports: Pick<Ports, 'clock' | 'journal'>,
  poolId: PoolId,
  since: Instant = instantOf(ports.clock.nowMs() - SINCE_MS),
): Promise<number> => {
  const rows = (await ports.journal.listUncollectedNow(poolId, since)).slice(0, LINES_A_RUN);
  if (rows.length === 0) return 0;
  let collected = 0;
  for (const { shard, rows: given } of spreadOver(await ports.journal.readPoolNow(poolId), rows)) {
    for (const batch of batchesOf(given)) {
      const minutes = batch.reduce((sum, row) => sum + row.minutes, 0);
      const transferIds = batch.map(({ transferId }) => transferId);
      const commit = await ports.journal.commit([{ change: 'collect', poolId, shard, transferIds, minutes }]);
      if (commit.kind === 'done') collected += batch.length;
    }
  }
  return collected;
};

/** So many runs at once are work for seconds, and 36,000 lines: whoever needs a whole pool now makes no more. */
const RUNS_AT_ONCE = 20;

/**
 * Collects everything that a pool was ever given, run after run until nothing is left. Gives how many lines were added.
 */
export const collectWhole = async (
  ports: Pick<Ports, 'clock' | 'journal'>,
  poolId: PoolId,
): Promise<number> => {
  let collected = 0;
  for (let run = 0; run < RUNS_AT_ONCE; run += 1) {
    const lines = await collectPool(ports, poolId, EVER);
    collected += lines;
    if (lines === 0) break;
  }
  return collected;
};
