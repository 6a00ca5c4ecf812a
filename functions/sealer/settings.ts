/** What the sealer reads from its environment beside the store's part; the stack sets these names. No SDK here. */
import * as z from 'zod/mini';

/** The name of the log, which is also the name of its key: `time-bank/TimeBank`. */
export const SEAL_ORIGIN = 'SEAL_ORIGIN';
/** The key that signs checkpoints, in KMS. */
export const SEAL_KEY_ID = 'SEAL_KEY_ID';
/** The bucket in which checkpoints are kept and cannot be changed. */
export const CHECKPOINTS_BUCKET = 'CHECKPOINTS_BUCKET';

const Text = z.string().check(z.minLength(1));
const Environment = z.object({ [SEAL_ORIGIN]: Text, [SEAL_KEY_ID]: Text, [CHECKPOINTS_BUCKET]: Text });

export interface SealerSettings {
  origin: string;
  keyId: string;
  bucket: string;
}

/** Reads and checks the environment. Throws with the names of what is missing. */
export const readSealerSettings = (
  environment: Record<string, string | undefined> = process.env,
): SealerSettings => {
  const given = Environment.parse(environment);
  return { origin: given.SEAL_ORIGIN, keyId: given.SEAL_KEY_ID, bucket: given.CHECKPOINTS_BUCKET };
};
