/** Where a value in force comes from. */
import type { RegionCode } from '@time-bank/contracts/region';
import type { CivilDate } from '@time-bank/contracts/time';
import { catalogue } from './catalogue.ts';
import { type PolicyChange, decidedKeys } from './policy-change.ts';
import { loosens } from './plan-change.ts';
import type { PolicyBook } from './policy-book.ts';
import type { ValueKey } from './policy-values.ts';
import { levelOf, mayDecide, pathTo, regionAbove } from './region-level.ts';

/** The region whose decision it is, and the decision's number. */
export interface Origin {
  readonly region: RegionCode;
  readonly number: number;
}

/** The last words of a region on what it may decide, by their values. */
const lastWords = (book: PolicyBook, place: RegionCode, date: CivilDate): Map<ValueKey, PolicyChange> => {
  const level = levelOf(place);
  const inOrder = book.changes
    .filter(({ region, validFrom }) => region === place && validFrom <= date)
    .toSorted((a, b) => a.validFrom.localeCompare(b.validFrom));
  return new Map(
    inOrder.flatMap((change) =>
      decidedKeys(change.values)
        .filter((key) => level !== undefined && mayDecide(level, catalogue[key].level))
        .map((key): [ValueKey, PolicyChange] => [key, change]),
    ),
  );
};

/**
 * The origin of every value that is not a default, for a region of any level on a day. What is tighter above
 * goes before what a region decided itself, and is named instead.
 */
export const originsOf = (
  book: PolicyBook,
  region: RegionCode,
  date: CivilDate,
): ReadonlyMap<ValueKey, Origin> => {
  const origins = new Map<ValueKey, Origin>();
  for (const place of pathTo(region)) {
    const above = book.inForce(regionAbove(place), date);
    for (const [key, change] of lastWords(book, place, date)) {
      if (!loosens(above, key, change.values[key]))
        origins.set(key, { region: place, number: change.number });
    }
  }
  return origins;
};
