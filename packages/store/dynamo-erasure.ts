/**
 * Destroys the data keys of everything that is kept of a person beside their profile: leaves of their file, requests
 * that they receive, cards of linkage about them, and what merges in other files have kept of them; takes their roles
 * out of the lists. Each write is safe to repeat, so that an erasure that was cut off is finished by the next one.
 */
import { UpdateItemCommand, type UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import type { MemberId } from '@time-bank/contracts/ids';
import type { Connection } from './client.ts';
import { casesAboutElders } from './case-item.ts';
import { isWritten } from './condition.ts';
import { type Item, values } from './item.ts';
import {
  casesAboutKey,
  diaryKey,
  everyLeafPrefix,
  leavesAboutKey,
  memberPartition,
  personLeafPrefix,
  receivesKey,
  rolePrefix,
} from './keys.ts';
import { unlisting } from './people-pieces.ts';
import { type Reading, queryPage } from './query.ts';
import { DATA_KEY, SEALED } from './sealed-item.ts';
import { BY_OPENING, BY_PERSON, PARTITION_KEY, SORT_KEY } from './table.ts';

const AT_ONCE = 25;

type Expression = Pick<
  UpdateItemCommandInput,
  'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

const forgetting: Expression = {
  UpdateExpression: `REMOVE ${DATA_KEY}, ${SEALED}`,
  ConditionExpression: `attribute_exists(${DATA_KEY})`,
};
/**
 * What nobody can read waits for nobody, and leads nobody to this person. Whoever has read it before it was forgotten
 * writes nothing over it: its version is another one.
 */
const forgettingWhole: Expression = {
  UpdateExpression: `${forgetting.UpdateExpression ?? ''}, #person, #personSort, #open, #openSort ADD #version :one`,
  ConditionExpression: `attribute_exists(${PARTITION_KEY})`,
  ExpressionAttributeValues: values({ ':one': 1 }),
  ExpressionAttributeNames: {
    '#version': 'version',
    '#person': BY_PERSON.partitionKey,
    '#personSort': BY_PERSON.sortKey,
    '#open': BY_OPENING.partitionKey,
    '#openSort': BY_OPENING.sortKey,
  },
};

/** How often somebody came and how often they were asked says something of them; the visits are those of elders. */
const forgettingHabits: Expression = {
  UpdateExpression: 'REMOVE kept, missed, asks ADD #version :one',
  ConditionExpression: `attribute_exists(${PARTITION_KEY})`,
  ExpressionAttributeValues: values({ ':one': 1 }),
  ExpressionAttributeNames: { '#version': 'version' },
};

const keyOf = (item: Item): Item =>
  Object.fromEntries(
    [PARTITION_KEY, SORT_KEY].flatMap((name) => {
      const value = item[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );

const changeAll = async (
  connection: Connection,
  reading: Omit<Reading, 'table' | 'limit' | 'cursor'>,
  expression: Expression,
  isSpared: (item: Item) => boolean = () => false,
): Promise<void> => {
  let cursor: string | undefined;
  do {
    const page = await queryPage(connection, { ...reading, table: 'care', limit: AT_ONCE, cursor });
    for (const item of page.items) {
      if (isSpared(item)) continue;
      const command = { TableName: connection.tables.care, Key: keyOf(item), ...expression };
      await isWritten(() => connection.client.send(new UpdateItemCommand(command)));
    }
    cursor = page.cursor;
  } while (cursor !== undefined);
};

const isWish = (item: Item): boolean => item[SORT_KEY]?.S?.startsWith(personLeafPrefix('wish')) === true;

/**
 * Forgets what is kept of a person beside their profile, page by page. `isOver`: the profile is gone; until then what
 * they have asked stays, so that whoever is cut off can be asked again.
 */
export const forgetRecords = async (
  connection: Connection,
  memberId: MemberId,
  isOver: boolean,
): Promise<void> => {
  const partition = memberPartition(memberId);
  await changeAll(connection, { partition, prefix: rolePrefix }, unlisting);
  await changeAll(connection, { partition, prefix: diaryKey(memberId).sk }, forgettingHabits);
  await changeAll(
    connection,
    { partition, prefix: everyLeafPrefix },
    forgettingWhole,
    (item) => !isOver && isWish(item),
  );
  await changeAll(connection, { index: BY_PERSON, partition: receivesKey(memberId) }, forgetting);
  // A merge leads whoever erases the record that was kept to this one: it goes last.
  const about = [
    ...casesAboutElders.map((kind) => casesAboutKey(kind, memberId)),
    casesAboutKey('event', memberId),
    ...(isOver ? [leavesAboutKey('merge', memberId)] : []),
  ];
  for (const list of about) {
    await changeAll(connection, { index: BY_PERSON, partition: list }, forgettingWhole);
  }
};
