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
  for (const file of ['tasks-zh-hans', 'zh-hant', 'en']) {
    const words = textOf(`web/words/${file}.ts`);
    for (const code of refusalCodes) expect(words, `${file}: ${code}`).toMatch(new RegExp(`\\b${code}:`));
  }
});
