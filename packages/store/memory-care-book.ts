/** Requests and visits in memory. What lists find is as it is now: they are never behind, as an index can be. */
import type { Diary } from '@time-bank/care/diary';
import { wasMade } from '@time-bank/care/life';
import { type RequestFacts, type RequestRecord, volunteersOf } from '@time-bank/care/request';
import type { MemberId, RequestId } from '@time-bank/contracts/ids';
import type { CareBook } from '@time-bank/desk/ports';
import { communityRequestsKey, dueKey, openKey, receivesKey, visitsKey } from './keys.ts';
import { answer } from './memory-answer.ts';
import { type CareMemory, type VisitPlace, visitAt } from './memory-care.ts';
import { kept } from './memory-value.ts';

/** How far back a known face is remembered: a quarter of a year of weekly visits. */
const REMEMBERED = 12;

/** A request with the parts of those who have it now. */
const factsOf = (memory: CareMemory, request: RequestRecord): RequestFacts => {
  const { requestId, visitId, secondVisitId } = request;
  const visit = visitId && visitAt(memory, { requestId, visitId });
  const second = secondVisitId && visitAt(memory, { requestId, visitId: secondVisitId });
  return { request, ...(visit && { visit }), ...(second && { second }) };
};

const requestsAt = (memory: CareMemory, ids: readonly RequestId[]): RequestRecord[] =>
  ids.map((requestId) => memory.requests.get(requestId)).filter((request) => request !== undefined);

const factsAt = (memory: CareMemory, ids: readonly RequestId[]): RequestFacts[] =>
  requestsAt(memory, ids).map((request) => factsOf(memory, request));

/** The visits, each with its request. */
const visitsAt = (memory: CareMemory, places: readonly VisitPlace[]): RequestFacts[] =>
  places.flatMap((place) => {
    const request = memory.requests.get(place.requestId);
    const visit = visitAt(memory, place);
    return request === undefined || visit === undefined ? [] : [{ request, visit }];
  });

const countByVolunteer = (requests: readonly RequestRecord[]): Map<MemberId, number> => {
  const counts = new Map<MemberId, number>();
  for (const request of requests) {
    if (!wasMade(request.state)) continue;
    for (const volunteerId of volunteersOf(request))
      counts.set(volunteerId, (counts.get(volunteerId) ?? 0) + 1);
  }
  return counts;
};

const diaryOf = (memory: CareMemory, volunteerId: MemberId): Diary =>
  memory.diaries.get(volunteerId) ?? kept({ volunteerId, version: 0, entries: [] });

/** The care book over a memory, which somebody else writes. */
export const memoryCareBook = (memory: CareMemory): CareBook => ({
  readRequestNow: (requestId) =>
    answer(() => {
      const request = memory.requests.get(requestId);
      return request === undefined ? undefined : factsOf(memory, request);
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
  readDiaryNow: (volunteerId) => answer(() => diaryOf(memory, volunteerId)),
  readDiaries: (volunteerIds) =>
    answer(
      () => new Map(volunteerIds.map((volunteerId) => [volunteerId, diaryOf(memory, volunteerId)] as const)),
    ),
  readRequests: (requestIds) => answer(() => requestsAt(memory, [...new Set(requestIds)])),
  listOfCommunity: (communityCode, page) =>
    answer(() => {
      const { items, ...rest } = memory.ofCommunity.page(communityRequestsKey(communityCode), page);
      return { ...rest, items: factsAt(memory, items) };
    }),
  listDue: (communityCode, { before, limit }) =>
    answer(() =>
      factsAt(
        memory,
        memory.waiting.read(dueKey(communityCode), { ...(before === undefined ? {} : { before }), limit }),
      ),
    ),
  countVisitsTo: (receiverId) =>
    answer(() => {
      const last = { newestFirst: true, limit: REMEMBERED };
      return countByVolunteer(requestsAt(memory, memory.received.read(receivesKey(receiverId), last)));
    }),
  listOverdueOpen: (township, before, limit) =>
    answer(() => requestsAt(memory, memory.waiting.read(openKey(township), { before, limit }))),
});
