/** What everything that uses the store reads from its environment; the stack sets these names. No SDK here. */
import * as z from 'zod/mini';

/** The names, so that the stack and this file cannot drift apart. */
export const LEDGER_TABLE = 'LEDGER_TABLE';
/** The name of the variable that names the table of everything else. */
export const CARE_TABLE = 'CARE_TABLE';
/** The name of the variable that names the table of seals. */
export const SEALS_TABLE = 'SEALS_TABLE';
/** Any DynamoDB: the embedded engine, DynamoDB Local; absent in the cloud. */
export const DYNAMODB_ENDPOINT = 'DYNAMODB_ENDPOINT';

const TableName = z.string().check(z.minLength(3), z.maxLength(255));

const Environment = z.object({
  [LEDGER_TABLE]: TableName,
  [CARE_TABLE]: TableName,
  [SEALS_TABLE]: TableName,
  [DYNAMODB_ENDPOINT]: z.exactOptional(z.string()),
});

/** Where the store is: the names of its tables, and an endpoint where it is not the cloud. */
export interface StoreSettings {
  tables: { ledger: string; care: string; seals: string };
  endpoint: string | undefined;
}

/** Reads and checks the environment. Throws with the names of what is missing. */
export const readStoreSettings = (
  environment: Record<string, string | undefined> = process.env,
): StoreSettings => {
  const given = Environment.parse(environment);
  return {
    tables: { ledger: given.LEDGER_TABLE, care: given.CARE_TABLE, seals: given.SEALS_TABLE },
    endpoint: given.DYNAMODB_ENDPOINT === '' ? undefined : given.DYNAMODB_ENDPOINT,
  };
};
