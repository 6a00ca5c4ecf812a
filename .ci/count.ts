/** Adds up what the test runners wrote down, and the steps that failed. Prints the closing line; exits 1 on a failure. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const results = join(import.meta.dirname, '../test-results');

const read = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(join(results, file), 'utf8'));
  } catch {
    return undefined;
  }
};

/** The number at `path` in a report; 0 where there is none. */
const numberAt = (report: unknown, ...path: readonly string[]): number => {
  let value = report;
  for (const name of path) {
    value =
      typeof value === 'object' && value !== null
        ? Object.entries(value).find(([key]) => key === name)?.[1]
        : undefined;
  }
  return typeof value === 'number' ? value : 0;
};

const tests = read('tests.json');
const pages = read('pages.json');
const stepsFailed = Number(process.argv[2] ?? '0');

const passed =
  numberAt(tests, 'numPassedTests') +
  numberAt(pages, 'stats', 'expected') +
  numberAt(pages, 'stats', 'flaky');
const testsFailed = numberAt(tests, 'numFailedTests') + numberAt(pages, 'stats', 'unexpected');
// A runner that wrote nothing down, or a step that failed without a failed test, counts as a failure of its own.
const silent = [tests, pages].filter((report) => report === undefined).length;
const failed = Math.max(testsFailed + silent, stepsFailed);

process.stdout.write(`${String(passed)} passed, ${String(failed)} failed\n`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
