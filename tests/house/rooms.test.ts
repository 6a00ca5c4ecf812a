/** Every room says what it is for, and every door of a package what stands behind it. */
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { allFiles, isTest, sourceFiles, textOf, workspaceOf } from './source-files.ts';

const rooms = [...new Set(sourceFiles.map(workspaceOf))];

/** The exported names of a file that have no words above them. A type beside a schema of its name shares its words. */
const undocumented = (file: string): string[] => {
  const source = ts.createSourceFile(file, textOf(file), ts.ScriptTarget.Latest, true);
  const names: { name: string; documented: boolean }[] = [];
  source.forEachChild((node) => {
    const exported =
      ts.canHaveModifiers(node) &&
      ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (exported !== true) return;
    const documented = ts.getJSDocCommentsAndTags(node).length > 0;
    if (ts.isVariableStatement(node)) {
      names.push(
        ...node.declarationList.declarations.map((each) => ({ name: each.name.getText(), documented })),
      );
    } else if (
      ts.isInterfaceDeclaration(node) ||
      ts.isTypeAliasDeclaration(node) ||
      ts.isClassDeclaration(node) ||
      ts.isFunctionDeclaration(node)
    ) {
      names.push({ name: node.name?.text ?? 'default', documented });
    }
  });
  const known = new Set(names.filter(({ documented }) => documented).map(({ name }) => name));
  return [...new Set(names.map(({ name }) => name))]
    .filter((name) => !known.has(name))
    .map((name) => `${file}: ${name}`);
};

describe('rooms', () => {
  it.each(rooms)('%s has a README of its own, short enough to be read', (room) => {
    const readme = `${room}/README.md`;
    expect(allFiles).toContain(readme);
    expect(textOf(readme).split('\n').length).toBeLessThanOrEqual(90);
  });

  it('every export of the packages, the stack and the pages has words above it', () => {
    const documented = sourceFiles.filter((file) => /^(packages|cdk|web)\//.test(file) && !isTest(file));
    expect(documented.flatMap(undocumented).join('\n')).toBe('');
  });

  it('file names are nouns or verbs in kebab-case', () => {
    const odd = sourceFiles.filter(
      (file) => !/^([\w-]+\/)*[a-z0-9]+(-[a-z0-9]+)*(\.(test|spec|d|config))?\.tsx?$/.test(file),
    );
    expect(odd).toEqual([]);
  });

  it('no file is called by what says nothing', () => {
    expect(
      sourceFiles.filter((file) => /(^|\/)(utils?|helpers?|common|misc|index)\.tsx?$/.test(file)),
    ).toEqual([]);
  });
});
