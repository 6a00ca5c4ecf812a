/** The pieces of the transactions that add, change and erase people. */
import type { MemberId } from '@time-bank/contracts/ids';
import { accountOf } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import type { Instant } from '@time-bank/contracts/time';
import type { NewPerson } from '@time-bank/desk/ports';
import type { Connection } from './client.ts';
import { isOnBoard, isSameRow, sealedRow } from './board-item.ts';
import { type Item, encode, values } from './item.ts';
import {
  type Key,
  boardRowKey,
  memberKey,
  personKey,
  phoneKey,
  roleKey,
  roleListKey,
  roleSort,
} from './keys.ts';
import { ledgerPieces } from './ledger-item.ts';
import type { Piece } from './piece.ts';
import { encodeProfile, sealParticulars } from './profile-item.ts';
import { DATA_KEY, SEALED, encodeSealed } from './sealed-item.ts';
import { BY_REGION } from './table.ts';
import type { DataKey, Vault } from './vault.ts';

const stale: Piece['failed'] = () => ({ kind: 'stale' });

const notSeen = 'attribute_not_exists(pk)';
/** A pointer is taken while it leads to somebody; one that was freed can be taken again. */
const notTaken = 'attribute_not_exists(memberId)';
const isTheirs = 'memberId = :member';
const notErased = `attribute_exists(${DATA_KEY})`;
const neverChanged = 'attribute_not_exists(version)';
const asRead = 'version = :before';

const put = (table: string, item: Item, condition: string): Piece => ({
  item: { Put: { TableName: table, Item: item, ConditionExpression: condition } },
  failed: stale,
});

/** A role as the lists know it: one row for a role and a region, however often it was given. */
interface Listing {
  key: Key;
  list: string;
  sort: string;
}

/** The rows of a person's roles, by their sort keys. */
export const listingsOf = (member: Member): Map<string, Listing> =>
  new Map(
    member.roles.map(({ role, region }) => {
      const key = roleKey(member.memberId, role, region);
      const list = roleListKey(role, region, member.communityCode);
      return [key.sk, { key, list, sort: roleSort(role, member) }];
    }),
  );

const listingItem = (memberId: MemberId, { key, list, sort }: Listing, since: Instant): Item =>
  encode({ ...key, [BY_REGION.partitionKey]: list, [BY_REGION.sortKey]: sort }, { memberId, since });

/** Enters a role into its list, whether it was held before or not. */
const enterPiece = (table: string, memberId: MemberId, { key, list, sort }: Listing): Piece => ({
  item: {
    Update: {
      TableName: table,
      Key: values({ ...key }),
      UpdateExpression: 'SET #list = :list, #sort = :sort, memberId = :member',
      ConditionExpression: `${notSeen} OR ${isTheirs}`,
      ExpressionAttributeNames: { '#list': BY_REGION.partitionKey, '#sort': BY_REGION.sortKey },
      ExpressionAttributeValues: values({ ':list': list, ':sort': sort, ':member': memberId }),
    },
  },
  failed: stale,
});

/** Takes a role out of its list; the row stays, for nothing is deleted. */
export const unlisting = {
  UpdateExpression: 'REMOVE #list, #sort',
  ConditionExpression: 'attribute_exists(pk)',
  ExpressionAttributeNames: { '#list': BY_REGION.partitionKey, '#sort': BY_REGION.sortKey },
} as const;

const leavePiece = (table: string, { key }: Listing): Piece => ({
  item: { Update: { TableName: table, Key: values({ ...key }), ...unlisting } },
  failed: stale,
});

const freePiece = (table: string, key: Key, memberId: MemberId): Piece => ({
  item: {
    Update: {
      TableName: table,
      Key: values({ ...key }),
      UpdateExpression: `REMOVE memberId, ${DATA_KEY}, ${SEALED}`,
      ConditionExpression: isTheirs,
      ExpressionAttributeValues: values({ ':member': memberId }),
    },
  },
  failed: stale,
});

const phonePieces = (table: string, vault: Vault, before: Member | undefined, after: Member): Piece[] => {
  if (before?.phone === after.phone) return [];
  const key = (phone: string) => phoneKey(vault.mark('phone', phone));
  const { memberId } = after;
  return [
    ...(before?.phone === undefined ? [] : [freePiece(table, key(before.phone), memberId)]),
    ...(after.phone === undefined
      ? []
      : [put(table, encode({ ...key(after.phone) }, { memberId }), notTaken)]),
  ];
};

/** Writes an elder onto the board of their community, whatever visits stand there already. */
const boardPiece = (table: string, vault: Vault, member: Member): Piece => ({
  item: {
    Update: {
      TableName: table,
      Key: values({ ...boardRowKey(member.communityCode, member.memberId) }),
      UpdateExpression: `SET ${DATA_KEY} = :key, ${SEALED} = :sealed`,
      ExpressionAttributeValues: sealedRow(vault, member),
    },
  },
  failed: stale,
});

/** Takes an elder off a board; their visits stay there and say nothing of them. */
const offBoardPiece = (table: string, { communityCode, memberId }: Member): Piece => ({
  item: {
    Update: {
      TableName: table,
      Key: values({ ...boardRowKey(communityCode, memberId) }),
      UpdateExpression: `REMOVE ${DATA_KEY}, ${SEALED}`,
    },
  },
  failed: stale,
});

const boardPieces = (table: string, vault: Vault, { before, after }: Omit<Change, 'key'>): Piece[] => {
  const isMoved = before.communityCode !== after.communityCode;
  return [
    ...(isOnBoard(before) && (isMoved || !isOnBoard(after)) ? [offBoardPiece(table, before)] : []),
    ...(isOnBoard(after) && (isMoved || !isOnBoard(before) || !isSameRow(before, after))
      ? [boardPiece(table, vault, after)]
      : []),
  ];
};

/** Adds a person: profile, pointers, roles, their place on the board, and their account. */
export const memberPieces = (tables: Connection['tables'], vault: Vault, person: NewPerson): Piece[] => {
  const { member, naturalKey, fingerprint, at } = person;
  const { memberId } = member;
  const { care } = tables;
  const listed = vault.mark('person', naturalKey);
  const pointer = encodeSealed(
    vault,
    { ...personKey(listed) },
    { plain: { memberId }, personal: { fingerprint } },
  );
  return [
    put(care, pointer, notTaken),
    put(care, encodeProfile(vault, member, { listed, at }), notSeen),
    ...phonePieces(care, vault, undefined, member),
    ...[...listingsOf(member).values()].map((listing) =>
      put(care, listingItem(memberId, listing, at), notSeen),
    ),
    ...(isOnBoard(member) ? [boardPiece(care, vault, member)] : []),
    ...ledgerPieces(tables.ledger, {
      change: 'open_account',
      accountId: accountOf(memberId),
      state: 'open',
      at,
    }),
  ];
};

const profilePiece = (table: string, vault: Vault, change: Change): Piece => {
  const { before, after, key } = change;
  const isAsRead = before.version === undefined ? neverChanged : asRead;
  return {
    item: {
      Update: {
        TableName: table,
        Key: values({ ...memberKey(after.memberId) }),
        UpdateExpression: `SET ${SEALED} = :sealed, version = :after`,
        ConditionExpression: [notErased, isAsRead].join(' AND '),
        ExpressionAttributeValues: values({
          ':sealed': sealParticulars(vault, after, key),
          ':after': after.version,
          ':before': before.version,
        }),
      },
    },
    failed: stale,
  };
};

/** A person as they were read and as they are from now on, and the data key of their profile. */
interface Change {
  before: Member;
  after: Member;
  key: DataKey;
}

/** Writes a person over what was read; number and roles lead to them as they are from now on. */
export const changePieces = (table: string, vault: Vault, change: Change): Piece[] => {
  const { before, after } = change;
  const [from, to] = [listingsOf(before), listingsOf(after)];
  return [
    profilePiece(table, vault, change),
    ...phonePieces(table, vault, before, after),
    ...[...to]
      .filter(([row, { list, sort }]) => from.get(row)?.list !== list || from.get(row)?.sort !== sort)
      .map(([, listing]) => enterPiece(table, after.memberId, listing)),
    ...[...from].filter(([row]) => !to.has(row)).map(([, listing]) => leavePiece(table, listing)),
    ...boardPieces(table, vault, change),
  ];
};

/** Destroys the data key of a person's profile and frees what led to them; id and version stay. */
export const erasurePieces = (
  table: string,
  vault: Vault,
  { member, listed, at }: { member: Member; listed: string; at: Instant },
): Piece[] => {
  const { memberId, phone, version } = member;
  const isAsRead = version === undefined ? neverChanged : asRead;
  return [
    {
      item: {
        Update: {
          TableName: table,
          Key: values({ ...memberKey(memberId) }),
          UpdateExpression: `SET erasedAt = :at REMOVE ${DATA_KEY}, ${SEALED}`,
          ConditionExpression: [notErased, isAsRead].join(' AND '),
          ExpressionAttributeValues: values({ ':at': at, ':before': version }),
        },
      },
      failed: stale,
    },
    ...(isOnBoard(member) ? [offBoardPiece(table, member)] : []),
    freePiece(table, personKey(listed), memberId),
    ...(phone === undefined ? [] : [freePiece(table, phoneKey(vault.mark('phone', phone)), memberId)]),
  ];
};
