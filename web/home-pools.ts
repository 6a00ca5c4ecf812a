import type { Answer } from './answer.ts';
import { givingClient } from './giving-client.ts';
import type { GivingCatalogue } from './words/giving-zh-hans.ts';
import type { ShellWords } from './words/zh-hans.ts';

const TOWNSHIP_DIGITS = 9;
const COUNTY_DIGITS = 6;

/** A pool of one's home: of its township or of its county. What it is called and has is left out where it did not answer. */
export interface HomePool {
  poolId: string;
  level: 'township' | 'county';
  regionName?: string;
  availableMinutes?: number;
}

const readOne = async (home: string, level: HomePool['level'], digits: number): Promise<HomePool> => {
  const poolId = `pool:${home.slice(0, digits)}`;
  const answer = await givingClient.readPool(poolId);
  if (answer.kind !== 'done') return { poolId, level };
  const { regionName, availableMinutes } = answer.value;
  return { poolId, level, regionName, availableMinutes };
};

/** The two pools to which everybody can give, the nearer one first. `home`: the 12 digits of one's community. */
export const readHomePools = async (home: string): Promise<Answer<HomePool[]>> => ({
  kind: 'done',
  value: await Promise.all([
    readOne(home, 'township', TOWNSHIP_DIGITS),
    readOne(home, 'county', COUNTY_DIGITS),
  ]),
});

/** What a pool is called. */
export const poolName = (own: GivingCatalogue, { level, regionName }: HomePool): string => {
  if (regionName !== undefined) return own.pool(regionName);
  return level === 'township' ? own.townshipPool : own.countyPool;
};

/** A pool to choose, with what it has. */
export const poolTarget = (shell: ShellWords, own: GivingCatalogue, pool: HomePool) => ({
  value: pool.poolId,
  label: poolName(own, pool),
  ...(pool.availableMinutes === undefined ? {} : { hint: own.poolHas(shell.hours(pool.availableMinutes)) }),
});
