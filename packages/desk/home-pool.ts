/** Which pools are those of a home. */
import { type PoolId, regionOfPool } from '@time-bank/contracts/ledger';
import { type CommunityCode, countyOf, townshipOf } from '@time-bank/contracts/region';

/** True for the pool of the home's township or county, and for a named project of either. */
export const isHomePool = (poolId: PoolId, home: CommunityCode): boolean =>
  [townshipOf(home), countyOf(home)].includes(regionOfPool(poolId));
