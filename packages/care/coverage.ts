/**
 * A community's week, turned round to the person: which visits they are to have, who was visited, who will be, and who
 * has nobody yet. A visit counts when it has ended (checked out) or was entered afterwards; it is planned once a
 * volunteer has taken it, until it can no longer begin. Source: README "Visits and coverage".
 */
import type { CoverageRow, CoverageVisit, GapReason, Rate } from '@time-bank/contracts/coverage';
import type { VisitTier } from '@time-bank/contracts/elder-file';
import type { MemberId, RequestId } from '@time-bank/contracts/ids';
import type { Gender } from '@time-bank/contracts/member';
import type { CommunityCode } from '@time-bank/contracts/region';
import type { RequestState, ServiceCode } from '@time-bank/contracts/request';
import {
  type CivilDate,
  type Instant,
  type IsoWeek,
  boundsOfWeek,
  civilDateOf,
  msOf,
  plusDays,
  plusMinutes,
  startOfDay,
} from '@time-bank/contracts/time';
import type { Policy } from '@time-bank/policy/policy';
import { isTaken, wasMade } from './life.ts';
import type { RequestRecord } from './request.ts';
import { services } from './service.ts';
import {
  type Contact,
  type MajorEvent,
  type VisitedElder,
  type VisitingRules,
  type WantedVisit,
  type WeatherAlert,
  countsIn,
  tierOf,
  visitedEvery,
  wantedVisits,
} from './visiting-plan.ts';

/** A request of the week, as the board needs it. `need`: its visitor found one; `follows`: the visit after which it came. */
export interface WeekVisit {
  requestId: RequestId;
  elderId: MemberId;
  state: RequestState;
  plannedStartAt: Instant;
  serviceCode: ServiceCode;
  need?: true;
  follows?: RequestId;
}

/** An elder as the board needs them. */
export interface BoardElder extends VisitedElder {
  elderId: MemberId;
  name: string;
  gender: Gender;
  communityCode: CommunityCode;
}

/** What the board of a community is made of: visits of any week, great events by elder, alerts of the place. */
export interface BoardFacts {
  elders: readonly BoardElder[];
  visits: readonly WeekVisit[];
  events: readonly (MajorEvent & { elderId: MemberId })[];
  alerts: readonly WeatherAlert[];
}

/** A row of the board, all visits that the week is to bring, and those for which nobody was asked, soonest due first. */
export type BoardRow = CoverageRow & {
  allWanted: readonly WantedVisit[];
  stillWanted: readonly WantedVisit[];
};

type Counts = Pick<CoverageRow, 'visited' | 'planned' | 'open'>;

const countsAs = (state: RequestState): keyof Counts | undefined => {
  if (wasMade(state)) return 'visited';
  if (isTaken(state) || state === 'in_service' || state === 'aborted') return 'planned';
  return state === 'published' || state === 'submitted' ? 'open' : undefined;
};

/** The rules of a board: how often elders are visited, and until when a visit that somebody took may begin. */
type BoardRules = VisitingRules & Pick<Policy, 'checkInLateMinutes'>;

/** Nobody has come, and nobody can begin it any more: whoever took it, the elder has nobody. */
const isMissed = (
  { checkInLateMinutes }: Pick<Policy, 'checkInLateMinutes'>,
  { state, plannedStartAt }: WeekVisit,
  now: Instant,
): boolean => isTaken(state) && msOf(plusMinutes(plannedStartAt, checkInLateMinutes)) < msOf(now);

/** Soonest first, those of the same moment by id. */
const byStart = (a: CoverageVisit, b: CoverageVisit): number =>
  `${a.plannedStartAt} ${a.requestId}` < `${b.plannedStartAt} ${b.requestId}` ? -1 : 1;

const isByPhone = ({ serviceCode }: Pick<WeekVisit, 'serviceCode'>): boolean =>
  services[serviceCode].isRemote;

/** An hour of company is one in which somebody sees how an elder is. */
const company: readonly ServiceCode[] = ['C01', 'C02', 'C03'];

/** Whoever brings the shopping has been there, but did not look after somebody: that is no visit. */
const isVisit = ({ serviceCode }: Pick<WeekVisit, 'serviceCode'>): boolean =>
  services[serviceCode].isVisit || company.includes(serviceCode);

/** Contacts that took place. */
export const contactsOf = (visits: readonly WeekVisit[]): Contact[] =>
  visits
    .filter(({ state }) => wasMade(state))
    .map((visit) => ({ at: visit.plannedStartAt, isByPhone: isByPhone(visit) }));

/** True for a visit made, planned or asked for that is one of those which an elder is to have. */
export const serves = (visit: WeekVisit, wanted: WantedVisit): boolean =>
  isVisit(visit) &&
  countsAs(visit.state) !== undefined &&
  msOf(wanted.from) <= msOf(visit.plannedStartAt) &&
  msOf(visit.plannedStartAt) < msOf(wanted.before) &&
  (wanted.mayBePhone || !isByPhone(visit));

/** The fewest visits that do for all: of those that one visit can serve, the one that is due first. */
const fewest = (wanted: readonly WantedVisit[]): WantedVisit[] => {
  const chosen: WantedVisit[] = [];
  for (const each of wanted.toSorted((one, other) => msOf(one.before) - msOf(other.before))) {
    const last = chosen.at(-1);
    if (last === undefined || msOf(each.from) >= msOf(last.before)) chosen.push(each);
  }
  return chosen;
};

/** What is still wanted of a week: the fewest visits that do for whatever no visit made, planned or asked for does. */
export const stillWanted = (wanted: readonly WantedVisit[], visits: readonly WeekVisit[]): WantedVisit[] =>
  fewest(wanted.filter((each) => !visits.some((visit) => serves(visit, each))));

const fellThrough: readonly RequestState[] = [
  'unfilled',
  'no_show_volunteer',
  'no_show_elder',
  'cancelled',
  'cancelled_by_volunteer',
  'cancelled_by_service',
  'reversed',
];

const gapOf = (counts: Counts, missing: number, hasFallenThrough: boolean): GapReason | undefined => {
  if (counts.open > 0 && counts.visited + counts.planned === 0) return 'nobody_yet';
  if (missing === 0) return undefined;
  return hasFallenThrough ? 'fell_through' : 'not_asked';
};

const daysSince = (contacts: readonly Contact[], now: Instant): number | undefined => {
  const past = contacts.map(({ at }) => msOf(at)).filter((at) => at <= msOf(now));
  if (past.length === 0) return undefined;
  const last = civilDateOf(new Date(Math.max(...past)).toISOString());
  return Math.round((Date.parse(civilDateOf(now)) - Date.parse(last)) / (24 * 60 * 60 * 1000));
};

/** The day on which somebody came to live here, where it lies between two instants. */
const cameIn = (
  { since }: VisitedElder,
  { from, to }: { from: Instant; to: Instant },
): Pick<CoverageRow, 'since'> =>
  since !== undefined && civilDateOf(from) <= since && since < civilDateOf(to) ? { since } : {};

const rowOf = (
  rules: BoardRules,
  elder: BoardElder,
  facts: Pick<BoardFacts, 'visits' | 'events' | 'alerts'>,
  { week, now }: { week: IsoWeek; now: Instant },
): BoardRow => {
  const { from, to } = boundsOfWeek(week);
  const own = facts.visits.filter(
    ({ plannedStartAt }) => msOf(from) <= msOf(plannedStartAt) && msOf(plannedStartAt) < msOf(to),
  );
  const ownVisits = own.filter(isVisit);
  const standing = ownVisits.filter((visit) => !isMissed(rules, visit, now));
  const counts: Counts = { visited: 0, planned: 0, open: 0 };
  for (const visit of standing) {
    const kind = countsAs(visit.state);
    if (kind !== undefined) counts[kind] += 1;
  }
  const contacts = contactsOf(facts.visits);
  const history = { ...facts, contacts: contactsOf(facts.visits.filter(isVisit)) };
  const wanted = wantedVisits(rules, elder, history, week);
  const missing = stillWanted(wanted, standing);
  const [first] = missing;
  const hasFallenThrough =
    standing.length < ownVisits.length || ownVisits.some(({ state }) => fellThrough.includes(state));
  const gap = gapOf(counts, missing.length, hasFallenThrough);
  const daysSinceContact = daysSince(contacts, now);
  const { elderId, name, gender, age, communityCode, livingSituation, abilityLevel } = elder;
  return {
    ...{ elderId, name, gender, age, communityCode },
    ...(livingSituation === undefined ? {} : { livingSituation }),
    ...(abilityLevel === undefined ? {} : { abilityLevel }),
    tier: tierOf(rules, elder),
    counts: countsIn(rules, elder, week),
    wanted: fewest(wanted).length,
    missing: missing.length,
    ...(first === undefined ? {} : { dueBy: first.before, cause: first.cause }),
    ...(gap === undefined ? {} : { gap }),
    ...(daysSinceContact === undefined ? {} : { daysSinceContact }),
    ...cameIn(elder, { from, to }),
    mayBePhone: missing.every(({ mayBePhone }) => mayBePhone),
    allWanted: wanted,
    stillWanted: missing,
    ...counts,
    visits: own
      .map(({ requestId, state, plannedStartAt, serviceCode }) => ({
        requestId,
        state,
        plannedStartAt,
        serviceCode,
      }))
      .sort(byStart),
  };
};

/** How urgently a row wants an eye: -1 something great has happened, 0 nothing at all, 1 asked for, 2 planned, 3 visited or nothing to do. */
const comfort = (row: CoverageRow): number => {
  if (row.missing > 0 && row.cause === 'event') return -1;
  if (row.visited > 0) return 3;
  if (row.planned > 0) return 2;
  if (row.open > 0) return 1;
  return row.wanted > 0 ? 0 : 3;
};

const tierOrder: readonly VisitTier[] = ['high', 'key', 'general'];

/**
 * The week of every elder, gaps first; among equals by their group, then those who live alone, then those who can do
 * less, then the older.
 */
export const coverageOf = (
  rules: BoardRules,
  { elders, visits, events, alerts }: BoardFacts,
  at: { week: IsoWeek; now: Instant },
): BoardRow[] => {
  const visitsOf = Map.groupBy(visits, ({ elderId }) => elderId);
  const eventsOf = Map.groupBy(events, ({ elderId }) => elderId);
  return elders
    .map((elder) =>
      rowOf(
        rules,
        elder,
        { visits: visitsOf.get(elder.elderId) ?? [], events: eventsOf.get(elder.elderId) ?? [], alerts },
        at,
      ),
    )
    .sort(
      (a, b) =>
        comfort(a) - comfort(b) ||
        tierOrder.indexOf(a.tier) - tierOrder.indexOf(b.tier) ||
        Number(b.livingSituation === 'alone') - Number(a.livingSituation === 'alone') ||
        (b.abilityLevel ?? 0) - (a.abilityLevel ?? 0) ||
        b.age - a.age ||
        (a.elderId < b.elderId ? -1 : 1),
    );
};

/** Help that follows a need counts until so many days after the stretch. */
export const HELP_DAYS = 14;

/** A stretch of days, both included: a week, or a month. */
export interface Days {
  from: CivilDate;
  until: CivilDate;
  period: 'week' | 'month';
}

/** The rates of a stretch of days. */
export interface Rates {
  visited: Rate;
  inHardship: Rate;
  helped: Rate;
}

const rateOf = (met: number, of: number): Rate => ({ met, of, ...(of === 0 ? {} : { share: met / of }) });

/** An elder counts who is to be visited at least once in such a stretch, and was there in time. */
const isCounted = (rules: VisitingRules, elder: VisitedElder, { from, until, period }: Days): boolean => {
  const every = visitedEvery(rules, elder);
  const isOften = every === 'day' || every === 'week' || (period === 'month' && every === 'month');
  const last = rules.newElderCounts === 'same_week' ? until : from;
  return isOften && (elder.since === undefined || elder.since <= last);
};

/** 特殊困难 and 失能: whoever has one of the tags that bring more visits, or has lost some of their ability. */
const isInHardship = (rules: VisitingRules, { tags, abilityLevel = 0 }: VisitedElder): boolean =>
  abilityLevel >= 1 || tags.some((tag) => rules.highRiskTags.includes(tag) || rules.keyTags.includes(tag));

/**
 * The visits that count: of the kinds that look after somebody; of calls in a row no more than the region allows, for
 * after those somebody has to go there.
 */
const validVisits = (
  { phoneVisitsInRowMax }: Pick<VisitingRules, 'phoneVisitsInRowMax'>,
  made: readonly WeekVisit[],
): WeekVisit[] => {
  let calls = 0;
  return made
    .filter(isVisit)
    .toSorted(byStart)
    .filter((visit) => {
      calls = isByPhone(visit) ? calls + 1 : 0;
      return calls <= phoneVisitsInRowMax;
    });
};

/** So many days before a stretch are looked at for calls in a row. */
export const CALLS_DAYS = 28;

/**
 * The weekly or monthly visit rate and the visit-and-help rate. `visits`: at least those of these days, of the
 * `CALLS_DAYS` before them and, for the helping ones, of the `HELP_DAYS` after them.
 */
export const ratesOf = (
  rules: VisitingRules,
  elders: readonly BoardElder[],
  visits: readonly WeekVisit[],
  days: Days,
): Rates => {
  const [from, before] = [startOfDay(days.from), startOfDay(plusDays(days.until, 1))];
  const made = visits.filter(({ state }) => wasMade(state));
  const seen = new Map<MemberId, WeekVisit[]>();
  for (const [elderId, own] of Map.groupBy(made, (visit) => visit.elderId)) {
    const then = validVisits(rules, own).filter(
      ({ plannedStartAt }) => msOf(from) <= msOf(plannedStartAt) && msOf(plannedStartAt) < msOf(before),
    );
    if (then.length > 0) seen.set(elderId, then);
  }
  const helpEnds = msOf(startOfDay(plusDays(days.until, HELP_DAYS + 1)));
  const helpedAfter = new Set(
    made.flatMap(({ follows, plannedStartAt }) => (msOf(plannedStartAt) < helpEnds ? (follows ?? []) : [])),
  );
  const counted = elders.filter((elder) => isCounted(rules, elder, days));
  const inHardship = counted.filter((elder) => isInHardship(rules, elder));
  const isSeen = ({ elderId }: BoardElder): boolean => seen.has(elderId);
  const isHelped = ({ elderId }: BoardElder): boolean =>
    (seen.get(elderId) ?? []).every(({ need, requestId }) => need !== true || helpedAfter.has(requestId));
  const visitedHard = inHardship.filter(isSeen);
  return {
    visited: rateOf(counted.filter(isSeen).length, counted.length),
    inHardship: rateOf(visitedHard.length, inHardship.length),
    helped: rateOf(visitedHard.filter(isHelped).length, inHardship.length),
  };
};

/** A visit as its own events tell it: made where it was ended or entered, and nobody took it back afterwards. */
const visitFromEvents = ({
  requestId,
  receiverId,
  plannedStartAt,
  serviceCode,
  follows,
  report,
  history,
}: RequestRecord): WeekVisit | undefined => {
  const last = history.at(-1)?.receipt.state;
  if (last === undefined) return undefined;
  const foundNeed = report?.result === 'referral' || report?.result === 'danger';
  return {
    requestId,
    elderId: receiverId,
    state: last,
    plannedStartAt,
    serviceCode,
    ...(foundNeed ? { need: true } : {}),
    ...(follows === undefined ? {} : { follows }),
  };
};

/** The same rates from the events of the requests themselves, with nothing that was kept for the board. */
export const ratesFromEvents = (
  rules: VisitingRules,
  elders: readonly BoardElder[],
  requests: readonly RequestRecord[],
  days: Days,
): Rates =>
  ratesOf(
    rules,
    elders,
    requests.flatMap((request) => visitFromEvents(request) ?? []),
    days,
  );
