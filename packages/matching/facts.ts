/** What the matching room is told of a visit that is to be filled, and of whoever might make it. */
import type { MemberId } from '@time-bank/contracts/ids';
import type { FreeTime, Gender, Language, LivingSituation, Point } from '@time-bank/contracts/member';
import type { CommunityCode } from '@time-bank/contracts/region';
import type { Wishes } from '@time-bank/contracts/request';
import type { CivilDate, Instant } from '@time-bank/contracts/time';
import type { NotReady } from '@time-bank/contracts/volunteering';
import type { TravelMode } from './week-problem.ts';

/** A visit that a volunteer has taken on; `place`: where, for those next to the visit that is to be filled. */
export interface Booking {
  plannedStartAt: Instant;
  plannedMinutes: number;
  place?: { communityCode: CommunityCode; point?: Point };
}

/** How the visits ended that a volunteer had taken on: made, or neither made nor given back in time. Whole. */
export interface KeptVisits {
  kept: number;
  missed: number;
}

/** What is known of a volunteer when a visit is to be filled. */
export interface VolunteerFacts {
  volunteerId: MemberId;
  birthDate: CivilDate;
  gender: Gender;
  communityCode: CommunityCode;
  point?: Point | undefined;
  mode: TravelMode;
  languages: readonly Language[];
  freeTimes: readonly FreeTime[];
  /** Visits of the same week, and of a day before and after. */
  bookings: readonly Booking[];
  /** Visits made to this elder before. */
  visitsToReceiver: number;
  /** How reliable they have been; absent where nothing is known yet. */
  keptVisits?: KeptVisits;
  /** True for relatives of the elder, who help as a family. */
  isKin: boolean;
  /** What stops them from being sent to this visit on its day, in stable words; empty where nothing does. */
  notReady: readonly NotReady[];
}

/** What an elder must have and not only would like: one of these languages, where any is named; this gender. */
export interface Musts {
  languages: readonly Language[];
  gender?: Gender;
}

/** What kind of visit it is: by telephone; with hands on the body; with money, papers or keys. */
export interface VisitKind {
  isRemote: boolean;
  touches: boolean;
  handlesMoney: boolean;
}

/** What of an elder decides whether two people go. */
export interface ElderFacts {
  gender: Gender;
  livingSituation?: LivingSituation | undefined;
  abilityLevel?: number | undefined;
}

/** The visit that is to be filled. `persons`: how many go together. */
export interface VisitWanted {
  plannedStartAt: Instant;
  plannedMinutes: number;
  receiverId: MemberId;
  communityCode: CommunityCode;
  point?: Point | undefined;
  wishes: Wishes;
  musts: Musts;
  kind: VisitKind;
  persons: 1 | 2;
  elder: ElderFacts;
}
