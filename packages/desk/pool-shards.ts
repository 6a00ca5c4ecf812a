/**
 * How a pool is spread over its parts. What comes in fills a few parts evenly, the more the larger the pool is, so
 * that a small pool is not in crumbs; what goes out is taken by its id from any part that has enough, so that many
 * grants of one pool do not stand in each other's way.
 */
import type { TransferId } from '@time-bank/contracts/ids';
import { POOL_SHARDS, type PoolRow } from '@time-bank/ledger/change';
import type { Shard } from './ports.ts';

/** A part more for each so many minutes: as much as the largest grant of a month. */
export const SHARD_MINUTES = 6_000;

/** How many parts a pool of so many minutes is spread over: 1 to 32. */
export const partsOf = (totalMinutes: number): number =>
  Math.min(POOL_SHARDS, Math.max(1, Math.ceil(totalMinutes / SHARD_MINUTES)));

const numberOf = (id: TransferId): number =>
  Array.from(id.slice(-8)).reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 0);

/** The part from which a grant is taken; undefined where no part has enough. */
export const shardFor = (
  shards: readonly Pick<Shard, 'shard' | 'minutes'>[],
  transferId: TransferId,
  minutes: number,
): number | undefined => {
  const able = shards.filter((each) => each.minutes >= minutes).sort((one, other) => one.shard - other.shard);
  return able.length === 0 ? undefined : able[numberOf(transferId) % able.length]?.shard;
};

/** Lines that go into one part, and what they come to. */
export interface ShardFill {
  shard: number;
  rows: PoolRow[];
  minutes: number;
}

/** Gives each line to the part that has least, largest lines first, over as many parts as the pool then deserves. */
export const spreadOver = (
  shards: readonly Pick<Shard, 'shard' | 'minutes'>[],
  rows: readonly PoolRow[],
): ShardFill[] => {
  const there = shards.reduce((sum, { minutes }) => sum + minutes, 0);
  const coming = rows.reduce((sum, { minutes }) => sum + minutes, 0);
  const levels = Array.from({ length: partsOf(there + coming) }, (_, shard) => ({
    shard,
    level: shards.find((each) => each.shard === shard)?.minutes ?? 0,
    rows: new Array<PoolRow>(),
  }));
  for (const row of [...rows].sort((one, other) => other.minutes - one.minutes)) {
    const lowest = levels.reduce((least, each) => (each.level < least.level ? each : least));
    lowest.level += row.minutes;
    lowest.rows.push(row);
  }
  return levels
    .filter((each) => each.rows.length > 0)
    .map(({ shard, rows: given }) => ({
      shard,
      rows: given,
      minutes: given.reduce((sum, { minutes }) => sum + minutes, 0),
    }));
};
