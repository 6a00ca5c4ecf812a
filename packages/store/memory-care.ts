/** Requests, visits and diaries in memory, under the conditions of `request-item.ts` and in the order of its indexes. */
import type { Diary } from '@time-bank/care/diary';
import type { CareChange, RequestRecord, VisitRecord } from '@time-bank/care/request';
import type { MemberId, RequestId, VisitId } from '@time-bank/contracts/ids';
import type { Instant } from '@time-bank/contracts/time';
import { forgotten } from './forgotten.ts';
import type { Notice } from '@time-bank/care/notice';
import { communityRequestsKey, receivesKey, startSort, visitsKey, waitsIn } from './keys.ts';
import { type SortedLists, sortedLists } from './memory-lists.ts';
import { kept } from './memory-value.ts';

/** Which visit of which request. */
export interface VisitPlace {
  requestId: RequestId;
  visitId: VisitId;
}

/** What stands in the care table of requests, visits and diaries. All of it is frozen; `write` alone changes it. */
export interface CareMemory {
  requests: Map<RequestId, RequestRecord>;
  visits: Map<RequestId, Map<VisitId, VisitRecord>>;
  diaries: Map<MemberId, Diary>;
  /** Requests by the person who receives them. */
  received: SortedLists<RequestId>;
  /** Visits by volunteer. */
  visited: SortedLists<VisitPlace>;
  /** Requests by community. */
  ofCommunity: SortedLists<RequestId>;
  /** Requests that wait for a volunteer, by township, and those that are due, by community. */
  waiting: SortedLists<RequestId>;
  /** What is to be told, by the notice's id. */
  notices: Map<string, Notice>;
  /** What is to go out, by when; with how often somebody has begun to tell it. */
  outbox: SortedLists<{ noticeId: string; dueAt: Instant; tries: number }>;
}

/** A memory with nothing in it. */
export const careMemory = (): CareMemory => ({
  requests: new Map(),
  visits: new Map(),
  diaries: new Map(),
  received: sortedLists(),
  visited: sortedLists(),
  ofCommunity: sortedLists(),
  waiting: sortedLists(),
  notices: new Map(),
  outbox: sortedLists(),
});

/** True where the change's condition does not hold: the thing is there already, or is not as it was read. */
export const isStale = (memory: CareMemory, change: CareChange): boolean => {
  switch (change.change) {
    case 'put_request':
      return memory.requests.has(change.request.requestId);
    case 'move_request':
      return memory.requests.get(change.request.requestId)?.version !== change.fromVersion;
    case 'put_visit':
      return visitAt(memory, change.visit) !== undefined;
    case 'move_visit':
      return visitAt(memory, change.visit) === undefined;
    case 'put_diary': {
      const diary = memory.diaries.get(change.diary.volunteerId);
      return change.fromVersion === 0 ? diary !== undefined : diary?.version !== change.fromVersion;
    }
    case 'put_notice':
      return memory.notices.has(change.notice.noticeId);
  }
};

/** The visit at a place. */
export const visitAt = (memory: CareMemory, { requestId, visitId }: VisitPlace): VisitRecord | undefined =>
  memory.visits.get(requestId)?.get(visitId);

interface Listing {
  list: string;
  sort: string;
}

/** Moves a thing from where it was listed to where it is listed now; undefined: nowhere. */
const relist = <T>(lists: SortedLists<T>, value: T, from: Listing | undefined, to: Listing | undefined) => {
  if (from?.list === to?.list && from?.sort === to?.sort) return;
  if (from !== undefined) lists.remove(from.list, from.sort);
  if (to !== undefined) lists.put(to.list, to.sort, value);
};

const listingsOf = (request: RequestRecord) => {
  const sort = startSort(request.plannedStartAt, request.requestId);
  return {
    received: { list: receivesKey(request.receiverId), sort },
    ofCommunity: { list: communityRequestsKey(request.communityCode), sort },
    waiting: waitsIn(request),
  };
};

const writeRequest = (memory: CareMemory, request: RequestRecord): void => {
  const { requestId } = request;
  const old = memory.requests.get(requestId);
  const from = old === undefined ? undefined : listingsOf(old);
  const to = listingsOf(request);
  relist(memory.received, requestId, from?.received, to.received);
  relist(memory.ofCommunity, requestId, from?.ofCommunity, to.ofCommunity);
  relist(memory.waiting, requestId, from?.waiting, to.waiting);
  memory.requests.set(requestId, kept(request));
};

/** Two visits of one request sort by their ids: a list has one thing at most for a sort value. */
const visitListing = ({ volunteerId, plannedStartAt, requestId, visitId }: VisitRecord): Listing => ({
  list: visitsKey(volunteerId),
  sort: `${startSort(plannedStartAt, requestId)}#${visitId}`,
});

const writeVisit = (memory: CareMemory, visit: VisitRecord): void => {
  const { requestId, visitId } = visit;
  const visits = memory.visits.get(requestId) ?? new Map<VisitId, VisitRecord>();
  const old = visits.get(visitId);
  const from = old === undefined ? undefined : visitListing(old);
  relist(memory.visited, { requestId, visitId }, from, visitListing(visit));
  memory.visits.set(requestId, visits.set(visitId, kept(visit)));
};

/** The list of all that is to go out. */
export const OUTBOX = 'OUTBOX';

const writeNotice = (memory: CareMemory, notice: Notice): void => {
  const { noticeId, notBefore, at } = notice;
  memory.notices.set(noticeId, kept(notice));
  memory.outbox.put(OUTBOX, startSort(notBefore ?? at, noticeId), {
    noticeId,
    dueAt: notBefore ?? at,
    tries: 0,
  });
};

/** Writes a change whose condition holds: see `isStale`. */
export const write = (memory: CareMemory, change: CareChange): void => {
  switch (change.change) {
    case 'put_request':
    case 'move_request':
      writeRequest(memory, change.request);
      return;
    case 'put_visit':
    case 'move_visit':
      writeVisit(memory, change.visit);
      return;
    case 'put_diary':
      memory.diaries.set(change.diary.volunteerId, kept(change.diary));
      return;
    case 'put_notice':
      writeNotice(memory, change.notice);
      return;
  }
};

/** Takes out of a volunteer's diary how often they came and how often they were asked; its visits are those of elders. */
export const forgetHabits = (memory: CareMemory, volunteerId: MemberId): void => {
  const diary = memory.diaries.get(volunteerId);
  if (diary === undefined) return;
  const { version, entries } = diary;
  memory.diaries.set(volunteerId, kept({ volunteerId, version: version + 1, entries: [...entries] }));
};

/** Takes out of a person's requests who they were, where it was, and what anybody wrote. */
export const forgetReceiver = (memory: CareMemory, receiverId: MemberId): void => {
  for (const request of memory.requests.values()) {
    if (request.receiverId !== receiverId) continue;
    const { note: _note, report: _report, ...rest } = request;
    writeRequest(memory, {
      ...rest,
      ...(request.ratings === undefined
        ? {}
        : { ratings: request.ratings.map(({ words: _words, ...rating }) => rating) }),
      receiver: { ...request.receiver, surname: forgotten.surname },
      place: forgotten.place,
      history: request.history.map(({ reason: _reason, point: _point, onBehalf, ...event }) => ({
        ...event,
        ...(onBehalf === undefined ? {} : { onBehalf: { ...onBehalf, note: forgotten.note } }),
        ...forgotten.said,
      })),
    });
  }
};
