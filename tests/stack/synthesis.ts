/** The stack as it would be deployed, written to a folder of its own, over pages that are as small as pages can be. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { DoorSettings } from '@time-bank/cdk/sign-in-door';
import { makeApp } from '@time-bank/cdk/time-bank';

export const SCRIPT_HASH = 'sha256-6Lv2Cu/giYoGVI0P27OAIqF1kLV5McFdKYZwPYzuruo=';

/** A resource of the template, as far as tests look into it. */
export interface Resource {
  Type: string;
  Properties: Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- a template is anything
  DeletionPolicy?: string;
}

export interface Synthesis {
  app: App;
  template: Template;
  resources: Record<string, Resource>;
  /** The file that Lambda would load for the function of this name (`Api`, `Projector`, `Planner`). */
  handlerFile: (name: string) => string;
  cleanUp: () => void;
}

const makePages = (folder: string): string => {
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Time bank</title>');
  writeFileSync(join(folder, 'csp.json'), JSON.stringify({ script: [SCRIPT_HASH], style: [] }));
  writeFileSync(join(folder, 'assets/first-1.js'), 'export {};');
  return folder;
};

/** `signIn`: how people sign in, as an installation has decided. */
export const synthesize = (signIn: DoorSettings = {}): Synthesis => {
  const folder = mkdtempSync(join(tmpdir(), 'time-bank-stack-'));
  const outdir = join(folder, 'cdk.out');
  const app = makeApp({ outdir, site: makePages(join(folder, 'pages')), signIn });
  const [stack] = app.synth().stacks;
  const json = JSON.parse(readFileSync(stack!.templateFullPath, 'utf8')) as {
    Resources: Record<string, Resource>;
  };
  return {
    app,
    template: Template.fromJSON(json),
    resources: json.Resources,
    handlerFile: (name) => {
      const found = Object.entries(json.Resources).find(
        ([id, { Type }]) => Type === 'AWS::Lambda::Function' && id.startsWith(`Functions${name}`),
      );
      const key: string = found![1].Properties['Code'].S3Key;
      return join(outdir, `asset.${key.replace(/\.zip$/, '')}`, 'index.mjs');
    },
    cleanUp: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
