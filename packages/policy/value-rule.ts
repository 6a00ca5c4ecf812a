/** What the catalogue says of one value beside its kind. */
import type { PolicyValues } from './policy-values.ts';
import type { LowestLevel } from './region-level.ts';
import type { ValueKind } from './value-kind.ts';

/** What a value counts, or what it is. */
export type Unit =
  | 'minutes'
  | 'hours'
  | 'days'
  | 'working days'
  | 'months'
  | 'years'
  | 'seconds'
  | 'coins'
  | 'kilometres'
  | 'percent'
  | 'points'
  | 'pieces'
  | 'level'
  | 'period'
  | 'yes or no'
  | 'choice'
  | 'set'
  | 'rules'
  | 'words';

/**
 * A row of the catalogue: the kind of the value, the lowest level that may decide it, its unit, and its ground:
 * the evidence with its source, or "a proposal" where none was found.
 */
export interface ValueRule<T> extends ValueKind<T> {
  readonly level: LowestLevel;
  readonly unit: Unit;
  readonly ground: string;
}

/** Rows for some of the values, typed by the values they are about. */
export type RulesFor<Key extends keyof PolicyValues> = {
  readonly [Name in Key]: ValueRule<PolicyValues[Name]>;
};
