import { Unavailable } from '@time-bank/desk/ports';
import { describe, expect, it } from 'vitest';
import { connect, reaching } from './client.ts';
import { readStoreSettings } from './settings.ts';

const failing = (error: unknown) => reaching(() => Promise.reject(error as Error));
const named = (name: string) => Object.assign(new Error('no'), { name });
const coded = (code: string) => Object.assign(new Error('no'), { code });

describe('a store that is away', () => {
  it.each([
    ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'].map(
      (why) => ({
        why,
        error: coded(why),
      }),
    ),
    ...['TimeoutError', 'InternalServerError', 'ServiceUnavailable', 'ThrottlingException'].map((why) => ({
      why,
      error: named(why),
    })),
    {
      why: 'every address refuses',
      error: new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')]),
    },
  ])('is told by $why, and the cause is kept', async ({ error }) => {
    await expect(failing(error)).rejects.toThrow(Unavailable);
    await expect(failing(error)).rejects.toMatchObject({ cause: error });
  });

  it.each([
    { why: 'a condition that does not hold', error: named('ConditionalCheckFailedException') },
    { why: 'a message that it does not understand', error: named('ValidationException') },
    { why: 'a door that is shut', error: named('AccessDeniedException') },
    { why: 'another code', error: coded('EACCES') },
    { why: 'several errors that are none of it', error: new AggregateError([new Error('no')]) },
    { why: 'something that is no error', error: 'no' },
  ])('is not told by $why', async ({ error }) => {
    await expect(failing(error)).rejects.toBe(error);
  });

  it('does not change an answer', async () => {
    expect(await reaching(() => Promise.resolve(7))).toBe(7);
  });
});

describe('a connection', () => {
  const tables = { ledger: 'ledger', care: 'care', seals: 'seals' };

  it.each(['http://localhost:8000', 'http://127.0.0.1:8000', 'http://[::1]:8000'])(
    'to this machine (%s) has credentials that are nobody’s',
    async (endpoint) => {
      const { client } = connect({ tables, endpoint });
      expect(await client.config.credentials()).toMatchObject({ accessKeyId: 'local' });
      expect(await client.config.region()).toBe('local');
      client.destroy();
    },
  );

  it('is bounded: three tries, and an end to waiting', async () => {
    const { client } = connect({ tables, endpoint: 'http://localhost:8000' });
    expect(await client.config.maxAttempts()).toBe(3);
    client.destroy();
  });
});

describe('the settings of the store', () => {
  it('are three tables and, on a laptop, an engine', () => {
    expect(
      readStoreSettings({ LEDGER_TABLE: 'tb-ledger', CARE_TABLE: 'tb-care', SEALS_TABLE: 'tb-seals' }),
    ).toEqual({
      tables: { ledger: 'tb-ledger', care: 'tb-care', seals: 'tb-seals' },
      endpoint: undefined,
    });
    const withEngine = {
      LEDGER_TABLE: 'tb-ledger',
      CARE_TABLE: 'tb-care',
      SEALS_TABLE: 'tb-seals',
      DYNAMODB_ENDPOINT: 'http://localhost:8000',
    };
    expect(readStoreSettings(withEngine).endpoint).toBe('http://localhost:8000');
    expect(readStoreSettings({ ...withEngine, DYNAMODB_ENDPOINT: '' }).endpoint).toBeUndefined();
  });

  it('name what is missing', () => {
    expect(() => readStoreSettings({ LEDGER_TABLE: 'tb-ledger' })).toThrow('CARE_TABLE');
  });
});
