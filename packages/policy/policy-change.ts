/** A region's decision: some values, from a day on. Two people stand for it. */
import type { RegionCode } from '@time-bank/contracts/region';
import type { CivilDate, Instant } from '@time-bank/contracts/time';
import { catalogue, isValueKey } from './catalogue.ts';
import type { PolicyValues, ValueKey } from './policy-values.ts';

/** Some of the values. */
export type PolicyDecision = Partial<PolicyValues>;

/**
 * A published decision. `number` counts all published changes of the time bank from 1, without a gap. It holds
 * from the beginning of `validFrom` in China, which is not before the day of publication. `author` and
 * `approver` are the ids of two different people.
 */
export interface PolicyChange {
  readonly number: number;
  readonly region: RegionCode;
  readonly values: PolicyDecision;
  readonly validFrom: CivilDate;
  readonly author: string;
  readonly approver: string;
  readonly publishedAt: Instant;
  readonly reason: string;
}

/** A change as it comes from outside: nothing is known of its values yet. */
export type PolicyProposal = Omit<PolicyChange, 'values'> & {
  readonly values: Readonly<Record<string, unknown>>;
};

/** The names of the values that a decision holds, as it holds them. */
export const decidedKeys = (decision: PolicyDecision): ValueKey[] => Object.keys(decision).filter(isValueKey);

const isValueOf = <Key extends ValueKey>(key: Key, value: unknown): value is PolicyValues[Key] =>
  catalogue[key].accepts(value);

/** Reads values from outside: undefined where a name is unknown or a value lies outside its bounds. */
export const decisionOf = (values: Readonly<Record<string, unknown>>): PolicyDecision | undefined => {
  const decision: { -readonly [Key in ValueKey]?: PolicyValues[Key] } = {};
  const put = <Key extends ValueKey>(key: Key, value: PolicyValues[Key]): void => {
    decision[key] = value;
  };
  for (const [name, value] of Object.entries(values)) {
    if (!isValueKey(name) || !isValueOf(name, value)) return undefined;
    put(name, value);
  }
  return decision;
};
