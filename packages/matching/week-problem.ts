/**
 * A week as the planner sees it: who wants a visit, who can make one, and what a coordinator has settled by hand.
 * All times are whole minutes since Monday 00:00 on the wall in China, 0 to 10,080. Nothing here says who anybody is.
 * The model and its objective: README "The week plan".
 */
import type { Gender, Language, Point } from '@time-bank/contracts/member';
import type { CommunityCode } from '@time-bank/contracts/region';
import type { PlanPhase } from '@time-bank/contracts/week-plan';

/** A stretch of one day; `toMinute` is after `fromMinute` and not after the end of that day. */
export interface Stretch {
  fromMinute: number;
  toMinute: number;
}

/** How somebody gets from door to door. */
export type TravelMode = 'walk' | 'bicycle' | 'bus' | 'car';

/**
 * Somebody who can make visits. `free`: when they are free this week, without what they have taken on already, in
 * order, not overlapping. `visitsMax`, `minutesMax`: what they may still take on this week; `dayMinutesMax`: on one
 * day, in which `booked` counts. `visitsTo`: visits made to an elder before. `apart`: elders whom they must not visit
 * (kept apart, kin, themself). `services`: codes that their papers allow; `readyUntil`: from that minute on they may
 * not be sent any more, since a paper has run out.
 */
export interface PlanVolunteer {
  volunteerId: string;
  communityCode: CommunityCode;
  point?: Point;
  mode: TravelMode;
  free: readonly Stretch[];
  booked: readonly Stretch[];
  visitsMax: number;
  minutesMax: number;
  dayMinutesMax: number;
  gender: Gender;
  languages: readonly Language[];
  visitsTo: ReadonlyMap<string, number>;
  apart: ReadonlySet<string>;
  services: ReadonlySet<string>;
  readyUntil?: number;
}

/**
 * A visit that is wanted. `tier`: 0 is covered first. `windows`: when it may take place, in order, not overlapping;
 * one window as long as the visit is a fixed time. `persons`: how many must go together. `wishes` rank; `musts`
 * exclude: one of the languages where any is named, the gender. Two visits to one elder never lie on one day.
 */
export interface PlanVisit {
  visitKey: string;
  elderId: string;
  tier: number;
  communityCode: CommunityCode;
  point?: Point;
  serviceCode: string;
  minutes: number;
  windows: readonly Stretch[];
  persons: 1 | 2;
  wishes: { languages: readonly Language[]; gender?: Gender };
  musts: { languages: readonly Language[]; gender?: Gender };
}

/** One volunteer's part in a planned visit. */
export interface PlanPair {
  visitKey: string;
  volunteerId: string;
  startMinute: number;
}

/**
 * What bounds the plan: `reachKm`: nobody is sent further than this from home, as the crow flies; `seatMinutes`: from
 * the start of one visit to the start of the same volunteer's next on that day it is at least so long, and at least
 * as long as the visit and the way.
 */
export interface PlanRules {
  reachKm: number;
  seatMinutes: number;
}

/**
 * The whole week. `locked`: pairs that a coordinator has settled; they stand, and their volunteers are needed nowhere
 * else then. `forbidden`: pairs of elder and volunteer that are not to be. `previous`: the plan that was sent; as much
 * of it as possible is kept once coverage is as good as it can be.
 */
export interface WeekProblem {
  volunteers: readonly PlanVolunteer[];
  visits: readonly PlanVisit[];
  locked: readonly PlanPair[];
  forbidden: readonly { elderId: string; volunteerId: string }[];
  previous?: readonly PlanPair[];
  rules: PlanRules;
}

/** Why a visit has nobody, the ground that excludes the last of those who were left; in this order. */
export type UncoveredReason =
  | 'nobody_in_reach'
  | 'no_papers'
  | 'kept_apart'
  | 'language'
  | 'gender'
  | 'nobody_free_then'
  | 'second_person_missing'
  | 'all_taken';

/** What would cover a visit: one more volunteer of this kind. `weekday` 1 Monday to 7 Sunday. */
export interface WouldCover {
  languages: readonly Language[];
  gender?: Gender;
  weekday: number;
  fromMinute: number;
  toMinute: number;
  communityCode: CommunityCode;
}

/** A visit that nobody can make. */
export interface Uncovered {
  visitKey: string;
  reason: UncoveredReason;
  would: WouldCover;
}

/**
 * How good a plan is. `coveredByTier`: covered and wanted visits of each tier; `bound`: the most visits that any plan
 * can cover (of the flow without its side constraints); `continuity`: share of covered visits, 0 to 1, with a face
 * that the elder knows; `wishesMet`: share of wishes of covered visits that are met; `travelKm`: all ways, from home and back; `loadGini`: of
 * visits over the volunteers who are free at all.
 */
export interface PlanFigures {
  wanted: number;
  covered: number;
  bound: number;
  coveredByTier: readonly { tier: number; wanted: number; covered: number }[];
  continuity: number;
  wishesMet: number;
  travelKm: number;
  loadGini: number;
}

/** A plan: pairs in the order of `visitKey`, then `volunteerId`; uncovered visits in the order of tier, then key. */
export interface WeekPlan {
  pairs: readonly PlanPair[];
  uncovered: readonly Uncovered[];
  figures: PlanFigures;
}

/** How far the making of a plan is: `done` of `of` pieces of what its phase is about, both whole; of visits when arranging. */
export interface PlanStep {
  phase: PlanPhase;
  done: number;
  of: number;
}
