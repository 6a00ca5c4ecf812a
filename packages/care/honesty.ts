/**
 * A look at many visits at once: what a coordinator would ask about if they saw all of them. Each finding is a question
 * for a person, with the figures behind it; nothing is blocked by it and no minute is taken. What is looked at is the
 * service's own record of visits: nobody is followed, and of a device no more is known than whether two steps were taken
 * on the same one.
 * Source: README "Honesty"; domain R-51.
 */
import type { HonestyKind, ReviewOutcome } from '@time-bank/contracts/confirming';
import type { ActorId, CommandId, MemberId, RequestId } from '@time-bank/contracts/ids';
import type { Point } from '@time-bank/contracts/member';
import type { CommunityCode } from '@time-bank/contracts/region';
import { type CivilDate, type Instant, civilDateOf, msOf } from '@time-bank/contracts/time';
import type { Policy } from '@time-bank/policy/policy';
import { areAtOnce } from './confirm.ts';

/**
 * A visit that was begun and ended, as this look needs it. `at`: roughly where the check-in was, if somebody agreed to
 * say; `device`, `confirmedOn`: marks of the devices of the check-in and of the elder's word, where they have one.
 */
export interface SeenVisit {
  requestId: RequestId;
  communityCode: CommunityCode;
  volunteerId: MemberId;
  receiverId: MemberId;
  postedBy: MemberId;
  confirmedBy?: ActorId;
  from: Instant;
  until: Instant;
  servedMinutes: number;
  creditedMinutes: number;
  home?: Point;
  at?: Point;
  device?: string;
  confirmedOn?: string;
}

/** What was found. `subjects`: about whom; `figures`: whole numbers, for the words. */
export interface HonestyFinding {
  kind: HonestyKind;
  subjects: MemberId[];
  requestIds: RequestId[];
  figures: Record<string, number>;
  from: CivilDate;
  until: CivilDate;
}

/** What staff made of it. */
export interface HonestyReview {
  commandId: CommandId;
  fingerprint: string;
  outcome: ReviewOutcome;
  reason: string;
  actorId: MemberId;
  at: Instant;
}

/** Kilometres between two points. */
export type Distance = (one: Point, other: Point) => number;

/** Faster than anybody comes through a town, door to door. */
const KILOMETRES_PER_HOUR_MAX = 60;
/** Nearer homes say nothing: points are rounded. */
const FAR_KILOMETRES = 2;
/** A couple of visits either way is neighbourly. */
const PING_PONG_MIN = 2;
const RING_MIN = 3;
const RING_MAX = 5;
const ROUND_VISITS_MIN = 8;
const ROUND_PERCENT = 90;
const NEAR_CAP_PERCENT = 90;
const NEAR_CAP_DAYS = 5;
const REQUESTS_MAX = 20;

const daysOf = (visits: readonly SeenVisit[]): Pick<HonestyFinding, 'from' | 'until'> => {
  const days = visits.map(({ from }) => civilDateOf(from)).sort();
  return { from: days[0] ?? '', until: days.at(-1) ?? '' };
};

const finding = (
  kind: HonestyKind,
  subjects: readonly MemberId[],
  visits: readonly SeenVisit[],
  figures: Record<string, number>,
): HonestyFinding => ({
  kind,
  subjects: [...subjects],
  requestIds: visits.slice(0, REQUESTS_MAX).map(({ requestId }) => requestId),
  figures,
  ...daysOf(visits),
});

const byVolunteer = (visits: readonly SeenVisit[]): SeenVisit[][] =>
  [...Map.groupBy(visits, ({ volunteerId }) => volunteerId).values()].map((own) =>
    [...own].sort((one, other) => msOf(one.from) - msOf(other.from)),
  );

/** Each visit of a list with every later one that begins before it ends; a long one may lie over several short ones. */
const atOnceOf = (own: readonly SeenVisit[]): [SeenVisit, SeenVisit][] =>
  own.flatMap((visit, index) =>
    own
      .slice(index + 1)
      .filter((later) => areAtOnce(visit, later))
      .map((later): [SeenVisit, SeenVisit] => [visit, later]),
  );

/** Each visit of a list with the one that ended last before it. */
const inTurn = (own: readonly SeenVisit[]): [SeenVisit, SeenVisit][] =>
  own.flatMap((visit): [SeenVisit, SeenVisit][] => {
    const last = own
      .filter((other) => other !== visit && msOf(other.until) <= msOf(visit.from))
      .reduce<SeenVisit | undefined>(
        (latest, other) => (latest === undefined || msOf(latest.until) < msOf(other.until) ? other : latest),
        undefined,
      );
    return last === undefined ? [] : [[last, visit]];
  });

const minutesBetween = (from: Instant, until: Instant): number =>
  Math.round((msOf(until) - msOf(from)) / 60_000);

/** One person at two visits in the same minutes. */
export const overlapping = (visits: readonly SeenVisit[]): HonestyFinding[] =>
  byVolunteer(visits)
    .flatMap(atOnceOf)
    .map(([one, next]) => {
      const until = msOf(one.until) < msOf(next.until) ? one.until : next.until;
      return finding('overlapping', [one.volunteerId], [one, next], {
        minutes: minutesBetween(next.from, until),
      });
    });

/** From one home to the next faster than anybody comes through a town. */
export const impossibleTravel = (visits: readonly SeenVisit[], distance: Distance): HonestyFinding[] =>
  byVolunteer(visits)
    .flatMap(inTurn)
    .flatMap(([one, next]) => {
      if (one.home === undefined || next.home === undefined) return [];
      const kilometres = distance(one.home, next.home);
      const minutes = minutesBetween(one.until, next.from);
      const isPossible =
        kilometres < FAR_KILOMETRES || (kilometres / KILOMETRES_PER_HOUR_MAX) * 60 <= minutes;
      if (isPossible) return [];
      const figures = { kilometres: Math.round(kilometres), minutes };
      return [finding('impossible_travel', [one.volunteerId], [one, next], figures)];
    });

const pairKey = (volunteerId: MemberId, receiverId: MemberId): string => `${volunteerId} ${receiverId}`;

/** Two people who visit each other in turn. */
export const pingPong = (visits: readonly SeenVisit[]): HonestyFinding[] => {
  const pairs = Map.groupBy(visits, ({ volunteerId, receiverId }) => pairKey(volunteerId, receiverId));
  return [...pairs.values()].flatMap((there) => {
    const [first] = there;
    if (first === undefined || first.volunteerId > first.receiverId) return [];
    const back = pairs.get(pairKey(first.receiverId, first.volunteerId)) ?? [];
    if (there.length < PING_PONG_MIN || back.length < PING_PONG_MIN) return [];
    const figures = { there: there.length, back: back.length };
    return [finding('ping_pong', [first.volunteerId, first.receiverId], [...there, ...back], figures)];
  });
};

/** Paths that come back to where they began, each once: it begins with the smallest id in it. */
const ringsFrom = (
  start: MemberId,
  next: ReadonlyMap<MemberId, readonly MemberId[]>,
  path: readonly MemberId[],
): MemberId[][] => {
  const last = path.at(-1) ?? start;
  return (next.get(last) ?? []).flatMap((id) => {
    if (id === start) return path.length >= RING_MIN ? [[...path]] : [];
    if (id < start || path.includes(id) || path.length >= RING_MAX) return [];
    return ringsFrom(start, next, [...path, id]);
  });
};

/** Three to five people of whom each visits the next and the last the first. */
export const rings = (visits: readonly SeenVisit[]): HonestyFinding[] => {
  const next = new Map(
    [...Map.groupBy(visits, ({ volunteerId }) => volunteerId)].map(([id, own]) => [
      id,
      [...new Set(own.map(({ receiverId }) => receiverId))],
    ]),
  );
  return [...next.keys()]
    .flatMap((start) => ringsFrom(start, next, [start]))
    .map((ring) => {
      const within = visits.filter(
        ({ volunteerId, receiverId }) =>
          ring.includes(volunteerId) && receiverId === ring[(ring.indexOf(volunteerId) + 1) % ring.length],
      );
      const minutes = within.reduce((sum, { creditedMinutes }) => sum + creditedMinutes, 0);
      return finding('ring', ring, within, { people: ring.length, minutes });
    });
};

/** Somebody whose visits nearly all take whole half hours to the minute. */
export const roundNumbers = (visits: readonly SeenVisit[]): HonestyFinding[] =>
  byVolunteer(visits).flatMap((own) => {
    const round = own.filter(({ servedMinutes }) => servedMinutes > 0 && servedMinutes % 30 === 0);
    const [first] = own;
    const isOften = own.length >= ROUND_VISITS_MIN && round.length * 100 >= own.length * ROUND_PERCENT;
    if (first === undefined || !isOften) return [];
    const figures = { visits: own.length, round: round.length };
    return [finding('round_numbers', [first.volunteerId], round, figures)];
  });

/** Somebody who comes close to the most of a day on many days. */
export const nearCap = (
  { dailyCreditMinutesMax }: Pick<Policy, 'dailyCreditMinutesMax'>,
  visits: readonly SeenVisit[],
): HonestyFinding[] =>
  byVolunteer(visits).flatMap((own) => {
    const days = [...Map.groupBy(own, ({ from }) => civilDateOf(from)).values()].filter(
      (day) =>
        day.reduce((sum, { creditedMinutes }) => sum + creditedMinutes, 0) * 100 >=
        dailyCreditMinutesMax * NEAR_CAP_PERCENT,
    );
    const [first] = own;
    if (first === undefined || days.length < NEAR_CAP_DAYS) return [];
    return [
      finding('near_cap', [first.volunteerId], days.flat(), {
        days: days.length,
        cap: dailyCreditMinutesMax,
      }),
    ];
  });

/** Somebody who posted, or confirmed, visits that they made themselves. */
export const ownDealings = (visits: readonly SeenVisit[]): HonestyFinding[] =>
  byVolunteer(
    visits.filter(
      ({ volunteerId, postedBy, confirmedBy }) => postedBy === volunteerId || confirmedBy === volunteerId,
    ),
  ).flatMap((own) => {
    const [first] = own;
    return first === undefined
      ? []
      : [finding('own_dealings', [first.volunteerId], own, { visits: own.length })];
  });

const placeKey = ({ latitude, longitude }: Point): string => `${String(latitude)} ${String(longitude)}`;

/** Check-ins at homes that lie far apart, all from one place. */
export const samePlace = (visits: readonly SeenVisit[], distance: Distance): HonestyFinding[] =>
  byVolunteer(visits).flatMap((own) => {
    const shown = own.flatMap((visit) =>
      visit.at === undefined || visit.home === undefined ? [] : [{ visit, at: visit.at, home: visit.home }],
    );
    return [...Map.groupBy(shown, ({ at }) => placeKey(at)).values()].flatMap((there) => {
      const [first] = there;
      if (first === undefined) return [];
      const far = there.filter(({ home }) => distance(first.home, home) >= FAR_KILOMETRES);
      if (far.length === 0) return [];
      const both = [first, ...far].map(({ visit }) => visit);
      const homes = new Set(there.map(({ visit }) => visit.receiverId)).size;
      return [finding('same_place', [first.visit.volunteerId], both, { visits: there.length, homes })];
    });
  });

/** Check-ins of several people on one device. Families share a telephone: it is asked, not held against anybody. */
export const sameDevice = (visits: readonly SeenVisit[]): HonestyFinding[] => {
  const shown = visits.filter(({ device }) => device !== undefined);
  return [...Map.groupBy(shown, ({ device }) => device).values()].flatMap((there) => {
    const people = [...new Set(there.map(({ volunteerId }) => volunteerId))].sort();
    if (people.length < 2) return [];
    return [finding('same_device', people, there, { people: people.length, visits: there.length })];
  });
};

/** A word of the elder's side that came from the device on which the volunteer had checked in. */
export const confirmedOnDevice = (visits: readonly SeenVisit[]): HonestyFinding[] =>
  byVolunteer(
    visits.filter(
      ({ device, confirmedOn, confirmedBy, volunteerId }) =>
        device !== undefined && confirmedOn === device && confirmedBy !== volunteerId,
    ),
  ).flatMap((own) => {
    const [first] = own;
    return first === undefined
      ? []
      : [finding('confirmed_on_device', [first.volunteerId], own, { visits: own.length })];
  });

/** Everything that a look at the visits of some weeks finds, in a fixed order. */
export const lookAt = (
  policy: Pick<Policy, 'dailyCreditMinutesMax'>,
  visits: readonly SeenVisit[],
  distance: Distance,
): HonestyFinding[] => [
  ...overlapping(visits),
  ...impossibleTravel(visits, distance),
  ...pingPong(visits),
  ...rings(visits),
  ...roundNumbers(visits),
  ...nearCap(policy, visits),
  ...ownDealings(visits),
  ...samePlace(visits, distance),
  ...sameDevice(visits),
  ...confirmedOnDevice(visits),
];
