/** Requests and visits on DynamoDB. */
import type { RequestFacts, RequestRecord } from '@time-bank/care/request';
import type { MemberId } from '@time-bank/contracts/ids';
import type { CareBook } from '@time-bank/desk/ports';
import type { Connection } from './client.ts';
import type { Item } from './item.ts';
import {
  REQUEST_SORT,
  communityRequestsKey,
  diaryKey,
  openKey,
  receivesKey,
  requestPartition,
  unconfirmedKey,
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
/** How far back a known face is remembered. */
const REMEMBERED = 60;

const keyOf = (item: Item) => ({ pk: item['pk']?.S ?? '', sk: item['sk']?.S ?? '' });
const keyText = (item: Item): string => `${item['pk']?.S ?? ''} ${item['sk']?.S ?? ''}`;

const factsOf = (vault: Vault, items: readonly Item[]): RequestFacts | undefined => {
  const request = items.find(isRequestItem);
  const visit = items.find(isVisitItem);
  if (request === undefined) return undefined;
  return {
    request: decodeRequest(vault, request),
    ...(visit === undefined ? {} : { visit: decodeVisit(visit) }),
  };
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

/** Adds to each request its visit, where a volunteer has taken it. */
const withVisits = async (
  connection: Connection,
  requests: readonly RequestRecord[],
): Promise<RequestFacts[]> => {
  const keys = requests.flatMap(({ requestId, history }) => {
    const visitId = history.find(({ receipt }) => receipt.visitId !== undefined)?.receipt.visitId;
    return visitId === undefined ? [] : [{ ...visitKey(requestId, visitId) }];
  });
  const items = await readAll(connection, 'care', keys, true);
  const visits = new Map(items.map(decodeVisit).map((visit) => [visit.requestId, visit]));
  return requests.map((request) => {
    const visit = visits.get(request.requestId);
    return { request, ...(visit === undefined ? {} : { visit }) };
  });
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
      return item === undefined ? { volunteerId, version: 0, entries: [] } : decodeDiary(item);
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
    listUnconfirmed: async (communityCode, before, limit) => {
      const reading = {
        table: 'care',
        index: BY_OPENING,
        partition: unconfirmedKey(communityCode),
        before,
      } as const;
      const requests = await requestsAt(reader, await queryAll(connection, reading, limit));
      return withVisits(
        connection,
        requests.filter(({ state }) => state === 'pending_confirm'),
      );
    },
    countVisitsTo: async (receiverId) => {
      const partition = receivesKey(receiverId);
      const reading = { table: 'care', index: BY_PERSON, partition, newestFirst: true } as const;
      const requests = await requestsAt(reader, await queryAll(connection, reading, REMEMBERED));
      const counts = new Map<MemberId, number>();
      for (const { state, volunteerId } of requests) {
        if (volunteerId === undefined || (state !== 'settled' && state !== 'pending_confirm')) continue;
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
