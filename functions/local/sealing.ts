/** Sealing on this machine: everything once at the start, then what the ledger's stream tells. */
import { join } from 'node:path';
import { rmSync } from 'node:fs';
import { writeLog } from '@time-bank/api/log';
import type { Clock, Ports } from '@time-bank/desk/ports';
import { type SealWork, sealMissing } from '@time-bank/desk/seal-accounts';
import { pauseBy } from '@time-bank/sealer/pause';
import { sealRecords } from '@time-bank/sealer/seal-records';
import { changedOf } from '@time-bank/store/changed-item';
import type { Connection } from '@time-bank/store/client';
import { closeStream, openStream } from '@time-bank/store/create-tables';
import { everyItem } from '@time-bank/store/dynamo-books';
import { jitter } from '@time-bank/store/system';
import { checkpointFolder } from './checkpoint-folder.ts';
import { startPump } from './pump.ts';
import { localSigner } from './seal-key.ts';

/** Sealing with the key and the folder of this machine. */
export const localSealWork = (
  ports: Pick<Ports, 'books' | 'sealBook' | 'journal'>,
  { dataDir, clock }: { dataDir: string; clock: Clock },
): SealWork => ({
  clock,
  books: ports.books,
  sealBook: ports.sealBook,
  journal: ports.journal,
  signer: localSigner(dataDir),
  keep: checkpointFolder(dataDir),
  pause: pauseBy(jitter),
});

/** Every account, pool and purchase of the ledger, each once. */
async function* everySubject(connection: Connection) {
  const seen = new Set<string>();
  for await (const item of everyItem(connection, 'ledger')) {
    const changed = changedOf(item);
    if (changed === undefined || seen.has(changed.subject)) continue;
    seen.add(changed.subject);
    yield changed.subject;
  }
}

/** At a keyboard only trouble is worth a line. */
const logTrouble: typeof writeLog = (line) => {
  if (line['event'] !== 'sealed') writeLog(line);
};

/** What runs on, and how to end it. */
export interface Sealing {
  stop: () => Promise<void>;
}

/**
 * Starts to seal. `own`: the engine is this service's alone, so its stream begins anew: what an earlier run left in
 * it is found by looking at every account once, while the service answers already.
 */
export const startSealing = async (
  connection: Connection,
  work: SealWork,
  { dataDir, own }: { dataDir: string; own: boolean },
): Promise<Sealing> => {
  const placeFile = join(dataDir, 'ledger-stream.json');
  if (own) {
    await openStream(connection, 'ledger');
    await closeStream(connection, 'ledger');
    rmSync(placeFile, { force: true });
  }
  let stopping = false;
  async function* untilStopped() {
    for await (const subject of everySubject(connection)) {
      if (stopping) return;
      yield subject;
    }
  }
  let swept: Promise<unknown> = Promise.resolve();
  const pump = await startPump(connection, {
    table: 'ledger',
    placeFile,
    log: writeLog,
    handle: async (records) => {
      await swept;
      return sealRecords(work, records, logTrouble);
    },
  });
  swept = sealMissing(work, untilStopped()).catch((error: unknown) => {
    writeLog({ event: 'sealing_failed', name: error instanceof Error ? error.name : 'unknown' });
  });
  return {
    stop: async () => {
      stopping = true;
      await swept;
      await pump.stop();
    },
  };
};
