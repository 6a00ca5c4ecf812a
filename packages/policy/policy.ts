/**
 * What a region has decided. Every value has a unit and a ground; a region's own decisions replace the defaults
 * along its code, from the country down. The version in force is stored on a request when it is posted and
 * governs it to the end, so a later decision never touches a running request.
 */
import type { RegionCode } from '@time-bank/contracts/region';

/** How the rank of a candidate is put together: the most points each ground can give; they add up to 1,000. */
export interface MatchingWeights {
  proximity: number;
  freeTime: number;
  continuity: number;
  language: number;
  gender: number;
  load: number;
}

/** The values that are in force for a region, each with its unit in its name. */
export interface Policy {
  version: string;
  /** Credited minutes go in steps of this many. Ground: no official rule could be read; half hours are usual. */
  creditStepMinutes: number;
  /** A visit shorter than this is recorded and credits nothing. */
  creditMinimumMinutes: number;
  /** A visit may credit this much more than was planned. */
  overPlanToleranceMinutes: number;
  /** The most that a person can have available: 1,500 hours. Ground: Nanjing 2019, Guangzhou 2019. */
  balanceCapMinutes: number;
  /** The most that a volunteer serves a day. Ground: health of older volunteers; Shanghai Changning allows 120. */
  dailyServiceMinutesMax: number;
  /** From this age hours can be redeemed. Ground: Nanjing, Beijing, Qingdao 60. */
  redeemAgeYears: number;
  /** Volunteers are of age. Ground: Beijing, Qingdao, Shanghai 18. */
  volunteerAgeYearsMin: number;
  /** A request is posted at most this many days ahead. */
  postAheadDaysMax: number;
  /** Check-in opens this long before the planned start and closes this long after it. */
  checkInEarlyMinutes: number;
  checkInLateMinutes: number;
  /** Wrong codes a visit allows before the coordinator has to help. */
  visitCodeTriesMax: number;
  /** A request nobody took is closed this long after its planned start. */
  unfilledAfterMinutes: number;
  matching: MatchingWeights;
}

const defaults: Policy = {
  version: 'default-1',
  creditStepMinutes: 30,
  creditMinimumMinutes: 30,
  overPlanToleranceMinutes: 30,
  balanceCapMinutes: 90_000,
  dailyServiceMinutesMax: 240,
  redeemAgeYears: 60,
  volunteerAgeYearsMin: 18,
  postAheadDaysMax: 60,
  checkInEarlyMinutes: 30,
  checkInLateMinutes: 120,
  visitCodeTriesMax: 5,
  unfilledAfterMinutes: 15,
  matching: { proximity: 350, freeTime: 250, continuity: 150, language: 100, gender: 50, load: 100 },
};

/** The policy in force for a region. No region has decided anything of its own yet: all have the defaults. */
export const policyFor = (_region: RegionCode): Policy => defaults;

/**
 * The minutes credited for a visit: the shorter of what was served and what was planned plus tolerance, cut to
 * whole steps; nothing below the minimum. The record of what was served is kept untouched beside it.
 * Whole minutes in and out. Source: README "Credit".
 */
export const creditedMinutes = (policy: Policy, served: number, planned: number): number => {
  const counted = Math.min(served, planned + policy.overPlanToleranceMinutes);
  if (counted < policy.creditMinimumMinutes) return 0;
  return Math.floor(counted / policy.creditStepMinutes) * policy.creditStepMinutes;
};
