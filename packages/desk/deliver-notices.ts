/**
 * Brings out what is to be told. A notice is claimed for some minutes, told to everybody whom it is for, and taken out
 * when nothing of it is missing any more; else it is put back. Whoever dies on the way loses the claim, and the next one
 * sends what is missing: delivered at least once, shown once.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { NoticeChannel } from '@time-bank/contracts/notices';
import { type Instant, instantOf, plusMinutes } from '@time-bank/contracts/time';
import { nowOf } from './carry-out.ts';
import { isNeededBy, subjectOfNotice } from './notice-need.ts';
import { recipientsOf } from './notice-recipients.ts';
import type { NoticeSenders } from './notice-senders.ts';
import type { Ports, WaitingNotice } from './ports.ts';
import { type Run, type Told, pauseMinutes, tellPerson } from './tell-person.ts';

/** Longer than one notice takes to everybody whom it is for, however slow the ways out are. */
const LEASE_MINUTES = 5;
/** A run begins so many at most; the next one goes on. */
const NOTICES_A_RUN = 200;
const AT_ONCE = 8;
/** No notice is begun after so long, so that a function of a minute ends by itself. */
const RUN_MS = 45_000;
/** Begun so often and still not gone out: more than half an hour of a way that fails, minutes for danger. */
const STUCK_TRIES = 7;
const RECORD_PAUSE_MS = 500;

type Work = Pick<
  Ports,
  'clock' | 'outbox' | 'inbox' | 'careBook' | 'caseBook' | 'people' | 'personFiles' | 'policies'
>;

/** What a run did. `stuck`: notices that a failing way out has kept for more than half an hour. */
export interface DeliveryReport {
  told: number;
  notNeeded: number;
  putBack: number;
  failed: number;
  stuck: number;
}

/** What one process keeps from run to run. */
export interface Delivery {
  senders: NoticeSenders;
  gone: Set<string>;
  /** Hears of what broke on the way: which notice, and what kind of error. */
  broke: (noticeId: string, error: unknown) => void;
  pause?: Run['pause'];
}

type Ended = 'told' | 'notNeeded' | 'putBack' | 'failed' | 'stuck';

const soonest = (told: readonly Told[]): Instant | undefined =>
  told.flatMap(({ again }) => again ?? []).sort()[0];

const tellEverybody = async (ports: Work, run: Run, claimed: WaitingNotice): Promise<Ended> => {
  const { notice, tries } = claimed;
  const at = nowOf(ports);
  const subject = await subjectOfNotice(ports, notice, at);
  if (!subject.isNeeded) {
    await ports.outbox.end(claimed, 'not_needed', at);
    return 'notNeeded';
  }
  const { request } = subject;
  const people = (await recipientsOf(ports, notice, request)).filter(
    ({ member, helps }) => helps !== undefined || isNeededBy(notice, subject, member.memberId),
  );
  const told: Told[] = [];
  for (const recipient of people) {
    told.push(await tellPerson(ports, run, { notice, ...recipient, request, tries }));
  }
  const again = soonest(told);
  if (again === undefined) {
    await ports.outbox.end(claimed, 'told', nowOf(ports));
    return 'told';
  }
  await ports.outbox.putBack(claimed, again);
  if (told.every(({ failed }) => failed !== true)) return 'putBack';
  return tries >= STUCK_TRIES ? 'stuck' : 'failed';
};

/** One notice; what breaks on it must not hold up the others: its claim lapses, or it is put back. */
const deliverOne = async (
  ports: Work,
  run: Run,
  seen: WaitingNotice,
  broke: Delivery['broke'],
): Promise<Ended | undefined> => {
  const claimed = await ports.outbox.claim(seen, plusMinutes(nowOf(ports), LEASE_MINUTES));
  if (claimed === undefined) return undefined;
  try {
    return await tellEverybody(ports, run, claimed);
  } catch (error) {
    broke(claimed.notice.noticeId, error);
    const again = plusMinutes(nowOf(ports), pauseMinutes(claimed.notice, claimed.tries));
    await ports.outbox.putBack(claimed, again).catch(() => false);
    return claimed.tries >= STUCK_TRIES ? 'stuck' : 'failed';
  }
};

/**
 * One run. `now` of the ports decides what is due. Two runs at once, in one process or in two, send nothing twice.
 * Throws Unavailable where the outbox cannot be read.
 */
export const deliverNotices = async (
  ports: Work,
  { senders, gone, broke, pause = (tries) => wait(RECORD_PAUSE_MS * tries) }: Delivery,
): Promise<DeliveryReport> => {
  const startedMs = ports.clock.nowMs();
  const run: Run = { senders, gone, broken: new Set<NoticeChannel>(), pause };
  const due = await ports.outbox.listDue(instantOf(startedMs + 1), NOTICES_A_RUN);
  const report: DeliveryReport = { told: 0, notNeeded: 0, putBack: 0, failed: 0, stuck: 0 };
  for (let from = 0; from < due.length; from += AT_ONCE) {
    if (ports.clock.nowMs() - startedMs > RUN_MS) break;
    const ended = await Promise.all(
      due.slice(from, from + AT_ONCE).map((seen) => deliverOne(ports, run, seen, broke)),
    );
    for (const how of ended) if (how !== undefined) report[how] += 1;
  }
  return report;
};
