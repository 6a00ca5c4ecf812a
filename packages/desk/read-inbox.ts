/** What somebody was told, in words; and whom the desk is to tell, as no message reaches them. */
import { type RequestRecord, volunteersOf } from '@time-bank/care/request';
import { services } from '@time-bank/care/service';
import type { MemberId, RequestId } from '@time-bank/contracts/ids';
import { noticeWords } from '@time-bank/contracts/notice-words';
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
import type { Words } from '@time-bank/contracts/words';
import type { Grant } from '@time-bank/identity/grant';
import { nowOf } from './carry-out.ts';
import type { InboxItem, Ports } from './ports.ts';

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

/** A notice about a request, in words. */
export const wordsOf = (
  { kind }: Pick<InboxItem, 'kind'>,
  request: Pick<RequestRecord, 'serviceCode' | 'plannedStartAt'> | undefined,
): { short: Words; long: Words } =>
  noticeWords(
    kind,
    request === undefined
      ? {}
      : { service: services[request.serviceCode].words, startAt: request.plannedStartAt },
  );

const rowOf = (item: InboxItem, requests: ReadonlyMap<RequestId, RequestRecord>): InboxRow => {
  const { memberId, noticeId, kind, at, readAt } = item;
  const requestId = requestOf(item);
  const request = requestId === undefined ? undefined : requests.get(requestId);
  const page = noticeTraits[kind].group === 'desk' ? undefined : placeOf(memberId, request);
  return {
    noticeId,
    kind,
    group: noticeTraits[kind].group,
    ...wordsOf(item, request),
    at,
    isRead: readAt !== undefined,
    ...(page === undefined || requestId === undefined ? {} : { opens: { page, requestId } }),
  };
};

/** One's own inbox, newest first. Throws InvalidCursor. */
export const listInbox = async (
  ports: Pick<Ports, 'inbox' | 'careBook'>,
  { actor: { memberId } }: Grant<'manage_notices'>,
  cursor?: string,
): Promise<Outcome<InboxPage>> => {
  const [{ items, ...rest }, unread] = await Promise.all([
    ports.inbox.list(memberId, { limit: LINES_A_PAGE, cursor }),
    ports.inbox.countUnread(memberId),
  ]);
  const requests = await requestsOf(ports, items);
  return done({ items: items.map((item) => rowOf(item, requests)), unread, ...rest });
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
  ports: Pick<Ports, 'inbox' | 'careBook' | 'people'>,
  _permit: Grant<'list_to_tell'>,
  communityCode: CommunityCode,
  cursor?: string,
): Promise<Outcome<ToTellPage>> => {
  const { items, ...rest } = await ports.inbox.listToTell(communityCode, { limit: LINES_A_PAGE, cursor });
  const [requests, people] = await Promise.all([
    requestsOf(ports, items),
    ports.people.readMembers([...new Set(items.map(({ memberId }) => memberId))]),
  ]);
  const rows = items.flatMap((item) => {
    const member = people.get(item.memberId);
    if (member === undefined) return [];
    const { noticeId, kind, long, at } = rowOf(item, requests);
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
