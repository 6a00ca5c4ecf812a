import { type CancellationReason, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type Commit, Unavailable } from '@time-bank/desk/ports';
import { describe, expect, it } from 'vitest';
import { explain } from './cancellation.ts';
import type { Piece } from './piece.ts';

const refusal = (
  code: 'cap_reached' | 'insufficient_hours' | 'exists_with_different_content' | 'hold_not_open',
) => ({ kind: 'refused', refusal: { code } }) as const satisfies Commit;
const piece = (failed: Piece['failed']): Piece => ({ item: {}, failed });

const request = piece(() => ({ kind: 'stale' }));
const account = piece((old) => (old === undefined ? refusal('hold_not_open') : refusal('cap_reached')));
const entry = piece(() => refusal('exists_with_different_content'));
const pieces = [request, account, entry];

const none: CancellationReason = { Code: 'None' };
const failed: CancellationReason = { Code: 'ConditionalCheckFailed' };
const withItem: CancellationReason = { ...failed, Item: { pk: { S: 'A' } } };
const conflict: CancellationReason = { Code: 'TransactionConflict' };

const cancelled = (...CancellationReasons: CancellationReason[]) =>
  new TransactionCanceledException({ message: 'cancelled', $metadata: {}, CancellationReasons });

const STALE = { kind: 'stale' };

describe('why a transaction was not carried out', () => {
  it.each([
    { why: 'the request has moved on', reasons: [failed, none, none], meaning: STALE },
    { why: 'the account has no room', reasons: [none, withItem, none], meaning: refusal('cap_reached') },
    { why: 'the account is not there', reasons: [none, failed, none], meaning: refusal('hold_not_open') },
    {
      why: 'the entry is there',
      reasons: [none, none, withItem],
      meaning: refusal('exists_with_different_content'),
    },
    { why: 'request and account', reasons: [failed, withItem, none], meaning: STALE },
    { why: 'request and entry', reasons: [failed, none, withItem], meaning: STALE },
    { why: 'all of them', reasons: [failed, withItem, withItem], meaning: STALE },
    // In the list of refusals the entry stands before the account.
    {
      why: 'account and entry',
      reasons: [none, withItem, withItem],
      meaning: refusal('exists_with_different_content'),
    },
    { why: 'a neighbour on the request', reasons: [conflict, none, none], meaning: 'again' },
    { why: 'a neighbour on the account', reasons: [none, conflict, none], meaning: 'again' },
    { why: 'a neighbour on the entry', reasons: [none, none, conflict], meaning: 'again' },
    { why: 'neighbours everywhere', reasons: [conflict, conflict, conflict], meaning: 'again' },
    { why: 'still under way', reasons: [{ Code: 'TransactionInProgress' }, none, none], meaning: 'again' },
    {
      why: 'a refusal beside a neighbour',
      reasons: [conflict, withItem, none],
      meaning: refusal('cap_reached'),
    },
    { why: 'moved on beside a neighbour', reasons: [failed, conflict, none], meaning: STALE },
    {
      why: 'a neighbour beside a throttle',
      reasons: [{ Code: 'ThrottlingError' }, conflict, none],
      meaning: 'again',
    },
  ])('$why', ({ reasons, meaning }) => {
    expect(explain(cancelled(...reasons), pieces)).toEqual(meaning);
  });

  it.each(['ThrottlingError', 'ProvisionedThroughputExceeded', 'RequestLimitExceeded'])(
    'a store that is too busy (%s) does not answer, at each place',
    (Code) => {
      for (const place of [0, 1, 2]) {
        const reasons = [none, none, none].with(place, { Code });
        expect(() => explain(cancelled(...reasons), pieces)).toThrow(Unavailable);
      }
    },
  );

  it.each([
    { why: 'an unknown reason', error: cancelled({ Code: 'ValidationError' }, none, none) },
    {
      why: 'an item that grew too large',
      error: cancelled({ Code: 'ItemCollectionSizeLimitExceeded' }, none, none),
    },
    { why: 'no reason at all', error: cancelled() },
    { why: 'reasons that are all none', error: cancelled(none, none, none) },
    { why: 'a reason for a piece that there is not', error: cancelled(none, none, none, failed) },
    { why: 'another error', error: new Error('no') },
  ])('$why is a bug, and thrown as it is', ({ error }) => {
    expect(() => explain(error, pieces)).toThrow(error);
  });

  it('tells of several refusals the first by precedence, at whatever place it stands', () => {
    const [low, high] = [piece(() => refusal('hold_not_open')), piece(() => refusal('insufficient_hours'))];
    const both = cancelled(failed, failed);
    expect(explain(both, [low, high])).toEqual(refusal('insufficient_hours'));
    expect(explain(both, [high, low])).toEqual(refusal('insufficient_hours'));
  });

  it('a busy store does not hide a refusal that is known', () => {
    expect(explain(cancelled({ Code: 'ThrottlingError' }, withItem, none), pieces)).toEqual(
      refusal('cap_reached'),
    );
  });
});
