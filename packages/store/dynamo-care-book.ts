/** Requests and visits on DynamoDB. */
import type { Diary } from '@time-bank/care/diary';
import { wasMade } from '@time-bank/care/life';
import {
  type RequestFacts,
  type RequestRecord,
  type VisitRecord,
  volunteersOf,
} from '@time-bank/care/request';
import type { MemberId } from '@time-bank/contracts/ids';
import type { CareBook } from '@time-bank/desk/ports';
import type { Connection } from './client.ts';
import type { Item } from './item.ts';
import {
  REQUEST_SORT,
  communityRequestsKey,
  diaryKey,
  dueKey,
  openKey,
  receivesKey,
  requestKey,
  requestPartition,
  visitKey,
  visitsKey,
} from './keys.ts';
import { queryAll, queryPage, readAll } from './query.ts';
import { decodeDiary, decodeRequest, decodeVisit, isRequestItem, isVisitItem } from './request-item.ts';
import { BY_OPENING, BY_PERSON, BY_REGION } from './table.ts';
import type { Vault } from './vault.ts';

/** What the requests are read with. */
interface Reader {
  connection: Connection;
  vault: Vault;
}

/** A request and its visits: far fewer than this. */
const A_REQUEST = 50;
/** How far back a known face is remembered: a quarter of a year of weekly visits. */
const REMEMBERED = 12;

const keyOf = (item: Item) => ({ pk: item['pk']?.S ?? '', sk: item['sk']?.S ?? '' });
const keyText = (item: Item): string => `${item['pk']?.S ?? ''} ${item['sk']?.S ?? ''}`;

/** A request with the parts of those who have it now. */
const withParts = (request: RequestRecord, visits: readonly VisitRecord[]): RequestFacts => {
  const visit = visits.find(({ visitId }) => visitId === request.visitId);
  const second = visits.find(({ visitId }) => visitId === request.secondVisitId);
  return { request, ...(visit && { visit }), ...(second && { second }) };
};

const factsOf = (vault: Vault, items: readonly Item[]): RequestFacts | undefined => {
  const request = items.find(isRequestItem);
  return request && withParts(decodeRequest(vault, request), items.filter(isVisitItem).map(decodeVisit));
};

/** The requests behind the keys that an index gave, in its order, as they are now. */
const requestsAt = async (
  { connection, vault }: Reader,
  found: readonly Item[],
): Promise<RequestRecord[]> => {
  const items = await readAll(connection, 'care', found.map(keyOf), true);
  const requests = new Map(items.map((item) => [keyText(item), decodeRequest(vault, item)]));
  return found.flatMap((item) => requests.get(keyText(item)) ?? []);
};

/** Those of them that still wait for a volunteer: the index may be a moment behind. */
const openAt = async (reader: Reader, found: readonly Item[]): Promise<RequestRecord[]> =>
  (await requestsAt(reader, found)).filter(({ state }) => state === 'published');

/** Adds to each request the visits of those who have it. */
const withVisits = async (
  connection: Connection,
  requests: readonly RequestRecord[],
): Promise<RequestFacts[]> => {
  const keys = requests.flatMap(({ requestId, visitId, secondVisitId }) =>
    [visitId, secondVisitId].flatMap((id) => (id === undefined ? [] : [{ ...visitKey(requestId, id) }])),
  );
  const visits = (await readAll(connection, 'care', keys, true)).map(decodeVisit);
  return requests.map((request) => withParts(request, visits));
};

/** The visits behind the keys that an index gave, in its order, each with its request, as they are now. */
const visitsAt = async ({ connection, vault }: Reader, found: readonly Item[]): Promise<RequestFacts[]> => {
  const keys = found.map(keyOf);
  const items = await readAll(
    connection,
    'care',
    [...keys, ...keys.map(({ pk }) => ({ pk, sk: REQUEST_SORT }))],
    true,
  );
  const requests = new Map(
    items.filter(isRequestItem).map((item) => [item['pk']?.S, decodeRequest(vault, item)]),
  );
  const visits = new Map(items.filter(isVisitItem).map((item) => [keyText(item), decodeVisit(item)]));
  return found.flatMap((item) => {
    const request = requests.get(item['pk']?.S);
    const visit = visits.get(keyText(item));
    return request === undefined || visit === undefined ? [] : [{ request, visit }];
  });
};

const emptyDiary = (volunteerId: MemberId): Diary => ({ volunteerId, version: 0, entries: [] });

/** The care book on a connection. */
export const dynamoCareBook = (connection: Connection, vault: Vault): CareBook => {
  const reader = { connection, vault };
  return {
    readRequestNow: async (requestId) => {
      const reading = { table: 'care', partition: requestPartition(requestId) } as const;
      return factsOf(vault, await queryAll(connection, reading, A_REQUEST));
    },
    listOpen: async (township, page) => {
      const reading = { table: 'care', index: BY_OPENING, partition: openKey(township), ...page } as const;
      const { items, ...rest } = await queryPage(connection, reading);
      return { ...rest, items: await openAt(reader, items) };
    },
    listReceived: async (receiverId, page) => {
      const partition = receivesKey(receiverId);
      const reading = { table: 'care', index: BY_PERSON, partition, newestFirst: true, ...page } as const;
      const { items, ...rest } = await queryPage(connection, reading);
      return { ...rest, items: await withVisits(connection, await requestsAt(reader, items)) };
    },
    listVisited: async (volunteerId, page) => {
      const partition = visitsKey(volunteerId);
      const reading = { table: 'care', index: BY_PERSON, partition, newestFirst: true, ...page } as const;
      const { items, ...rest } = await queryPage(connection, reading);
      return { ...rest, items: await visitsAt(reader, items) };
    },
    readDiaryNow: async (volunteerId) => {
      const [item] = await readAll(connection, 'care', [{ ...diaryKey(volunteerId) }], true);
      return item === undefined ? emptyDiary(volunteerId) : decodeDiary(item);
    },
    readDiaries: async (volunteerIds) => {
      const keys = volunteerIds.map((volunteerId) => ({ ...diaryKey(volunteerId) }));
      const diaries = new Map(
        volunteerIds.map((volunteerId) => [volunteerId, emptyDiary(volunteerId)] as const),
      );
      for (const item of await readAll(connection, 'care', keys)) {
        const diary = decodeDiary(item);
        diaries.set(diary.volunteerId, diary);
      }
      return diaries;
    },
    readRequests: async (requestIds) => {
      const keys = requestIds.map((requestId) => ({ ...requestKey(requestId) }));
      return (await readAll(connection, 'care', keys)).map((item) => decodeRequest(vault, item));
    },
    listOfCommunity: async (communityCode, page) => {
      const partition = communityRequestsKey(communityCode);
      const { items, ...rest } = await queryPage(connection, {
        table: 'care',
        index: BY_REGION,
        partition,
        ...page,
      });
      return { ...rest, items: await withVisits(connection, await requestsAt(reader, items)) };
    },
    listDue: async (communityCode, { before, limit }) => {
      const partition = dueKey(communityCode);
      const reading = { table: 'care', index: BY_OPENING, partition } as const;
      const found = await queryAll(
        connection,
        { ...reading, ...(before === undefined ? {} : { before }) },
        limit,
      );
      return withVisits(connection, await requestsAt(reader, found));
    },
    countVisitsTo: async (receiverId) => {
      const partition = receivesKey(receiverId);
      const reading = { table: 'care', index: BY_PERSON, partition, newestFirst: true } as const;
      const requests = await requestsAt(reader, await queryAll(connection, reading, REMEMBERED));
      const counts = new Map<MemberId, number>();
      for (const request of requests) {
        if (!wasMade(request.state)) continue;
        for (const volunteerId of volunteersOf(request))
          counts.set(volunteerId, (counts.get(volunteerId) ?? 0) + 1);
      }
      return counts;
    },
    listOverdueOpen: async (township, before, limit) => {
      const reading = { table: 'care', index: BY_OPENING, partition: openKey(township), before } as const;
      return openAt(reader, await queryAll(connection, reading, limit));
    },
  };
};
