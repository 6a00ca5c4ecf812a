/**
 * Which visits an elder is to have in a week: by how much they are at risk, after something great has happened to
 * them, in extreme weather. Whoever comes in mid-week is visited at once; from which week on they count in the rate is
 * the region's choice. Source: README "Visits and coverage"; R-41; 民政部等10部门 2022, Inner Mongolia 2022, Suzhou 2023.
 */
import type { HardshipTag, VisitTier } from '@time-bank/contracts/elder-file';
import type { AbilityLevel, LivingSituation } from '@time-bank/contracts/member';
import {
  type CivilDate,
  type Instant,
  type IsoWeek,
  boundsOfWeek,
  civilDateOf,
  instantOf,
  msOf,
  plusDays,
  plusMinutes,
  startOfDay,
} from '@time-bank/contracts/time';
import type { MajorEventKind } from '@time-bank/contracts/visiting';
import type { Policy } from '@time-bank/policy/policy';

/** The rules of a region about how often elders are visited. */
export type VisitingRules = Pick<
  Policy,
  | 'highRiskVisitedEvery'
  | 'keyVisitedEvery'
  | 'generalVisitedEvery'
  | 'highRiskTags'
  | 'highRiskAloneAgeYears'
  | 'highRiskFromAbilityLevel'
  | 'keyTags'
  | 'visitAfterEventHours'
  | 'weatherVisitsOn'
  | 'phoneVisitsInRowMax'
  | 'newElderCounts'
>;

/** What is known of an elder. `tags`: those that hold; `since`: the day on which they came, where that is known. */
export interface VisitedElder {
  tags: readonly HardshipTag[];
  age: number;
  livingSituation?: LivingSituation | undefined;
  abilityLevel?: AbilityLevel | undefined;
  visitTier?: VisitTier | undefined;
  since?: CivilDate | undefined;
}

/** A contact that took place: when, and whether it was by telephone. */
export interface Contact {
  at: Instant;
  isByPhone: boolean;
}

/** Something great that happened to an elder. */
export interface MajorEvent {
  kind: MajorEventKind;
  at: Instant;
}

/** Extreme weather that staff have declared for the place; both days included. */
export interface WeatherAlert {
  from: CivilDate;
  until: CivilDate;
}

/** What went before: contacts in any order, events, alerts. */
export interface VisitHistory {
  contacts: readonly Contact[];
  events: readonly MajorEvent[];
  alerts: readonly WeatherAlert[];
}

/**
 * A visit that an elder is to have: why, of which service, and between which instants. `mayBePhone`: a call counts as
 * well, for the region's number of calls in a row is not reached.
 */
export interface WantedVisit {
  cause: 'tier' | 'event' | 'weather';
  serviceCode: 'B01' | 'B03';
  from: Instant;
  before: Instant;
  mayBePhone: boolean;
}

const ELDER_YEARS = 60;

const hasTag = (tags: readonly HardshipTag[], wanted: readonly string[]): boolean =>
  tags.some((tag) => wanted.includes(tag));

/** An elder's group: as their file has it, else by tags, ability, and who lives with them at what age. */
export const tierOf = (rules: VisitingRules, elder: VisitedElder): VisitTier => {
  const { tags, age, livingSituation = 'with_family', abilityLevel = 0, visitTier } = elder;
  if (visitTier !== undefined) return visitTier;
  const isLeft = livingSituation !== 'with_family';
  if (hasTag(tags, rules.highRiskTags)) return 'high';
  if (abilityLevel >= rules.highRiskFromAbilityLevel) return 'high';
  if (isLeft && age >= rules.highRiskAloneAgeYears) return 'high';
  if (hasTag(tags, rules.keyTags) || abilityLevel >= 1) return 'key';
  return isLeft && age >= ELDER_YEARS ? 'key' : 'general';
};

/** How often a group is visited. */
export type VisitedEvery = Policy['generalVisitedEvery'];

/** How often an elder is visited. */
export const visitedEvery = (rules: VisitingRules, elder: VisitedElder): VisitedEvery =>
  ({
    high: rules.highRiskVisitedEvery,
    key: rules.keyVisitedEvery,
    general: rules.generalVisitedEvery,
  })[tierOf(rules, elder)];

const monthOf = (date: CivilDate): string => date.slice(0, 7);
const quarterOf = (date: CivilDate): string =>
  `${date.slice(0, 4)}.${String(Math.floor((Number(date.slice(5, 7)) - 1) / 3))}`;

/** The first day after the calendar period in which a day lies. */
const endOfPeriod = (every: 'month' | 'quarter', date: CivilDate): CivilDate => {
  const months = every === 'month' ? 1 : 3 - ((Number(date.slice(5, 7)) - 1) % 3);
  return new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1 + months, 1))
    .toISOString()
    .slice(0, 10);
};

interface Span {
  from: Instant;
  before: Instant;
}

const isIn = ({ from, before }: Span, at: Instant): boolean =>
  msOf(from) <= msOf(at) && msOf(at) < msOf(before);

const latest = (one: Instant, other: Instant): Instant => instantOf(Math.max(msOf(one), msOf(other)));
const earliest = (one: Instant, other: Instant): Instant => instantOf(Math.min(msOf(one), msOf(other)));

/** Days of a week, each as a span. */
const daysOf = (week: Span): Span[] =>
  Array.from({ length: 7 }, (_none, day) => {
    const date = plusDays(civilDateOf(week.from), day);
    return { from: startOfDay(date), before: startOfDay(plusDays(date, 1)) };
  });

/** A month's or a quarter's visit is wanted in its last weeks, so many that one that fails can be tried again. */
const LAST_WEEKS_MINUTES = 3 * 7 * 24 * 60;

/** The spans of a week in each of which a visit of the group is due; none where the period has had its own. */
const tierSpans = (every: VisitedEvery, week: Span, contacts: readonly Contact[]): Span[] => {
  if (every === 'day') return daysOf(week);
  if (every === 'week') return [week];
  const day = civilDateOf(week.from);
  const period = every === 'month' ? monthOf : quarterOf;
  // A week that begins in one period and ends in the next belongs to the one in which it begins.
  const end = startOfDay(endOfPeriod(every, day));
  const isSoonOver = msOf(week.from) >= msOf(plusMinutes(end, -LAST_WEEKS_MINUTES));
  const isDone = contacts.some(
    ({ at }) => msOf(at) < msOf(week.from) && period(civilDateOf(at)) === period(day),
  );
  return isSoonOver && !isDone ? [{ from: week.from, before: earliest(week.before, end) }] : [];
};

/** True where the last calls stand in the way of another one: as many in a row as the region allows. */
export const needsHomeVisit = (
  { phoneVisitsInRowMax }: Pick<Policy, 'phoneVisitsInRowMax'>,
  contacts: readonly Contact[],
): boolean => {
  const newest = contacts.toSorted((one, other) => msOf(other.at) - msOf(one.at));
  const last = newest.slice(0, phoneVisitsInRowMax);
  return last.length === phoneVisitsInRowMax && last.every(({ isByPhone }) => isByPhone);
};

const eventSpans = (rules: VisitingRules, week: Span, events: readonly MajorEvent[]): Span[] =>
  events
    .map(({ at }) => ({ from: at, before: plusMinutes(at, rules.visitAfterEventHours * 60) }))
    .filter(({ before }) => isIn(week, plusMinutes(before, -1)));

const weatherSpans = (rules: VisitingRules, week: Span, alerts: readonly WeatherAlert[]): Span[] => {
  if (!rules.weatherVisitsOn) return [];
  return alerts
    .map(({ from, until }) => ({
      from: latest(startOfDay(from), week.from),
      before: earliest(startOfDay(plusDays(until, 1)), week.before),
    }))
    .filter(({ from, before }) => msOf(from) < msOf(before));
};

/**
 * The visits that an elder is to have in a week, by when each is due. Contacts within the week do not lessen what is
 * wanted: what was done is counted against it by the board. Nobody is wanted before the day on which they came.
 */
export const wantedVisits = (
  rules: VisitingRules,
  elder: VisitedElder,
  history: VisitHistory,
  week: IsoWeek,
): WantedVisit[] => {
  const bounds = boundsOfWeek(week);
  const whole: Span = { from: bounds.from, before: bounds.to };
  const arrived = elder.since === undefined ? whole.from : startOfDay(elder.since);
  const before = history.contacts.filter(({ at }) => msOf(at) < msOf(whole.from));
  const mayBePhone = rules.phoneVisitsInRowMax > 0 && !needsHomeVisit(rules, before);
  const visit = (cause: WantedVisit['cause'], span: Span, isPhone: boolean): WantedVisit => ({
    cause,
    serviceCode: cause === 'weather' ? 'B03' : 'B01',
    from: latest(span.from, arrived),
    before: span.before,
    mayBePhone: isPhone,
  });
  return [
    ...eventSpans(rules, whole, history.events).map((span) => visit('event', span, false)),
    ...tierSpans(visitedEvery(rules, elder), whole, history.contacts).map((span) =>
      visit('tier', span, mayBePhone),
    ),
    ...weatherSpans(rules, whole, history.alerts).map((span) => visit('weather', span, true)),
  ]
    .filter(({ from, before: end }) => msOf(from) < msOf(end))
    .toSorted((one, other) => msOf(one.before) - msOf(other.before));
};

/** True where an elder counts in a week's rate: from the week of their coming on, or from the first whole one. */
export const countsIn = (
  { newElderCounts }: Pick<Policy, 'newElderCounts'>,
  { since }: Pick<VisitedElder, 'since'>,
  week: IsoWeek,
): boolean => {
  if (since === undefined) return true;
  const { from, to } = boundsOfWeek(week);
  const limit = newElderCounts === 'same_week' ? to : plusMinutes(from, 1);
  return msOf(startOfDay(since)) < msOf(limit);
};
