/**
 * `npm run bench -- [all | start | story | ledger | seal | access | api | web | matching] [--json]`: figures, never a pass
 * or a fail. Figures in units and bytes repeat exactly; those in seconds depend on the machine, so compare them within
 * one run. What `matching` takes beside: matching/README.md.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildWeb, measureBalancePage } from '@time-bank/web/build';
import { measureAccess } from './access.ts';
import { measureApiBundle } from './bundle.ts';
import { measureLedger } from './ledger.ts';
import { exportTown, measureMatching, scorePlan, sizeNamed } from './matching/command.ts';
import { townSizes } from './matching/town-law.ts';
import { measureSeal } from './seal.ts';
import { measureStart } from './start.ts';
import { measureStory } from './story.ts';

const measureWeb = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'time-bank-web-'));
  try {
    await buildWeb(folder);
    return { balance: measureBalancePage(folder) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean' },
    size: { type: 'string' },
    'time-limit-seconds': { type: 'string', default: '240' },
    export: { type: 'string' },
    score: { type: 'string' },
    town: { type: 'string' },
  },
});
const [wanted = 'all'] = positionals;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** What HiGHS gets where matching is one bench among others. */
const SHORT_LIMIT_SECONDS = 20;

/** The small town only, where matching is one bench among others: the whole takes a quarter of an hour. */
const measureSmall = () =>
  measureMatching({ sizes: ['small'], limitSeconds: SHORT_LIMIT_SECONDS, withStore: false }, say);

const sizes = [values.size, values.export, values.town].flatMap((name) =>
  name === undefined ? [] : [sizeNamed(name)],
);
const [size] = sizes;

/** All sizes, or the one that is named; a plan of somebody's instead. */
const matching = async (): Promise<Record<string, unknown>> => {
  if (values.score !== undefined) return scorePlan(values.score, size ?? 'small', say);
  const asked = { sizes: size === undefined ? townSizes : [size], withStore: size === undefined };
  return measureMatching({ ...asked, limitSeconds: Number(values['time-limit-seconds']) }, say);
};

/** What can be measured, each with its place in the report. */
const benches: Record<string, () => Promise<Record<string, unknown>>> = {
  start: async () => ({ ...(await measureStart()) }),
  story: async () => ({ postVisitStory: await measureStory() }),
  // Alone, the figures of the ledger, of access or of matching are the report; among others they have a place of their own.
  ledger: async () => (wanted === 'ledger' ? await measureLedger() : { ledger: await measureLedger() }),
  seal: async () => ({ seal: await measureSeal() }),
  access: async () => (wanted === 'access' ? await measureAccess() : { access: await measureAccess() }),
  api: async () => ({ api: await measureApiBundle() }),
  web: async () => ({ web: await measureWeb() }),
  matching: async () => (wanted === 'matching' ? await matching() : { matching: await measureSmall() }),
};

/** The leaves of a report as `name value`. */
const tell = (report: Record<string, unknown>, prefix = ''): void => {
  for (const [name, value] of Object.entries(report)) {
    if (typeof value === 'object' && value !== null) tell({ ...value }, `${prefix}${name}.`);
    else say(`${`${prefix}${name}`.padEnd(44)} ${String(value)}`);
  }
};

const chosen = wanted === 'all' ? Object.keys(benches) : [wanted];
if (chosen.some((name) => !(name in benches)) || sizes.includes(undefined)) {
  say(`Usage: npm run bench -- [all | ${Object.keys(benches).join(' | ')}] [--json]`);
  say(
    `       npm run bench -- matching [--size | --export ${townSizes.join(' | ')}] [--time-limit-seconds N]`,
  );
  say(`       npm run bench -- matching --score FILE --town ${townSizes.join(' | ')}`);
  process.exitCode = 1;
} else if (wanted === 'matching' && values.export !== undefined && size !== undefined) {
  say(exportTown(size));
} else {
  // An installation is not measured here: it would measure the network.
  const report: Record<string, unknown> = wanted === 'all' ? { installSeconds: null } : {};
  for (const name of chosen) Object.assign(report, await benches[name]?.());
  tell(report);
  if (values.json === true) say(JSON.stringify(report));
}
