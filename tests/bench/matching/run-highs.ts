/**
 * HiGHS in a process of its own, on the same town: what it covers, and at most could, within a limit of time.
 * `node run-highs.ts <town file> <limit in seconds> <covered visits of each tier to which it is timed, with commas>`.
 */
import { readFileSync } from 'node:fs';
import { coverWithHighs } from './highs-coverage.ts';
import { readTownFile } from './town-file.ts';

const [townPath = '', limit = '', asked = ''] = process.argv.slice(2);
const found = await coverWithHighs(
  readTownFile(readFileSync(townPath, 'utf8')),
  Number(limit),
  asked.split(',').map(Number),
);
process.stdout.write(JSON.stringify(found));
