/** Under which name a checkpoint is kept outside the tables. */
import { readCheckpoint } from '@time-bank/seal/checkpoint';

/** `0000000000001290.txt`: the size of its log, so that names sort as the log grew. Throws on a note that is none. */
export const checkpointName = (note: string): string => {
  const read = readCheckpoint(note);
  if (read.kind === 'misfit') throw new Error(`this is no checkpoint: ${read.misfit}`);
  return `${String(read.value.checkpoint.size).padStart(16, '0')}.txt`;
};
