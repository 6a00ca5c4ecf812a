/**
 * Help that comes again and again, and its life. A date is named by the day on which the rule has it, wherever it was
 * moved to, so that each is posted once.
 */
import type { CommandId, MemberId, RequestId } from '@time-bank/contracts/ids';
import { type Outcome, type Planned, done, refused, replayed } from '@time-bank/contracts/refusals';
import type { Channel, ServiceCode, Wishes } from '@time-bank/contracts/request';
import type {
  ChangeSeries,
  RepeatRule,
  SeriesDate,
  SeriesReceipt,
  SeriesState,
  StopReason,
} from '@time-bank/contracts/series';
import { type CivilDate, type Instant, civilDateOf, msOf, plusDays } from '@time-bank/contracts/time';
import type { ActorId } from '@time-bank/contracts/ids';
import { AHEAD_DAYS_MAX, datesBetween, lastDateOf, startOn } from './repeat-rule.ts';

/** Dates are posted so many days ahead. */
export const POSTED_AHEAD_DAYS = 14;

/** One thing that happened to a series; written once. */
export interface SeriesEvent {
  commandId: CommandId;
  fingerprint: string;
  step: 'opened' | 'stopped' | 'ran_out' | ChangeSeries['change'];
  actorId: ActorId;
  channel: Channel;
  at: Instant;
  state: SeriesState;
  date?: CivilDate;
}

/** A date that was posted. `isTakenBack`: it was moved or left out since, and its request with it. */
export interface PostedDate {
  date: CivilDate;
  requestId: RequestId;
  isTakenBack?: true;
}

/**
 * What is kept of a series. `posted` and `short` (not enough hours): the dates of the last weeks and those ahead.
 */
export interface SeriesFacts {
  elderId: MemberId;
  serviceCode: ServiceCode;
  rule: RepeatRule;
  from: CivilDate;
  startMinute: number;
  plannedMinutes: number;
  wishes: Wishes;
  note?: string;
  paidBy: 'community' | 'hours';
  state: SeriesState;
  stopReason?: StopReason;
  skipped: CivilDate[];
  moved: { date: CivilDate; to: Instant }[];
  pauses: { from: CivilDate; until: CivilDate }[];
  posted: PostedDate[];
  short: CivilDate[];
  history: SeriesEvent[];
}

/** A change of a series, with what belongs to it. */
export type SeriesChange =
  | { change: 'move_date'; date: CivilDate; to: Instant }
  | { change: 'skip_date'; date: CivilDate }
  | { change: 'pause'; from: CivilDate; until: CivilDate }
  | { change: 'end' };

/** The change that a message says. Throws where the message was let in without what belongs to it. */
export const changeOf = ({ change, date, to, from, until }: ChangeSeries): SeriesChange => {
  if (change === 'end') return { change };
  if (change === 'pause' && from !== undefined && until !== undefined) return { change, from, until };
  if (change === 'skip_date' && date !== undefined) return { change, date };
  if (change === 'move_date' && date !== undefined && to !== undefined) return { change, date, to };
  throw new Error('a change says what belongs to it');
};

/** Who does a step, under which command, when, by which way. */
export type SeriesCommand = Pick<SeriesEvent, 'commandId' | 'fingerprint' | 'actorId' | 'channel' | 'at'>;

/** The most that happens to one series: one that is changed every week has its own for two years. */
const STEPS_MAX = 120;
/** Dates further back than this are forgotten: their requests are there. */
const KEPT_DAYS = 60;

/** What a step answered, from its event. */
export const seriesReceipt = (caseId: CommandId, { state, at }: SeriesEvent): SeriesReceipt => ({
  caseId,
  state,
  at,
});

/** The once-only check. Undefined where the step is new. Refuses: exists_with_different_content. */
export const seriesStepDone = (
  caseId: CommandId,
  history: readonly SeriesEvent[],
  command: Pick<SeriesCommand, 'commandId' | 'fingerprint'>,
): Outcome<SeriesReceipt> | undefined => {
  const event = history.find(({ commandId }) => commandId === command.commandId);
  if (event === undefined) return undefined;
  return event.fingerprint === command.fingerprint
    ? replayed(seriesReceipt(caseId, event))
    : refused('exists_with_different_content');
};

const isPaused = ({ pauses }: SeriesFacts, date: CivilDate): boolean =>
  pauses.some(({ from, until }) => from <= date && date <= until);

/** When a date of a series is: where its rule has it, or where it was moved to. */
export const atOf = ({ moved, startMinute }: SeriesFacts, date: CivilDate): Instant =>
  moved.find((each) => each.date === date)?.to ?? startOn(date, startMinute);

const isOf = (facts: SeriesFacts, date: CivilDate): SeriesDate['is'] => {
  if (facts.skipped.includes(date)) return 'skipped';
  if (isPaused(facts, date)) return 'paused';
  if (facts.posted.some((each) => each.date === date && each.isTakenBack !== true)) return 'posted';
  if (facts.short.includes(date)) return 'short';
  return facts.moved.some((each) => each.date === date) ? 'moved' : 'to_come';
};

const dateOf = (facts: SeriesFacts, date: CivilDate): SeriesDate => {
  const is = isOf(facts, date);
  const requestId =
    is === 'posted' ? facts.posted.findLast((each) => each.date === date)?.requestId : undefined;
  return { date, at: atOf(facts, date), is, ...(requestId === undefined ? {} : { requestId }) };
};

/** The dates of a series from a day to a day, both included, each as it stands; also those that were moved into it. */
export const seriesDates = (facts: SeriesFacts, from: CivilDate, until: CivilDate): SeriesDate[] => {
  const movedHere = facts.moved.filter(({ to }) => from <= civilDateOf(to) && civilDateOf(to) <= until);
  const dates = new Set([...datesBetween(facts, from, until), ...movedHere.map(({ date }) => date)]);
  return [...dates].map((date) => dateOf(facts, date)).sort((one, other) => msOf(one.at) - msOf(other.at));
};

/**
 * The dates that are to be posted at `now`: those of the next `aheadDays` days that were neither posted, nor tried, nor
 * left out, and that have not begun.
 */
export const datesToPost = (facts: SeriesFacts, now: Instant, aheadDays: number): SeriesDate[] => {
  const today = civilDateOf(now);
  return seriesDates(facts, today, plusDays(today, aheadDays)).filter(
    ({ is, at }) => (is === 'to_come' || is === 'moved') && msOf(at) > msOf(now),
  );
};

/** How often a date was posted before: a date that was moved after it was posted is a request of its own. */
export const roundOf = ({ posted }: SeriesFacts, date: CivilDate): number =>
  posted.filter((each) => each.date === date).length;

const withEvent = <F extends SeriesFacts>(
  facts: F,
  event: SeriesEvent,
  also: Partial<SeriesFacts> = {},
): F => ({ ...facts, ...also, state: event.state, history: [...facts.history, event] });

/** True where the rule has that day and it is still to come; of days that nobody looks ahead to it has none. */
const isDateOf = (facts: SeriesFacts, date: CivilDate, now: Instant): boolean =>
  date <= plusDays(civilDateOf(now), AHEAD_DAYS_MAX) &&
  datesBetween(facts, date, date).length === 1 &&
  !facts.skipped.includes(date) &&
  msOf(atOf(facts, date)) > msOf(now);

/** The requests that a change takes back are marked: such a date may be posted again, under an id of its own. */
const takingBack = (facts: SeriesFacts, body: SeriesChange, today: CivilDate): PostedDate[] => {
  const back = requestsTakenBack(facts, body, today);
  return facts.posted.map((each) => (back.includes(each) ? { ...each, isTakenBack: true } : each));
};

/**
 * Changes a series. Requests of dates that were posted already are taken back by whoever asks for this, before.
 * Refuses: case_closed, date_not_in_series, starts_in_past.
 */
export const planChange = <F extends SeriesFacts>(
  facts: F,
  command: SeriesCommand,
  body: SeriesChange,
): Planned<F> => {
  if (facts.state !== 'open' || facts.history.length >= STEPS_MAX) return refused('case_closed');
  const event: SeriesEvent = { ...command, step: body.change, state: 'open' };
  const posted = takingBack(facts, body, civilDateOf(command.at));
  switch (body.change) {
    case 'end':
      return done(withEvent(facts, { ...event, state: 'ended' }, { posted }));
    case 'pause': {
      if (body.until < civilDateOf(command.at)) return refused('starts_in_past');
      const pauses = [...facts.pauses, { from: body.from, until: body.until }];
      return done(withEvent(facts, event, { pauses: pauses.slice(-20), posted }));
    }
    case 'skip_date': {
      if (!isDateOf(facts, body.date, command.at)) return refused('date_not_in_series');
      return done(
        withEvent(facts, { ...event, date: body.date }, { skipped: [...facts.skipped, body.date], posted }),
      );
    }
    case 'move_date': {
      if (!isDateOf(facts, body.date, command.at)) return refused('date_not_in_series');
      if (msOf(body.to) < msOf(command.at)) return refused('starts_in_past');
      const others = facts.moved.filter(({ date }) => date !== body.date);
      return done(
        withEvent(
          facts,
          { ...event, date: body.date },
          {
            moved: [...others, { date: body.date, to: body.to }],
            short: facts.short.filter((date) => date !== body.date),
            posted,
          },
        ),
      );
    }
  }
};

/** The requests that a change takes back: of the dates that it moves or leaves out, and of all to come where it ends. */
export const requestsTakenBack = (facts: SeriesFacts, body: SeriesChange, today: CivilDate): PostedDate[] =>
  facts.posted.filter(({ date, isTakenBack }) => {
    if (isTakenBack === true) return false;
    if (body.change === 'end') return date >= today;
    if (body.change === 'pause') return body.from <= date && date <= body.until && date >= today;
    return date === body.date;
  });

/** The service stops a series that can no longer go on. */
export const planStop = <F extends SeriesFacts>(
  facts: F,
  command: SeriesCommand,
  stopReason: StopReason,
): F => withEvent(facts, { ...command, step: 'stopped', state: 'stopped' }, { stopReason });

/** What came of a run: what was posted, for what there were not enough hours; what lies long back is forgotten. */
export const afterRun = <F extends SeriesFacts>(
  facts: F,
  run: { posted: readonly PostedDate[]; short: readonly CivilDate[]; today: CivilDate },
): F => {
  const since = plusDays(run.today, -KEPT_DAYS);
  return {
    ...facts,
    posted: [...facts.posted, ...run.posted].filter(({ date }) => date >= since),
    short: [...new Set([...facts.short, ...run.short])].filter((date) => date >= since),
    skipped: facts.skipped.filter((date) => date >= since),
    moved: facts.moved.filter(({ date, to }) => date >= since || civilDateOf(to) >= since),
    pauses: facts.pauses.filter(({ until }) => until >= since),
  };
};

/** True where a rule with an end has no date left at `now`. */
export const hasRunOut = (facts: SeriesFacts, now: Instant): boolean => {
  const last = lastDateOf(facts);
  return last !== undefined && msOf(atOf(facts, last)) < msOf(now);
};

/** A series whose rule is over. */
export const planRunOut = <F extends SeriesFacts>(facts: F, command: SeriesCommand): F =>
  withEvent(facts, { ...command, step: 'ran_out', state: 'ended' });
