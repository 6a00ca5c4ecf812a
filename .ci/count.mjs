/** Adds up what the test runners wrote down, and the steps that failed. Prints the closing line; exits 1 on a failure. */
import { readFileSync } from 'node:fs';

const read = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
};

const tests = read('test-results/tests.json');
const pages = read('test-results/pages.json');
const stepsFailed = Number(process.argv[2] ?? '0');

const passed = (tests?.numPassedTests ?? 0) + (pages?.stats?.expected ?? 0) + (pages?.stats?.flaky ?? 0);
const testsFailed = (tests?.numFailedTests ?? 0) + (pages?.stats?.unexpected ?? 0);
// A runner that wrote nothing down, or a step that failed without a failed test, counts as a failure of its own.
const silent = (tests === undefined ? 1 : 0) + (pages === undefined ? 1 : 0);
const failed = Math.max(testsFailed + silent, stepsFailed);

process.stdout.write(`${String(passed)} passed, ${String(failed)} failed\n`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
