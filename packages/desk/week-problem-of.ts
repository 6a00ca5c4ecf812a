/**
 * A community's week as the planner wants it: elders who still want a visit, open requests with their hour, and
 * volunteers with their free time less what they have taken on. Nothing is read here.
 */
import { services } from '@time-bank/care/service';
import type { DiaryEntry } from '@time-bank/care/diary';
import type { RequestRecord } from '@time-bank/care/request';
import type { MemberId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
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

/** A visit that nobody has been asked for yet, and by when it is due. */
export interface MissingVisit {
  serviceCode: ServiceCode;
  before: Instant;
}

/** An elder who still wants visits this week: which, and how urgent they are (0 first). */
export interface ElderToVisit {
  member: Member;
  missing: readonly MissingVisit[];
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

/** All that a plan is made of. `known`: visits made before, by elder, then by volunteer. `openTier`: of requests. */
export interface PlanFacts {
  policy: Policy;
  week: IsoWeek;
  now: Instant;
  elders: readonly ElderToVisit[];
  open: readonly { request: RequestRecord; tier: number }[];
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

/** What an elder hears and speaks is what somebody has to speak with them, where it leaves out the common language. */
const mustsOf = ({ languages }: Member): PlanVisit['musts'] => ({
  languages: languages.length === 1 && !languages.includes('cmn') ? languages : [],
});

const place = (member: Pick<Member, 'communityCode' | 'point'>) => ({
  communityCode: member.communityCode,
  ...(member.point === undefined ? {} : { point: member.point }),
});

const wantedOf = (week: IsoWeek, { member, missing, tier }: ElderToVisit, from: number): PlanVisit[] =>
  missing.map(({ serviceCode, before }, index) => ({
    visitKey: `${member.memberId}.${String(index + 1)}`,
    elderId: member.memberId,
    tier,
    ...place(member),
    serviceCode,
    minutes: services[serviceCode].defaultMinutes,
    windows: windowsWithin(from, minuteOfWeek(week, before)),
    persons: 1 as const,
    wishes: { languages: member.languages.filter((language) => language !== 'cmn') },
    musts: mustsOf(member),
  }));

const openVisit = (week: IsoWeek, { request, tier }: PlanFacts['open'][number]): PlanVisit => {
  const fromMinute = minuteOfWeek(week, request.plannedStartAt);
  return {
    visitKey: request.requestId,
    elderId: request.receiverId,
    tier,
    communityCode: request.communityCode,
    ...(request.place.point === undefined ? {} : { point: request.place.point }),
    serviceCode: request.serviceCode,
    minutes: request.plannedMinutes,
    windows: [{ fromMinute, toMinute: fromMinute + request.plannedMinutes }],
    persons: request.persons ?? 1,
    wishes: request.wishes,
    musts: { languages: [] },
  };
};

/** From which minute of the week on anybody can be sent: what has gone by cannot be planned. */
export const plannedFrom = (week: IsoWeek, now: Instant): number =>
  Math.max(0, minuteOfWeek(week, now) + NOTICE_MINUTES);

/** The problem, without what a coordinator has settled. */
export const weekProblemOf = (facts: PlanFacts): Omit<WeekProblem, 'locked' | 'forbidden' | 'previous'> => {
  const from = plannedFrom(facts.week, facts.now);
  const open = facts.open.filter(({ request }) => minuteOfWeek(facts.week, request.plannedStartAt) >= from);
  return {
    volunteers: facts.volunteers.map((volunteer) => planVolunteer(facts, volunteer, from)),
    visits: [
      ...facts.elders.flatMap((elder) => wantedOf(facts.week, elder, from)),
      ...open.map((each) => openVisit(facts.week, each)),
    ],
    rules: { reachKm: facts.policy.visitReachKilometresMax, seatMinutes: facts.policy.planSeatMinutes },
  };
};
