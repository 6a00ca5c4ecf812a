/**
 * The calendar of one person: the visits that they receive and those that they make. Whoever has its address sees when,
 * what and the family name of whom, and neither where nor how to call: an address wanders.
 */
import { isOnItsWay, wasMade } from '@time-bank/care/life';
import { type RequestFacts, type RequestRecord, volunteersOf } from '@time-bank/care/request';
import type { MemberId, RequestId } from '@time-bank/contracts/ids';
import { type Member, maskedName } from '@time-bank/contracts/member';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import { type Instant, instantOf } from '@time-bank/contracts/time';
import type { Locale, Words } from '@time-bank/contracts/words';
import { isCalendarLink, ownerOfLink } from '@time-bank/identity/notice-link';
import { noticesLeafOf } from './change-notice-settings.ts';
import type { Ports } from './ports.ts';
import { type ServiceNames, serviceNames } from './service-names.ts';

/** Of each kind: a year back and all that is planned, for most people. */
const VISITS_MAX = 100;
const DAYS_BACK = 30;
const DAY_MS = 24 * 60 * 60 * 1000;

/** An entry of a calendar. `version` grows when it changes; `isOff`: it does not take place. */
export interface CalendarEntry {
  requestId: RequestId;
  version: number;
  service: Words;
  startAt: Instant;
  minutes: number;
  /** Family names of the other side, masked. */
  names: string[];
  isMine: 'receiver' | 'volunteer';
  isOff: boolean;
  changedAt: Instant;
}

/** All entries, and the language of their owner. */
export interface CalendarFeed {
  locale: Locale;
  entries: CalendarEntry[];
}

const entryOf = (
  request: RequestRecord,
  isMine: CalendarEntry['isMine'],
  { people, nameOf }: { people: ReadonlyMap<MemberId, Member>; nameOf: ServiceNames },
): CalendarEntry => {
  const others = isMine === 'receiver' ? volunteersOf(request) : [request.receiverId];
  const { requestId, version, plannedStartAt, plannedMinutes, state, history } = request;
  return {
    requestId,
    version,
    service: nameOf(request),
    startAt: plannedStartAt,
    minutes: plannedMinutes,
    names: others.flatMap((id) => {
      const name = people.get(id)?.name;
      return name === undefined ? [] : [maskedName(name)];
    }),
    isMine,
    isOff: !isOnItsWay(state) && !wasMade(state),
    changedAt: history.at(-1)?.at ?? plannedStartAt,
  };
};

const since = (facts: readonly RequestFacts[], from: Instant): RequestRecord[] =>
  facts
    .map(({ request }) => request)
    .filter(({ plannedStartAt, state }) => plannedStartAt >= from && state !== 'draft' && state !== 'void');

/**
 * The calendar behind an address. Three reads beside that of the address, however many visits there are.
 * Refuses: unknown_route.
 */
export const readCalendar = async (
  ports: Pick<Ports, 'clock' | 'personFiles' | 'careBook' | 'people' | 'policies'>,
  link: string,
): Promise<Outcome<CalendarFeed>> => {
  const memberId = ownerOfLink(link);
  const leaf = await noticesLeafOf(ports, memberId);
  if (leaf === undefined || !isCalendarLink(link, leaf.calendarHash)) return refused('unknown_route');
  const [received, visited] = await Promise.all([
    ports.careBook.listReceived(memberId, { limit: VISITS_MAX }),
    ports.careBook.listVisited(memberId, { limit: VISITS_MAX }),
  ]);
  const from = instantOf(ports.clock.nowMs() - DAYS_BACK * DAY_MS);
  const [mine, made] = [since(received.items, from), since(visited.items, from)];
  const ids = new Set([...mine.flatMap(volunteersOf), ...made.map(({ receiverId }) => receiverId)]);
  const [people, nameOf] = await Promise.all([
    ports.people.readMembers([...ids]),
    serviceNames(ports, [...mine, ...made]),
  ]);
  const entries = [
    ...mine.map((request) => entryOf(request, 'receiver', { people, nameOf })),
    ...made.map((request) => entryOf(request, 'volunteer', { people, nameOf })),
  ];
  return done({ locale: leaf.locale, entries: entries.sort((a, b) => (a.startAt < b.startAt ? -1 : 1)) });
};
