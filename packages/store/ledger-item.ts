/** Accounts and entries as they are stored, and the pieces of a transaction that write them. */
import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { AccountId, RequestId, SYSTEM, TransferId, MemberId } from '@time-bank/contracts/ids';
import { AmountMinutes, BalanceMinutes } from '@time-bank/contracts/minutes';
import { CommunityCode } from '@time-bank/contracts/region';
import { Channel, ServiceCode } from '@time-bank/contracts/request';
import { Instant } from '@time-bank/contracts/time';
import type { Commit } from '@time-bank/desk/ports';
import {
  type AccountHead,
  type Entry,
  type HoldEntry,
  ISSUE,
  type LedgerChange,
  releaseOf,
} from '@time-bank/ledger/movement';
import * as z from 'zod/mini';
import { type Item, decode, encode, values } from './item.ts';
import { accountHeadKey, entryKey } from './keys.ts';
import type { Piece } from './piece.ts';

const StoredHead = z.object({
  accountId: AccountId,
  availableMinutes: BalanceMinutes,
  heldMinutes: BalanceMinutes,
  sequence: z.int().check(z.gte(0)),
});

const facts = {
  accountId: AccountId,
  transferId: TransferId,
  amountMinutes: AmountMinutes,
  at: Instant,
  actorId: z.union([MemberId, z.literal(SYSTEM)]),
  channel: Channel,
  region: CommunityCode,
  policyVersion: z.string(),
  reason: z.string(),
  requestId: RequestId,
  serviceCode: ServiceCode,
};

const StoredHold = z.object({
  ...facts,
  kind: z.literal('hold'),
  state: z.enum(['pending', 'posted', 'voided']),
  usedMinutes: z.exactOptional(z.int().check(z.gte(0))),
  resolvedAt: z.exactOptional(Instant),
  counterpart: z.exactOptional(AccountId),
  counterpartTransferId: z.exactOptional(TransferId),
});

const StoredEntry = z.discriminatedUnion('kind', [
  z.object({
    ...facts,
    kind: z.enum(['earned', 'received']),
    counterpart: z.union([AccountId, z.literal(ISSUE)]),
  }),
  StoredHold,
]);

/** An account head as it was stored. Throws where the item is not one. */
export const decodeHead = (item: Item): AccountHead => decode(StoredHead, item);
/** A line of an account as it was stored. Throws where the item is not one. */
export const decodeEntry = (item: Item): Entry => decode(StoredEntry, item);
/** A hold as it was stored. Throws where the item is not one. */
export const decodeHold = (item: Item): HoldEntry => decode(StoredHold, item);

const isThere = 'attribute_exists(pk)';
const notSeen = 'attribute_not_exists(pk)';
const hasRoom = 'availableMinutes <= :room';
const hasEnough = 'availableMinutes >= :amount';
const holdsEnough = 'heldMinutes >= :fromHeld';
const isPending = '#state = :pending';

const refusal = (
  code: 'unknown_account' | 'cap_reached' | 'hold_not_open' | 'exists_with_different_content',
): Exclude<Commit, { kind: 'done' }> => ({
  kind: 'refused',
  refusal: { code },
});

const headUpdate = (
  table: string,
  accountId: AccountId,
  update: { set: string; condition: readonly string[]; values: Record<string, number> },
): TransactWriteItem => ({
  Update: {
    TableName: table,
    Key: values({ ...accountHeadKey(accountId) }),
    UpdateExpression: `SET ${update.set}, #sequence = #sequence + :one`,
    ConditionExpression: update.condition.join(' AND '),
    ExpressionAttributeNames: { '#sequence': 'sequence' },
    ExpressionAttributeValues: values({ ...update.values, ':one': 1 }),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});

const entryPut = (table: string, entry: Entry): TransactWriteItem => ({
  Put: {
    TableName: table,
    Item: encode({ ...entryKey(entry.accountId, entry.transferId) }, entry),
    ConditionExpression: notSeen,
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});

const entryPiece = (table: string, entry: Entry): Piece => ({
  item: entryPut(table, entry),
  // The request's own history would have shown a retry: the id was used for something else.
  failed: () => refusal('exists_with_different_content'),
});

const creditPieces = (table: string, change: LedgerChange & { change: 'credit' }): Piece[] => {
  const { entry, roomUpToMinutes } = change;
  return [
    {
      item: headUpdate(table, entry.accountId, {
        set: 'availableMinutes = availableMinutes + :amount',
        condition: [isThere, hasRoom],
        values: { ':amount': entry.amountMinutes, ':room': roomUpToMinutes },
      }),
      failed: (old) => refusal(old === undefined ? 'unknown_account' : 'cap_reached'),
    },
    entryPiece(table, entry),
  ];
};

const holdPieces = (table: string, { hold }: LedgerChange & { change: 'hold' }): Piece[] => [
  {
    item: headUpdate(table, hold.accountId, {
      set: 'availableMinutes = availableMinutes - :amount, heldMinutes = heldMinutes + :amount',
      condition: [isThere, hasEnough],
      values: { ':amount': hold.amountMinutes },
    }),
    failed: (old) =>
      old === undefined
        ? refusal('unknown_account')
        : {
            kind: 'refused',
            refusal: {
              code: 'insufficient_hours',
              availableMinutes: decodeHead(old).availableMinutes,
              neededMinutes: hold.amountMinutes,
            },
          },
  },
  entryPiece(table, hold),
];

const resolvePieces = (table: string, { hold }: LedgerChange & { change: 'resolve_hold' }): Piece[] => {
  const release = releaseOf(hold);
  return [
    {
      item: headUpdate(table, hold.accountId, {
        set: 'availableMinutes = availableMinutes + :toAvailable, heldMinutes = heldMinutes - :fromHeld',
        condition: [isThere, holdsEnough],
        values: { ':toAvailable': release.toAvailable, ':fromHeld': release.fromHeld },
      }),
      failed: (old) => refusal(old === undefined ? 'unknown_account' : 'hold_not_open'),
    },
    {
      item: {
        Put: {
          TableName: table,
          Item: encode({ ...entryKey(hold.accountId, hold.transferId) }, hold),
          ConditionExpression: [isThere, isPending].join(' AND '),
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: values({ ':pending': 'pending' }),
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
      failed: () => refusal('hold_not_open'),
    },
  ];
};

const openPiece = (table: string, change: LedgerChange & { change: 'open_account' }): Piece => ({
  item: {
    Put: {
      TableName: table,
      Item: encode(
        { ...accountHeadKey(change.accountId) },
        {
          accountId: change.accountId,
          availableMinutes: 0,
          heldMinutes: 0,
          sequence: 0,
          openedAt: change.at,
        },
      ),
      ConditionExpression: notSeen,
    },
  },
  failed: () => ({ kind: 'stale' }),
});

/** The pieces that write one movement. */
export const ledgerPieces = (table: string, change: LedgerChange): Piece[] => {
  switch (change.change) {
    case 'open_account':
      return [openPiece(table, change)];
    case 'credit':
      return creditPieces(table, change);
    case 'hold':
      return holdPieces(table, change);
    case 'resolve_hold':
      return resolvePieces(table, change);
  }
};
