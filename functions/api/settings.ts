/** What the API reads from its environment beside the store's part; the stack sets these names. No SDK here. */
import * as z from 'zod/mini';

/** Signing keys as JSON, `{"<kid>": "<secret of 32 characters or more>"}`; the first one signs. */
export const TOKEN_KEYS = 'TOKEN_KEYS';
/** The name of the secret that holds the same, in the cloud. */
export const TOKEN_KEYS_SECRET = 'TOKEN_KEYS_SECRET';

const Environment = z
  .object({ [TOKEN_KEYS]: z.exactOptional(z.string()), [TOKEN_KEYS_SECRET]: z.exactOptional(z.string()) })
  .check(
    z.refine(
      (given) => given.TOKEN_KEYS !== undefined || given.TOKEN_KEYS_SECRET !== undefined,
      'TOKEN_KEYS or TOKEN_KEYS_SECRET is needed',
    ),
  );

export interface ApiSettings {
  tokenKeys: string | undefined;
  tokenKeysSecret: string | undefined;
}

/** Reads and checks the environment. Throws with the names of what is missing. */
export const readApiSettings = (
  environment: Record<string, string | undefined> = process.env,
): ApiSettings => {
  const given = Environment.parse(environment);
  return { tokenKeys: given.TOKEN_KEYS, tokenKeysSecret: given.TOKEN_KEYS_SECRET };
};
