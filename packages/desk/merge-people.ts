/**
 * Staff merge two records of one person. Both are kept as they were first, in the file of the one that stays; then the
 * other one is emptied, then the one that stays gets what it had. Whoever is cut off in between sends the same again.
 */
import type { MergePeople, MergeReceipt } from '@time-bank/contracts/merging';
import { type Outcome, done, refused, replayed } from '@time-bank/contracts/refusals';
import type { Grant } from '@time-bank/identity/grant';
import { nowOf, refusedById } from './carry-out.ts';
import { versionOf } from './change-file.ts';
import { revokeSignIns } from './end-sessions.ts';
import { fingerprintOf } from './fingerprint.ts';
import { mergeBlockers } from './merge-blockers.ts';
import { type Pair, afterMerge, afterUndo, isWrittenOver, mergeReceipt } from './merge-records.ts';
import type { MergeLeaf } from './person-leaf.ts';
import type { Ports } from './ports.ts';

/** What merging asks of the world. */
export type MergePorts = Pick<
  Ports,
  'clock' | 'people' | 'personFiles' | 'sessions' | 'journal' | 'careBook' | 'policies'
>;

const mark = (ports: MergePorts, leaf: MergeLeaf, state: MergeLeaf['state']): Promise<boolean> =>
  ports.personFiles.move({ ...leaf, version: leaf.version + 1, state });

/** Writes what was begun. Refuses: changed_meanwhile, busy_try_again. */
const finish = async (ports: MergePorts, leaf: MergeLeaf): Promise<Outcome<MergeReceipt>> => {
  const after = afterMerge(leaf.was);
  if (!(await isWrittenOver(ports, leaf.was.drop, after.drop))) {
    await mark(ports, leaf, 'failed');
    return refused('changed_meanwhile');
  }
  await revokeSignIns(ports, leaf.was.drop, {
    reason: 'ended_by_staff',
    by: leaf.by,
    cause: ['merged', leaf.fileId],
    at: leaf.at,
  });
  if (!(await isWrittenOver(ports, leaf.was.keep, after.keep))) {
    if (!(await isWrittenOver(ports, after.drop, afterUndo(leaf.was).drop))) return refused('busy_try_again');
    await mark(ports, leaf, 'failed');
    return refused('changed_meanwhile');
  }
  await mark(ports, leaf, 'done');
  return done(mergeReceipt(leaf));
};

/** What is known under the id of a merge. */
const answerOfKept = (
  ports: MergePorts,
  leaf: MergeLeaf,
  fingerprint: string,
): Promise<Outcome<MergeReceipt>> | Outcome<MergeReceipt> => {
  if (leaf.fingerprint !== fingerprint) return refused('exists_with_different_content');
  if (leaf.state === 'begun') return finish(ports, leaf);
  return leaf.state === 'failed' ? refused('changed_meanwhile') : replayed(mergeReceipt(leaf));
};

/**
 * Merges two people, once for each `mergeId`. The grant is over both, neither of whom is the actor.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, changed_meanwhile, merge_not_possible with
 * its reasons, busy_try_again.
 */
export const mergePeople = async (
  ports: MergePorts,
  permit: Grant<'merge_people'>,
  pair: Pair,
  body: MergePeople,
): Promise<Outcome<MergeReceipt>> => {
  const { mergeId, keepId, dropId, reason } = body;
  const at = nowOf(ports);
  const by = permit.actor.memberId;
  const fingerprint = fingerprintOf([permit.action, by, body]);
  const kept = await ports.personFiles.readNow('merge', keepId, mergeId);
  if (kept !== undefined) return answerOfKept(ports, kept, fingerprint);
  const byId = refusedById(mergeId, at);
  if (byId !== undefined) return byId;
  if (versionOf(pair.keep) !== body.keepVersion || versionOf(pair.drop) !== body.dropVersion) {
    return refused('changed_meanwhile');
  }
  const reasons = await mergeBlockers(ports, pair);
  if (reasons.length > 0) return refused('merge_not_possible', { reasons });
  const leaf: MergeLeaf = {
    kind: 'merge',
    memberId: keepId,
    fileId: mergeId,
    version: 1,
    at,
    otherId: dropId,
    state: 'begun',
    by,
    reason,
    fingerprint,
    was: pair,
  };
  // The same message at the same moment: the other one carries it out.
  if (!(await ports.personFiles.put(leaf))) return refused('busy_try_again');
  return finish(ports, leaf);
};
