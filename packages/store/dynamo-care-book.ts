/** Requests and visits on DynamoDB. */
import type { RequestFacts, RequestRecord } from '@time-bank/care/request';
import type { MemberId } from '@time-bank/contracts/ids';
import type { CareBook, Page } from '@time-bank/desk/ports';
import type { Connection } from './client.ts';
import type { Item } from './item.ts';
import {
  communityRequestsKey,
  openKey,
  receivesKey,
  requestKey,
  requestPartition,
  visitKey,
  visitsKey,
} from './keys.ts';
import { queryAll, queryPage, readAll } from './query.ts';
import { decodeRequest, decodeVisit, isRequestItem, isVisitItem } from './request-item.ts';
import { BY_OPENING, BY_PERSON, BY_REGION } from './table.ts';

/** A request and its visits: far fewer than this. */
const A_REQUEST = 50;
/** How far back a known face is remembered. */
const REMEMBERED = 200;
const A_WEEK = 200;

const factsOf = (items: readonly Item[]): RequestFacts | undefined => {
  const request = items.find(isRequestItem);
  const visit = items.find(isVisitItem);
  if (request === undefined) return undefined;
  return { request: decodeRequest(request), ...(visit === undefined ? {} : { visit: decodeVisit(visit) }) };
};

const requestsOf = (page: Page<Item>): Page<RequestRecord> => ({
  ...page,
  items: page.items.map(decodeRequest),
});

/** Adds each visit's request: the visits come from an index, the requests from the table as they are now. */
const withRequests = async (connection: Connection, visits: readonly Item[]): Promise<RequestFacts[]> => {
  const own = visits.filter(isVisitItem).map(decodeVisit);
  const items = await readAll(
    connection,
    own.map(({ requestId }) => ({ ...requestKey(requestId) })),
    true,
  );
  const requests = new Map(
    items.map((item) => decodeRequest(item)).map((request) => [request.requestId, request]),
  );
  return own.flatMap((visit) => {
    const request = requests.get(visit.requestId);
    return request === undefined ? [] : [{ request, visit }];
  });
};

/** Adds to each request its visit, where a volunteer has taken it. */
const withVisits = async (
  connection: Connection,
  requests: readonly RequestRecord[],
): Promise<RequestFacts[]> => {
  const keys = requests.flatMap(({ requestId, history }) => {
    const visitId = history.find(({ receipt }) => receipt.visitId !== undefined)?.receipt.visitId;
    return visitId === undefined ? [] : [{ ...visitKey(requestId, visitId) }];
  });
  const visits = new Map(
    (await readAll(connection, keys)).map(decodeVisit).map((visit) => [visit.requestId, visit] as const),
  );
  return requests.map((request) => {
    const visit = visits.get(request.requestId);
    return { request, ...(visit === undefined ? {} : { visit }) };
  });
};

/** The care book on a connection. */
export const dynamoCareBook = (connection: Connection): CareBook => ({
  readRequestNow: async (requestId) => {
    const reading = { table: 'care', partition: requestPartition(requestId) } as const;
    return factsOf(await queryAll(connection, reading, A_REQUEST));
  },
  listOpen: async (county, page) =>
    requestsOf(
      await queryPage(connection, { table: 'care', index: BY_OPENING, partition: openKey(county), ...page }),
    ),
  listReceived: async (receiverId, page) => {
    const { items, ...rest } = requestsOf(
      await queryPage(connection, {
        table: 'care',
        index: BY_PERSON,
        partition: receivesKey(receiverId),
        newestFirst: true,
        ...page,
      }),
    );
    return { ...rest, items: await withVisits(connection, items) };
  },
  listVisited: async (volunteerId, page) => {
    const { items, ...rest } = await queryPage(connection, {
      table: 'care',
      index: BY_PERSON,
      partition: visitsKey(volunteerId),
      newestFirst: true,
      ...page,
    });
    return { ...rest, items: await withRequests(connection, items) };
  },
  listVisitedBetween: async (volunteerId, { from, to }) =>
    withRequests(
      connection,
      await queryAll(
        connection,
        { table: 'care', index: BY_PERSON, partition: visitsKey(volunteerId), from, before: to },
        A_WEEK,
      ),
    ),
  listOfCommunity: async (communityCode, page) => {
    const { items, ...rest } = requestsOf(
      await queryPage(connection, {
        table: 'care',
        index: BY_REGION,
        partition: communityRequestsKey(communityCode),
        ...page,
      }),
    );
    return { ...rest, items: await withVisits(connection, items) };
  },
  countVisitsTo: async (receiverId) => {
    const items = await queryAll(
      connection,
      { table: 'care', index: BY_PERSON, partition: receivesKey(receiverId), newestFirst: true },
      REMEMBERED,
    );
    const counts = new Map<MemberId, number>();
    for (const { state, volunteerId } of items.map(decodeRequest)) {
      if (volunteerId === undefined || (state !== 'settled' && state !== 'pending_confirm')) continue;
      counts.set(volunteerId, (counts.get(volunteerId) ?? 0) + 1);
    }
    return counts;
  },
  listOverdueOpen: async (county, before, limit) =>
    (
      await queryAll(
        connection,
        { table: 'care', index: BY_OPENING, partition: openKey(county), before },
        limit,
      )
    ).map(decodeRequest),
});
