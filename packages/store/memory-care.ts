/** Requests, visits and diaries in memory, under the conditions of `request-item.ts` and in the order of its indexes. */
import type { Diary } from '@time-bank/care/diary';
import type { CareChange, RequestRecord, VisitRecord } from '@time-bank/care/request';
import type { MemberId, RequestId, VisitId } from '@time-bank/contracts/ids';
import { forgotten } from './forgotten.ts';
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
  /** Requests that wait for a volunteer, by township, and those that wait to be confirmed, by community. */
  waiting: SortedLists<RequestId>;
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
  const waits = waitsIn(request);
  return {
    received: { list: receivesKey(request.receiverId), sort },
    ofCommunity: { list: communityRequestsKey(request.communityCode), sort },
    waiting: waits === undefined ? undefined : { list: waits, sort },
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
  }
};

/** Takes out of a person's requests who they were, where it was, and what anybody wrote. */
export const forgetReceiver = (memory: CareMemory, receiverId: MemberId): void => {
  for (const request of memory.requests.values()) {
    if (request.receiverId !== receiverId) continue;
    const { note: _note, ...rest } = request;
    writeRequest(memory, {
      ...rest,
      receiver: { ...request.receiver, surname: forgotten.surname },
      place: forgotten.place,
      history: request.history.map(({ reason: _reason, onBehalf, ...event }) => ({
        ...event,
        ...(onBehalf === undefined ? {} : { onBehalf: { ...onBehalf, note: forgotten.note } }),
        ...forgotten.said,
      })),
    });
  }
};
