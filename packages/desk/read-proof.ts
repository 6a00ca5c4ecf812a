/** What the log of seals shows to everybody, and to a member of their own account. */
import { accountOf } from '@time-bank/contracts/ids';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import type { AccountProof, CheckpointView } from '@time-bank/contracts/seal';
import type { Grant } from '@time-bank/identity/grant';
import { inclusionProof } from '@time-bank/seal/inclusion-proof';
import { hashesFromTiles } from '@time-bank/seal/tile';
import { presentProof } from '@time-bank/seal/verify-proof';
import type { Ports } from './ports.ts';

/** The newest checkpoint and the key that checks it. Refuses: unavailable (nothing is sealed yet). */
export const readCheckpoint = async (ports: Pick<Ports, 'sealBook'>): Promise<Outcome<CheckpointView>> => {
  const { note, verifierKey } = await ports.sealBook.readLogNow();
  return note === undefined || verifierKey === undefined
    ? refused('unavailable')
    : done({ checkpoint: note, verifierKey });
};

/**
 * The proof that one's own account stands in the log as it was sealed last.
 * Refuses: unknown_account, unavailable (not sealed yet: some seconds after the account was opened).
 */
export const readProof = async (
  ports: Pick<Ports, 'journal' | 'sealBook'>,
  permit: Grant<'read_account'>,
): Promise<Outcome<AccountProof>> => {
  const accountId = accountOf(permit.actor.memberId);
  const { sealBook } = ports;
  // The account first: the log is then at least as new, and has the leaf that the account names.
  const sealed = (await sealBook.readSealsNow([accountId])).get(accountId)?.sealed;
  if (sealed === undefined) {
    const head = await ports.journal.readAccountNow(accountId);
    return refused(head === undefined ? 'unknown_account' : 'unavailable');
  }
  const [{ state, note, verifierKey }, leaf] = await Promise.all([
    sealBook.readLogNow(),
    sealBook.readLeaf(sealed.leafIndex),
  ]);
  if (leaf === undefined || note === undefined || verifierKey === undefined) return refused('unavailable');
  const place = { index: sealed.leafIndex, size: state.size };
  const path = await inclusionProof(hashesFromTiles(sealBook.readTile), place);
  const proof = presentProof({
    leaf,
    leafIndex: place.index,
    treeSize: place.size,
    path,
    checkpoint: note,
  });
  return done({ proof: { ...proof, leaf: { ...proof.leaf, accountId } }, verifierKey });
};
