/** One connection to DynamoDB, and the one place that tells a store that is away from a store that says no. */
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { Unavailable } from '@time-bank/desk/ports';
import type { StoreSettings } from './settings.ts';

/** What every part of the store works with. */
export interface Connection {
  client: DynamoDBClient;
  tables: StoreSettings['tables'];
}

/** A lost answer is asked for again within the request; beyond that the person's phone tries again. */
const TRIES = 3;
const CONNECT_MS = 1000;
const ANSWER_MS = 4000;

/** A client with bounded waits: an API request never hangs on the store. */
export const makeClient = (config: DynamoDBClientConfig = {}): DynamoDBClient =>
  new DynamoDBClient({
    maxAttempts: TRIES,
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: ANSWER_MS, throwOnRequestTimeout: true },
    ...config,
  });

/** True where an address names this machine itself. */
export const isThisMachine = (address: string): boolean =>
  ['localhost', '127.0.0.1', '[::1]'].includes(new URL(address).hostname);

/** Connects by the settings. An engine on this machine takes any credentials, so it gets some that are nobody's. */
export const connect = ({ tables, endpoint }: StoreSettings): Connection => ({
  tables,
  client: makeClient(
    endpoint === undefined
      ? {}
      : !isThisMachine(endpoint)
        ? { endpoint }
        : { endpoint, region: 'local', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } },
  ),
});

const awayCodes = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
];
const awayNames = [
  'TimeoutError',
  'InternalServerError',
  'ServiceUnavailable',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
];

const field = (error: object, name: string): unknown =>
  Object.entries(error).find(([key]) => key === name)?.[1];

const isAway = (error: Error): boolean => {
  const code = field(error, 'code');
  return awayNames.includes(error.name) || (typeof code === 'string' && awayCodes.includes(code));
};

/** Runs a call on the store; a store that does not answer becomes `Unavailable`. */
export const reaching = async <T>(call: () => Promise<T>): Promise<T> => {
  try {
    return await call();
  } catch (error) {
    const parts: readonly unknown[] = error instanceof AggregateError ? error.errors : [];
    const causes = [error, ...parts];
    if (causes.some((cause) => cause instanceof Error && isAway(cause))) {
      throw new Unavailable('the store does not answer', { cause: error });
    }
    throw error;
  }
};
