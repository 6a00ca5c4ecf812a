/** The list of refusals and its mirrors say the same. */
import { refusalCodes } from '@time-bank/contracts/refusals';
import { routes } from '@time-bank/contracts/routes';
import { answers } from '@time-bank/api/answers';
import { expect, it } from 'vitest';
import { textOf } from './source-files.ts';

it('the API answers every refusal, in the same order, and no other', () => {
  expect(Object.keys(answers)).toEqual([...refusalCodes]);
});

it('the list of the API has every refusal with its status, in order of precedence', () => {
  const rows = [...textOf('functions/api/refusals.md').matchAll(/^\| `(\w+)`\s+\| (\d{3})\s+\|/gm)];
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

/** The words that only some pages have, with sentences of their own. */
const beside = ['giving', 'accounts', 'sign-in', 'helping', 'me', 'people', 'life', 'after', 'help'] as const;
type Area = (typeof beside)[number];

const own: readonly Area[] = ['helping', 'me'];
const staff: readonly Area[] = ['accounts', 'helping', 'people'];
/** Which of them the pages have that ask below a path; the first that fits. */
const pages: readonly (readonly [RegExp, readonly Area[]])[] = [
  [/^\/api\/(gifts|donations|account\/overflow)$/, ['giving']],
  [/^\/api\/sign-in($|\/)/, ['sign-in']],
  [/^\/api\/me\/(passkeys|outside)/, ['sign-in', ...own]],
  [/^\/api\/(me|sessions|devices|helped|bindings)($|\/)/, own],
  [/^\/api\/(redemptions|requests)$/, ['helping']],
  [/^\/api\/(cards|members|volunteers|data-wishes)($|\/)/, staff],
];
const plain = ['requests', 'visits', 'hours', 'coverage', 'people', 'sign-in', 'service'];

it('the pages have a sentence for every refusal in three languages', () => {
  const catalogues = [
    ['tasks-zh-hans', ...beside.map((area) => `${area}-zh-hans`)],
    ['zh-hant', ...beside.map((area) => `${area}-zh-hant`)],
    ['en', ...beside.map((area) => `${area}-en`)],
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
  for (const { path, tag, refusals } of routes) {
    const areas = pages.find(([pattern]) => pattern.test(path))?.[1];
    const known =
      areas !== undefined || plain.includes(tag)
        ? [...onEveryPage, ...(areas ?? []).flatMap((area) => codesIn(`${area}-zh-hans`))]
        : refusalCodes;
    expect(
      refusals.filter((code) => !known.includes(code)),
      path,
    ).toEqual([]);
  }
});
