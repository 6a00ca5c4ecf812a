/** The log: a line of JSON for each event. Codes and ids only. */
import type { LogLine } from './deps.ts';

/**
 * Signs beyond ASCII are written by their numbers: JSON leaves the line ends of Unicode and marks of direction as they
 * are, and whoever reads the log with them in it reads something else.
 */
const inAscii = (json: string): string =>
  json.replaceAll(/[^ -~]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Writes a line to standard output, where Lambda collects it. */
export const writeLog = (line: LogLine): void => {
  process.stdout.write(`${inAscii(JSON.stringify(line))}\n`);
};
