/**
 * The schedule posts the dates of the next days, and stops what can no longer go on. Safe to do twice, by two runs at
 * once, and again after a run that was cut off: requests have ids that follow from their dates.
 */
import { type NoticeChange, tell } from '@time-bank/care/notice';
import { startOn } from '@time-bank/care/repeat-rule';
import {
  POSTED_AHEAD_DAYS,
  type PostedDate,
  type SeriesCommand,
  afterRun,
  datesToPost,
  hasRunOut,
  planRunOut,
  planStop,
} from '@time-bank/care/series';
import { SYSTEM, accountOf } from '@time-bank/contracts/ids';
import { type Member, wasMerged } from '@time-bank/contracts/member';
import type { RefusalCode } from '@time-bank/contracts/refusals';
import { CommunityCode } from '@time-bank/contracts/region';
import type { SeriesDate, StopReason } from '@time-bank/contracts/series';
import { civilDateOf, plusDays, startOfDay } from '@time-bank/contracts/time';
import { justAfterNow, nowOf } from './carry-out.ts';
import { derivedCommand } from './derived-id.ts';
import { fingerprintOf } from './fingerprint.ts';
import { oneByOne } from './one-by-one.ts';
import { policyNow } from './policy-of.ts';
import type { Ports } from './ports.ts';
import { postSeriesDate, requestOfDate } from './post-series.ts';
import type { SeriesCase } from './staff-case.ts';

type Work = Pick<Ports, 'clock' | 'journal' | 'careBook' | 'people' | 'regions' | 'policies' | 'caseBook'>;

/** A run does this many series of a community; the next run goes on. */
const A_RUN = 50;

/** What may go through the next time, so that the date is tried again. */
const passing: readonly RefusalCode[] = ['busy_try_again', 'unavailable', 'starts_too_late'];
/** What no later date can change. */
const stopping: readonly RefusalCode[] = ['unknown_account', 'account_closed', 'donate_only_account'];

const ownCommand = (ports: Work, { caseId, openedAt }: SeriesCase, cause: string): SeriesCommand => ({
  commandId: derivedCommand(openedAt, ['series', cause, caseId]),
  fingerprint: fingerprintOf(['series', cause, caseId]),
  actorId: SYSTEM,
  channel: 'job',
  at: nowOf(ports),
});

/** Why a series cannot go on; undefined where it can. */
const whyStop = async (
  ports: Work,
  record: SeriesCase,
  receiver: Member | undefined,
): Promise<StopReason | undefined> => {
  if (receiver === undefined || wasMerged(receiver)) return 'not_receiving_care';
  if (receiver.communityCode !== record.communityCode) return 'moved_away';
  // The community pays for its residents; whoever pays with hours of their own need not be one.
  const isResident = receiver.roles.some(({ role }) => role === 'resident');
  if (record.paidBy === 'community' && !isResident) return 'not_receiving_care';
  const [head, estate] = await Promise.all([
    ports.journal.readAccountNow(accountOf(record.elderId)),
    ports.caseBook.readNow('estate', accountOf(record.elderId)),
  ]);
  if (estate?.state === 'open') return 'died';
  return head?.state === 'closed' ? 'account_closed' : undefined;
};

const both = (record: SeriesCase): NoticeChange['notice']['to'][] => [
  { people: [record.elderId] },
  { deskOf: record.communityCode },
];

/** The elder and the desk hear of it: of a stop, or of a date for which there were not enough hours. */
const tellings = (
  record: SeriesCase,
  kind: 'series_stopped' | 'series_date_short',
  cause: { id: string; at: string },
): NoticeChange[] =>
  both(record).map((to, index) =>
    tell(`${cause.id}.${String(index)}`, { kind, to, about: { caseId: record.caseId }, at: cause.at }),
  );

/** Writes the next version with whom it tells. False where somebody was faster: the next run goes on from there. */
const write = async (ports: Work, next: SeriesCase, tells: readonly NoticeChange[]): Promise<boolean> => {
  const record = { ...next, version: next.version + 1 };
  const commit = await ports.journal.commit([...tells, { change: 'move_case', record }]);
  return commit.kind === 'done';
};

const stop = (ports: Work, record: SeriesCase, reason: StopReason): Promise<boolean> => {
  const command = ownCommand(ports, record, 'stopped');
  // Whoever has died, or is not known any more, is told nothing.
  const tells = tellings(record, 'series_stopped', { id: command.commandId, at: command.at });
  const isThere = reason === 'moved_away' || reason === 'account_closed';
  return write(ports, planStop(record, command, reason), isThere ? tells : tells.slice(1));
};

interface Run {
  posted: PostedDate[];
  short: SeriesDate[];
  stopping: boolean;
}

const postDates = async (
  ports: Work,
  record: SeriesCase,
  receiver: Member,
  dates: readonly SeriesDate[],
): Promise<Run> => {
  const run: Run = { posted: [], short: [], stopping: false };
  for (const date of dates) {
    const outcome = await postSeriesDate(ports, record, receiver, date);
    if (outcome.kind !== 'refused') {
      run.posted.push({ date: date.date, requestId: requestOfDate(record, date) });
    } else if (stopping.includes(outcome.refusal.code)) {
      run.stopping = true;
      break;
    } else if (!passing.includes(outcome.refusal.code)) run.short.push(date);
  }
  return run;
};

/** Tomorrow another date comes near; just after midnight in China. */
const tomorrow = (ports: Work): string => startOfDay(plusDays(civilDateOf(nowOf(ports)), 1));

/** Posts what is to be posted of one series, or stops it. Gives how many requests were posted. */
export const keepOneSeries = async (ports: Work, record: SeriesCase): Promise<number> => {
  const receiver = await ports.people.readMember(record.elderId);
  const reason = await whyStop(ports, record, receiver);
  if (reason !== undefined || receiver === undefined) {
    await stop(ports, record, reason ?? 'not_receiving_care');
    return 0;
  }
  const now = nowOf(ports);
  if (hasRunOut(record, now)) {
    await write(ports, planRunOut(record, ownCommand(ports, record, 'ran_out')), []);
    return 0;
  }
  const policy = await policyNow(ports, record.communityCode);
  const aheadDays = Math.min(POSTED_AHEAD_DAYS, policy.postAheadDaysMax);
  const run = await postDates(ports, record, receiver, datesToPost(record, now, aheadDays));
  const next = afterRun(record, {
    posted: run.posted,
    short: run.short.map(({ date }) => date),
    today: civilDateOf(now),
  });
  const tells = run.short.flatMap(({ date }) => {
    const id = derivedCommand(startOn(date, record.startMinute), ['series_short', record.caseId, date]);
    return tellings(record, 'series_date_short', { id, at: now });
  });
  const isWritten = await write(ports, { ...next, dueAt: tomorrow(ports) }, tells);
  if (run.stopping && isWritten) {
    await stop(ports, { ...next, dueAt: tomorrow(ports), version: next.version + 1 }, 'account_closed');
  }
  return run.posted.length;
};

/** Posts the dates of all series that are due, in every community. Gives how many requests were posted. */
export const keepSeries = async (ports: Work): Promise<number> => {
  const page = { before: justAfterNow(ports), limit: A_RUN };
  return oneByOne(await ports.regions.listCommunities(''), async ({ code }) => {
    const { items } = await ports.caseBook.listOpen('series', CommunityCode.parse(code), page);
    return oneByOne(items, (record) => keepOneSeries(ports, record));
  });
};
