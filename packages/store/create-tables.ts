/** Makes the three tables on an engine that has none, on a laptop and in tests. In the cloud the stack makes them. */
import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { type Connection, reaching } from './client.ts';
import {
  PARTITION_KEY,
  SORT_KEY,
  STREAM_VIEW,
  type TableShape,
  careTable,
  ledgerTable,
  sealsTable,
} from './table.ts';

const createTable = async (client: DynamoDBClient, TableName: string, shape: TableShape): Promise<void> => {
  const keys = [
    PARTITION_KEY,
    SORT_KEY,
    ...shape.indexes.flatMap((index) => [index.partitionKey, index.sortKey]),
  ];
  const indexes = shape.indexes.map(({ name, partitionKey, sortKey }) => ({
    IndexName: name,
    KeySchema: [
      { AttributeName: partitionKey, KeyType: 'HASH' as const },
      { AttributeName: sortKey, KeyType: 'RANGE' as const },
    ],
    Projection: { ProjectionType: 'KEYS_ONLY' as const },
  }));
  const command = new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: [
      { AttributeName: PARTITION_KEY, KeyType: 'HASH' },
      { AttributeName: SORT_KEY, KeyType: 'RANGE' },
    ],
    ...(indexes.length === 0 ? {} : { GlobalSecondaryIndexes: indexes }),
  });
  try {
    await reaching(() => client.send(command));
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
    return;
  }
  await waitUntilTableExists({ client, maxWaitTime: 30 }, { TableName });
  if (shape.expiry !== undefined) {
    const TimeToLiveSpecification = { AttributeName: shape.expiry, Enabled: true };
    await reaching(() => client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification })));
  }
};

/** Makes the tables unless they are there; their streams are opened by `openStream`. */
export const createTables = async ({ client, tables }: Connection): Promise<void> => {
  await createTable(client, tables.ledger, ledgerTable);
  await createTable(client, tables.care, careTable);
  await createTable(client, tables.seals, sealsTable);
};

/** Tables whose changes go to a consumer. */
export type StreamedTable = 'ledger' | 'care';

/** Gives a table a stream, unless it has one. Gives its ARN. */
export const openStream = async ({ client, tables }: Connection, table: StreamedTable): Promise<string> => {
  const TableName = tables[table];
  const { Table } = await reaching(() => client.send(new DescribeTableCommand({ TableName })));
  if (Table?.StreamSpecification?.StreamEnabled !== true) {
    const StreamSpecification = { StreamEnabled: true, StreamViewType: STREAM_VIEW } as const;
    const changed = await reaching(() =>
      client.send(new UpdateTableCommand({ TableName, StreamSpecification })),
    );
    const arn = changed.TableDescription?.LatestStreamArn;
    if (arn !== undefined) return arn;
  }
  if (Table?.LatestStreamArn === undefined) throw new Error(`the table ${table} has no stream`);
  return Table.LatestStreamArn;
};

/**
 * Takes a table's stream away, with the records in it: only once everything in it has been read. The
 * embedded engine grows slower with every record that it keeps.
 */
export const closeStream = async ({ client, tables }: Connection, table: StreamedTable): Promise<void> => {
  const command = { TableName: tables[table], StreamSpecification: { StreamEnabled: false } };
  await reaching(() => client.send(new UpdateTableCommand(command)));
};

/** Whether the tables of hours and of visits answer; nobody waits for the seals. Throws Unavailable where the store does not. */
export const tablesAnswer = async ({ client, tables }: Connection): Promise<boolean> => {
  const states = await Promise.all(
    [tables.ledger, tables.care].map((TableName) =>
      reaching(() => client.send(new DescribeTableCommand({ TableName }))),
    ),
  );
  return states.every(({ Table }) => Table?.TableStatus === 'ACTIVE');
};
