/**
 * The week's board on DynamoDB: a visit on its elder's row of the board, and one row for the community's past weeks.
 */
import {
  ConditionalCheckFailedException,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { MemberId, RequestId } from '@time-bank/contracts/ids';
import { CommunityCode } from '@time-bank/contracts/region';
import { RequestState, ServiceCode } from '@time-bank/contracts/request';
import { Instant, msOf } from '@time-bank/contracts/time';
import type { WeekBook, WeekBooking } from '@time-bank/desk/ports';
import * as z from 'zod/mini';
import {
  alertItem,
  decodeAlert,
  decodeEvent,
  decodeRow,
  eventItem,
  isElderRow,
  outdatedAttributes,
  visitAttribute,
  visitWord,
} from './board-item.ts';
import { type Connection, reaching } from './client.ts';
import { isWritten } from './condition.ts';
import { type Item, decode, encode, values } from './item.ts';
import {
  type Key,
  boardAlertKey,
  boardEventKey,
  boardPartition,
  boardRowKey,
  weekPartition,
} from './keys.ts';
import { queryAll } from './query.ts';
import type { Vault } from './vault.ts';

const StoredBooking = z.object({
  requestId: RequestId,
  elderId: MemberId,
  state: RequestState,
  version: z.int(),
  communityCode: CommunityCode,
  plannedStartAt: Instant,
  plannedMinutes: z.int(),
  serviceCode: ServiceCode,
  need: z.exactOptional(z.literal(true)),
  follows: z.exactOptional(RequestId),
  volunteerId: z.exactOptional(MemberId),
});

const decodeBooking = (item: Item): WeekBooking => decode(StoredBooking, item);

/** A community's week: a bound of a read. */
const WEEK_MAX = 20_000;

const newer = 'attribute_not_exists(pk) OR #version < :version';

/** Whether what is there under the key of a visit on the board is older. */
const notYet = 'attribute_not_exists(#visit) OR #visit < :word';

/** The week book on a connection; `vault` opens what the board says of elders. */
export const dynamoWeekBook = (connection: Connection, vault: Vault): WeekBook => {
  const TableName = connection.tables.care;
  /** A visit on its elder's row; what the row can do without goes in the same breath. */
  const keepOnBoard = async (booking: WeekBooking): Promise<void> => {
    const { requestId, elderId, communityCode, plannedStartAt } = booking;
    const Key = values({ ...boardRowKey(communityCode, elderId) });
    try {
      const { Attributes } = await reaching(() =>
        connection.client.send(
          new UpdateItemCommand({
            TableName,
            Key,
            UpdateExpression: 'SET #visit = :word',
            ConditionExpression: notYet,
            ExpressionAttributeNames: { '#visit': visitAttribute(requestId) },
            ExpressionAttributeValues: values({ ':word': visitWord(booking) }),
            ReturnValues: 'ALL_NEW',
          }),
        ),
      );
      const outdated = outdatedAttributes(elderId, Attributes ?? {}, msOf(plannedStartAt));
      if (outdated.length === 0) return;
      const names = outdated.map((_name, index) => `#v${String(index)}`);
      await reaching(() =>
        connection.client.send(
          new UpdateItemCommand({
            TableName,
            Key,
            UpdateExpression: `REMOVE ${names.join(', ')}`,
            ExpressionAttributeNames: Object.fromEntries(
              names.map((name, index) => [name, outdated[index] ?? '']),
            ),
          }),
        ),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  };
  const putOnce = (item: Item): Promise<boolean> =>
    isWritten(() =>
      connection.client.send(
        new PutItemCommand({ TableName, Item: item, ConditionExpression: 'attribute_not_exists(pk)' }),
      ),
    );
  const readNow = async (key: Key): Promise<Item | undefined> => {
    const command = new GetItemCommand({ TableName, Key: values({ ...key }), ConsistentRead: true });
    return (await reaching(() => connection.client.send(command))).Item;
  };
  const keep = async (pk: string, booking: WeekBooking): Promise<void> => {
    try {
      await reaching(() =>
        connection.client.send(
          new PutItemCommand({
            TableName: connection.tables.care,
            Item: encode({ pk, sk: booking.requestId }, booking),
            ConditionExpression: newer,
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: values({ ':version': booking.version }),
          }),
        ),
      );
    } catch (error) {
      // What is there is as new or newer: this record came late or came twice.
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  };
  const list = async (partition: string): Promise<WeekBooking[]> =>
    (await queryAll(connection, { table: 'care', partition }, WEEK_MAX)).map(decodeBooking);
  return {
    readBoard: async (communityCode) => {
      const partition = boardPartition(communityCode);
      const reading = { table: 'care', partition, isEventual: true } as const;
      const items = await queryAll(connection, reading, WEEK_MAX);
      const rows = items.filter(isElderRow).map((item) => decodeRow(vault, communityCode, item));
      return {
        elders: rows.flatMap(({ elder }) => elder ?? []),
        visits: rows.flatMap(({ elder, visits }) => (elder === undefined ? [] : visits)),
        visitsOfOthers: rows.flatMap(({ elder, visits }) => (elder === undefined ? visits : [])),
        events: items.flatMap((item) => decodeEvent(vault, item) ?? []),
        alerts: items.flatMap((item) => decodeAlert(item) ?? []),
      };
    },
    putEvent: (communityCode, event) => putOnce(eventItem(vault, communityCode, event)),
    readEventNow: async (communityCode, eventId) => {
      const item = await readNow(boardEventKey(communityCode, eventId));
      return item === undefined ? undefined : decodeEvent(vault, item);
    },
    putAlert: (communityCode, alert) => putOnce(alertItem(communityCode, alert)),
    readAlertNow: async (communityCode, alertId) => {
      const item = await readNow(boardAlertKey(communityCode, alertId));
      return item === undefined ? undefined : decodeAlert(item);
    },
    put: async (week, booking) => {
      await keepOnBoard(booking);
      await keep(weekPartition(week, booking.communityCode), booking);
    },
    listOfCommunity: (week, communityCode) => list(weekPartition(week, communityCode)),
  };
};
