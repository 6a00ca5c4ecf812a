/**
 * All published decisions, and what follows from them for a region on a day. Nothing in the book is ever altered
 * or taken out: a change of mind is another change.
 */
import type { RegionCode } from '@time-bank/contracts/region';
import { type CivilDate, civilDateOf } from '@time-bank/contracts/time';
import { catalogue, defaults, firstVersion } from './catalogue.ts';
import { type PolicyChange, decidedKeys } from './policy-change.ts';
import type { Policy } from './policy.ts';
import type { PolicyValues, ValueKey } from './policy-values.ts';
import { levelOf, mayDecide, pathTo } from './region-level.ts';

/** What a region decides, looked up by the day or by the version that was stored on a request. */
export interface PolicyBook {
  readonly changes: readonly PolicyChange[];
  /** The values for a region of any level on a day; `''` stands for the country and has the defaults. */
  readonly inForce: (region: RegionCode, date: CivilDate) => Policy;
  /** The values that a version named for a region; undefined for a version that this book never had. */
  readonly byVersion: (region: RegionCode, version: string) => Policy | undefined;
}

type Draft = { -readonly [Key in ValueKey]: PolicyValues[Key] };

const settle = <Key extends ValueKey>(
  draft: Draft,
  above: PolicyValues,
  key: Key,
  own: PolicyValues[Key] | undefined,
): void => {
  if (own !== undefined) draft[key] = catalogue[key].tighten(above[key], own);
};

/** The values of a region under those above it: of what it decided, the last word counts, no looser than above. */
const decidedOn = (above: Policy, changes: readonly PolicyChange[]): Policy => {
  const draft = { ...above };
  for (const { region, values } of changes) {
    const level = levelOf(region);
    for (const key of decidedKeys(values)) {
      if (level !== undefined && mayDecide(level, catalogue[key].level))
        settle(draft, above, key, values[key]);
    }
  }
  return draft;
};

const versionOf = (changes: readonly PolicyChange[]): string => {
  const latest = changes
    .map(({ validFrom }) => validFrom)
    .sort()
    .at(-1);
  if (latest === undefined) return firstVersion;
  return `${latest.replaceAll('-', '')}.${Math.max(...changes.map((change) => change.number))}`;
};

/** The policy of a region where exactly `changes` are in force; they stand in the order of their numbers. */
const policyUnder = (changes: readonly PolicyChange[], region: RegionCode): Policy => {
  const inOrder = changes.toSorted((a, b) => a.validFrom.localeCompare(b.validFrom));
  return pathTo(region).reduce<Policy>(
    (above, place) =>
      decidedOn(
        above,
        inOrder.filter((change) => change.region === place),
      ),
    { ...defaults, version: versionOf(changes) },
  );
};

/**
 * A book over all published changes, in the order of their numbers. Throws where a number is missing or out of
 * order, where a region's code is none, or where a change would hold from before the day of its publication:
 * then a version would not mean the same for ever.
 *
 * A version names the set of changes in force by the latest day from which one of them holds and the highest of
 * their numbers. Whoever later takes the changes up to that number that hold from that day or before has the
 * same set: a change published later has a higher number, one that begins later has a later day.
 */
export const policyBook = (changes: readonly PolicyChange[]): PolicyBook => {
  changes.forEach(({ number, region, validFrom, publishedAt }, index) => {
    if (number !== index + 1) throw new Error(`Change ${number} stands where ${index + 1} belongs`);
    if (levelOf(region) === undefined) throw new Error(`Change ${number} is about no region`);
    if (validFrom < civilDateOf(publishedAt)) throw new Error(`Change ${number} holds from the past`);
  });
  const startedBy = (date: CivilDate): PolicyChange[] => changes.filter(({ validFrom }) => validFrom <= date);
  return {
    changes,
    inForce: (region, date) => policyUnder(startedBy(date), region),
    byVersion: (region, version) => {
      const [day = '', highest = ''] = version.split('.');
      const date = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
      const named = startedBy(date).filter(({ number }) => number <= Number(highest));
      return versionOf(named) === version ? policyUnder(named, region) : undefined;
    },
  };
};
