import { describe, expect, it } from 'vitest';
import {
  isGrantRules,
  isLevelFactors,
  isMatchingWeights,
  isRegionalServices,
  isServiceRates,
} from './value-shapes.ts';

const rule = { ruleId: 'r_1', ageYearsMin: 60, minutesPerPeriod: 120, period: 'month', carriesOver: false };
const without = (name: string) => Object.fromEntries(Object.entries(rule).filter(([key]) => key !== name));

describe('rules of grants', () => {
  it.each([
    ['none at all', []],
    ['the plain one', [rule]],
    ['a quarter', [{ ...rule, period: 'quarter' }]],
    ['carry-over', [{ ...rule, carriesOver: true }]],
    ['from birth', [{ ...rule, ageYearsMin: 0 }]],
    ['the oldest', [{ ...rule, ageYearsMin: 120, ageYearsMax: 120 }]],
    ['one year of age', [{ ...rule, ageYearsMax: 60 }]],
    [
      'every situation',
      [{ ...rule, livingSituations: ['alone', 'empty_nest', 'left_behind', 'with_family'] }],
    ],
    ['tags', [{ ...rule, tags: ['low_income', 'x'.repeat(40)] }]],
    ['ten tags', [{ ...rule, tags: Array.from({ length: 10 }, (_, index) => `t${String(index)}`) }]],
    ['every level', [{ ...rule, abilityLevels: [0, 1, 2, 3, 4] }]],
    ['the least', [{ ...rule, minutesPerPeriod: 1 }]],
    ['the most', [{ ...rule, minutesPerPeriod: 6_000 }]],
    ['an id of 40', [{ ...rule, ruleId: 'a'.repeat(40) }]],
    ['twelve', Array.from({ length: 12 }, (_, index) => ({ ...rule, ruleId: `r${String(index)}` }))],
  ])('may be: %s', (_name, value) => {
    expect(isGrantRules(value)).toBe(true);
  });

  it.each([
    ['no list', rule],
    ['nothing', null],
    ['a list of nothing', [null]],
    ['a list of lists', [[]]],
    ['a word', ['rule']],
    ...['ruleId', 'ageYearsMin', 'minutesPerPeriod', 'period', 'carriesOver'].map(
      (name): [string, unknown] => [`no ${name}`, [without(name)]],
    ),
    ['an unknown field', [{ ...rule, yuan: 1 }]],
    ['an empty id', [{ ...rule, ruleId: '' }]],
    ['an id of 41', [{ ...rule, ruleId: 'a'.repeat(41) }]],
    ['an id with a blank before', [{ ...rule, ruleId: ' r' }]],
    ['an id with a blank behind', [{ ...rule, ruleId: 'r ' }]],
    ['an id that is a number', [{ ...rule, ruleId: 1 }]],
    ['an age below 0', [{ ...rule, ageYearsMin: -1 }]],
    ['an age above 120', [{ ...rule, ageYearsMin: 121 }]],
    ['a highest age below the lowest', [{ ...rule, ageYearsMax: 59 }]],
    ['a highest age above 120', [{ ...rule, ageYearsMax: 121 }]],
    ['no situation', [{ ...rule, livingSituations: [] }]],
    ['an unknown situation', [{ ...rule, livingSituations: ['abroad'] }]],
    ['a situation twice', [{ ...rule, livingSituations: ['alone', 'alone'] }]],
    ['situations that are no list', [{ ...rule, livingSituations: 'alone' }]],
    ['no tag', [{ ...rule, tags: [] }]],
    ['eleven tags', [{ ...rule, tags: Array.from({ length: 11 }, (_, index) => `t${String(index)}`) }]],
    ['a tag twice', [{ ...rule, tags: ['a', 'a'] }]],
    ['a tag in capitals', [{ ...rule, tags: ['LOW'] }]],
    ['no level', [{ ...rule, abilityLevels: [] }]],
    ['level 5', [{ ...rule, abilityLevels: [5] }]],
    ['a level twice', [{ ...rule, abilityLevels: [1, 1] }]],
    ['no minutes', [{ ...rule, minutesPerPeriod: 0 }]],
    ['too many minutes', [{ ...rule, minutesPerPeriod: 6_001 }]],
    ['a year', [{ ...rule, period: 'year' }]],
    ['carry-over in words', [{ ...rule, carriesOver: 'no' }]],
    ['an id twice', [rule, rule]],
    ['thirteen', Array.from({ length: 13 }, (_, index) => ({ ...rule, ruleId: `r${String(index)}` }))],
  ])('may not be: %s', (_name, value) => {
    expect(isGrantRules(value)).toBe(false);
  });
});

describe('factors by ability level', () => {
  it.each([
    [[0, 0, 0, 0, 0], true],
    [[500, 500, 500, 500, 500], true],
    [[100, 100, 100, 100], false],
    [[100, 100, 100, 100, 100, 100], false],
    [[100, 100, 100, 100, 501], false],
    [[-1, 100, 100, 100, 100], false],
    ['100', false],
  ])('%j: %s', (value, held) => {
    expect(isLevelFactors(value)).toBe(held);
  });
});

describe('weights of matching', () => {
  const weights = {
    proximity: 300,
    freeTime: 250,
    continuity: 150,
    language: 100,
    gender: 50,
    reliability: 50,
    load: 100,
  };
  const none = { freeTime: 0, continuity: 0, language: 0, gender: 0, reliability: 0, load: 0 };
  const { load: _load, ...withoutLoad } = weights;

  it.each([
    ['as they are', weights, true],
    ['all on one', { proximity: 1_000, ...none }, true],
    ['one point more', { ...weights, load: 101 }, false],
    ['one point less', { ...weights, load: 99 }, false],
    ['a negative one', { ...weights, load: -100, gender: 250 }, false],
    ['more than all', { ...weights, load: 1_001 }, false],
    ['one missing', { ...withoutLoad, proximity: 400 }, false],
    ['one too many', { ...weights, luck: 0 }, false],
    ['a list', [1_000], false],
    ['nothing', null, false],
    ['a word', 'proximity', false],
  ])('%s', (_name, value, held) => {
    expect(isMatchingWeights(value)).toBe(held);
  });
});

describe('rates of services', () => {
  const service = (index: number) => `${index < 100 ? 'A' : 'B'}${String(index % 100).padStart(2, '0')}`;
  const many = (length: number) =>
    Array.from({ length }, (_, index) => ({ service: service(index), percent: 100 }));

  it.each([
    ['none', [], true],
    ['half', [{ service: 'A01', percent: 50 }], true],
    ['double', [{ service: 'A01', percent: 200 }], true],
    ['a hundred', many(100), true],
    ['a hundred and one', many(101), false],
    ['less than half', [{ service: 'A01', percent: 49 }], false],
    ['more than double', [{ service: 'A01', percent: 201 }], false],
    ['a small letter', [{ service: 'a01', percent: 100 }], false],
    ['three digits', [{ service: 'A001', percent: 100 }], false],
    ['a letter before', [{ service: 'AA01', percent: 100 }], false],
    ['no code', [{ percent: 100 }], false],
    ['a number for a code', [{ service: 101, percent: 100 }], false],
    ['a list for a code', [{ service: ['A01'], percent: 100 }], false],
    ['no percent', [{ service: 'A01' }], false],
    ['a price', [{ service: 'A01', percent: 100, yuan: 12 }], false],
    ['a service twice', [many(1), many(1)].flat(), false],
    ['no list', { service: 'A01', percent: 100 }, false],
    ['words', ['A01'], false],
  ])('%s', (_name, value, held) => {
    expect(isServiceRates(value)).toBe(held);
  });
});

const own = { code: 'Z01', words: { 'zh-Hans': '理发' }, like: 'A05' };

describe("services of a region's own", () => {
  it.each([
    ['none at all', []],
    ['one with a name in Chinese', [own]],
    ['names in three languages', [{ ...own, words: { 'zh-Hans': '理发', 'zh-Hant': '理髮', en: 'Hair' } }]],
    ['minutes of its own', [{ ...own, minMinutes: 20, defaultMinutes: 30, maxMinutes: 45 }]],
    ['the last code', [{ ...own, code: 'Z12' }]],
  ])('may be: %s', (_name, value) => {
    expect(isRegionalServices(value)).toBe(true);
  });

  it.each([
    ['no list', own],
    ['a code of the catalogue', [{ ...own, code: 'A01' }]],
    ['a thirteenth code', [{ ...own, code: 'Z13' }]],
    ['one code twice', [own, own]],
    ['no name in Chinese', [{ ...own, words: { en: 'Hair' } }]],
    ['an empty name', [{ ...own, words: { 'zh-Hans': '' } }]],
    ['like nursing, which is for professionals', [{ ...own, like: 'H01' }]],
    ['like another of its own', [{ ...own, like: 'Z02' }]],
    ['more at least than at most', [{ ...own, minMinutes: 60, maxMinutes: 30 }]],
    ['minutes below a quarter of an hour', [{ ...own, minMinutes: 10 }]],
    ['an unknown field', [{ ...own, price: 1 }]],
  ])('may not be: %s', (_name, value) => {
    expect(isRegionalServices(value)).toBe(false);
  });
});
