/** What differs between two policies. */
import { valueKeys } from './catalogue.ts';
import type { PolicyValues, ValueKey } from './policy-values.ts';
import { sameValue } from './same-value.ts';

/** One value that differs: as it was, as it will be. */
export interface ValueDifference {
  readonly key: ValueKey;
  readonly before: PolicyValues[ValueKey];
  readonly after: PolicyValues[ValueKey];
}

/** The values that differ, in the catalogue's order; the order within a set is no difference. */
export const diffOf = (before: PolicyValues, after: PolicyValues): ValueDifference[] =>
  valueKeys
    .filter((key) => !sameValue(before[key], after[key]))
    .map((key) => ({ key, before: before[key], after: after[key] }));
