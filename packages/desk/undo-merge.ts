/** Staff take a merge back: both records are again as they were, as long as nobody has changed either since. */
import { type FileId, type MemberId, ulidTime } from '@time-bank/contracts/ids';
import type { MergeReceipt, UndoMerge } from '@time-bank/contracts/merging';
import { type Outcome, done, refused, replayed } from '@time-bank/contracts/refusals';
import { instantOf, msOf } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import { nowOf, refusedById } from './carry-out.ts';
import { versionOf } from './change-file.ts';
import { revokeSignIns } from './end-sessions.ts';
import { fingerprintOf } from './fingerprint.ts';
import { type Pair, afterMerge, afterUndo, isWrittenOver, mergeReceipt, undoUntil } from './merge-records.ts';
import type { MergePorts } from './merge-people.ts';
import type { MergeLeaf } from './person-leaf.ts';
import type { Ports } from './ports.ts';

/**
 * A merge in the file of the kept person. What both were is forgotten some time after the last day.
 * Refuses: undo_too_late where it would be forgotten by now, unknown_file.
 */
export const findMerge = async (
  ports: Pick<Ports, 'clock' | 'personFiles'>,
  keepId: MemberId,
  mergeId: FileId,
): Promise<Outcome<MergeLeaf>> => {
  const leaf = await ports.personFiles.readNow('merge', keepId, mergeId);
  if (leaf !== undefined) return done(leaf);
  const isPast = msOf(undoUntil(instantOf(ulidTime(mergeId)))) < ports.clock.nowMs();
  return refused(isPast ? 'undo_too_late' : 'unknown_file');
};

type Undone = MergeLeaf & { undo: NonNullable<MergeLeaf['undo']> };

/** Writes what was begun. Refuses: changed_meanwhile, busy_try_again. */
const finish = async (ports: MergePorts, leaf: Undone): Promise<Outcome<MergeReceipt>> => {
  const [merged, after] = [afterMerge(leaf.was), afterUndo(leaf.was)];
  if (!(await isWrittenOver(ports, merged.keep, after.keep))) {
    const { undo: _undo, ...before } = leaf;
    await ports.personFiles.move({ ...before, version: leaf.version + 1, state: 'done' });
    return refused('changed_meanwhile');
  }
  if (merged.keep.phone !== after.keep.phone) {
    await revokeSignIns(ports, after.keep, {
      reason: 'ended_by_staff',
      by: leaf.undo.by,
      cause: ['merge_undone', leaf.undo.undoId],
      at: leaf.undo.at,
    });
  }
  if (!(await isWrittenOver(ports, merged.drop, after.drop))) return refused('busy_try_again');
  await ports.personFiles.move({ ...leaf, version: leaf.version + 1, state: 'undone' });
  return done(mergeReceipt(leaf, leaf.undo));
};

const isUntouched = ({ was, state }: MergeLeaf, { keep, drop }: Pair): boolean => {
  const merged = afterMerge(was);
  return (
    state === 'done' &&
    versionOf(keep) === versionOf(merged.keep) &&
    versionOf(drop) === versionOf(merged.drop)
  );
};

/**
 * Takes a merge back, once for each `undoId`, within 30 days. The grant is over both, neither of whom is the actor.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, changed_meanwhile, undo_too_late,
 * busy_try_again.
 */
export const undoMerge = async (
  ports: MergePorts,
  permit: Grant<'merge_people'>,
  { leaf, ...pair }: Pair & { leaf: MergeLeaf },
  body: UndoMerge,
): Promise<Outcome<MergeReceipt>> => {
  const { undoId, reason } = body;
  const [at, by] = [nowOf(ports), permit.actor.memberId];
  const fingerprint = fingerprintOf([permit.action, by, leaf.fileId, body]);
  const { undo } = leaf;
  if (undo?.undoId === undoId) {
    if (undo.fingerprint !== fingerprint) return refused('exists_with_different_content');
    return leaf.state === 'undone' ? replayed(mergeReceipt(leaf, undo)) : finish(ports, { ...leaf, undo });
  }
  const byId = refusedById(undoId, at);
  if (byId !== undefined) return byId;
  if (!isUntouched(leaf, pair)) return refused('changed_meanwhile');
  if (msOf(at) > msOf(undoUntil(leaf.at))) return refused('undo_too_late');
  const begun: Undone = {
    ...leaf,
    version: leaf.version + 1,
    state: 'undoing',
    undo: { undoId, fingerprint, by, at, reason },
  };
  if (!(await ports.personFiles.move(begun))) return refused('changed_meanwhile');
  return finish(ports, begun);
};
