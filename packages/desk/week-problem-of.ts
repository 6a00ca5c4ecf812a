/**
 * A community's week as the planner wants it: elders who still want a visit, open requests with their hour, and
 * volunteers with their free time less what they have taken on. Nothing is read here.
 */
import { openUntil } from '@time-bank/care/open-hour';
import { services } from '@time-bank/care/service';
import type { DiaryEntry } from '@time-bank/care/diary';
import type { RequestRecord } from '@time-bank/care/request';
import type { MemberId } from '@time-bank/contracts/ids';
import { type Member, surnameOf } from '@time-bank/contracts/member';
import type { ServiceCode } from '@time-bank/contracts/request';
import { type Instant, type IsoWeek, boundsOfWeek, msOf, plusMinutes } from '@time-bank/contracts/time';
import type {
  PlanVisit,
  PlanVolunteer,
  Stretch,
  TravelMode,
  WeekProblem,
} from '@time-bank/matching/week-problem';
import type { Policy } from '@time-bank/policy/policy';
import { type VisitAskedFor, visitWanted } from './volunteer-facts.ts';

/** A visit that nobody has been asked for yet: from when on and by when it is due, and how urgent it is (0 first). */
export interface MissingVisit {
  serviceCode: ServiceCode;
  from: Instant;
  before: Instant;
  tier: number;
}

/** An elder who still wants visits this week, and which. */
export interface ElderToVisit {
  member: Member;
  missing: readonly MissingVisit[];
}

/** A request that looks for somebody, whom it is for where they are known, and how urgent it is. */
export interface OpenToFill {
  request: RequestRecord;
  receiver?: Member | undefined;
  tier: number;
}

/** A volunteer who may be sent: for which services, until which day, with what they have taken on. */
export interface VolunteerToSend {
  member: Member;
  mode: TravelMode;
  services: ReadonlySet<ServiceCode>;
  readyUntil?: Instant;
  booked: readonly DiaryEntry[];
  weekMinutesMax: number;
  apart: ReadonlySet<MemberId>;
}

/** All that a plan is made of. `known`: visits made before, by elder, then by volunteer. */
export interface PlanFacts {
  policy: Policy;
  week: IsoWeek;
  now: Instant;
  elders: readonly ElderToVisit[];
  open: readonly OpenToFill[];
  volunteers: readonly VolunteerToSend[];
  known: ReadonlyMap<MemberId, ReadonlyMap<MemberId, number>>;
}

const DAY_MINUTES = 1440;
const DAYS = [0, 1, 2, 3, 4, 5, 6] as const;
/** When an elder may be called on where nobody has said otherwise: not before nine, not while they rest at noon. */
const visitingHours: readonly Stretch[] = [
  { fromMinute: 9 * 60, toMinute: 11 * 60 + 30 },
  { fromMinute: 14 * 60, toMinute: 17 * 60 + 30 },
];
/** Nobody is sent sooner than this after a plan: they have to read it first. */
const NOTICE_MINUTES = 120;
/** Visits that a person makes in a week at most, however free they are. */
const WEEK_VISITS_MAX = 7;

const minuteOfWeek = (week: IsoWeek, instant: Instant): number =>
  Math.round((msOf(instant) - msOf(boundsOfWeek(week).from)) / 60_000);

/** The instant of a minute of the week. */
export const instantOfMinute = (week: IsoWeek, minute: number): Instant =>
  plusMinutes(boundsOfWeek(week).from, minute);

/** What is left of stretches from `from` on. */
const after = (stretches: readonly Stretch[], from: number): Stretch[] =>
  stretches
    .map(({ fromMinute, toMinute }) => ({ fromMinute: Math.max(fromMinute, from), toMinute }))
    .filter(({ fromMinute, toMinute }) => fromMinute < toMinute);

/** Stretches without what lies in `taken`, both in order. */
const less = (stretches: readonly Stretch[], taken: readonly Stretch[]): Stretch[] =>
  taken.reduce<Stretch[]>(
    (left, busy) =>
      left.flatMap((stretch) => [
        ...(stretch.fromMinute < busy.fromMinute
          ? [{ fromMinute: stretch.fromMinute, toMinute: Math.min(stretch.toMinute, busy.fromMinute) }]
          : []),
        ...(stretch.toMinute > busy.toMinute
          ? [{ fromMinute: Math.max(stretch.fromMinute, busy.toMinute), toMinute: stretch.toMinute }]
          : []),
      ]),
    [...stretches],
  );

const byStart = (one: Stretch, other: Stretch): number => one.fromMinute - other.fromMinute;

/** Stretches in order, those that touch or overlap as one. */
const joined = (stretches: readonly Stretch[]): Stretch[] => {
  const joinedSoFar: Stretch[] = [];
  for (const stretch of [...stretches].sort(byStart)) {
    const last = joinedSoFar.at(-1);
    // Days are kept apart: no stretch goes past midnight.
    const touches =
      last !== undefined &&
      stretch.fromMinute <= last.toMinute &&
      Math.floor(stretch.fromMinute / DAY_MINUTES) === Math.floor(last.fromMinute / DAY_MINUTES);
    if (last !== undefined && touches) last.toMinute = Math.max(last.toMinute, stretch.toMinute);
    else joinedSoFar.push({ ...stretch });
  }
  return joinedSoFar;
};

/** The visiting hours of the week between two of its minutes. */
const windowsWithin = (from: number, before: number): Stretch[] =>
  DAYS.flatMap((day) =>
    visitingHours.map(({ fromMinute, toMinute }) => ({
      fromMinute: Math.max(from, day * DAY_MINUTES + fromMinute),
      toMinute: Math.min(before, day * DAY_MINUTES + toMinute),
    })),
  ).filter(({ fromMinute, toMinute }) => fromMinute < toMinute);

const freeOf = (member: Member, booked: readonly Stretch[], from: number): Stretch[] => {
  const said = joined(
    member.freeTimes.map(({ weekday, fromMinute, toMinute }) => ({
      fromMinute: (weekday - 1) * DAY_MINUTES + fromMinute,
      toMinute: (weekday - 1) * DAY_MINUTES + toMinute,
    })),
  );
  return after(less(said, booked), from);
};

const bookedIn = (week: IsoWeek, entries: readonly DiaryEntry[], aroundMinutes: number): Stretch[] => {
  const { from, to } = boundsOfWeek(week);
  return entries
    .filter(({ plannedStartAt }) => plannedStartAt >= from && plannedStartAt < to)
    .map(({ plannedStartAt, plannedMinutes }) => {
      const start = minuteOfWeek(week, plannedStartAt);
      return { fromMinute: start, toMinute: start + Math.max(plannedMinutes, aroundMinutes) };
    })
    .sort(byStart);
};

const planVolunteer = (facts: PlanFacts, volunteer: VolunteerToSend, from: number): PlanVolunteer => {
  const { policy, week, known } = facts;
  const { member, mode, readyUntil } = volunteer;
  const taken = bookedIn(week, volunteer.booked, policy.planSeatMinutes);
  const booked = bookedIn(week, volunteer.booked, 0);
  const bookedMinutes = booked.reduce((sum, { fromMinute, toMinute }) => sum + toMinute - fromMinute, 0);
  const visitsTo = new Map(
    [...known].flatMap(([elderId, times]) => {
      const count = times.get(member.memberId);
      return count === undefined ? [] : [[elderId, count] as const];
    }),
  );
  return {
    volunteerId: member.memberId,
    communityCode: member.communityCode,
    ...(member.point === undefined ? {} : { point: member.point }),
    mode,
    free: freeOf(member, taken, from),
    booked,
    visitsMax: Math.max(0, WEEK_VISITS_MAX - booked.length),
    minutesMax: Math.max(0, volunteer.weekMinutesMax - bookedMinutes),
    dayMinutesMax: policy.dailyServiceMinutesMax,
    gender: member.gender,
    languages: member.languages,
    visitsTo,
    apart: volunteer.apart,
    services: volunteer.services,
    ...(readyUntil === undefined ? {} : { readyUntil: minuteOfWeek(week, readyUntil) }),
  };
};

/**
 * Who can come to a door and how many go together, as for any request; alone, where the region's rule keeps the other
 * gender from somebody who lives alone, it is for their own.
 */
const doorRules = (policy: Policy, request: VisitAskedFor, receiver: Member | undefined) => {
  const { persons, musts, elder, kind } = visitWanted(policy, request, receiver);
  const isOwnGenderOnly =
    persons === 1 &&
    !kind.isRemote &&
    elder.livingSituation === 'alone' &&
    policy.twoPersonCases.includes('other_gender_living_alone');
  const gender = musts.gender ?? (isOwnGenderOnly ? elder.gender : undefined);
  return { persons, musts: { languages: musts.languages, ...(gender === undefined ? {} : { gender }) } };
};

const place = (member: Pick<Member, 'communityCode' | 'point'>) => ({
  communityCode: member.communityCode,
  ...(member.point === undefined ? {} : { point: member.point }),
});

const wantedOf = ({ policy, week }: PlanFacts, { member, missing }: ElderToVisit, now: number): PlanVisit[] =>
  missing.map(({ serviceCode, from, before, tier }, index) => {
    const wishes = { languages: member.languages.filter((language) => language !== 'cmn') };
    const minutes = services[serviceCode].defaultMinutes;
    const windows = windowsWithin(Math.max(now, minuteOfWeek(week, from)), minuteOfWeek(week, before));
    const door = {
      serviceCode,
      // Whichever of the visiting hours it will be: none of them is at night.
      plannedStartAt: instantOfMinute(week, windows[0]?.fromMinute ?? 0),
      plannedMinutes: minutes,
      receiverId: member.memberId,
      receiver: { surname: surnameOf(member.name), gender: member.gender },
      communityCode: member.communityCode,
      place: { address: member.address },
      wishes,
    };
    return {
      visitKey: `${member.memberId}.${String(index + 1)}`,
      elderId: member.memberId,
      tier,
      ...place(member),
      serviceCode,
      minutes,
      windows,
      wishes,
      ...doorRules(policy, door, member),
    };
  });

/** When an open request can take place: at its hour, or at any that is left where nobody has asked for that very one. */
const windowsOf = (week: IsoWeek, request: RequestRecord, now: number): Stretch[] => {
  const until = openUntil(request);
  if (until !== undefined) return windowsWithin(now, minuteOfWeek(week, until));
  const fromMinute = minuteOfWeek(week, request.plannedStartAt);
  return fromMinute < now ? [] : [{ fromMinute, toMinute: fromMinute + request.plannedMinutes }];
};

const openVisit = (
  { policy, week }: PlanFacts,
  { request, receiver, tier }: OpenToFill,
  now: number,
): PlanVisit => {
  return {
    visitKey: request.requestId,
    elderId: request.receiverId,
    tier,
    communityCode: request.communityCode,
    ...(request.place.point === undefined ? {} : { point: request.place.point }),
    serviceCode: request.serviceCode,
    minutes: request.plannedMinutes,
    windows: windowsOf(week, request, now),
    wishes: request.wishes,
    ...doorRules(policy, request, receiver),
  };
};

/** From which minute of the week on anybody can be sent: what has gone by cannot be planned. */
export const plannedFrom = (week: IsoWeek, now: Instant): number =>
  Math.max(0, minuteOfWeek(week, now) + NOTICE_MINUTES);

/** The problem, without what a coordinator has settled. */
export const weekProblemOf = (facts: PlanFacts): Omit<WeekProblem, 'locked' | 'forbidden' | 'previous'> => {
  const from = plannedFrom(facts.week, facts.now);
  return {
    volunteers: facts.volunteers.map((volunteer) => planVolunteer(facts, volunteer, from)),
    visits: [
      ...facts.elders.flatMap((elder) => wantedOf(facts, elder, from)),
      ...facts.open.map((each) => openVisit(facts, each, from)).filter(({ windows }) => windows.length > 0),
    ],
    rules: { reachKm: facts.policy.visitReachKilometresMax, seatMinutes: facts.policy.planSeatMinutes },
  };
};
