/** What somebody was told, in words; and whom the desk is to tell, as no message reaches them. */
import { type RequestRecord, volunteersOf } from '@time-bank/care/request';
import type { MemberId, RequestId } from '@time-bank/contracts/ids';
import { type Member, surnameOf } from '@time-bank/contracts/member';
import { type NoticeFacts, noticeWords } from '@time-bank/contracts/notice-words';
import {
  type InboxLine,
  type InboxPage,
  type InboxRow,
  type MarkInboxRead,
  type RequestPlace,
  type ToTellPage,
  type ToldReceipt,
  type Unread,
  noticeTraits,
} from '@time-bank/contracts/notices';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import type { CommunityCode } from '@time-bank/contracts/region';
import type { Instant } from '@time-bank/contracts/time';
import type { Words } from '@time-bank/contracts/words';
import type { Grant } from '@time-bank/identity/grant';
import { nowOf } from './carry-out.ts';
import type { InboxItem, Ports } from './ports.ts';
import { type ServiceNames, serviceNames } from './service-names.ts';

const LINES_A_PAGE = 25;

/** The request of which a line speaks. */
const requestOf = ({ about }: Pick<InboxItem, 'about'>): RequestId | undefined =>
  'requestId' in about ? about.requestId : undefined;

/** Where somebody sees a request; undefined where it is not theirs, and not theirs to take. */
export const placeOf = (memberId: MemberId, request: RequestRecord | undefined): RequestPlace | undefined => {
  if (request === undefined) return undefined;
  if (request.receiverId === memberId) return 'received';
  if (volunteersOf(request).includes(memberId)) return 'visits';
  return request.state === 'published' ? 'requests' : undefined;
};

/** The requests of which lines speak, in one read. */
const requestsOf = async (
  ports: Pick<Ports, 'careBook'>,
  items: readonly InboxItem[],
): Promise<ReadonlyMap<RequestId, RequestRecord>> => {
  const ids = [...new Set(items.map(requestOf).filter((id) => id !== undefined))];
  const found = ids.length === 0 ? [] : await ports.careBook.readRequests(ids);
  return new Map(found.map((request) => [request.requestId, request]));
};

/** Whose matter it is, as a helper reads it; empty for those whose own it is. */
export const helpedPart = (
  helped: Pick<Member, 'name' | 'gender'> | undefined,
): Pick<NoticeFacts, 'helps'> =>
  helped === undefined ? {} : { helps: { surname: surnameOf(helped.name), gender: helped.gender } };

/**
 * A notice in words: of one about a request its `service` and when it starts; `helped`: whose matter it is, to a
 * helper.
 */
export const wordsOf = (
  { kind }: Pick<InboxItem, 'kind'>,
  about?: { service: Words; startAt: Instant },
  helped?: Pick<Member, 'name' | 'gender'>,
): { short: Words; long: Words } => noticeWords(kind, { ...about, ...helpedPart(helped) });

/** What lines speak of. */
interface Spoken {
  requests: ReadonlyMap<RequestId, RequestRecord>;
  helped: ReadonlyMap<MemberId, Member>;
  nameOf: ServiceNames;
}

/** Of whom lines speak to their helpers, in one read; none where there is no such line. */
const helpedOf = async (
  ports: Pick<Ports, 'people'>,
  items: readonly InboxItem[],
): Promise<Spoken['helped']> => {
  const ids = [...new Set(items.map(({ helps }) => helps).filter((id) => id !== undefined))];
  return ids.length === 0 ? new Map() : ports.people.readMembers(ids);
};

const rowOf = (item: InboxItem, { requests, helped, nameOf }: Spoken): InboxRow => {
  const { memberId, noticeId, kind, at, readAt, helps } = item;
  const requestId = requestOf(item);
  const request = requestId === undefined ? undefined : requests.get(requestId);
  const page = noticeTraits[kind].group === 'desk' ? undefined : placeOf(helps ?? memberId, request);
  const about = request && { service: nameOf(request), startAt: request.plannedStartAt };
  return {
    noticeId,
    kind,
    group: noticeTraits[kind].group,
    ...wordsOf(item, about, helps === undefined ? undefined : helped.get(helps)),
    at,
    isRead: readAt !== undefined,
    ...(page === undefined || requestId === undefined ? {} : { opens: { page, requestId } }),
  };
};

/** One's own inbox, newest first. Throws InvalidCursor. */
export const listInbox = async (
  ports: Pick<Ports, 'inbox' | 'careBook' | 'people' | 'policies'>,
  { actor: { memberId } }: Grant<'manage_notices'>,
  cursor?: string,
): Promise<Outcome<InboxPage>> => {
  const [{ items, ...rest }, unread] = await Promise.all([
    ports.inbox.list(memberId, { limit: LINES_A_PAGE, cursor }),
    ports.inbox.countUnread(memberId),
  ]);
  const [requests, helped] = await Promise.all([requestsOf(ports, items), helpedOf(ports, items)]);
  const spoken = { requests, helped, nameOf: await serviceNames(ports, [...requests.values()]) };
  return done({ items: items.map((item) => rowOf(item, spoken)), unread, ...rest });
};

/** Marks lines of one's own inbox as seen; one that is not there is passed over. */
export const markInboxRead = async (
  ports: Pick<Ports, 'inbox' | 'clock'>,
  { actor: { memberId } }: Grant<'manage_notices'>,
  { lines }: MarkInboxRead,
): Promise<Outcome<Unread>> => {
  const at = nowOf(ports);
  await Promise.all(lines.map((line) => ports.inbox.markRead({ memberId, ...line }, at)));
  return done({ unread: await ports.inbox.countUnread(memberId) });
};

/** Whom a community's desk is to tell, oldest first. Throws InvalidCursor. */
export const listToTell = async (
  ports: Pick<Ports, 'inbox' | 'careBook' | 'people' | 'policies'>,
  _permit: Grant<'list_to_tell'>,
  communityCode: CommunityCode,
  cursor?: string,
): Promise<Outcome<ToTellPage>> => {
  const { items, ...rest } = await ports.inbox.listToTell(communityCode, { limit: LINES_A_PAGE, cursor });
  const [requests, people] = await Promise.all([
    requestsOf(ports, items),
    ports.people.readMembers([...new Set(items.map(({ memberId }) => memberId))]),
  ]);
  const spoken = { requests, helped: people, nameOf: await serviceNames(ports, [...requests.values()]) };
  const rows = items.flatMap((item) => {
    const member = people.get(item.memberId);
    if (member === undefined) return [];
    const { noticeId, kind, long, at } = rowOf(item, spoken);
    const row = { noticeId, kind, long, at };
    return [{ ...row, memberId: item.memberId, name: member.name, hasPhone: member.phone !== undefined }];
  });
  return done({ items: rows, ...rest });
};

/** Somebody was told in person. Refuses: unknown_file (told before, or nothing to tell). */
export const markTold = async (
  ports: Pick<Ports, 'inbox' | 'clock'>,
  _permit: Grant<'mark_told'>,
  memberId: MemberId,
  line: InboxLine,
): Promise<Outcome<ToldReceipt>> => {
  const isMarked = await ports.inbox.markRead({ memberId, ...line }, nowOf(ports));
  return isMarked ? done({ noticeId: line.noticeId, memberId }) : refused('unknown_file');
};
