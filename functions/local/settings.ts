/** What the local service and the commands beside it read from the environment. */
import { resolve } from 'node:path';
import {
  CARE_TABLE,
  DYNAMODB_ENDPOINT,
  LEDGER_TABLE,
  PERSONAL_KEYS,
  SEALS_TABLE,
} from '@time-bank/store/settings';
import { TOKEN_KEYS } from '@time-bank/api/settings';
import * as z from 'zod/mini';

/** A reason for which a command stops before it begins: one sentence for the person at the keyboard. */
export class CannotStart extends Error {
  override name = 'CannotStart';
}

const Environment = z.object({
  PORT: z._default(z.string().check(z.regex(/^\d{1,5}$/)), '3000'),
  DATA_DIR: z._default(z.string(), '.data'),
  DEMO: z._default(z.string(), '1'),
  VERIFIER_KEY: z._default(z.string(), ''),
  STAFF_FACTOR: z._default(z.enum(['', 'code', 'passkey']), ''),
  [DYNAMODB_ENDPOINT]: z._default(z.string(), ''),
  [PERSONAL_KEYS]: z._default(z.string(), ''),
  [TOKEN_KEYS]: z._default(z.string(), ''),
  [LEDGER_TABLE]: z._default(z.string(), 'time-bank-ledger'),
  [CARE_TABLE]: z._default(z.string(), 'time-bank-care'),
  [SEALS_TABLE]: z._default(z.string(), 'time-bank-seals'),
});

export interface LocalSettings {
  port: number;
  /** An absolute path. */
  dataDir: string;
  demo: boolean;
  /** Whether a code is enough for staff: in a demonstration, unless something else is said. The cloud has no such setting. */
  isCodeEnoughForStaff: boolean;
  /** Any DynamoDB; absent: the embedded engine on the data folder. */
  endpoint: string | undefined;
  /** The key that checks the seals, where they are signed somewhere else than in the data folder. */
  verifierKey: string | undefined;
  /** The keys of what is personal, where they are not those of the data folder. */
  personalKeys: string | undefined;
  /** The keys that sign sign-ins, where they are not those of the data folder. */
  tokenKeys: string | undefined;
  tables: { ledger: string; care: string; seals: string };
}

/** Reads the environment. Throws CannotStart where a value makes no sense. */
export const readLocalSettings = (
  environment: Record<string, string | undefined> = process.env,
): LocalSettings => {
  const parsed = Environment.safeParse(environment);
  const port = Number(parsed.data?.PORT);
  if (!parsed.success || port > 65_535) throw new CannotStart('PORT must be a number from 0 to 65535.');
  const given = parsed.data;
  return {
    port,
    dataDir: resolve(given.DATA_DIR),
    demo: given.DEMO !== '0',
    isCodeEnoughForStaff: given.STAFF_FACTOR === '' ? given.DEMO !== '0' : given.STAFF_FACTOR === 'code',
    endpoint: given.DYNAMODB_ENDPOINT === '' ? undefined : given.DYNAMODB_ENDPOINT,
    personalKeys: given.PERSONAL_KEYS === '' ? undefined : given.PERSONAL_KEYS,
    tokenKeys: given.TOKEN_KEYS === '' ? undefined : given.TOKEN_KEYS,
    verifierKey: given.VERIFIER_KEY === '' ? undefined : given.VERIFIER_KEY,
    tables: { ledger: given.LEDGER_TABLE, care: given.CARE_TABLE, seals: given.SEALS_TABLE },
  };
};
