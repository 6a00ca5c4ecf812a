/**
 * What the ledger needs because time has passed, over all regions: pools are collected, rounds of grants carried on,
 * grants and estates whose time is over sent on. A run looks at so many regions and leaves the others to those that
 * follow, so that its work is bounded however large the country is.
 */
import { PoolId } from '@time-bank/contracts/ledger';
import { type RegionCode, townshipOf } from '@time-bank/contracts/region';
import { carryOutGrants } from './carry-out-grants.ts';
import { collectPool } from './collect-pool.ts';
import { lapseGrants } from './lapse-grants.ts';
import type { Ports } from './ports.ts';
import { justAfterNow, settleEstates } from './settle-estates.ts';

type Work = Pick<Ports, 'clock' | 'journal' | 'regions' | 'policies' | 'caseBook'>;

/** What a run has done: lines collected, rounds carried on, grants sent back, accounts of the dead closed. */
export interface KeptBooks {
  collected: number;
  rounds: number;
  lapsed: number;
  settled: number;
}

/** A run looks at this many regions, and in each at this many rounds that are due. */
const REGIONS_A_RUN = 500;
const ROUNDS_A_RUN = 4;
/** The schedule runs every five minutes: which part of the country is due follows from the clock. */
const RUN_MS = 5 * 60 * 1000;

const regionsWithPools = async (ports: Work): Promise<RegionCode[]> => {
  const communities = await ports.regions.listCommunities('');
  const codes = communities.flatMap(({ code }) => [code.slice(0, 4), code.slice(0, 6), townshipOf(code)]);
  return [...new Set(codes)].sort();
};

const partOf = (regions: readonly RegionCode[], nowMs: number): RegionCode[] => {
  const parts = Math.max(1, Math.ceil(regions.length / REGIONS_A_RUN));
  const part = Math.floor(nowMs / RUN_MS) % parts;
  return regions.filter((_, index) => index % parts === part);
};

const keepRounds = async (ports: Work, region: RegionCode, kept: KeptBooks): Promise<void> => {
  const due = await ports.caseBook.listOpen('granting', region, {
    limit: ROUNDS_A_RUN,
    before: justAfterNow(ports),
  });
  for (const round of due.items) {
    if (round.state === 'approved') {
      await carryOutGrants(ports, round);
      kept.rounds += 1;
    } else kept.lapsed += await lapseGrants(ports, round);
  }
};

/** One run. Safe to run twice, and two at once. */
export const keepBooks = async (ports: Work): Promise<KeptBooks> => {
  const kept: KeptBooks = { collected: 0, rounds: 0, lapsed: 0, settled: 0 };
  for (const region of partOf(await regionsWithPools(ports), ports.clock.nowMs())) {
    kept.collected += await collectPool(ports, PoolId.parse(`pool:${region}`));
    if (region.length > 4) await keepRounds(ports, region, kept);
    if (region.length === 9) kept.settled += await settleEstates(ports, region);
  }
  return kept;
};
