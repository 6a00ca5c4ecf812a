/** `npm run verify` as somebody runs it who doubts the books: real processes on a data folder. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { AccountId } from '@time-bank/contracts/ids';
import { sealAccounts } from '@time-bank/desk/seal-accounts';
import { keptCheckpoints } from '@time-bank/local/checkpoint-folder';
import { localSealWork, startSealing } from '@time-bank/local/sealing';
import { readLocalSettings } from '@time-bank/local/settings';
import { openStore } from '@time-bank/local/store-at';
import { dynamoPorts } from '@time-bank/store/dynamo-ports';
import type { Connection } from '@time-bank/store/client';
import { systemClock } from '@time-bank/store/system';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aTown, liveEverything } from '../seal/sealed-town.ts';
import { testVault } from '../vault.ts';
import { type Folder, aFolder, endAll, runVerify } from './commands.ts';

let folder: Folder;
beforeEach(() => {
  folder = aFolder();
});
afterEach(() => {
  endAll();
  folder.remove();
});

/** Opens the folder's store, works in it, and closes it again. */
const inFolder = async <T>(
  work: (connection: Connection, ports: ReturnType<typeof dynamoPorts>) => Promise<T>,
): Promise<T> => {
  const { connection, close } = await openStore(
    readLocalSettings({ ...process.env, ...folder.environment }),
    { share: false },
  );
  try {
    return await work(connection, dynamoPorts(connection, testVault, systemClock, Math.random));
  } finally {
    await close();
  }
};

/** A sealed town in the folder. Gives the account of its volunteer. */
const aSealedFolder = (): Promise<AccountId> =>
  inFolder(async (_connection, ports) => {
    const { subjects, volunteer } = await liveEverything(ports);
    const work = localSealWork(ports, { dataDir: folder.dataDir, clock: systemClock });
    await sealAccounts(
      work,
      subjects.map((subject) => ({ subject })),
    );
    return volunteer;
  });

const setEarned = (account: AccountId, minutes: number): Promise<void> =>
  inFolder(async (connection) => {
    const Key = { pk: { S: `A#${account.slice(4)}` }, sk: { S: 'H' } };
    const TableName = connection.tables.ledger;
    const { Item } = await connection.client.send(new GetItemCommand({ TableName, Key }));
    const more = minutes - Number(Item!['e']!.N);
    await connection.client.send(
      new UpdateItemCommand({
        TableName,
        Key,
        UpdateExpression: 'SET #e = #e + :more, #t = #t + :more',
        ExpressionAttributeNames: { '#e': 'e', '#t': 't' },
        ExpressionAttributeValues: { ':more': { N: String(more) } },
      }),
    );
  });

describe('npm run verify', { timeout: 120_000 }, () => {
  it('counts what it saw and says that the books balance', async () => {
    await aSealedFolder();
    const { code, output } = await runVerify(folder.environment);
    expect(output).toMatch(/^ +6 accounts$/m);
    expect(output).toMatch(/^ +0 not sealed yet$/m);
    expect(output).toMatch(/^ +1 checkpoints kept outside the tables$/m);
    expect(output).toMatch(/^books balance: yes$/m);
    expect(code).toBe(0);
  });

  it('names the account to which somebody has added minutes', async () => {
    const account = await aSealedFolder();
    await setEarned(account, 9999);
    const { code, output } = await runVerify(folder.environment);
    expect(output).toContain(account);
    expect(output).toMatch(/^books balance: no$/m);
    expect(code).toBe(1);
  });

  it('finds that a checkpoint kept outside is not the one in the table', async () => {
    await aSealedFolder();
    const [note = ''] = keptCheckpoints(folder.dataDir);
    writeFileSync(
      join(folder.dataDir, 'checkpoints', '0000000000000099.txt'),
      note.replace(/\n(\d+)\n/, (_, size: string) => `\n${String(Number(size) + 1)}\n`),
    );
    const { code, output } = await runVerify(folder.environment);
    expect(output).toContain('checkpoint 2 of those kept outside: it does not hold: wrong_signature');
    expect(code).toBe(1);
  });

  it('finds that the key of the log was put away', async () => {
    await aSealedFolder();
    rmSync(join(folder.dataDir, 'seal-key.pem'));
    const { code, output } = await runVerify(folder.environment);
    expect(output).toContain('there are seals, and no key to check them with');
    expect(code).toBe(1);
  });

  it('says what to do where a service runs on the folder, and where there is no folder', async () => {
    const free = { ...folder.environment, DYNAMODB_ENDPOINT: '' };
    const { close } = await openStore(readLocalSettings(free), { share: false });
    const busy = await runVerify(free);
    await close();
    expect(busy.output).toContain('is in use by a service that runs already: stop it');
    expect(busy.code).toBe(1);
    const none = await runVerify({ ...free, DATA_DIR: join(folder.dataDir, 'none') });
    expect(none.output).toContain('There is no data folder');
    expect(none.code).toBe(1);
  });
});

describe('sealing on this machine', { timeout: 60_000 }, () => {
  it('seals what was there before the start, and each new line soon after it was written', async () => {
    await inFolder(async (connection, ports) => {
      const town = aTown(ports);
      const account = await town.open();
      await town.bank(account, 10);
      const work = localSealWork(ports, { dataDir: folder.dataDir, clock: systemClock });
      const own = (process.env['DYNAMODB_ENDPOINT'] ?? '') === '';
      const sealing = await startSealing(connection, work, { dataDir: folder.dataDir, own });
      const sealed = async (): Promise<number | undefined> =>
        (await ports.sealBook.readSealsNow([account])).get(account)?.sealed?.sequence;
      await expect.poll(sealed, { timeout: 10_000 }).toBe(1);
      for (let line = 2; line <= 5; line += 1) {
        await town.bank(account, 10);
        await expect.poll(sealed, { timeout: 5000 }).toBe(line);
      }
      await sealing.stop();
      expect(keptCheckpoints(folder.dataDir).length).toBeGreaterThanOrEqual(5);
    });
    expect((await runVerify(folder.environment)).output).toMatch(/^books balance: yes$/m);
  });
});
