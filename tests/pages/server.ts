/** The service for the tests of the pages: the demo town in a folder of its own, and a clock that a test can move. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { usualLimits } from '@time-bank/api/rate-limit';
import { startService } from '@time-bank/local/service';
import { readLocalSettings } from '@time-bank/local/settings';

const port = Number(process.env['PAGES_PORT']);
const dataDir = mkdtempSync(join(tmpdir(), 'time-bank-pages-'));
const run = randomBytes(4).toString('hex');

/** All people of these tests sit at one address, and sign in within minutes. */
const code = { ...usualLimits.byAddress.code, max: 300 };
const limits = { ...usualLimits, byAddress: { ...usualLimits.byAddress, code, sign_in: code } };

let aheadMs = 0;
const clock = { nowMs: () => Date.now() + aheadMs };

// Whenever it is ended, it ends at once, its engine with it, and leaves nothing behind.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.exit(0));
process.on('exit', () => {
  rmSync(dataDir, { recursive: true, force: true });
});

await startService(
  readLocalSettings({
    ...process.env,
    PORT: String(port),
    DATA_DIR: dataDir,
    DEMO: '1',
    LEDGER_TABLE: `pages-${run}-ledger`,
    CARE_TABLE: `pages-${run}-care`,
    SEALS_TABLE: `pages-${run}-seals`,
  }),
  () => undefined,
  { clock, limits },
);

/** `POST /pass?minutes=60` on the next port moves the clock on. */
const control = createServer((request, response) => {
  const minutes = Number(new URL(request.url ?? '/', 'http://localhost').searchParams.get('minutes') ?? '0');
  aheadMs += minutes * 60_000;
  response.end(new Date(clock.nowMs()).toISOString());
});
control.listen(port + 1, '127.0.0.1');
