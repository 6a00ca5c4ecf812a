import { BatchGetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { InvalidCursor, Unavailable } from '@time-bank/desk/ports';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { connect } from './client.ts';
import { type Item, values, writeCursor } from './item.ts';
import { type Reading, queryAll, queryPage, readAll } from './query.ts';
import { BY_PERSON } from './table.ts';

const connection = connect({
  tables: { ledger: 'L', care: 'C', seals: 'S' },
  endpoint: 'http://127.0.0.1:1',
});
const engine = mockClient(connection.client);
beforeEach(() => {
  engine.reset();
});

const item = (sk: string): Item => ({ pk: { S: 'P' }, sk: { S: sk } });
const sent = () => engine.commandCalls(QueryCommand).map(({ args }) => args[0].input);

describe('a query', () => {
  it.each<{ what: string; reading: Partial<Reading>; condition: string; given: Record<string, string> }>([
    { what: 'a whole partition', reading: {}, condition: '#p = :p', given: {} },
    {
      what: 'what begins with',
      reading: { prefix: 'T#' },
      condition: '#p = :p AND begins_with(#s, :prefix)',
      given: { ':prefix': 'T#' },
    },
    { what: 'from', reading: { from: 'a' }, condition: '#p = :p AND #s >= :from', given: { ':from': 'a' } },
    {
      what: 'before',
      reading: { before: 'b' },
      condition: '#p = :p AND #s < :before',
      given: { ':before': 'b' },
    },
    {
      what: 'between',
      reading: { from: 'a', before: 'b' },
      condition: '#p = :p AND #s BETWEEN :from AND :before',
      given: { ':from': 'a', ':before': 'b' },
    },
  ])('for $what has one condition on the sort key', async ({ reading, condition, given }) => {
    engine.on(QueryCommand).resolves({ Items: [] });
    await queryPage(connection, { table: 'ledger', partition: 'P', limit: 5, ...reading });
    expect(sent()).toEqual([
      expect.objectContaining({
        TableName: 'L',
        ConsistentRead: true,
        Limit: 5,
        ScanIndexForward: true,
        KeyConditionExpression: condition,
        ExpressionAttributeValues: values({ ':p': 'P', ...given }),
        ExpressionAttributeNames:
          Object.keys(given).length === 0 ? { '#p': 'pk' } : { '#p': 'pk', '#s': 'sk' },
      }),
    ]);
  });

  it('on an index names it and its keys, and does not ask for what an index cannot give', async () => {
    engine.on(QueryCommand).resolves({ Items: [] });
    await queryPage(connection, {
      table: 'care',
      index: BY_PERSON,
      partition: 'P',
      from: 'a',
      newestFirst: true,
      limit: 5,
    });
    expect(sent()[0]).toMatchObject({
      TableName: 'C',
      IndexName: 'by-person',
      ScanIndexForward: false,
      ExpressionAttributeNames: { '#p': 'personKey', '#s': 'personSort' },
    });
    expect(sent()[0]).not.toHaveProperty('ConsistentRead');
  });

  it('goes on where the page before ended', async () => {
    engine
      .on(QueryCommand)
      .resolvesOnce({ Items: [item('1')], LastEvaluatedKey: item('1') })
      .resolves({ Items: [item('2')] });
    const first = await queryPage(connection, { table: 'care', partition: 'P', limit: 1 });
    const second = await queryPage(connection, {
      table: 'care',
      partition: 'P',
      limit: 1,
      cursor: first.cursor,
    });
    expect(sent()[1]?.ExclusiveStartKey).toEqual(item('1'));
    expect(second).toEqual({ items: [item('2')] });
  });

  it.each([
    { why: 'of another partition', key: values({ pk: 'Q', sk: '1' }) },
    { why: 'with a key too few', key: values({ pk: 'P' }) },
    { why: 'with a key too many', key: values({ pk: 'P', sk: '1', personKey: 'P' }) },
    { why: 'with an empty key', key: values({ pk: 'P', sk: '' }) },
  ])('does not go on from a cursor $why', async ({ key }) => {
    const reading = { table: 'care', partition: 'P', limit: 1, cursor: writeCursor(key) } as const;
    await expect(queryPage(connection, reading)).rejects.toThrow(InvalidCursor);
    expect(sent()).toEqual([]);
  });

  it('takes a place that the store does not know for a cursor of another list', async () => {
    engine.on(QueryCommand).rejects(Object.assign(new Error('no'), { name: 'ValidationException' }));
    const reading = { table: 'care', partition: 'P', limit: 1 } as const;
    await expect(queryPage(connection, { ...reading, cursor: writeCursor(item('1')) })).rejects.toThrow(
      InvalidCursor,
    );
    await expect(queryPage(connection, reading)).rejects.toThrow('no');
  });

  it('on a store that is away says so', async () => {
    engine.on(QueryCommand).rejects(Object.assign(new Error('no'), { code: 'ECONNREFUSED' }));
    await expect(queryPage(connection, { table: 'care', partition: 'P', limit: 1 })).rejects.toThrow(
      Unavailable,
    );
  });
});

describe('reading all of a partition', () => {
  it('takes page after page, and asks for no more than are wanted', async () => {
    engine
      .on(QueryCommand)
      .resolvesOnce({ Items: [item('1'), item('2')], LastEvaluatedKey: item('2') })
      .resolvesOnce({ Items: [item('3')], LastEvaluatedKey: item('3') })
      .resolves({ Items: [item('4')] });
    const items = await queryAll(connection, { table: 'care', partition: 'P' }, 10);
    expect(items).toHaveLength(4);
    expect(sent().map(({ Limit }) => Limit)).toEqual([10, 8, 7]);
  });

  it('stops at the most', async () => {
    engine.on(QueryCommand).resolves({ Items: [item('1'), item('2')], LastEvaluatedKey: item('2') });
    expect(await queryAll(connection, { table: 'care', partition: 'P' }, 2)).toHaveLength(2);
    expect(sent()).toHaveLength(1);
  });
});

describe('reading by keys', () => {
  const keysOf = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ pk: 'P', sk: String(index) }));
  const batches = () =>
    engine
      .commandCalls(BatchGetItemCommand)
      .map(({ args }) => args[0].input.RequestItems?.['C']?.Keys?.length);

  it('asks for a hundred at once', async () => {
    engine.on(BatchGetItemCommand).resolves({ Responses: { C: [] } });
    await readAll(connection, 'care', keysOf(250));
    expect(batches()).toEqual([100, 100, 50]);
  });

  it('asks for nothing where nothing is wanted', async () => {
    expect(await readAll(connection, 'care', [])).toEqual([]);
    expect(batches()).toEqual([]);
  });

  it('asks again for what was left out', async () => {
    engine
      .on(BatchGetItemCommand)
      .resolvesOnce({ Responses: { C: [item('0')] }, UnprocessedKeys: { C: { Keys: [item('1')] } } })
      .resolves({ Responses: { C: [item('1')] } });
    expect(await readAll(connection, 'care', keysOf(2))).toEqual([item('0'), item('1')]);
    expect(batches()).toEqual([2, 1]);
  });

  it('asks for a key once, however often it is wanted, for the store takes none twice', async () => {
    engine.on(BatchGetItemCommand).resolves({ Responses: { C: [item('0')] } });
    await readAll(connection, 'care', [...keysOf(150), ...keysOf(150)]);
    expect(batches()).toEqual([100, 50]);
  });
});
