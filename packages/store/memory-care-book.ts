/** Requests and visits in memory. What lists find is as it is now: they are never behind, as an index can be. */
import type { RequestFacts, RequestRecord, VisitRecord } from '@time-bank/care/request';
import type { MemberId, RequestId } from '@time-bank/contracts/ids';
import type { CareBook } from '@time-bank/desk/ports';
import { communityRequestsKey, openKey, receivesKey, unconfirmedKey, visitsKey } from './keys.ts';
import { answer } from './memory-answer.ts';
import { type CareMemory, type VisitPlace, visitAt } from './memory-care.ts';
import { kept } from './memory-value.ts';

/** How far back a known face is remembered. */
const REMEMBERED = 60;

const facts = (request: RequestRecord, visit: VisitRecord | undefined): RequestFacts => ({
  request,
  ...(visit === undefined ? {} : { visit }),
});

/** The first of a request's visits by id. */
const firstVisit = (memory: CareMemory, requestId: RequestId): VisitRecord | undefined => {
  let first: VisitRecord | undefined;
  for (const visit of memory.visits.get(requestId)?.values() ?? [])
    if (first === undefined || visit.visitId < first.visitId) first = visit;
  return first;
};

const requestsAt = (memory: CareMemory, ids: readonly RequestId[]): RequestRecord[] =>
  ids.map((requestId) => memory.requests.get(requestId)).filter((request) => request !== undefined);

/** The requests, each with its visit, where its history says that a volunteer has taken it. */
const factsAt = (memory: CareMemory, ids: readonly RequestId[]): RequestFacts[] =>
  requestsAt(memory, ids).map((request) => {
    const { requestId, history } = request;
    const visitId = history.find(({ receipt }) => receipt.visitId !== undefined)?.receipt.visitId;
    return facts(request, visitId === undefined ? undefined : visitAt(memory, { requestId, visitId }));
  });

/** The visits, each with its request. */
const visitsAt = (memory: CareMemory, places: readonly VisitPlace[]): RequestFacts[] =>
  places.flatMap((place) => {
    const request = memory.requests.get(place.requestId);
    return request === undefined ? [] : [facts(request, visitAt(memory, place))];
  });

const countByVolunteer = (requests: readonly RequestRecord[]): Map<MemberId, number> => {
  const counts = new Map<MemberId, number>();
  for (const { state, volunteerId } of requests) {
    if (volunteerId === undefined || (state !== 'settled' && state !== 'pending_confirm')) continue;
    counts.set(volunteerId, (counts.get(volunteerId) ?? 0) + 1);
  }
  return counts;
};

/** The care book over a memory, which somebody else writes. */
export const memoryCareBook = (memory: CareMemory): CareBook => ({
  readRequestNow: (requestId) =>
    answer(() => {
      const request = memory.requests.get(requestId);
      return request === undefined ? undefined : facts(request, firstVisit(memory, requestId));
    }),
  listOpen: (township, page) =>
    answer(() => {
      const { items, ...rest } = memory.waiting.page(openKey(township), page);
      return { ...rest, items: requestsAt(memory, items) };
    }),
  listReceived: (receiverId, page) =>
    answer(() => {
      const { items, ...rest } = memory.received.page(receivesKey(receiverId), {
        ...page,
        newestFirst: true,
      });
      return { ...rest, items: factsAt(memory, items) };
    }),
  listVisited: (volunteerId, page) =>
    answer(() => {
      const { items, ...rest } = memory.visited.page(visitsKey(volunteerId), { ...page, newestFirst: true });
      return { ...rest, items: visitsAt(memory, items) };
    }),
  readDiaryNow: (volunteerId) =>
    answer(() => memory.diaries.get(volunteerId) ?? kept({ volunteerId, version: 0, entries: [] })),
  listOfCommunity: (communityCode, page) =>
    answer(() => {
      const { items, ...rest } = memory.ofCommunity.page(communityRequestsKey(communityCode), page);
      return { ...rest, items: factsAt(memory, items) };
    }),
  listUnconfirmed: (communityCode, before, limit) =>
    answer(() => factsAt(memory, memory.waiting.read(unconfirmedKey(communityCode), { before, limit }))),
  countVisitsTo: (receiverId) =>
    answer(() => {
      const last = { newestFirst: true, limit: REMEMBERED };
      return countByVolunteer(requestsAt(memory, memory.received.read(receivesKey(receiverId), last)));
    }),
  listOverdueOpen: (township, before, limit) =>
    answer(() => requestsAt(memory, memory.waiting.read(openKey(township), { before, limit }))),
});
