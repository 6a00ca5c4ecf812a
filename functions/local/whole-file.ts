/** Small notes in the data folder. */
import { renameSync, writeFileSync } from 'node:fs';

/** Writes `value` as JSON, whole or not at all: whoever reads after a kill finds the old note or the new one. */
export const writeWhole = (file: string, value: unknown): void => {
  writeFileSync(`${file}.new`, JSON.stringify(value));
  renameSync(`${file}.new`, file);
};
