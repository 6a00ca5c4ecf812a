/** The commands as a newcomer runs them: real processes in a data folder of their own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@time-bank/local/engine';

const root = join(import.meta.dirname, '../..');

/** A data folder, with tables of its own on whatever engine the tests run against. */
export const aFolder = () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'time-bank-'));
  const run = randomBytes(4).toString('hex');
  return {
    dataDir,
    environment: {
      DATA_DIR: dataDir,
      DEMO: '0',
      LEDGER_TABLE: `local-${run}-ledger`,
      CARE_TABLE: `local-${run}-care`,
      SEALS_TABLE: `local-${run}-seals`,
    },
    remove: () => {
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};

export type Folder = ReturnType<typeof aFolder>;

interface Run {
  child: ChildProcess;
  output: () => string;
  ended: Promise<number | null>;
}

/** Every group that was started, so that none outlives a test that fails. */
const groups = new Set<number>();

/** The processes that were started since the last `endAll`, first one first. */
export const startedPids = (): number[] => [...groups];

/** Ends whatever a test has left running. */
export const endAll = (): void => {
  for (const pid of groups) {
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
  groups.clear();
};

const run = (file: string, args: readonly string[], environment: Record<string, string>): Run => {
  const child = spawn(process.execPath, [join(root, file), ...args], {
    cwd: root,
    env: { ...process.env, ...environment },
    // A group of its own, so that all of it can be killed at once.
    detached: true,
  });
  if (child.pid !== undefined) groups.add(child.pid);
  let output = '';
  child.stdout.on('data', (part: Buffer) => (output += part.toString()));
  child.stderr.on('data', (part: Buffer) => (output += part.toString()));
  return {
    child,
    output: () => output,
    ended: new Promise((done) =>
      child.once('exit', (code) => {
        done(code);
      }),
    ),
  };
};

/** Runs `npm start` and waits for its ready line, or for its end. */
export const start = async (environment: Record<string, string>) => {
  const port = environment['PORT'] ?? String(await freePort());
  const service = run('functions/local/start.ts', [], { ...environment, PORT: port });
  const ready = new Promise<boolean>((done) => {
    service.child.stdout?.on('data', () => {
      if (service.output().includes('\nready ') || service.output().startsWith('ready ')) done(true);
    });
    void service.ended.then(() => {
      done(false);
    });
  });
  return {
    ...service,
    url: `http://localhost:${port}`,
    isReady: await ready,
    /** As Ctrl-C does: the whole group hears it. */
    interrupt: (): Promise<number | null> => {
      if (service.child.pid !== undefined) process.kill(-service.child.pid, 'SIGINT');
      return service.ended;
    },
    /** The whole group at once, without a word. */
    killGroup: async (): Promise<void> => {
      if (service.child.pid !== undefined) process.kill(-service.child.pid, 'SIGKILL');
      await service.ended;
    },
  };
};

/** Runs `npm run import` to its end. */
export const runImport = async (args: readonly string[], environment: Record<string, string>) => {
  const command = run('functions/local/import.ts', args, environment);
  return { code: await command.ended, output: command.output() };
};

/** Runs `npm run export` to its end. */
export const runExport = async (args: readonly string[], environment: Record<string, string>) => {
  const command = run('functions/local/export.ts', args, environment);
  return { code: await command.ended, output: command.output() };
};

/** Runs `npm run verify` to its end. */
export const runVerify = async (environment: Record<string, string>) => {
  const command = run('functions/local/verify.ts', [], environment);
  return { code: await command.ended, output: command.output() };
};

/** Sends JSON and reads JSON. */
export const send = async (
  url: string,
  path: string,
  { token, body }: { token?: string | undefined; body?: unknown } = {},
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test looks into any answer
): Promise<{ status: number; body: any }> => {
  const response = await fetch(`${url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
};

/** The mark of the one device here. */
const DEVICE = 'd'.repeat(43);

/** Signs in with a number, by the inbox that stands for a telephone. */
export const signIn = async (url: string, phone: string): Promise<string> => {
  const { body: sent } = await send(url, '/api/sign-in/codes', { body: { phone, device: DEVICE } });
  const { body: inbox } = await send(url, '/dev/inbox/messages');
  const messages = inbox.messages as { phone: string; code: string }[];
  const code = messages.find((message) => message.phone === `+86${phone}`)?.code;
  const { body } = await send(url, '/api/sign-in', {
    body: { challengeId: sent.challengeId, code, device: DEVICE },
  });
  return String(body.token);
};
