/** The project's own files, as git knows them or would take them. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

export const root = join(import.meta.dirname, '../..');

/** Every file that is tracked or would be, without what git ignores. Paths from the root. */
export const allFiles: readonly string[] = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard'],
  { cwd: root, encoding: 'utf8' },
)
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(root, file)));

export const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

/** TypeScript of the rooms. */
export const sourceFiles: readonly string[] = allFiles.filter(
  (file) => /\.tsx?$/.test(file) && /^(packages|functions|cdk|web|tests)\//.test(file),
);

export const isTest = (file: string): boolean => /\.test\.tsx?$/.test(file) || file.startsWith('tests/');

/** The workspace that a file belongs to, e.g. `packages/desk`, `web`. */
export const workspaceOf = (file: string): string =>
  /^(packages|functions)\//.test(file) ? file.split('/').slice(0, 2).join('/') : (file.split('/')[0] ?? '');

/** What a file imports, types included. */
export const importsOf = (file: string): string[] =>
  ts.preProcessFile(textOf(file), true, true).importedFiles.map(({ fileName }) => fileName);
