/** How large the API's bundle is, and how long a fresh process takes to load it. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { synthesize } from '../stack/synthesis.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');

const LOADS = 15;

/** The median time in milliseconds that a fresh process spends on importing `file`. */
const medianLoadMs = async (file: string, environment: Record<string, string>): Promise<number> => {
  const script = `const t=performance.now();await import(${JSON.stringify(file)});process.stdout.write(String(performance.now()-t))`;
  const times: number[] = [];
  for (let load = 0; load < LOADS; load += 1) {
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], {
      env: { ...process.env, ...environment },
    });
    times.push(Number(stdout));
  }
  times.sort((a, b) => a - b);
  return Math.round((times[Math.floor(LOADS / 2)] ?? 0) * 10) / 10;
};

/** A bundle with the DynamoDB client and the commands that the store uses, and nothing of ours: the floor. */
const bundleSdkOnly = async (folder: string): Promise<string> => {
  const entry = join(root, 'packages/store/.sdk-only.ts');
  const outfile = join(folder, 'sdk-only.mjs');
  writeFileSync(
    entry,
    `import { BatchGetItemCommand, DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand, TransactWriteItemsCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
export const client = new DynamoDBClient();
export const commands = [BatchGetItemCommand, GetItemCommand, PutItemCommand, QueryCommand, TransactWriteItemsCommand, UpdateItemCommand];`,
  );
  try {
    await build({
      entryPoints: [entry],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node24',
      mainFields: ['module', 'main'],
      minify: true,
      logLevel: 'error',
      alias: { '@aws-sdk/credential-provider-node': join(root, 'cdk/environment-credentials.ts') },
    });
  } finally {
    rmSync(entry, { force: true });
  }
  return outfile;
};

export interface BundleFigures {
  bundleKiB: number;
  loadMs: number;
  loadMsSdkOnly: number;
}

/** Measures the handler that the stack would deploy. `loadMs`: median of 15 fresh processes. */
export const measureApiBundle = async (): Promise<BundleFigures> => {
  const folder = mkdtempSync(join(tmpdir(), 'time-bank-bench-'));
  const stack = synthesize();
  try {
    const handler = stack.handlerFile('Api');
    const environment = {
      AWS_REGION: 'local',
      LEDGER_TABLE: 'bench-ledger',
      CARE_TABLE: 'bench-care',
      SEALS_TABLE: 'bench-seals',
      TOKEN_KEYS: JSON.stringify({ bench: 'x'.repeat(48) }),
    };
    return {
      bundleKiB: Math.round(statSync(handler).size / 102.4) / 10,
      loadMs: await medianLoadMs(handler, environment),
      loadMsSdkOnly: await medianLoadMs(await bundleSdkOnly(folder), environment),
    };
  } finally {
    stack.cleanUp();
    rmSync(folder, { recursive: true, force: true });
  }
};
