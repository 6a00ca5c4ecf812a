import { type CancellationReason, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { AccountId, TransferId } from '@time-bank/contracts/ids';
import { PoolId } from '@time-bank/contracts/ledger';
import { type Commit, type Line, type Met, Unavailable } from '@time-bank/desk/ports';
import { openedAccount } from '@time-bank/ledger/account';
import { describe, expect, it } from 'vitest';
import { explain } from './cancellation.ts';
import type { Piece } from './piece.ts';

const ULID = '01KB2C3D4E5F6G7H8J9KMNPQRS';
const accountId = AccountId.parse(`acc_${ULID}`);
const head = openedAccount(accountId, 'open');
const line: Line = {
  kind: 'refused',
  tombstone: {
    accountId,
    transferId: TransferId.parse(`trf_${ULID}`),
    fingerprint: 'fingerprint0',
    refusal: { code: 'cap_reached' },
    at: '2026-11-21T02:00:00.000Z',
  },
};
const shard = { poolId: PoolId.parse('pool:341302001'), shard: 3, minutes: 60 };

const piece = (failed: Piece['failed']): Piece => ({ item: {}, failed });
const request = piece(() => ({ kind: 'stale' }));
const account = piece((old) => ({ kind: 'head', accountId, head: old === undefined ? undefined : head }));
const entry = piece(() => ({ kind: 'line', line }));
const part = piece(() => ({ kind: 'shard', shard }));
const mark = piece(() => ({ kind: 'refused', refusal: { code: 'already_reversed' } }));
const pieces = [request, account, entry, part, mark];

const none: CancellationReason = { Code: 'None' };
const failed: CancellationReason = { Code: 'ConditionalCheckFailed' };
const withItem: CancellationReason = { ...failed, Item: { pk: { S: 'A' } } };
const conflict: CancellationReason = { Code: 'TransactionConflict' };
const throttled: CancellationReason = { Code: 'ThrottlingError' };

const cancelled = (...CancellationReasons: CancellationReason[]) =>
  new TransactionCanceledException({ message: 'cancelled', $metadata: {}, CancellationReasons });

const STALE: Commit = { kind: 'stale' };
const met = (found: Partial<Met>): Commit => ({
  kind: 'met',
  met: { heads: new Map(), lines: [], shards: [], refusals: [], ...found },
});
const heads = new Map([[accountId, head]]);
const refusals = [{ code: 'already_reversed' }] as const;

describe('why a transaction was not carried out', () => {
  it.each([
    { why: 'the request has moved on', reasons: [failed, none, none, none, none], meaning: STALE },
    { why: 'an account', reasons: [none, withItem, none, none, none], meaning: met({ heads }) },
    {
      why: 'an account that is not there',
      reasons: [none, failed, none, none, none],
      meaning: met({ heads: new Map([[accountId, undefined]]) }),
    },
    { why: 'a line', reasons: [none, none, withItem, none, none], meaning: met({ lines: [line] }) },
    { why: 'a part of a pool', reasons: [none, none, none, failed, none], meaning: met({ shards: [shard] }) },
    { why: 'a mark', reasons: [none, none, none, none, failed], meaning: met({ refusals }) },
    {
      why: 'all of the ledger',
      reasons: [none, withItem, withItem, failed, failed],
      meaning: met({ heads, lines: [line], shards: [shard], refusals }),
    },
    { why: 'request and account', reasons: [failed, withItem, none, none, none], meaning: STALE },
    { why: 'request, part and mark', reasons: [failed, none, none, failed, failed], meaning: STALE },
    {
      why: 'request and line',
      reasons: [failed, none, withItem, none, none],
      meaning: met({ lines: [line] }),
    },
    {
      why: 'everything at once',
      reasons: [failed, withItem, withItem, failed, failed],
      meaning: met({ heads, lines: [line], shards: [shard], refusals }),
    },
    {
      why: 'an account beside a neighbour',
      reasons: [conflict, withItem, none, none, none],
      meaning: met({ heads }),
    },
    {
      why: 'an account beside a throttle',
      reasons: [throttled, withItem, none, none, none],
      meaning: met({ heads }),
    },
    { why: 'moved on beside a neighbour', reasons: [failed, conflict, none, none, none], meaning: STALE },
    {
      why: 'a neighbour beside a throttle',
      reasons: [throttled, conflict, none, none, none],
      meaning: 'again',
    },
    {
      why: 'neighbours everywhere',
      reasons: [conflict, conflict, conflict, conflict, conflict],
      meaning: 'again',
    },
  ])('$why', ({ reasons, meaning }) => {
    expect(explain(cancelled(...reasons), pieces)).toEqual(meaning);
  });

  const places = [0, 1, 2, 3, 4];
  const at = (place: number, reason: CancellationReason) =>
    places.map((each) => (each === place ? reason : none));

  it.each(places)('a neighbour at place %i is met for a moment', (place) => {
    for (const Code of ['TransactionConflict', 'TransactionInProgress']) {
      expect(explain(cancelled(...at(place, { Code })), pieces)).toBe('again');
    }
  });

  it.each(places)('a store that is too busy at place %i does not answer', (place) => {
    for (const Code of ['ThrottlingError', 'ProvisionedThroughputExceeded', 'RequestLimitExceeded']) {
      expect(() => explain(cancelled(...at(place, { Code })), pieces)).toThrow(Unavailable);
    }
  });

  it.each(places)('a reason that nobody knows at place %i is a bug, and thrown as it is', (place) => {
    for (const Code of ['ValidationError', 'ItemCollectionSizeLimitExceeded', 'SomethingNew']) {
      const error = cancelled(...at(place, { Code }));
      expect(() => explain(error, pieces)).toThrow(error);
    }
  });

  it.each([
    { why: 'no reason at all', error: cancelled() },
    { why: 'reasons that are all none', error: cancelled(none, none) },
    { why: 'reasons without a code', error: cancelled({}, {}) },
    { why: 'a reason for a piece that there is not', error: cancelled(none, none, none, none, none, failed) },
    { why: 'another error', error: new Error('no') },
  ])('$why is a bug, and thrown as it is', ({ error }) => {
    expect(() => explain(error, pieces)).toThrow(error);
  });
});
