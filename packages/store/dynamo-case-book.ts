/** The cases of staff on DynamoDB: one item each, in the list of their region while they are open. */
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { CaseBook } from '@time-bank/desk/ports';
import { type StaffCase, type StaffCases, isOpen } from '@time-bank/desk/staff-case';
import { decodeCase, encodeCase } from './case-item.ts';
import type { Connection } from './client.ts';
import { isWritten } from './condition.ts';
import { type Item, values } from './item.ts';
import { caseKey, casesAboutKey, openCasesKey } from './keys.ts';
import { queryPage, readAll } from './query.ts';
import { BY_OPENING, BY_PERSON } from './table.ts';
import type { Vault } from './vault.ts';

const isNew = 'attribute_not_exists(pk)';
const isVersionBefore = '#version = :before';

/** The case book on a connection. */
export const dynamoCaseBook = (connection: Connection, vault: Vault): CaseBook => {
  const write = (
    record: StaffCase,
    condition: Pick<
      PutItemCommand['input'],
      'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
    >,
  ): Promise<boolean> => {
    const command = new PutItemCommand({
      TableName: connection.tables.care,
      Item: encodeCase(vault, record),
      ...condition,
    });
    return isWritten(() => connection.client.send(command));
  };
  /** What the index found, in its order, as it is now: the index may be a moment behind. */
  const asNow = async <K extends keyof StaffCases>(
    kind: K,
    found: readonly Item[],
  ): Promise<StaffCases[K][]> => {
    const keys = found.map((item) => ({ pk: item['pk']?.S ?? '', sk: item['sk']?.S ?? '' }));
    const items = new Map(
      (await readAll(connection, 'care', keys, true)).map((item) => [item['pk']?.S, item]),
    );
    return keys.flatMap(({ pk }) => {
      const item = items.get(pk);
      const record = item === undefined ? undefined : decodeCase(vault, kind, item);
      return record === undefined ? [] : [record];
    });
  };
  return {
    put: (record) => write(record, { ConditionExpression: isNew }),
    move: (record) =>
      write(record, {
        ConditionExpression: isVersionBefore,
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: values({ ':before': record.version - 1 }),
      }),
    readNow: async (kind, caseId) => {
      const [item] = await readAll(connection, 'care', [{ ...caseKey(kind, caseId) }], true);
      return item === undefined ? undefined : decodeCase(vault, kind, item);
    },
    listAbout: async (kind, elderId, limit) => {
      const { items } = await queryPage(connection, {
        table: 'care',
        index: BY_PERSON,
        partition: casesAboutKey(kind, elderId),
        newestFirst: true,
        limit,
      });
      return asNow(kind, items);
    },
    listOpen: async (kind, region, { limit, cursor, before }) => {
      const { items, ...rest } = await queryPage(connection, {
        table: 'care',
        index: BY_OPENING,
        partition: openCasesKey(kind, region),
        limit,
        cursor,
        ...(before === undefined ? {} : { before }),
      });
      return { ...rest, items: (await asNow(kind, items)).filter(isOpen) };
    },
  };
};
