/** Makes the two tables on an engine that has none: on a laptop and in tests. In the cloud the stack makes them. */
import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { type Connection, reaching } from './client.ts';
import { PARTITION_KEY, SORT_KEY, STREAM_VIEW, type TableShape, careTable, ledgerTable } from './table.ts';

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
    Projection: { ProjectionType: 'ALL' as const },
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
    StreamSpecification: { StreamEnabled: true, StreamViewType: STREAM_VIEW },
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

/** Makes both tables unless they are there. */
export const createTables = async ({ client, tables }: Connection): Promise<void> => {
  await createTable(client, tables.ledger, ledgerTable);
  await createTable(client, tables.care, careTable);
};

/** Whether both tables answer. Throws Unavailable where the store does not. */
export const tablesAnswer = async ({ client, tables }: Connection): Promise<boolean> => {
  const states = await Promise.all(
    [tables.ledger, tables.care].map((TableName) =>
      reaching(() => client.send(new DescribeTableCommand({ TableName }))),
    ),
  );
  return states.every(({ Table }) => Table?.TableStatus === 'ACTIVE');
};
