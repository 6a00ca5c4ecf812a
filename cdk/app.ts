/** Writes the template of the installation to `cdk.out` at the root. Needs no account, no network and no Docker. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseDoorSettings } from './sign-in-door.ts';
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
/** How people sign in, beside this file; not a part of the sources, for every installation has its own. */
const signInFile = join(import.meta.dirname, 'sign-in.json');
const signIn = existsSync(signInFile) ? parseDoorSettings(readFileSync(signInFile, 'utf8')) : {};

/** By which ways notices go out, beside this file as well. */
const noticesFile = join(import.meta.dirname, 'notices.json');
const notices = existsSync(noticesFile) ? parseDoorSettings(readFileSync(noticesFile, 'utf8')) : {};

const assembly = makeApp({ outdir: join(root, 'cdk.out'), site, signIn, notices }).synth();
const [stack] = assembly.stacks;
if (stack === undefined) throw new Error('the app has no stack');
process.stdout.write(`The template is at ${relative(process.cwd(), stack.templateFullPath)}\n`);
