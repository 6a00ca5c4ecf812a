/** What a pool has, and what moved it last, as everybody may see it: without a name and without an hour of the day. */
import type { PoolLine, PoolLineKind, PoolView } from '@time-bank/contracts/giving';
import { type EntryReason, type PoolId, regionOfPool } from '@time-bank/contracts/ledger';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import { civilDateOf } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import type { PoolRow } from '@time-bank/ledger/change';
import type { Ports } from './ports.ts';

const POOL_LINES = 25;

const kinds: Partial<Record<EntryReason, PoolLineKind>> = {
  donation: 'donated',
  visit_confirmed: 'overflow',
  group_activity: 'overflow',
  grant: 'granted',
  period_over: 'returned',
  // Why an account was closed is nobody else's business.
  closing: 'left_over',
  death: 'left_over',
  move: 'left_over',
};

const lineOf = ({ at, reason, minutes }: PoolRow): PoolLine => ({
  on: civilDateOf(at),
  kind: kinds[reason] ?? 'corrected',
  changeMinutes: minutes,
});

const isProject = (poolId: PoolId): boolean => poolId.split(':').length > 2;

/**
 * A pool with its 25 newest lines. The pool of a township, county or city is always there; a named project is there
 * once something was given to it.
 * Refuses: unknown_pool.
 */
export const readPool = async (
  ports: Pick<Ports, 'journal' | 'regions'>,
  _permit: Grant<'read_pool'>,
  poolId: PoolId,
): Promise<Outcome<PoolView>> => {
  const [region, shards, rows] = await Promise.all([
    ports.regions.read(regionOfPool(poolId)),
    ports.journal.readPoolNow(poolId),
    ports.journal.listPoolRowsNow(poolId, { limit: POOL_LINES }),
  ]);
  if (region === undefined || (isProject(poolId) && rows.items.length === 0)) return refused('unknown_pool');
  return done({
    poolId,
    regionName: region.name,
    availableMinutes: shards.reduce((sum, { minutes }) => sum + minutes, 0),
    lines: rows.items.map(lineOf),
  });
};
