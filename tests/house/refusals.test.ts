/** The list of refusals and its mirrors say the same. */
import { refusalCodes } from '@time-bank/contracts/refusals';
import { routes } from '@time-bank/contracts/routes';
import { answers } from '@time-bank/api/answers';
import { expect, it } from 'vitest';
import { textOf } from './source-files.ts';

it('the API answers every refusal, in the same order, and no other', () => {
  expect(Object.keys(answers)).toEqual([...refusalCodes]);
});

it('the README of the API lists every refusal with its status, in order of precedence', () => {
  const rows = [...textOf('functions/api/README.md').matchAll(/^\| `(\w+)`\s+\| (\d{3})\s+\|/gm)];
  expect(rows.map(([, code, status]) => [code, Number(status)])).toEqual(
    refusalCodes.map((code) => [code, answers[code].status]),
  );
});

it('every route lists its refusals in order of precedence', () => {
  for (const route of routes) {
    const order = route.refusals.map((code) => refusalCodes.indexOf(code));
    expect(
      [...order].sort((a, b) => a - b),
      route.operationId,
    ).toEqual(order);
  }
});

it('the pages have a sentence for every refusal in three languages', () => {
  const catalogues = [
    ['tasks-zh-hans', 'giving-zh-hans', 'accounts-zh-hans'],
    ['zh-hant', 'giving-zh-hant', 'accounts-zh-hant'],
    ['en', 'giving-en', 'accounts-en'],
  ];
  for (const files of catalogues) {
    const words = files.map((file) => textOf(`web/words/${file}.ts`)).join('\n');
    for (const code of refusalCodes) {
      expect(words, `${files.join(', ')}: ${code}`).toMatch(new RegExp(`\\b${code}:`));
    }
  }
});

it('every page has at hand the sentences of the refusals that its routes can give', () => {
  const codesIn = (file: string) =>
    refusalCodes.filter((code) => new RegExp(`\\b${code}:`).test(textOf(`web/words/${file}.ts`)));
  const onEveryPage = codesIn('tasks-zh-hans');
  const whereGiven = [...onEveryPage, ...codesIn('giving-zh-hans')];
  for (const { path, tag, refusals } of routes) {
    const known = ['/api/gifts', '/api/donations', '/api/account/overflow'].includes(path)
      ? whereGiven
      : ['requests', 'visits', 'hours', 'coverage', 'people', 'sign-in', 'service'].includes(tag)
        ? onEveryPage
        : refusalCodes;
    expect(
      refusals.filter((code) => !known.includes(code)),
      path,
    ).toEqual([]);
  }
});
