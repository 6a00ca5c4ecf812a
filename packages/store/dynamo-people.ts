/** People on DynamoDB: a profile, a row for each role, and put-once rows that lead to it. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { MemberId, accountOf } from '@time-bank/contracts/ids';
import { Member } from '@time-bank/contracts/member';
import type { NewPerson, People } from '@time-bank/desk/ports';
import * as z from 'zod/mini';
import { type Connection, reaching } from './client.ts';
import { wasWritten, writePieces } from './dynamo-journal.ts';
import { type Item, decode, encode, values } from './item.ts';
import { memberKey, personKey, phoneKey, residentsKey, roleKey, roleListKey, volunteersKey } from './keys.ts';
import { ledgerPieces } from './ledger-item.ts';
import type { Piece } from './piece.ts';
import { queryAll, readAll } from './query.ts';
import { BY_REGION } from './table.ts';

/** Stored as it is in the contract, and open to attributes that later versions add. */
const StoredMember = z.object(Member.shape);
const StoredPointer = z.object({ memberId: MemberId });
/** What the index knows of a role: whose it is. */
const StoredListing = z.object({ [BY_REGION.sortKey]: MemberId });
const StoredPerson = z.object({ memberId: MemberId, naturalKey: z.string(), fingerprint: z.string() });

/** One community's residents, one county's volunteers: bounds of a read, not of the register. */
const LIST_MAX = 20_000;

const putOnce = (table: string, item: Item): Piece => ({
  item: { Put: { TableName: table, Item: item, ConditionExpression: 'attribute_not_exists(pk)' } },
  failed: () => ({ kind: 'stale' }),
});

const memberPieces = (tables: Connection['tables'], person: NewPerson): Piece[] => {
  const { member, naturalKey, fingerprint, at } = person;
  const pointer = { memberId: member.memberId };
  const put = (keys: Record<string, string>, value: object) => putOnce(tables.care, encode(keys, value));
  return [
    put({ ...personKey(naturalKey) }, { ...pointer, naturalKey, fingerprint }),
    put({ ...memberKey(member.memberId) }, { ...member, registeredAt: at }),
    ...(member.phone === undefined ? [] : [put({ ...phoneKey(member.phone) }, pointer)]),
    ...member.roles.map(({ role, region }) =>
      put(
        {
          ...roleKey(member.memberId, role, region),
          [BY_REGION.partitionKey]: roleListKey(role, region, member.communityCode),
          [BY_REGION.sortKey]: member.memberId,
        },
        { ...pointer, since: at },
      ),
    ),
    ...ledgerPieces(tables.ledger, {
      change: 'open_account',
      accountId: accountOf(member.memberId),
      state: 'open',
      at,
    }),
  ];
};

/** People on DynamoDB. `jitter` as in `writePieces`. */
export const dynamoPeople = (connection: Connection, jitter: () => number): People => {
  const get = async (key: Record<string, string>): Promise<Record<string, AttributeValue> | undefined> => {
    const command = new GetItemCommand({
      TableName: connection.tables.care,
      Key: values(key),
      ConsistentRead: true,
    });
    return (await reaching(() => connection.client.send(command))).Item;
  };
  const readMembers = async (memberIds: readonly MemberId[]): Promise<Member[]> => {
    const items = await readAll(
      connection,
      'care',
      memberIds.map((memberId) => ({ ...memberKey(memberId) })),
    );
    return items.map((item) => decode(StoredMember, item));
  };
  const listRole = async (partition: string): Promise<Member[]> => {
    const rows = await queryAll(connection, { table: 'care', index: BY_REGION, partition }, LIST_MAX);
    return readMembers(rows.map((row) => decode(StoredListing, row)[BY_REGION.sortKey]));
  };
  return {
    readMember: async (memberId) => {
      const item = await get({ ...memberKey(memberId) });
      return item === undefined ? undefined : decode(StoredMember, item);
    },
    readMembers: async (memberIds) =>
      new Map((await readMembers(memberIds)).map((member) => [member.memberId, member])),
    findByPhone: async (phone) => {
      const item = await get({ ...phoneKey(phone) });
      return item === undefined ? undefined : decode(StoredPointer, item).memberId;
    },
    listResidents: (communityCode) => listRole(residentsKey(communityCode)),
    listVolunteers: (county) => listRole(volunteersKey(county)),
    addMember: async (person) => {
      const commit = await writePieces(connection, memberPieces(connection.tables, person), jitter);
      return wasWritten(commit);
    },
    findByNaturalKey: async (keys) => {
      const items = await readAll(
        connection,
        'care',
        keys.map((key) => ({ ...personKey(key) })),
        true,
      );
      return new Map(
        items
          .map((item) => decode(StoredPerson, item))
          .map(({ naturalKey, ...found }) => [naturalKey, found]),
      );
    },
  };
};
