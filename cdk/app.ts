/** Writes the template of the installation to `cdk.out` at the root. Needs no account, no network and no Docker. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { makeApp } from './time-bank.ts';

const root = join(import.meta.dirname, '..');
const site = join(root, 'web/dist');
const build = join(root, 'web/build-now.ts');

const needSite = (): void => {
  if (existsSync(join(site, 'index.html'))) return;
  if (!existsSync(build))
    throw new Error('There are no pages: neither web/dist nor web/build-now.ts is there.');
  execFileSync(process.execPath, [build], { cwd: root, stdio: 'inherit' });
};

needSite();
const assembly = makeApp({ outdir: join(root, 'cdk.out'), site }).synth();
const [stack] = assembly.stacks;
if (stack === undefined) throw new Error('the app has no stack');
process.stdout.write(`The template is at ${relative(process.cwd(), stack.templateFullPath)}\n`);
