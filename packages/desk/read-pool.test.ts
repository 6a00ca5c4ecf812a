import { MemberId, TransferId, accountOf } from '@time-bank/contracts/ids';
import type { EntryReason } from '@time-bank/contracts/ledger';
import { PoolId } from '@time-bank/contracts/ledger';
import { CommunityCode } from '@time-bank/contracts/region';
import { grant } from '@time-bank/identity/grant';
import type { PoolRow } from '@time-bank/ledger/change';
import { describe, expect, it } from 'vitest';
import type { Ports, Shard } from './ports.ts';
import { readPool } from './read-pool.ts';

const POOL = PoolId.parse('pool:341302001');
const DONOR = MemberId.parse('mem_01KB2C3D4E5F6G7H8J9KMNPQRB');

const rowOf = (reason: EntryReason, minutes: number): PoolRow => ({
  at: '2026-11-21T16:30:00.000Z',
  actorId: DONOR,
  channel: 'counter',
  region: CommunityCode.parse('341302001003'),
  policyVersion: '20260101.0',
  reason,
  note: '写给王阿姨',
  poolId: POOL,
  transferId: TransferId.parse('trf_01KB2C3D4E5F6G7H8J9KMNPQRC'),
  counterpart: accountOf(DONOR),
  minutes,
});

const read = async (poolId: PoolId, rows: PoolRow[], shards: Shard[] = [], isRegion = true) => {
  const ports = {
    regions: { read: () => Promise.resolve(isRegion ? { code: '341302001', name: '埇桥街道' } : undefined) },
    journal: {
      readPoolNow: () => Promise.resolve(shards),
      listPoolRowsNow: () => Promise.resolve({ items: rows }),
    },
  } as unknown as Pick<Ports, 'journal' | 'regions'>;
  const permit = grant({ memberId: DONOR, roles: [] }, 'read_pool');
  if (permit.kind === 'refused') throw new Error(permit.refusal.code);
  return readPool(ports, permit.value, poolId);
};

const unknown = { kind: 'refused', refusal: { code: 'unknown_pool' } };

describe('a line of a pool', () => {
  const kinds: [EntryReason, string][] = [
    ['donation', 'donated'],
    ['visit_confirmed', 'overflow'],
    ['group_activity', 'overflow'],
    ['grant', 'granted'],
    ['period_over', 'returned'],
    ['closing', 'left_over'],
    ['death', 'left_over'],
    ['move', 'left_over'],
    ['correction', 'corrected'],
  ];
  it.each(kinds)('of reason %s is shown as %s', async (reason, kind) => {
    const view = await read(POOL, [rowOf(reason, -20)]);
    // Half past midnight in China is the day before in Greenwich; the day is all that is shown of the time.
    expect(view).toMatchObject({ value: { lines: [{ on: '2026-11-22', kind, changeMinutes: -20 }] } });
  });

  it('has a day, a kind and minutes, and nothing else of anybody', async () => {
    const view = await read(POOL, [rowOf('donation', 20)]);
    if (view.kind !== 'done') throw new Error('not read');
    expect(view.value.lines).toEqual([{ on: '2026-11-22', kind: 'donated', changeMinutes: 20 }]);
  });
});

it('what can be granted is what all parts of the pool have', async () => {
  const shards = [5, 0, 37].map((minutes, shard) => ({ poolId: POOL, shard, minutes }));
  expect(await read(POOL, [], shards)).toMatchObject({ value: { availableMinutes: 42, lines: [] } });
});

it('the pool of a region is there before its first line; a project is not', async () => {
  const project = PoolId.parse('pool:341302001:winter');
  expect(await read(POOL, [])).toMatchObject({ kind: 'done' });
  expect(await read(project, [])).toEqual(unknown);
  expect(await read(project, [rowOf('donation', 1)])).toMatchObject({ kind: 'done' });
});

it('the pool of no region is none, even where there are lines', async () => {
  expect(await read(POOL, [rowOf('donation', 1)], [], false)).toEqual(unknown);
});
