/** How long a line waits for its seal, and how long it takes to check all books. */
import { setTimeout as wait } from 'node:timers/promises';
import { sealMissing } from '@time-bank/desk/seal-accounts';
import { localSealWork, startSealing } from '@time-bank/local/sealing';
import { readLocalSettings } from '@time-bank/local/settings';
import { openStore } from '@time-bank/local/store-at';
import { dynamoPorts } from '@time-bank/store/dynamo-ports';
import { systemClock } from '@time-bank/store/system';
import { aFolder } from '../local/commands.ts';
import { aTown } from '../seal/sealed-town.ts';
import { dump, verdictOn } from '../seal/stored.ts';
import { testVault } from '../vault.ts';

const ACCOUNTS = 20;
const LINES = 300;
/** A line every so often: a busy town. */
const PACE_MS = 30;

export interface SealFigures {
  /** From the acknowledged write to the seal, seconds. */
  lagSecondsP50: number;
  lagSecondsP95: number;
  lagSecondsMax: number;
  /** Lines sealed for each checkpoint. */
  linesPerCheckpoint: number;
  /** Lines that one sealer seals in a second where many wait. */
  backlogLinesPerSecond: number;
  /** Lines checked in a second, all their accounts, links and checkpoints included. */
  verifiedLinesPerSecond: number;
}

const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits));

/** Writes lines at a pace with the sealer running, then asks when each was sealed. */
export const measureSeal = async (): Promise<SealFigures> => {
  const folder = aFolder();
  const { dataDir } = folder;
  const store = await openStore(readLocalSettings({ ...folder.environment }), { share: false });
  try {
    const { connection } = store;
    const ports = dynamoPorts(connection, testVault, systemClock, Math.random);
    const town = aTown(ports);
    const accounts = [];
    for (let made = 0; made < ACCOUNTS; made += 1) accounts.push(await town.open());
    for (let line = 0; line < LINES; line += 1) await town.bank(accounts[line % ACCOUNTS]!, 1);
    const work = localSealWork(ports, { dataDir, clock: systemClock });
    const backlog = performance.now();
    await sealMissing(
      work,
      (async function* () {
        yield* await Promise.resolve(accounts);
      })(),
    );
    const backlogSeconds = (performance.now() - backlog) / 1000;

    const written = new Map<string, number>();
    const lags: number[] = [];
    let checkpoints = 0;
    const sealBook: typeof ports.sealBook = {
      ...ports.sealBook,
      write: async (wanted) => {
        const done = await ports.sealBook.write(wanted);
        if (done && wanted.growth !== undefined) checkpoints += 1;
        for (const { link } of done ? wanted.links : []) {
          const at = written.get(link.transferId);
          // A line that is sealed before its writer has heard of it waited for nothing.
          lags.push(at === undefined ? 0 : (performance.now() - at) / 1000);
        }
        return done;
      },
    };
    const sealing = await startSealing(connection, { ...work, sealBook }, { dataDir, own: true });
    for (let line = 0; line < LINES; line += 1) {
      const transferId = await town.bank(accounts[line % ACCOUNTS]!, 1);
      written.set(transferId, performance.now());
      await wait(PACE_MS);
    }
    while (lags.length < LINES) await wait(50);
    await sealing.stop();
    lags.sort((one, other) => one - other);
    const stored = await dump(connection, {
      outside: [],
      verifierKey: (await ports.sealBook.readLogNow()).verifierKey!,
    });
    const check = performance.now();
    const verdict = await verdictOn(stored);
    const checkSeconds = (performance.now() - check) / 1000;
    if (verdict.kind !== 'balance') throw new Error(JSON.stringify(verdict));
    const at = (share: number): number => lags[Math.min(lags.length - 1, Math.floor(lags.length * share))]!;
    return {
      lagSecondsP50: rounded(at(0.5)),
      lagSecondsP95: rounded(at(0.95)),
      lagSecondsMax: rounded(at(1)),
      linesPerCheckpoint: rounded(LINES / checkpoints, 1),
      backlogLinesPerSecond: rounded(LINES / backlogSeconds, 0),
      verifiedLinesPerSecond: rounded(verdict.counts.entries / checkSeconds, 0),
    };
  } finally {
    await store.close();
    folder.remove();
  }
};
