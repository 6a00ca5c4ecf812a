/** The values that are more than a number, a choice or a list: grant rules, factors, weights, rates. */
import { AbilityLevel, LivingSituation } from '@time-bank/contracts/member';
import type { GrantRule } from './grant-rule.ts';
import type { MatchingWeights, RegionalService, ServiceRate } from './policy-values.ts';
import { isWhole } from './value-kind.ts';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const hasOnly = (record: Readonly<Record<string, unknown>>, allowed: readonly string[]): boolean =>
  Object.keys(record).every((name) => allowed.includes(name));

const isListOf = <T>(
  value: unknown,
  min: number,
  max: number,
  isMember: (member: unknown) => member is T,
): value is readonly T[] => Array.isArray(value) && isWhole(value.length, min, max) && value.every(isMember);

const isListOnce = <T>(
  value: unknown,
  max: number,
  isMember: (member: unknown) => member is T,
): value is readonly T[] => isListOf(value, 1, max, isMember) && new Set(value).size === value.length;

const isWord = (value: unknown): value is string =>
  typeof value === 'string' && /^[a-z0-9_]{1,40}$/.test(value);
const isSituation = (value: unknown): value is LivingSituation => LivingSituation.safeParse(value).success;
const isLevel = (value: unknown): value is number => AbilityLevel.safeParse(value).success;

const ruleNames = [
  'ruleId',
  'ageYearsMin',
  'ageYearsMax',
  'livingSituations',
  'tags',
  'abilityLevels',
  'minutesPerPeriod',
  'period',
  'carriesOver',
];

const isGrantRule = (value: unknown): value is GrantRule =>
  isRecord(value) &&
  hasOnly(value, ruleNames) &&
  isWord(value['ruleId']) &&
  isWhole(value['ageYearsMin'], 0, 120) &&
  (!('ageYearsMax' in value) || isWhole(value['ageYearsMax'], value['ageYearsMin'], 120)) &&
  (!('livingSituations' in value) || isListOnce(value['livingSituations'], 4, isSituation)) &&
  (!('tags' in value) || isListOnce(value['tags'], 10, isWord)) &&
  (!('abilityLevels' in value) || isListOnce(value['abilityLevels'], 5, isLevel)) &&
  isWhole(value['minutesPerPeriod'], 1, 6_000) &&
  (value['period'] === 'month' || value['period'] === 'quarter') &&
  typeof value['carriesOver'] === 'boolean';

/** True for 0 to 12 rules of grants within their bounds, no rule's id twice, no field that nobody knows. */
export const isGrantRules = (value: unknown): value is readonly GrantRule[] =>
  isListOf(value, 0, 12, isGrantRule) && new Set(value.map(({ ruleId }) => ruleId)).size === value.length;

/** True for five factors of 0 to 500 percent, one for each ability level from 0 to 4. */
export const isLevelFactors = (value: unknown): value is readonly [number, number, number, number, number] =>
  isListOf(value, 5, 5, (factor): factor is number => isWhole(factor, 0, 500));

const weightNames = ['proximity', 'freeTime', 'continuity', 'language', 'gender', 'reliability', 'load'];

/** True for the seven weights of matching, each 0 to 1,000 points, together 1,000. */
export const isMatchingWeights = (value: unknown): value is MatchingWeights => {
  if (!isRecord(value) || !hasOnly(value, weightNames)) return false;
  const points = weightNames.map((name) => value[name]).filter((each) => isWhole(each, 0, 1_000));
  return points.length === weightNames.length && points.reduce((sum, each) => sum + each, 0) === 1_000;
};

const isServiceRate = (value: unknown): value is ServiceRate =>
  isRecord(value) &&
  hasOnly(value, ['service', 'percent']) &&
  typeof value['service'] === 'string' &&
  /^[A-Z]\d{2}$/.test(value['service']) &&
  isWhole(value['percent'], 50, 200);

/** True for 0 to 100 rates of 50 to 200 percent, none for the same code of service (`A01`) twice. */
export const isServiceRates = (value: unknown): value is readonly ServiceRate[] =>
  isListOf(value, 0, 100, isServiceRate) &&
  new Set(value.map(({ service }) => service)).size === value.length;

const isName = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() === value && value.isWellFormed() && isWhole(value.length, 1, 30);

const isNames = (value: unknown): value is RegionalService['words'] =>
  isRecord(value) &&
  hasOnly(value, ['zh-Hans', 'zh-Hant', 'en']) &&
  isName(value['zh-Hans']) &&
  Object.values(value).every(isName);

const minuteNames = ['minMinutes', 'defaultMinutes', 'maxMinutes'] as const;

const isRegionalService = (value: unknown): value is RegionalService => {
  if (!isRecord(value) || !hasOnly(value, ['code', 'words', 'like', ...minuteNames])) return false;
  const minutes = minuteNames.map((name) => value[name]).filter((each) => each !== undefined);
  return (
    typeof value['code'] === 'string' &&
    /^Z(0[1-9]|1[0-2])$/.test(value['code']) &&
    isNames(value['words']) &&
    typeof value['like'] === 'string' &&
    // What only a professional or a group makes does not become anybody's under another name.
    /^[A-G]\d{2}$/.test(value['like']) &&
    minutes.every(
      (each, index) => isWhole(each, 15, 480) && (index === 0 || Number(minutes[index - 1]) <= each),
    )
  );
};

/** True for 0 to 12 services of a region's own, no code twice, minutes of 15 to 480 that rise from least to most. */
export const isRegionalServices = (value: unknown): value is readonly RegionalService[] =>
  isListOf(value, 0, 12, isRegionalService) && new Set(value.map(({ code }) => code)).size === value.length;
