/** What an index gives may be a moment old: lists show what stands in the table. */
import { BatchGetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { RequestRecord } from '@time-bank/care/request';
import { MemberId, RequestId } from '@time-bank/contracts/ids';
import { CommunityCode } from '@time-bank/contracts/region';
import type { RequestState } from '@time-bank/contracts/request';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it } from 'vitest';
import { connect } from './client.ts';
import { dynamoCareBook } from './dynamo-care-book.ts';
import { values } from './item.ts';
import { requestKey } from './keys.ts';
import { carePiece } from './request-item.ts';
import { makeVault, parsePersonalKeys } from './vault.ts';

const connection = connect({
  tables: { ledger: 'L', care: 'C', seals: 'S' },
  endpoint: 'http://127.0.0.1:1',
});
const vault = makeVault(parsePersonalKeys(JSON.stringify({ test: 'x'.repeat(32) })));
const engine = mockClient(connection.client);
const careBook = dynamoCareBook(connection, vault);
beforeEach(() => {
  engine.reset();
});

const ELDER = MemberId.parse('mem_01KB2C3D4E5F6G7H8J9KMNPQRS');
const START = '2026-11-21T03:00:00.000Z';
const requestIn = (state: RequestState, last: string): RequestRecord => ({
  requestId: RequestId.parse(`req_01KB2C3D4E5F6G7H8J9KMNPQR${last}`),
  version: 1,
  state,
  serviceCode: 'C01',
  receiverId: ELDER,
  receiver: { surname: '王', gender: 'female' },
  postedBy: ELDER,
  communityCode: CommunityCode.parse('341302001003'),
  plannedStartAt: START,
  plannedMinutes: 60,
  place: { address: '和平里1号楼' },
  wishes: { languages: [] },
  policyVersion: 'default-1',
  history: [],
});

const waiting = requestIn('published', 'A');
const taken = requestIn('accepted', 'B');
const indexed = [waiting, taken].map(({ requestId }) => values({ ...requestKey(requestId) }));

/** The index still knows both; the table knows how they stand now. */
const aMomentOld = (): void => {
  engine.on(QueryCommand).resolves({ Items: indexed });
  const items = [taken, waiting].map(
    (request) => carePiece('C', vault, { change: 'put_request', request }).item.Put?.Item ?? {},
  );
  engine.on(BatchGetItemCommand).resolves({ Responses: { C: items } });
};

it('a request that was taken a moment ago is not shown as open', async () => {
  aMomentOld();
  const page = await careBook.listOpen('341302001', { limit: 5, from: START });
  expect(page.items).toEqual([waiting]);
});

it('a request that was taken a moment ago is not overdue', async () => {
  aMomentOld();
  expect(await careBook.listOverdueOpen('341302001', START, 5)).toEqual([waiting]);
});

it('a request that is in the index and not in the table is not shown', async () => {
  engine.on(QueryCommand).resolves({ Items: indexed });
  engine.on(BatchGetItemCommand).resolves({ Responses: { C: [] } });
  expect(await careBook.listReceived(ELDER, { limit: 5 })).toEqual({ items: [] });
  expect(await careBook.listVisited(ELDER, { limit: 5 })).toEqual({ items: [] });
});
