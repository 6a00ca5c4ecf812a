import { idMaker } from '@time-bank/contracts/ids';
import { CommunityCode } from '@time-bank/contracts/region';
import { PoolId } from '@time-bank/contracts/ledger';
import type { PoolRow } from '@time-bank/ledger/change';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SHARD_MINUTES, partsOf, shardFor, spreadOver } from './pool-shards.ts';

const ids = idMaker(() => 1_763_690_000_000);
const row = (minutes: number): PoolRow => ({
  at: '2026-11-21T02:00:00.000Z',
  actorId: 'system',
  channel: 'job',
  region: CommunityCode.parse('341302001003'),
  policyVersion: '1',
  reason: 'donation',
  poolId: PoolId.parse('pool:341302001'),
  transferId: ids.transfer(),
  counterpart: 'issue',
  minutes,
});
const amounts = fc.array(fc.integer({ min: 1, max: 1440 }), { minLength: 1, maxLength: 200 });

describe('the parts of a pool', () => {
  it.each([
    [1, 1],
    [SHARD_MINUTES, 1],
    [SHARD_MINUTES + 1, 2],
    [31 * SHARD_MINUTES + 1, 32],
    [1_000_000, 32],
  ])('a pool of %d minutes is in %d', (minutes, parts) => {
    expect(partsOf(minutes)).toBe(parts);
  });

  it('every line goes into exactly one part, and parts stay level to within one line', () => {
    fc.assert(
      fc.property(amounts, (minutes) => {
        const rows = minutes.map(row);
        const fills = spreadOver([], rows);
        expect(fills.flatMap((fill) => fill.rows)).toHaveLength(rows.length);
        const levels = Array.from(
          { length: partsOf(minutes.reduce((sum, each) => sum + each, 0)) },
          (_, shard) => fills.find((fill) => fill.shard === shard)?.minutes ?? 0,
        );
        expect(Math.max(...levels) - Math.min(...levels)).toBeLessThanOrEqual(Math.max(...minutes));
        for (const fill of fills) {
          expect(fill.minutes).toBe(fill.rows.reduce((sum, each) => sum + each.minutes, 0));
        }
      }),
    );
  });

  it('a grant is taken from a part that has enough, the same one for the same id, and from none else', () => {
    const shards = [130, 119, 120, 0].map((minutes, shard) => ({ shard, minutes }));
    const taken = new Set<number | undefined>();
    for (let each = 0; each < 200; each += 1) {
      const id = ids.transfer();
      expect(shardFor(shards, id, 120)).toBe(shardFor([...shards].reverse(), id, 120));
      taken.add(shardFor(shards, id, 120));
      expect(shardFor(shards, id, 131)).toBeUndefined();
    }
    expect([...taken].sort()).toEqual([0, 2]);
  });
});
