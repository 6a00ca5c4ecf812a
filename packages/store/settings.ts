/** What everything that uses the store reads from its environment; the stack sets these names. No SDK here. */
import * as z from 'zod/mini';

/** The names, so that the stack and this file cannot drift apart. */
export const LEDGER_TABLE = 'LEDGER_TABLE';
/** The name of the variable that names the table of everything else. */
export const CARE_TABLE = 'CARE_TABLE';
/** The name of the variable that names the table of seals. */
export const SEALS_TABLE = 'SEALS_TABLE';
/** Secrets of what is personal, as JSON, `{"<kid>": "<32 characters or more>"}`; see `vault.ts`. */
export const PERSONAL_KEYS = 'PERSONAL_KEYS';
/** The name of the variable that names the secret that holds the same, in the cloud. */
export const PERSONAL_KEYS_SECRET = 'PERSONAL_KEYS_SECRET';
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

const VaultEnvironment = z
  .object({
    [PERSONAL_KEYS]: z.exactOptional(z.string()),
    [PERSONAL_KEYS_SECRET]: z.exactOptional(z.string()),
  })
  .check(
    z.refine(
      (given) => given.PERSONAL_KEYS !== undefined || given.PERSONAL_KEYS_SECRET !== undefined,
      'PERSONAL_KEYS or PERSONAL_KEYS_SECRET is needed',
    ),
  );

/** Where the secrets of what is personal are: here, or in a secret that is named. */
export interface VaultSettings {
  personalKeys: string | undefined;
  personalKeysSecret: string | undefined;
}

/** Reads and checks the environment of a function that reads or writes what is personal. Throws with the names of what is missing. */
export const readVaultSettings = (
  environment: Record<string, string | undefined> = process.env,
): VaultSettings => {
  const given = VaultEnvironment.parse(environment);
  return { personalKeys: given.PERSONAL_KEYS, personalKeysSecret: given.PERSONAL_KEYS_SECRET };
};
