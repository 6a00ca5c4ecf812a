/** Checkpoints outside the tables: a file each, so that whoever changes a table has more than one thing to change. */
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkpointName } from '@time-bank/sealer/checkpoint-name';

const folderOf = (dataDir: string): string => join(dataDir, 'checkpoints');

/** Keeps a checkpoint in the folder, once and whole. */
export const checkpointFolder = (dataDir: string): ((note: string) => Promise<void>) => {
  const folder = folderOf(dataDir);
  mkdirSync(folder, { recursive: true });
  let newest = '';
  return (note) => {
    const name = checkpointName(note);
    const file = join(folder, name);
    if (name !== newest && !existsSync(file)) {
      writeFileSync(`${file}.new`, note);
      renameSync(`${file}.new`, file);
    }
    newest = name;
    return Promise.resolve();
  };
};

/** The checkpoints that are kept in the folder, as the log grew. */
export const keptCheckpoints = (dataDir: string): string[] => {
  const folder = folderOf(dataDir);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'));
};
