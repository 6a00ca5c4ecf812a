/**
 * Who could make a visit, best first, with reasons. No clock, no store: the same facts give the same list.
 * Ground of the terms: closeness keeps a weekly visit alive, a known face matters more to an elder than any
 * other wish, and the load is shared so that the same three people are not asked for everything.
 */
import type { Candidate, Reason } from '@time-bank/contracts/candidate';
import type { MemberId } from '@time-bank/contracts/ids';
import type { FreeTime, Gender, Language, Point } from '@time-bank/contracts/member';
import type { CommunityCode } from '@time-bank/contracts/region';
import type { Wishes } from '@time-bank/contracts/request';
import {
  type CivilDate,
  type Instant,
  ageOn,
  civilDateOf,
  isoWeekOf,
  minuteOfDay,
  msOf,
  plusMinutes,
  weekdayOf,
} from '@time-bank/contracts/time';
import type { MatchingWeights, Policy } from '@time-bank/policy/policy';
import { type Neighbourhood, kilometresBetween, neighbourhoodOf } from './distance.ts';

/** A visit that a volunteer has taken on. */
export interface Booking {
  plannedStartAt: Instant;
  plannedMinutes: number;
}

/** What is known of a volunteer when a visit is to be filled. */
export interface VolunteerFacts {
  volunteerId: MemberId;
  birthDate: CivilDate;
  gender: Gender;
  communityCode: CommunityCode;
  point?: Point | undefined;
  languages: readonly Language[];
  freeTimes: readonly FreeTime[];
  /** Visits of the same week, and of a day before and after. */
  bookings: readonly Booking[];
  /** Visits made to this elder before. */
  visitsToReceiver: number;
  /** What stops them from being sent to this visit on its day, in stable words; empty where nothing does. */
  notReady: readonly string[];
}

/** The visit that is to be filled. */
export interface VisitWanted extends Booking {
  receiverId: MemberId;
  communityCode: CommunityCode;
  point?: Point | undefined;
  wishes: Wishes;
}

/** Why a volunteer cannot be asked. In order of precedence. */
export type Ineligible =
  'own_request' | 'not_ready' | 'under_age' | 'out_of_reach' | 'overlapping' | 'daily_limit';

const overlaps = (a: Booking, b: Booking): boolean =>
  msOf(a.plannedStartAt) < msOf(plusMinutes(b.plannedStartAt, b.plannedMinutes)) &&
  msOf(b.plannedStartAt) < msOf(plusMinutes(a.plannedStartAt, a.plannedMinutes));

/** The first reason why this volunteer cannot make this visit; undefined where they can. */
export const whyNot = (
  policy: Policy,
  wanted: VisitWanted,
  volunteer: VolunteerFacts,
): Ineligible | undefined => {
  const day = civilDateOf(wanted.plannedStartAt);
  if (volunteer.volunteerId === wanted.receiverId) return 'own_request';
  if (volunteer.notReady.length > 0) return 'not_ready';
  if (ageOn(volunteer.birthDate, day) < policy.volunteerAgeYearsMin) return 'under_age';
  if (neighbourhoodOf(volunteer.communityCode, wanted.communityCode) === 'elsewhere') return 'out_of_reach';
  if (volunteer.bookings.some((booking) => overlaps(booking, wanted))) return 'overlapping';
  const sameDay = volunteer.bookings.filter((booking) => civilDateOf(booking.plannedStartAt) === day);
  const minutes = sameDay.reduce((sum, booking) => sum + booking.plannedMinutes, wanted.plannedMinutes);
  return minutes > policy.dailyServiceMinutesMax ? 'daily_limit' : undefined;
};

interface Ground {
  points: number;
  reasons: Reason[];
}

/** What a neighbourhood stands for in kilometres where no point is known. */
const usualKm: Record<Exclude<Neighbourhood, 'elsewhere'>, number> = {
  same_community: 0.5,
  same_township: 2,
  same_county: 8,
};

const proximity = (weight: number, wanted: VisitWanted, volunteer: VolunteerFacts): Ground => {
  const neighbourhood = neighbourhoodOf(volunteer.communityCode, wanted.communityCode);
  const near: Reason[] = neighbourhood === 'elsewhere' ? [] : [{ code: neighbourhood }];
  if (wanted.point === undefined || volunteer.point === undefined) {
    return {
      points: neighbourhood === 'elsewhere' ? 0 : weight / (1 + usualKm[neighbourhood] / 2),
      reasons: near,
    };
  }
  const km = kilometresBetween(wanted.point, volunteer.point);
  return {
    points: weight / (1 + km / 2),
    reasons: [...near, { code: 'distance', km: Math.round(km * 10) / 10 }],
  };
};

const freeTime = (weight: number, wanted: VisitWanted, volunteer: VolunteerFacts): Ground => {
  if (volunteer.freeTimes.length === 0)
    return { points: weight / 2, reasons: [{ code: 'free_time_unknown' }] };
  const weekday = weekdayOf(wanted.plannedStartAt);
  const from = minuteOfDay(wanted.plannedStartAt);
  const free = volunteer.freeTimes.some(
    (slot) =>
      slot.weekday === weekday && slot.fromMinute <= from && from + wanted.plannedMinutes <= slot.toMinute,
  );
  return free
    ? { points: weight, reasons: [{ code: 'free_then' }] }
    : { points: 0, reasons: [{ code: 'not_usually_free' }] };
};

const continuity = (weight: number, volunteer: VolunteerFacts): Ground => {
  const times = volunteer.visitsToReceiver;
  if (times === 0) return { points: 0, reasons: [{ code: 'first_time' }] };
  return { points: weight * Math.min(1, 0.5 + times / 8), reasons: [{ code: 'visited_before', times }] };
};

const language = (weight: number, wanted: VisitWanted, volunteer: VolunteerFacts): Ground => {
  const wishes = wanted.wishes.languages;
  if (wishes.length === 0) return { points: weight, reasons: [] };
  const met = wishes.filter((wish) => volunteer.languages.includes(wish));
  return {
    points: (weight * met.length) / wishes.length,
    reasons: met.map((spoken): Reason => ({ code: 'speaks', language: spoken })),
  };
};

const gender = (weight: number, wanted: VisitWanted, volunteer: VolunteerFacts): Ground => {
  if (wanted.wishes.gender === undefined) return { points: weight, reasons: [] };
  return wanted.wishes.gender === volunteer.gender
    ? { points: weight, reasons: [{ code: 'gender_wish_met' }] }
    : { points: 0, reasons: [{ code: 'gender_wish_not_met' }] };
};

const load = (weight: number, wanted: VisitWanted, volunteer: VolunteerFacts): Ground => {
  const week = isoWeekOf(wanted.plannedStartAt);
  const count = volunteer.bookings.filter(({ plannedStartAt }) => isoWeekOf(plannedStartAt) === week).length;
  return { points: weight / (1 + count), reasons: [{ code: 'visits_planned', count }] };
};

const groundsOf = (weights: MatchingWeights, wanted: VisitWanted, volunteer: VolunteerFacts): Ground[] => [
  proximity(weights.proximity, wanted, volunteer),
  freeTime(weights.freeTime, wanted, volunteer),
  continuity(weights.continuity, volunteer),
  language(weights.language, wanted, volunteer),
  gender(weights.gender, wanted, volunteer),
  load(weights.load, wanted, volunteer),
];

/** A candidate as the matching room knows them: points 0 to 1,000 and the grounds for them. */
export type Ranked = Pick<Candidate, 'volunteerId' | 'score'> & { reasons: Reason[] };

/** The eligible volunteers, best first; ties in the order of their ids. */
export const rankCandidates = (
  policy: Policy,
  wanted: VisitWanted,
  volunteers: readonly VolunteerFacts[],
): Ranked[] =>
  volunteers
    .filter((volunteer) => whyNot(policy, wanted, volunteer) === undefined)
    .map((volunteer) => {
      const grounds = groundsOf(policy.matching, wanted, volunteer);
      return {
        volunteerId: volunteer.volunteerId,
        score: Math.round(grounds.reduce((sum, ground) => sum + ground.points, 0)),
        reasons: grounds.flatMap((ground) => ground.reasons),
      };
    })
    .sort((a, b) => b.score - a.score || (a.volunteerId < b.volunteerId ? -1 : 1));
