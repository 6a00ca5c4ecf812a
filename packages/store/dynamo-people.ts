/** People on DynamoDB: a sealed profile, a row for each role, and pointers that lead to it. */
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { MemberId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { type People, Unavailable } from '@time-bank/desk/ports';
import * as z from 'zod/mini';
import { type Connection, reaching } from './client.ts';
import { forgetRecords } from './dynamo-erasure.ts';
import { wasWritten, writePieces } from './dynamo-journal.ts';
import { type Item, decode, values } from './item.ts';
import {
  type Key,
  holdersKey,
  homeBounds,
  memberKey,
  memberOfPartition,
  personKey,
  phoneKey,
  residentsKey,
  roleListKey,
  volunteersKey,
} from './keys.ts';
import { changePieces, erasurePieces, memberPieces } from './people-pieces.ts';
import { placeVolunteer } from './place-volunteer.ts';
import { decodeProfile } from './profile-item.ts';
import { queryAll, queryPage, readAll } from './query.ts';
import { dataKeyOf, openItem } from './sealed-item.ts';
import { BY_REGION, PARTITION_KEY } from './table.ts';
import type { Vault } from './vault.ts';

/** A pointer that was freed leads to nobody. */
const StoredPointer = z.object({ memberId: z.exactOptional(MemberId) });
/** What the index knows of a role: whose it is. */
const StoredListing = z.object({ [PARTITION_KEY]: z.string() });
const holderOf = (row: Item): MemberId => memberOfPartition(decode(StoredListing, row)[PARTITION_KEY]);
const StoredPrint = z.object({ fingerprint: z.string() });

/** One community's residents, one county's volunteers: bounds of a read, not of the register. */
const LIST_MAX = 20_000;

/** True where a list of people with a role is one in which this person stands. */
const standsIn = ({ roles, communityCode }: Member, list: string): boolean =>
  roles.some(({ role, region }) => roleListKey(role, region, communityCode) === list);

/** People on DynamoDB. `jitter` as in `writePieces`. */
export const dynamoPeople = (connection: Connection, vault: Vault, jitter: () => number): People => {
  const TableName = connection.tables.care;
  const get = async (key: Key): Promise<Item | undefined> => {
    const command = new GetItemCommand({ TableName, Key: values({ ...key }), ConsistentRead: true });
    return (await reaching(() => connection.client.send(command))).Item;
  };
  const readMembers = async (memberIds: readonly MemberId[]): Promise<Member[]> => {
    const items = await readAll(
      connection,
      'care',
      memberIds.map((memberId) => ({ ...memberKey(memberId) })),
    );
    return items.flatMap((item) => decodeProfile(vault, item)?.member ?? []);
  };
  /** The index may be a moment behind: whoever has left the list since is left out. */
  const listRole = async (partition: string): Promise<Member[]> => {
    const rows = await queryAll(connection, { table: 'care', index: BY_REGION, partition }, LIST_MAX);
    const members = await readMembers(rows.map(holderOf));
    return members.filter((member) => standsIn(member, partition));
  };
  return {
    readMember: async (memberId) => {
      const item = await get(memberKey(memberId));
      return item === undefined ? undefined : decodeProfile(vault, item)?.member;
    },
    readMembers: async (memberIds) =>
      new Map((await readMembers(memberIds)).map((member) => [member.memberId, member])),
    findByPhone: async (phone) => {
      const item = await get(phoneKey(vault.mark('phone', phone)));
      return item === undefined ? undefined : decode(StoredPointer, item).memberId;
    },
    listResidents: (communityCode) => listRole(residentsKey(communityCode)),
    listVolunteers: (county) => listRole(volunteersKey(county)),
    listVolunteersWithin: async (county, stretch, page) => {
      const reading = { table: 'care', index: BY_REGION, partition: volunteersKey(county) } as const;
      const found = await queryPage(connection, { ...reading, ...homeBounds(stretch), ...page });
      return { ...found, items: found.items.map(holderOf) };
    },
    placeVolunteer: (member) => placeVolunteer(connection, member),
    listHolders: (role, region) => listRole(holdersKey(role, region)),
    addMember: async (person) => {
      const commit = await writePieces(connection, memberPieces(connection.tables, vault, person), jitter);
      return wasWritten(commit);
    },
    change: async (before, after) => {
      const item = await get(memberKey(before.memberId));
      const key = item === undefined ? undefined : dataKeyOf(vault, item);
      if (key === undefined) return false;
      const pieces = changePieces(TableName, vault, { before, after, key });
      return wasWritten(await writePieces(connection, pieces, jitter));
    },
    erase: async (memberId, at) => {
      const item = await get(memberKey(memberId));
      if (item === undefined) return;
      const profile = decodeProfile(vault, item);
      if (profile !== undefined) {
        // The profile goes after the rest: whoever was cut off before finds the person there, and erases again.
        await forgetRecords(connection, memberId, false);
        const pieces = erasurePieces(TableName, vault, { ...profile, at });
        if (!wasWritten(await writePieces(connection, pieces, jitter)))
          throw new Unavailable('somebody has changed this person meanwhile');
      }
      await forgetRecords(connection, memberId, true);
    },
    findByNaturalKey: async (keys) => {
      const marks = new Map(keys.map((key) => [personKey(vault.mark('person', key)).pk, key]));
      const items = await readAll(
        connection,
        'care',
        keys.map((key) => ({ ...personKey(vault.mark('person', key)) })),
        true,
      );
      const found = new Map<string, { memberId: MemberId; fingerprint: string }>();
      for (const item of items) {
        const key = marks.get(item['pk']?.S ?? '');
        const { plain, personal } = openItem(vault, item);
        const { memberId } = StoredPointer.parse(plain);
        if (key === undefined || memberId === undefined || personal === undefined) continue;
        found.set(key, { memberId, fingerprint: StoredPrint.parse(personal).fingerprint });
      }
      return found;
    },
  };
};
