import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { engineProgram, freePort } from '@time-bank/local/engine';
import { CannotStart, readLocalSettings } from '@time-bank/local/settings';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Folder, aFolder, endAll, startedPids, runImport, send, signIn, start } from './commands.ts';

const people = join(import.meta.dirname, '../../functions/local/demo/people.csv');
const ownEngine = (process.env['DYNAMODB_ENDPOINT'] ?? '') === '';

/** True while the process runs; one that has ended and waits for its parent to notice does not. */
const isRunning = (pid: number): boolean => {
  try {
    return readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8') !== '';
  } catch {
    return false;
  }
};

const enginePid = (folder: Folder): number =>
  (JSON.parse(readFileSync(join(folder.dataDir, 'engine.json'), 'utf8')) as { enginePid: number }).enginePid;

let folder: Folder;
beforeEach(() => {
  folder = aFolder();
});
afterEach(() => {
  endAll();
  folder.remove();
});

describe('npm start', { timeout: 120_000 }, () => {
  it('serves API, pages and inbox, keeps its data over a restart, and stops everything at Ctrl-C', async () => {
    const first = await start(folder.environment);
    expect(first.output()).toMatch(/^ready http:\/\/localhost:\d+$/m);
    expect(await send(first.url, '/api/health')).toEqual({ status: 200, body: { status: 'ok' } });
    const page = await fetch(`${first.url}/received/req_1`);
    expect(page.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
    expect(await page.text()).toContain('<div id="app">');
    expect((await fetch(`${first.url}/assets/none.js`)).status).toBe(404);
    expect(await (await fetch(`${first.url}/dev/inbox`)).text()).toContain('短信验证码');
    const engine = ownEngine ? enginePid(folder) : undefined;
    expect((await runImport([people], folder.environment)).code).toBe(0);
    expect(await first.interrupt()).toBe(0);
    if (engine !== undefined) expect(isRunning(engine)).toBe(false);
    expect(existsSync(join(folder.dataDir, 'engine.json'))).toBe(false);

    // Without the demo staff sign in with a passkey, which a script has none of.
    const second = await start({ ...folder.environment, STAFF_FACTOR: 'code' });
    const token = await signIn(second.url, '10000000001');
    const { body } = await send(second.url, '/api/elders', { token });
    expect(body.items.length).toBeGreaterThan(0);
    await second.interrupt();
  });

  it.runIf(ownEngine)(
    'ends an engine that outlived its service, and starts one that died again',
    async () => {
      const first = await start(folder.environment);
      const orphan = enginePid(folder);
      first.child.kill('SIGKILL');
      await first.ended;
      expect(isRunning(orphan)).toBe(true);
      const second = await start(folder.environment);
      expect(second.isReady).toBe(true);
      expect(isRunning(orphan)).toBe(false);

      process.kill(enginePid(folder), 'SIGKILL');
      const away = await send(second.url, '/api/health');
      expect([200, 503]).toContain(away.status);
      await expect
        .poll(async () => (await send(second.url, '/api/health')).status, { timeout: 20_000 })
        .toBe(200);
      await second.interrupt();
    },
  );

  it.runIf(ownEngine)(
    'interrupted while it fills the town it ends its engine too, and the next start finishes',
    async () => {
      const environment = { ...folder.environment, DEMO: '1' };
      const first = start(environment);
      await expect.poll(() => existsSync(join(folder.dataDir, 'demo.json')), { timeout: 20_000 }).toBe(true);
      await wait(1500);
      const engine = enginePid(folder);
      const [service] = startedPids();
      process.kill(service ?? 0, 'SIGINT');
      expect((await first).isReady).toBe(false);
      await expect.poll(() => isRunning(engine)).toBe(false);
      const second = await start(environment);
      expect(second.isReady).toBe(true);
      const token = await signIn(second.url, '10000000001');
      const { body } = await send(second.url, '/api/coverage', { token });
      expect(body).toMatchObject({ elders: 12 });
      expect(body.eldersVisited).toBeGreaterThan(0);
      await second.interrupt();
    },
  );

  it('says in one sentence that the port is busy', async () => {
    const other = createServer();
    const port = await freePort();
    await new Promise<void>((done) => other.listen(port, '127.0.0.1', done));
    const refused = await start({ ...folder.environment, PORT: String(port) });
    expect(await refused.ended).toBe(1);
    expect(refused.output()).toBe(`Port ${String(port)} is busy: choose another one with PORT.\n`);
    other.close();
  });

  it('says in one sentence that the folder cannot be written', async () => {
    const file = join(folder.dataDir, 'a-file');
    writeFileSync(file, '');
    const refused = await start({ ...folder.environment, DATA_DIR: join(file, 'data') });
    expect(await refused.ended).toBe(1);
    expect(refused.output()).toMatch(
      /^The data folder .* cannot be written: choose another one with DATA_DIR\.\n$/,
    );
  });

  it.runIf(ownEngine)(
    'leaves a folder of an earlier format as it is, and says so in one sentence',
    async () => {
      const dataDir = join(folder.dataDir, 'of-an-earlier-version');
      mkdirSync(dataDir);
      writeFileSync(join(dataDir, 'engine.db'), 'hours');
      const refused = await start({ ...folder.environment, DATA_DIR: dataDir });
      expect(await refused.ended).toBe(1);
      expect(refused.output()).toMatch(
        /^The data folder .* holds accounts and people in format 1, and this version reads format 3: [^\n]*\n$/,
      );
      expect(readdirSync(dataDir)).toEqual(['engine.db']);
      expect(readFileSync(join(dataDir, 'engine.db'), 'utf8')).toBe('hours');
    },
  );

  it.runIf(ownEngine)('says in one sentence that another service has the folder', async () => {
    const first = await start(folder.environment);
    const refused = await start(folder.environment);
    expect(await refused.ended).toBe(1);
    expect(refused.output()).toMatch(/^The data folder .* is in use by a service that runs already[^\n]*\n$/);
    await first.interrupt();
  });

  it('says what to do where the engine has no program for the platform, or a setting makes no sense', () => {
    expect(() => engineProgram('plan9-riscv')).toThrow(
      /npm install --no-save @dynoxide\/plan9-riscv.*DYNAMODB_ENDPOINT/,
    );
    expect(() => readLocalSettings({ PORT: 'three thousand' })).toThrow(CannotStart);
  });
});
