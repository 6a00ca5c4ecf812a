/**
 * What the ledger needs because time has passed, over all regions: pools are collected, rounds of grants carried on,
 * grants and estates whose time is over sent on. A run looks at so many regions and leaves the others to those that
 * follow, so that its work is bounded however large the country is.
 */
import { PoolId } from '@time-bank/contracts/ledger';
import { type RegionCode, townshipOf } from '@time-bank/contracts/region';
import { instantOf, minuteOfDay } from '@time-bank/contracts/time';
import { carryOutGrants } from './carry-out-grants.ts';
import { justAfterNow } from './carry-out.ts';
import { DEEP_SINCE_MS, collectPool } from './collect-pool.ts';
import { lapseGrants } from './lapse-grants.ts';
import type { Ports } from './ports.ts';
import type { GrantRound } from './staff-case.ts';
import { settleEstates } from './settle-estates.ts';

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
const PAGES_A_RUN = 50;
/** The schedule runs every five minutes: which part of the country is due follows from the clock. */
const RUN_MS = 5 * 60 * 1000;

const regionsWithPools = async (ports: Work): Promise<RegionCode[]> => {
  const communities = await ports.regions.listCommunities('');
  const codes = communities.flatMap(({ code }) => [code.slice(0, 4), code.slice(0, 6), townshipOf(code)]);
  return [...new Set(codes)].sort();
};

/** In the first hour after midnight in China every part of the country has its turn. */
const isDeep = (nowMs: number): boolean => minuteOfDay(instantOf(nowMs)) < 60;

const partOf = (regions: readonly RegionCode[], nowMs: number): RegionCode[] => {
  const parts = Math.max(1, Math.ceil(regions.length / REGIONS_A_RUN));
  const part = Math.floor(nowMs / RUN_MS) % parts;
  return regions.filter((_, index) => index % parts === part);
};

/** The first rounds that are due and have something to do: whatever else stands in the list is passed over. */
const dueRounds = async (ports: Work, region: RegionCode): Promise<GrantRound[]> => {
  const before = justAfterNow(ports);
  const rounds: GrantRound[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < PAGES_A_RUN; page += 1) {
    const due = await ports.caseBook.listOpen('granting', region, { limit: ROUNDS_A_RUN, cursor, before });
    rounds.push(...due.items.filter(({ state }) => state !== 'proposed'));
    cursor = due.cursor;
    if (cursor === undefined || rounds.length >= ROUNDS_A_RUN) break;
  }
  return rounds.slice(0, ROUNDS_A_RUN);
};

/** A round that is not done with goes behind those that wait, so that each has its turn. */
const keepRounds = async (ports: Work, region: RegionCode, kept: KeptBooks): Promise<void> => {
  for (const round of await dueRounds(ports, region)) {
    if (round.state === 'approved') {
      await carryOutGrants(ports, round);
      kept.rounds += 1;
    } else kept.lapsed += await lapseGrants(ports, round);
  }
};

/** One run. Safe to run twice, and two at once. */
export const keepBooks = async (ports: Work): Promise<KeptBooks> => {
  const kept: KeptBooks = { collected: 0, rounds: 0, lapsed: 0, settled: 0 };
  const nowMs = ports.clock.nowMs();
  const since = isDeep(nowMs) ? instantOf(nowMs - DEEP_SINCE_MS) : undefined;
  for (const region of partOf(await regionsWithPools(ports), nowMs)) {
    kept.collected += await collectPool(ports, PoolId.parse(`pool:${region}`), since);
    if (region.length > 4) await keepRounds(ports, region, kept);
    if (region.length === 9) kept.settled += await settleEstates(ports, region);
  }
  return kept;
};
