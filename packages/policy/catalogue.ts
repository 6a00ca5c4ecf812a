/**
 * Every value that a region can decide or that is locked: what it is, what it may be, who may change it, and
 * why it is so. The README's table is a picture of this.
 */
import { careRules, recordRules } from './care-rules.ts';
import { giftRules, grantRules } from './giving-rules.ts';
import { balanceRules, creditRules, redeemRules, wordRules } from './hours-rules.ts';
import type { Policy } from './policy.ts';
import type { PolicyValues, ValueKey } from './policy-values.ts';
import type { RulesFor } from './value-rule.ts';
import { requestRules, voiceRules, volunteerRules } from './visit-rules.ts';

/** The rows by the name of their value; their order is the order in which values are shown. */
export const catalogue: RulesFor<ValueKey> = {
  ...wordRules,
  ...creditRules,
  ...balanceRules,
  ...redeemRules,
  ...giftRules,
  ...grantRules,
  ...volunteerRules,
  ...requestRules,
  ...voiceRules,
  ...careRules,
  ...recordRules,
};

/** True for the name of a value. */
export const isValueKey = (name: string): name is ValueKey => Object.hasOwn(catalogue, name);

/** The names of all values, in the catalogue's order. */
export const valueKeys: readonly ValueKey[] = Object.keys(catalogue).filter(isValueKey);

/** The version of the defaults, before any region has decided anything. */
export const firstVersion = '20260101.0';

const areValues = (values: object): values is PolicyValues =>
  valueKeys.every((key) => catalogue[key].accepts(new Map<string, unknown>(Object.entries(values)).get(key)));

const defaultValues = (): PolicyValues => {
  const values = Object.fromEntries(valueKeys.map((key) => [key, catalogue[key].default]));
  if (!areValues(values)) throw new Error('A default lies outside its own bounds');
  return values;
};

/** What holds in a region where nobody has decided anything. */
export const defaults: Policy = { ...defaultValues(), version: firstVersion };
