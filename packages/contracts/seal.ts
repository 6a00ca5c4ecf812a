/** What a member holds to show that the ledger was not changed behind their back: checkpoints and proofs. */
import * as z from 'zod/mini';
import { AccountId } from './ids.ts';

/** A digest: SHA-256 in base64url, 43 characters. */
const Digest = z.string().check(z.regex(/^[\w-]{42}[AEIMQUYcgkosw048]$/));

/** A signed note and the key that checks it, both as text. Compare the key with one that came by another way. */
export const CheckpointView = z.strictObject({
  /** Origin, size, root, instant and the checkpoint before, signed (C2SP signed-note, tlog-checkpoint). */
  checkpoint: z.string(),
  /** `<name>+<key id>+<key>`. */
  verifierKey: z.string(),
});
export type CheckpointView = z.infer<typeof CheckpointView>;

/** That an account stood in the log as it was sealed last. `packages/seal` checks it without asking the service. */
export const AccountProof = z.strictObject({
  proof: z.strictObject({
    leaf: z.strictObject({
      accountId: AccountId,
      /** How many lines the account had; a balance of now may have seen more. */
      sequence: z.int().check(z.gte(0)),
      link: Digest,
      headDigest: Digest,
    }),
    leafIndex: z.int().check(z.gte(0)),
    treeSize: z.int().check(z.gte(1)),
    path: z.array(Digest).check(z.maxLength(53)),
    checkpoint: z.string(),
  }),
  verifierKey: z.string(),
});
export type AccountProof = z.infer<typeof AccountProof>;
