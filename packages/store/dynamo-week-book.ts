/** The week's board on DynamoDB: one row for the community's page, one for the county's volunteers. */
import { ConditionalCheckFailedException, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { MemberId, RequestId } from '@time-bank/contracts/ids';
import { CommunityCode, countyOf } from '@time-bank/contracts/region';
import { RequestState } from '@time-bank/contracts/request';
import { Instant } from '@time-bank/contracts/time';
import type { WeekBook, WeekBooking } from '@time-bank/desk/ports';
import * as z from 'zod/mini';
import { type Connection, reaching } from './client.ts';
import { type Item, decode, encode, values } from './item.ts';
import { bookedPartition, weekPartition } from './keys.ts';
import { queryAll } from './query.ts';

const StoredBooking = z.object({
  requestId: RequestId,
  elderId: MemberId,
  state: RequestState,
  version: z.int(),
  communityCode: CommunityCode,
  plannedStartAt: Instant,
  plannedMinutes: z.int(),
  volunteerId: z.exactOptional(MemberId),
});

const decodeBooking = (item: Item): WeekBooking => decode(StoredBooking, item);

/** A community's and a county's week; a county of 100,000 visits a week wants another way of ranking first. */
const WEEK_MAX = 20_000;

const newer = 'attribute_not_exists(pk) OR #version < :version';

/** The week book on a connection. */
export const dynamoWeekBook = (connection: Connection): WeekBook => {
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
    put: async (week, booking) => {
      await keep(weekPartition(week, booking.communityCode), booking);
      if (booking.volunteerId !== undefined)
        await keep(bookedPartition(week, countyOf(booking.communityCode)), booking);
    },
    listOfCommunity: (week, communityCode) => list(weekPartition(week, communityCode)),
    listOfCounty: (week, county) => list(bookedPartition(week, county)),
  };
};
