/**
 * Tells one person one notice: a line in their inbox, once, and by each way out that they have and have not stopped.
 * What has gone out stands on the line, so that another try sends only what is missing. Between a send and its record a
 * process may die; then the same goes out a second time under the same `messageId`.
 */
import type { Notice } from '@time-bank/care/notice';
import type { RequestRecord } from '@time-bank/care/request';
import type { Member } from '@time-bank/contracts/member';
import { type NoticeFacts, noticeWords } from '@time-bank/contracts/notice-words';
import { type NoticeChannel, StoppableGroup, noticeTraits } from '@time-bank/contracts/notices';
import {
  type Instant,
  boundsOfWeek,
  civilDateOf,
  isoWeekOf,
  minuteOfDay,
  msOf,
  plusMinutes,
} from '@time-bank/contracts/time';
import { noticeToken } from '@time-bank/identity/notice-link';
import type { Policy } from '@time-bank/policy/policy';
import { nowOf } from './carry-out.ts';
import { changeNoticesLeaf, isSameStop, noticesLeafOf, withoutPush } from './change-notice-settings.ts';
import { type MailLink, type NoticeMessage, NotReachable, type NoticeSenders } from './notice-senders.ts';
import type { NoticesLeaf } from './person-leaf.ts';
import { policyNow } from './policy-of.ts';
import { type InboxItem, type Ports, Unavailable } from './ports.ts';
import { helpedPart, placeOf } from './read-inbox.ts';
import { type ServiceNames, serviceNames } from './service-names.ts';

/** More than anybody may be asked in a week. */
const ASKS_READ = 100;
/** After a day without any way out the desk is told to tell. */
const GIVE_UP_MINUTES = 24 * 60;
/** What has waited for longer is old news: it stands in the inbox, and rings nowhere. */
const OLD_MINUTES = 3 * 24 * 60;
/** A record of what has gone out is tried so often: a store that restarts is back within seconds. */
const RECORD_TRIES = 4;

/**
 * What one run of the delivery knows. `broken`: ways that have failed in this run and are left alone; `gone`: what this
 * process has sent and could not write down yet, by `messageId`.
 */
export interface Run {
  senders: NoticeSenders;
  broken: Set<NoticeChannel>;
  gone: Set<string>;
  /** Waits before the next try to write down what has gone out. */
  pause: (tries: number) => Promise<void>;
}

type Work = Pick<Ports, 'clock' | 'inbox' | 'personFiles' | 'policies'>;

/** How it ended for one person: `again` where something is still to go out, `failed` where a way out has failed. */
export interface Told {
  again?: Instant;
  failed?: true;
}

const factsOf = ({ request, nameOf, helps }: Letter): NoticeFacts => ({
  ...(request === undefined ? {} : { service: nameOf(request), startAt: request.plannedStartAt }),
  ...helpedPart(helps),
});

const pathOf = ({ member, request, helps }: Letter): string => {
  const page = placeOf(helps?.memberId ?? member.memberId, request);
  return page === undefined || request === undefined ? '/inbox' : `/${page}/${request.requestId}`;
};

/** Whether a kind may go out by a way, as its reader wants it. */
const isWanted = (notice: Notice, leaf: NoticesLeaf | undefined, channel: NoticeChannel): boolean => {
  const { group, bySms } = noticeTraits[notice.kind];
  if (group === 'settings') return channel === 'email';
  if (channel === 'sms' && !bySms) return false;
  const stoppable = StoppableGroup.safeParse(group);
  return !(
    stoppable.success && leaf?.stops.some((stop) => isSameStop(stop, { group: stoppable.data, channel }))
  );
};

const hasAddress = ({ kind }: Notice, leaf: NoticesLeaf | undefined): boolean =>
  leaf?.address !== undefined && (leaf.address.confirmedAt !== undefined || kind === 'confirm_address');

/** The ways by which somebody can be reached at all. */
const waysTo = (notice: Notice, member: Member, leaf: NoticesLeaf | undefined): NoticeChannel[] => [
  ...(member.phone === undefined ? [] : (['sms'] as const)),
  ...(hasAddress(notice, leaf) ? (['email'] as const) : []),
  ...((leaf?.pushes.length ?? 0) === 0 ? [] : (['push'] as const)),
];

/** The end of the quiet hours, where `at` lies in them; undefined where it does not. */
export const quietUntil = (
  { quietFromMinute, quietToMinute }: Pick<Policy, 'quietFromMinute' | 'quietToMinute'>,
  at: Instant,
): Instant | undefined => {
  const minute = minuteOfDay(at);
  if (minute >= quietToMinute && minute < quietFromMinute) return undefined;
  const wait = minute < quietToMinute ? quietToMinute - minute : 24 * 60 - minute + quietToMinute;
  return plusMinutes(at, wait);
};

/** What cannot wait for the morning: danger, and what is about a visit of today. */
const passesQuiet = ({ kind }: Notice, request: RequestRecord | undefined, at: Instant): boolean =>
  noticeTraits[kind].isUrgent ||
  (request !== undefined &&
    noticeTraits[kind].group === 'visits' &&
    request.plannedStartAt > at &&
    civilDateOf(request.plannedStartAt) === civilDateOf(at));

/** True where somebody was asked as often this week as the region allows: the waves count before, this is the last line. */
const isAskedEnough = async (
  ports: Pick<Ports, 'inbox'>,
  { notice, member, policy }: { notice: Notice; member: Member; policy: Policy },
  at: Instant,
): Promise<boolean> => {
  const { from } = boundsOfWeek(isoWeekOf(at));
  const { items } = await ports.inbox.list(member.memberId, { limit: ASKS_READ, from });
  const asks = items.filter(({ kind, noticeId }) => kind === 'asked' && noticeId !== notice.noticeId);
  return asks.length >= policy.asksPerWeekMax;
};

const linkOf = (notice: Notice, member: Member, leaf: NoticesLeaf): MailLink | undefined => {
  const { group } = noticeTraits[notice.kind];
  const { memberId } = member;
  if (group === 'settings') {
    if (leaf.address === undefined) return undefined;
    const { address } = leaf.address;
    return { does: 'confirm', token: noticeToken(leaf.linkSecret, memberId, { does: 'confirm', address }) };
  }
  const stoppable = StoppableGroup.safeParse(group);
  if (!stoppable.success) return undefined;
  const stop = { group: stoppable.data, channel: 'email' } as const;
  return { does: 'stop', token: noticeToken(leaf.linkSecret, memberId, { does: 'stop', stop }) };
};

/** What one notice is to one person; `helps`: the elder whose matter it is, where they hear of it as a helper. */
interface Letter {
  notice: Notice;
  member: Member;
  helps?: Member;
  leaf: NoticesLeaf | undefined;
  request: RequestRecord | undefined;
  nameOf: ServiceNames;
}

const messageOf = (letter: Letter, channel: NoticeChannel): NoticeMessage => {
  const { notice, member, leaf } = letter;
  const facts = factsOf(letter);
  const { short, long } = noticeWords(notice.kind, facts);
  const locale = leaf?.locale ?? 'zh-Hans';
  return {
    messageId: `${notice.noticeId}.${member.memberId}.${channel}`,
    kind: notice.kind,
    locale,
    short: short[locale],
    long: long[locale],
    facts,
    path: pathOf(letter),
    isUrgent: noticeTraits[notice.kind].isUrgent,
  };
};

const sendPushes = async (ports: Work, run: Run, letter: Letter, message: NoticeMessage): Promise<void> => {
  let reached = 0;
  for (const subscription of letter.leaf?.pushes ?? []) {
    try {
      await run.senders.push?.({ ...message, subscription });
      reached += 1;
    } catch (error) {
      if (!(error instanceof NotReachable)) throw error;
      // The browser has given it up: nobody sends there any more.
      await changeNoticesLeaf(ports, letter.member.memberId, (leaf) =>
        withoutPush(leaf, subscription.endpoint),
      );
    }
  }
  if (reached === 0) throw new NotReachable('no browser takes it');
};

/** Sends by one way. Throws NotReachable, Unavailable. */
const send = async (ports: Work, run: Run, letter: Letter, channel: NoticeChannel): Promise<void> => {
  const { member, leaf, notice } = letter;
  const message = messageOf(letter, channel);
  switch (channel) {
    case 'sms':
      if (member.phone !== undefined) await run.senders.sms?.({ ...message, phone: member.phone });
      return;
    case 'email': {
      if (leaf?.address === undefined) return;
      const link = linkOf(notice, member, leaf);
      const { address } = leaf.address;
      await run.senders.email?.({ ...message, address, ...(link === undefined ? {} : { link }) });
      return;
    }
    case 'push':
      await sendPushes(ports, run, letter, message);
  }
};

/** Writes down that something has gone out; what cannot be written is kept in this process, and not sent again by it. */
const record = async (ports: Work, run: Run, line: InboxItem, channel: NoticeChannel): Promise<void> => {
  const messageId = `${line.noticeId}.${line.memberId}.${channel}`;
  run.gone.add(messageId);
  for (let tries = 1; ; tries += 1) {
    try {
      await ports.inbox.markSent(line, channel, nowOf(ports));
      run.gone.delete(messageId);
      return;
    } catch (error) {
      if (tries === RECORD_TRIES) throw error;
      await run.pause(tries);
    }
  }
};

type Way = 'sent' | 'not_reachable' | 'failed';

const goOut = async (
  ports: Work,
  run: Run,
  letter: Letter,
  { line, channel }: { line: InboxItem; channel: NoticeChannel },
): Promise<Way> => {
  if (run.broken.has(channel)) return 'failed';
  if (!run.gone.has(`${line.noticeId}.${line.memberId}.${channel}`)) {
    try {
      await send(ports, run, letter, channel);
    } catch (error) {
      if (error instanceof NotReachable) return 'not_reachable';
      if (!(error instanceof Unavailable)) throw error;
      run.broken.add(channel);
      return 'failed';
    }
  }
  await record(ports, run, line, channel);
  return 'sent';
};

/** Whom nothing reaches of what they ought to hear, the desk of their community tells; their helpers it does not. */
const isForDesk = ({ notice, helps }: Letter): boolean =>
  helps === undefined && 'people' in notice.to && noticeTraits[notice.kind].bySms;

/**
 * How long until the next try: one minute, doubled each time, a quarter of an hour at most. Danger is tried every minute:
 * it must not wait for its turn when a way out is back.
 */
export const pauseMinutes = ({ kind }: Pick<Notice, 'kind'>, tries: number): number =>
  noticeTraits[kind].isUrgent ? 1 : Math.min(15, 2 ** Math.max(0, tries - 1));

/**
 * Tells somebody. `tries`: how often it was begun. Says when to look again where something is still to go out.
 * Throws Unavailable where the store is away.
 */
export const tellPerson = async (
  ports: Work,
  run: Run,
  { tries, ...given }: Omit<Letter, 'leaf' | 'nameOf'> & { tries: number },
): Promise<Told> => {
  const { notice, member, request, helps } = given;
  const at = nowOf(ports);
  const [leaf, policy, nameOf] = await Promise.all([
    noticesLeafOf(ports, member.memberId),
    policyNow(ports, member.communityCode),
    serviceNames(ports, request === undefined ? [] : [request]),
  ]);
  if (notice.kind === 'asked' && (await isAskedEnough(ports, { notice, member, policy }, at))) return {};
  const letter: Letter = { ...given, leaf, nameOf };
  const { noticeId, kind, about, figures } = notice;
  const line = await ports.inbox.put({
    memberId: member.memberId,
    noticeId,
    at: notice.notBefore ?? notice.at,
    kind,
    about,
    ...(figures === undefined ? {} : { figures }),
    ...(helps === undefined ? {} : { helps: helps.memberId }),
    sent: {},
  });
  if (line.readAt !== undefined || msOf(at) - msOf(line.at) > OLD_MINUTES * 60_000) return {};
  const reachable = waysTo(notice, member, leaf).filter((way) => run.senders[way] !== undefined);
  const missing = reachable.filter((way) => isWanted(notice, leaf, way) && line.sent[way] === undefined);
  if (reachable.length === 0 && isForDesk(letter)) await ports.inbox.waitFor(line, member.communityCode);
  if (missing.length === 0) return {};
  const quietEnd = passesQuiet(notice, request, at) ? undefined : quietUntil(policy, at);
  if (quietEnd !== undefined) return { again: quietEnd };
  const ways: Way[] = [];
  for (const channel of missing) ways.push(await goOut(ports, run, letter, { line, channel }));
  if (ways.includes('failed')) {
    const isTooLate = msOf(at) - msOf(line.at) > GIVE_UP_MINUTES * 60_000;
    if (!isTooLate) return { again: plusMinutes(at, pauseMinutes(notice, tries)), failed: true };
  }
  const isTold = ways.includes('sent') || Object.keys(line.sent).length > 0;
  if (!isTold && isForDesk(letter)) await ports.inbox.waitFor(line, member.communityCode);
  return {};
};
