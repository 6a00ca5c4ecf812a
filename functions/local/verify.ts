/**
 * `npm run verify`: replays every line of every account and holds it against the seals. With the service stopped;
 * settings as for `npm start`. Says `books balance: yes`, or what does not fit and where, with exit code 1.
 */
import { existsSync } from 'node:fs';
import type { Counts } from '@time-bank/desk/verify-books';
import { verifyBooks } from '@time-bank/desk/verify-books';
import { readBookRecord } from '@time-bank/store/book-item';
import { everyItem } from '@time-bank/store/dynamo-books';
import { readSealRecord } from '@time-bank/store/seal-item';
import type { Connection } from '@time-bank/store/client';
import { keptCheckpoints } from './checkpoint-folder.ts';
import { localVerifierKey } from './seal-key.ts';
import { CannotStart, type LocalSettings, readLocalSettings } from './settings.ts';
import { openStore } from './store-at.ts';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const words: readonly (readonly [keyof Counts, string])[] = [
  ['accounts', 'accounts'],
  ['entries', 'entries of accounts'],
  ['poolLines', 'lines of pools'],
  ['refusals', 'refusals kept'],
  ['links', 'sealed'],
  ['unsealed', 'not sealed yet'],
  ['leaves', 'leaves of the log'],
  ['checkpoints', 'checkpoints'],
  ['outsideCheckpoints', 'checkpoints kept outside the tables'],
];

const tell = (counts: Counts): void => {
  for (const [name, word] of words) say(`${String(counts[name]).padStart(9)} ${word}`);
};

async function* records<T>(
  connection: Connection,
  table: 'ledger' | 'seals',
  read: (item: Parameters<typeof readBookRecord>[0]) => T,
): AsyncGenerator<T> {
  for await (const item of everyItem(connection, table)) yield read(item);
}

const verify = async (settings: LocalSettings): Promise<boolean> => {
  if (settings.endpoint === undefined && !existsSync(settings.dataDir)) {
    throw new CannotStart(`There is no data folder ${settings.dataDir}: name it with DATA_DIR.`);
  }
  const { connection, close } = await openStore(settings, { share: false });
  try {
    const verdict = await verifyBooks({
      ledger: records(connection, 'ledger', readBookRecord),
      seals: records(connection, 'seals', readSealRecord),
      outside: keptCheckpoints(settings.dataDir),
      verifierKey: settings.verifierKey ?? localVerifierKey(settings.dataDir),
    });
    if (verdict.kind === 'balance') {
      tell(verdict.counts);
      say('books balance: yes');
      return true;
    }
    say(`${verdict.where}: ${verdict.what}`);
    say('books balance: no');
    return false;
  } finally {
    await close();
  }
};

try {
  process.exitCode = (await verify(readLocalSettings())) ? 0 : 1;
} catch (error) {
  if (!(error instanceof CannotStart)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
