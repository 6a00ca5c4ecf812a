/** Which rules hold: those in force in a region today, or those under which a record was accepted. */
import type { RequestRecord } from '@time-bank/care/request';
import { type Planned, done, refused } from '@time-bank/contracts/refusals';
import type { CommunityCode, RegionCode } from '@time-bank/contracts/region';
import { civilDateOf } from '@time-bank/contracts/time';
import type { Policy } from '@time-bank/policy/policy';
import { nowOf } from './carry-out.ts';
import type { Ports } from './ports.ts';

/** Further than any two homes of a county lie apart. */
const COUNTY_KILOMETRES = 100;

/** The rules for whoever may come: where the desk looks further, everybody of the county, however far they live. */
export const reachOf = (policy: Policy, { isWide }: Pick<RequestRecord, 'isWide'>): Policy =>
  isWide === true ? { ...policy, visitReachKilometresMax: COUNTY_KILOMETRES } : policy;

/** What is in force in a region now. */
export const policyNow = async (
  ports: Pick<Ports, 'policies' | 'clock'>,
  region: RegionCode,
): Promise<Policy> => {
  const book = await ports.policies.readBook();
  return book.inForce(region, civilDateOf(nowOf(ports)));
};

/**
 * What was in force when a record was accepted: it governs the record to its end. A version that a book kept for
 * a minute does not have may have been published by a neighbour since: then the book is read again.
 * Refuses: unknown_policy_version.
 */
export const policyOfRecord = async (
  ports: Pick<Ports, 'policies'>,
  { communityCode, policyVersion }: { communityCode: CommunityCode; policyVersion: string },
): Promise<Planned<Policy>> => {
  const kept = await ports.policies.readBook();
  const known = kept.byVersion(communityCode, policyVersion);
  if (known !== undefined) return done(known);
  const policy = (await ports.policies.readBookNow()).byVersion(communityCode, policyVersion);
  return policy === undefined ? refused('unknown_policy_version') : done(policy);
};
