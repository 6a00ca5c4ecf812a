import { Converter } from 'opencc-js';
import { describe, expect, it } from 'vitest';
import { Reason, WhyNot } from './candidate.ts';
import { Language } from './member.ts';
import { wordsAgainst, wordsFor } from './reason-words.ts';
import { Words } from './words.ts';

const toTraditional: (text: string) => string = Converter({ from: 'cn', to: 'tw' });
const toSimplified: (text: string) => string = Converter({ from: 'tw', to: 'cn' });

const counts = [0, 1, 7];
const examples: Reason[] = [
  { code: 'same_community' },
  { code: 'same_township' },
  { code: 'same_county' },
  { code: 'distance', km: 0 },
  { code: 'distance', km: 12.3 },
  { code: 'free_then' },
  { code: 'free_time_unknown' },
  { code: 'not_usually_free' },
  ...Language.options.map((language) => ({ code: 'speaks', language }) as const),
  { code: 'gender_wish_met' },
  { code: 'gender_wish_not_met' },
  ...counts.slice(1).map((times) => ({ code: 'visited_before', times }) as const),
  { code: 'first_time' },
  { code: 'two_go' },
  { code: 'somebody_along' },
  ...counts.slice(0, 2).map((missed) => ({ code: 'kept_visits', kept: 3, missed }) as const),
  ...counts.map((count) => ({ code: 'visits_planned', count }) as const),
];

it('the examples hold every reason there is', () => {
  const known = Reason.def.options.map(({ def }) => def.shape.code.def.values[0]);
  expect([...new Set(examples.map(({ code }) => code))].sort()).toEqual([...known].sort());
});

const phrases = [
  ...examples.map((reason) => ({ code: `why: ${reason.code}`, words: wordsFor(reason) })),
  ...WhyNot.options.map((code) => ({ code: `why not: ${code}`, words: wordsAgainst(code) })),
];

describe.each(phrases)('$code', ({ words }) => {
  it('is said in three languages, none of them empty', () => {
    expect(Words.safeParse(words).success).toBe(true);
    for (const text of Object.values(words)) expect(text.trim()).not.toBe('');
    expect(words.en).toMatch(/^[\x20-\x7e]+$/);
  });

  it('has no simplified character in traditional Chinese, and the other way round', () => {
    expect(toTraditional(words['zh-Hant'])).toBe(words['zh-Hant']);
    expect(toSimplified(words['zh-Hans'])).toBe(words['zh-Hans']);
  });

  it('says the same in both scripts', () => {
    expect(toSimplified(words['zh-Hant'])).toBe(words['zh-Hans']);
  });
});

it.each([
  { reason: { code: 'visited_before', times: 1 }, en: 'has visited this elder once' },
  { reason: { code: 'visited_before', times: 2 }, en: 'has visited this elder 2 times' },
  { reason: { code: 'visits_planned', count: 0 }, en: 'no visits that week yet' },
  { reason: { code: 'visits_planned', count: 1 }, en: 'one visit that week already' },
  { reason: { code: 'distance', km: 2 }, en: 'about 2.0 km away' },
  { reason: { code: 'speaks', language: 'csl' }, en: 'speaks Chinese sign language' },
] as const)('in English: $en', ({ reason, en }) => {
  expect(wordsFor(reason).en).toBe(en);
});
