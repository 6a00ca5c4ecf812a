/**
 * Volunteers who were stored before there were codes of homes stand in their county's list by their ids. One write each
 * puts such a row where the home of its person is; nothing else of it changes.
 */
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { withoutCode } from '@time-bank/contracts/home-code';
import type { Member } from '@time-bank/contracts/member';
import { countyOf } from '@time-bank/contracts/region';
import { type Connection, reaching } from './client.ts';
import { isWritten } from './condition.ts';
import { values } from './item.ts';
import { type Key, volunteersKey } from './keys.ts';
import { listingsOf } from './people-pieces.ts';
import { BY_REGION } from './table.ts';

const { partitionKey: LIST, sortKey: SORT } = BY_REGION;

const place = async (
  { client, tables }: Connection,
  { key, list, sort }: { key: Key; list: string; sort: string },
): Promise<boolean> => {
  const TableName = tables.care;
  const reading = new GetItemCommand({ TableName, Key: values({ ...key }), ConsistentRead: true });
  const { Item: row } = await reaching(() => client.send(reading));
  const was = row?.[SORT]?.S;
  if (was === undefined || was < withoutCode.from || was >= withoutCode.before) return false;
  // Whoever moved or left the list since then stands in it otherwise, or not at all.
  const writing = new PutItemCommand({
    TableName,
    Item: { ...row, ...values({ [LIST]: list, [SORT]: sort }) },
    ConditionExpression: '#sort = :was',
    ExpressionAttributeNames: { '#sort': SORT },
    ExpressionAttributeValues: values({ ':was': was }),
  });
  return isWritten(() => client.send(writing));
};

/** As the port says. */
export const placeVolunteer = async (connection: Connection, member: Member): Promise<boolean> => {
  const own = volunteersKey(countyOf(member.communityCode));
  const rows = [...listingsOf(member).values()].filter(({ list }) => list === own);
  const placed = await Promise.all(rows.map((row) => place(connection, row)));
  return placed.includes(true);
};
