/** The engine behind the tests: the one that DYNAMODB_ENDPOINT names, or one of its own in memory. */
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { engineProgram, freePort } from '@time-bank/local/engine';

export interface TestEngine {
  endpoint: string;
  stop: () => Promise<void>;
}

/** Engines of this process; they end with it. */
const children = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/** Starts an engine and waits until it answers. */
export const startEngine = async (): Promise<TestEngine> => {
  const named = process.env['DYNAMODB_ENDPOINT'];
  if (named !== undefined && named !== '') return { endpoint: named, stop: () => Promise.resolve() };
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${String(port)}`;
  const child = spawn(engineProgram(), ['serve', '--host', '127.0.0.1', '--port', String(port)], {
    stdio: 'ignore',
  });
  children.add(child);
  for (let tries = 0; tries < 200; tries += 1) {
    try {
      await fetch(endpoint);
      break;
    } catch {
      await wait(25);
    }
  }
  return {
    endpoint,
    stop: async () => {
      children.delete(child);
      const gone = new Promise((done) => child.once('exit', done));
      child.kill('SIGKILL');
      await gone;
    },
  };
};
