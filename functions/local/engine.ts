/**
 * The embedded DynamoDB engine: a child process on a file in the data folder. One service owns a folder at a
 * time; an engine that outlived a killed service is ended before a new one opens the file.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod/mini';
import { CannotStart } from './settings.ts';
import { writeWhole } from './whole-file.ts';

const require = createRequire(import.meta.url);

/** The engine's program for this platform. Throws CannotStart where its package is not installed. */
export const engineProgram = (platform = `${process.platform}-${process.arch}`): string => {
  const name = `@dynoxide/${platform}`;
  try {
    const program = join(dirname(require.resolve(`${name}/package.json`)), 'dynoxide');
    if (existsSync(program)) return program;
  } catch {
    // Not installed: told below.
  }
  throw new CannotStart(
    `The embedded engine is missing for this platform: install it with "npm install --no-save ${name}", or set DYNAMODB_ENDPOINT to any DynamoDB.`,
  );
};

/** A free port of this machine. */
export const freePort = (): Promise<number> =>
  new Promise((found, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (typeof address === 'object' && address !== null) found(address.port);
        else failed(new Error('no port'));
      });
    });
  });

const answers = async (endpoint: string): Promise<boolean> => {
  try {
    await fetch(endpoint, { signal: AbortSignal.timeout(1000) });
    return true;
  } catch {
    return false;
  }
};

/** What stands in the data folder while an engine runs on it. */
const Note = z.object({ servicePid: z.int(), enginePid: z.int(), endpoint: z.string() });

const noteFile = (dataDir: string): string => join(dataDir, 'engine.json');
const databaseFile = (dataDir: string): string => join(dataDir, 'engine.db');

const readNote = (dataDir: string): z.infer<typeof Note> | undefined => {
  try {
    return Note.parse(JSON.parse(readFileSync(noteFile(dataDir), 'utf8')));
  } catch {
    return undefined;
  }
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** True where `pid` is an engine on this very file, and not some other program that was given the number since. */
const isEngineOn = (pid: number, file: string): boolean => {
  try {
    // Linux tells by a file, other systems by a command.
    const command = existsSync('/proc/self/cmdline')
      ? readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8')
      : execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' });
    return command.includes(file);
  } catch {
    return false;
  }
};

/** The engine of a service that runs on this data folder; undefined where none does. */
export const runningEngine = async (dataDir: string): Promise<string | undefined> => {
  const note = readNote(dataDir);
  if (note === undefined || !isAlive(note.servicePid) || !isEngineOn(note.enginePid, databaseFile(dataDir)))
    return undefined;
  return (await answers(note.endpoint)) ? note.endpoint : undefined;
};

const endLeftover = async (dataDir: string): Promise<void> => {
  const note = readNote(dataDir);
  if (note === undefined || !isEngineOn(note.enginePid, databaseFile(dataDir))) return;
  process.kill(note.enginePid, 'SIGTERM');
  for (let waited = 0; isEngineOn(note.enginePid, databaseFile(dataDir)); waited += 100) {
    if (waited > 5000) process.kill(note.enginePid, 'SIGKILL');
    await wait(100);
  }
};

/** How accounts and people are written: from 3 on people are sealed. A folder of another format is left as it is. */
const FORMAT = '3';

/** A folder that has a database says in which format; one without a word is from before formats were told apart. */
const checkFormat = (dataDir: string): void => {
  const file = join(dataDir, 'format');
  const isNew = !existsSync(databaseFile(dataDir));
  const format = existsSync(file) ? readFileSync(file, 'utf8').trim() : isNew ? FORMAT : '1';
  if (format !== FORMAT) {
    throw new CannotStart(
      `The data folder ${dataDir} holds accounts and people in format ${format}, and this version reads format ${FORMAT}: choose another folder with DATA_DIR, or start the version that wrote it.`,
    );
  }
  writeFileSync(file, `${FORMAT}\n`);
};

/** Makes the data folder. Throws CannotStart where it cannot be written, or holds what this version does not read. */
export const prepareDataDir = (dataDir: string): void => {
  try {
    mkdirSync(dataDir, { recursive: true });
    accessSync(dataDir, constants.W_OK);
    writeFileSync(join(dataDir, '.writable'), '');
    rmSync(join(dataDir, '.writable'));
  } catch {
    throw new CannotStart(`The data folder ${dataDir} cannot be written: choose another one with DATA_DIR.`);
  }
  checkFormat(dataDir);
};

export interface Engine {
  endpoint: string;
  /** Ends the engine and waits for it. */
  stop: () => Promise<void>;
}

/** Engines that this process has started; however it ends, short of being killed, they end with it. */
const children = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/** A signal to the whole group reaches the engine first: that is no reason to start it again. */
const RESTART_PAUSE_MS = 300;

const launch = async (program: string, port: number, file: string): Promise<ChildProcess> => {
  const child = spawn(program, ['serve', '--host', '127.0.0.1', '--port', String(port), '--db-path', file], {
    stdio: 'ignore',
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  const endpoint = `http://127.0.0.1:${String(port)}`;
  for (let waited = 0; waited < 15_000; waited += 50) {
    if (child.exitCode !== null) break;
    if (await answers(endpoint)) return child;
    await wait(50);
  }
  child.kill('SIGKILL');
  throw new CannotStart(`The embedded engine does not start on ${file}.`);
};

const ended = (child: ChildProcess): Promise<unknown> =>
  child.exitCode === null && child.signalCode === null
    ? new Promise((done) => child.once('exit', done))
    : Promise.resolve();

/**
 * Starts the engine on the data folder, and starts it again should it die.
 * Throws CannotStart: the folder cannot be written, another service has it, the program is missing or does not run.
 */
export const startEngine = async (
  dataDir: string,
  onRestart: () => void = () => undefined,
): Promise<Engine> => {
  const program = engineProgram();
  prepareDataDir(dataDir);
  if ((await runningEngine(dataDir)) !== undefined) {
    throw new CannotStart(
      `The data folder ${dataDir} is in use by a service that runs already: stop it, or choose another one with DATA_DIR.`,
    );
  }
  await endLeftover(dataDir);
  const file = databaseFile(dataDir);
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${String(port)}`;
  let stopping = false;
  let child = await launch(program, port, file);
  const watch = (): void => {
    writeWhole(noteFile(dataDir), { servicePid: process.pid, enginePid: child.pid, endpoint });
    child.once('exit', () => {
      if (!stopping) void restart();
    });
  };
  const restart = async (): Promise<void> => {
    await wait(RESTART_PAUSE_MS);
    while (!stopping) {
      onRestart();
      try {
        child = await launch(program, port, file);
        watch();
        return;
      } catch {
        await wait(1000);
      }
    }
  };
  watch();
  return {
    endpoint,
    stop: async () => {
      stopping = true;
      child.kill('SIGTERM');
      // A timer that is left over does not keep the process from ending.
      await Promise.race([ended(child), wait(5000, undefined, { ref: false })]);
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await ended(child);
      rmSync(noteFile(dataDir), { force: true });
    },
  };
};
