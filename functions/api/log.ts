/** The log: a line of JSON for each event. Codes and ids only. */
import type { LogLine } from './deps.ts';

/** Writes a line to standard output, where Lambda collects it. */
export const writeLog = (line: LogLine): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};
