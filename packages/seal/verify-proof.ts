/**
 * What a member holds to show that their account stood in the sealed log, and its check. It needs nothing from the
 * service but the text of the log's verifier key.
 */
import * as z from 'zod/mini';
import type { Checkpoint } from './checkpoint.ts';
import { verifyCheckpoint } from './checkpoint.ts';
import { DigestText } from './digest.ts';
import { verifyInclusion } from './inclusion-proof.ts';
import { AccountState, leafHashOf } from './leaf.ts';
import { type Finding, fits, misfit } from './misfit.ts';
import { NOTE_LENGTH_MAX } from './signed-note.ts';
import { PATH_LENGTH_MAX, SIZE_MAX } from './tree-shape.ts';
import { parseVerifierKey } from './verifier-key.ts';

/**
 * A member's proof. `leaf`: the state of the account. `leafIndex`: its place in the log, 0 to 2^53-2. `treeSize`: the
 * leaves under the checkpoint, 1 to 2^53-1. `path`: 0 to 53 digests, lowest first. `checkpoint`: the signed note.
 * Digests are 43 characters outside and 32 bytes inside.
 */
export const Proof = z.strictObject({
  leaf: AccountState,
  leafIndex: z.int().check(z.gte(0), z.lt(SIZE_MAX)),
  treeSize: z.int().check(z.gte(1), z.lte(SIZE_MAX)),
  path: z.array(DigestText).check(z.maxLength(PATH_LENGTH_MAX)),
  checkpoint: z.string().check(z.maxLength(NOTE_LENGTH_MAX)),
});
export type Proof = z.output<typeof Proof>;

/** A proof as it travels: digests as 43 characters of base64url. */
export type WrittenProof = z.input<typeof Proof>;

/** Inside to outside. Throws ZodError on a proof out of its bounds. */
export const presentProof = (proof: Proof): WrittenProof => z.encode(Proof, proof);

/** What a proof shows: the state of the account, and the checkpoint under which it stood. */
export interface Proven {
  leaf: AccountState;
  checkpoint: Checkpoint;
}

/**
 * Checks a proof, as it came from outside, against the log's verifier key (`<name>+<key id>+<key>`).
 * Misfits, the first that holds: malformed_verifier_key, malformed_proof, those of `verifyCheckpoint`,
 * other_tree_size (not the checkpoint's), leaf_outside_tree, wrong_path (state, place, path and root do not agree).
 * Source: RFC 9162, section 2.1.3.2.
 */
export const verifyProof = (written: unknown, verifierKey: string): Finding<Proven> => {
  const key = parseVerifierKey(verifierKey);
  if (key.kind === 'misfit') return key;
  const read = z.safeParse(Proof, written);
  if (!read.success) return misfit('malformed_proof');
  const { leaf, leafIndex, treeSize, path } = read.data;
  const verified = verifyCheckpoint(read.data.checkpoint, verifierKey);
  if (verified.kind === 'misfit') return verified;
  const checkpoint = verified.value;
  if (treeSize !== checkpoint.size) return misfit('other_tree_size');
  if (leafIndex >= treeSize) return misfit('leaf_outside_tree');
  const claim = { leaf: leafHashOf(leaf), index: leafIndex, size: treeSize, path, root: checkpoint.root };
  return verifyInclusion(claim) ? fits({ leaf, checkpoint }) : misfit('wrong_path');
};
