/** Lists that stay in order: what partitions and indexes are to a table. */
import { InvalidCursor, type Page } from '@time-bank/desk/ports';

/** A thing and the value by which it is sorted. */
export interface Row<T> {
  sort: string;
  value: T;
}

/** Which part of a list to read. A bound may be the beginning of a sort value. */
export interface Bounds {
  /** First sort value that belongs. */
  from?: string;
  /** First sort value that no longer belongs. */
  before?: string;
  newestFirst?: boolean;
  limit: number;
}

/** Lists by name; in each, one thing at most for a sort value, in the order of the sort values. */
export interface SortedLists<T> {
  /** Puts a thing into a list, over what stands there under its sort value. */
  put: (list: string, sort: string, value: T) => void;
  /** Takes out what stands under a sort value, if anything. */
  remove: (list: string, sort: string) => void;
  /** What stands under a sort value. */
  find: (list: string, sort: string) => T | undefined;
  /** The first things within the bounds, `limit` at most. */
  read: (list: string, bounds: Bounds) => T[];
  /** The same, page by page: see `pageOf`. */
  page: (list: string, bounds: Bounds & { cursor?: string | undefined }) => Page<T>;
}

/** Parts the name of a list from the place in it; neither has one. */
const PART = '\n';

const cursorAt = (list: string, sort: string): string =>
  Buffer.from(`${list}${PART}${sort}`).toString('base64url');

/** The sort value to go on after. Throws InvalidCursor. */
const placeOf = (list: string, cursor: string): string => {
  const [name, place = ''] = Buffer.from(cursor, 'base64url').toString().split(PART);
  if (name !== list || place === '') throw new InvalidCursor('the cursor belongs to another list');
  return place;
};

/** How many rows stand before `sort`: where it is, or where it would be. */
const countBefore = <T>(rows: readonly Row<T>[], sort: string): number => {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = rows[middle];
    if (row !== undefined && row.sort < sort) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** The rows of a page, in its order. `place` is a row that was read already. */
const rowsWithin = <T>(rows: readonly Row<T>[], bounds: Bounds, place?: string): Row<T>[] => {
  const first = bounds.from === undefined ? 0 : countBefore(rows, bounds.from);
  const last = bounds.before === undefined ? rows.length : countBefore(rows, bounds.before);
  if (bounds.newestFirst === true) {
    const end = place === undefined ? last : Math.min(last, countBefore(rows, place));
    return rows.slice(Math.max(first, end - bounds.limit), Math.max(first, end)).reverse();
  }
  if (place === undefined) return rows.slice(first, Math.min(last, first + bounds.limit));
  // A place that time has moved out of the bounds is their beginning.
  const at = countBefore(rows, place);
  const start = Math.max(first, rows[at]?.sort === place ? at + 1 : at);
  return rows.slice(start, Math.min(last, start + bounds.limit));
};

/**
 * A page of rows that stand in the order of their sort values. A full page has a cursor, even where nothing
 * follows, as DynamoDB's has. Throws InvalidCursor where the cursor is of another list.
 */
export const pageOf = <T>(
  list: string,
  rows: readonly Row<T>[],
  { cursor, ...bounds }: Bounds & { cursor?: string | undefined },
): Page<T> => {
  const place = cursor === undefined ? undefined : placeOf(list, cursor);
  const found = rowsWithin(rows, bounds, place);
  const end = found.length < bounds.limit ? undefined : found.at(-1);
  return {
    items: found.map(({ value }) => value),
    ...(end === undefined ? {} : { cursor: cursorAt(list, end.sort) }),
  };
};

/** Lists with nothing in them. */
export const sortedLists = <T>(): SortedLists<T> => {
  const lists = new Map<string, Row<T>[]>();
  const rowsOf = (list: string): readonly Row<T>[] => lists.get(list) ?? [];
  return {
    put: (list, sort, value) => {
      const rows = lists.get(list);
      if (rows === undefined) {
        lists.set(list, [{ sort, value }]);
        return;
      }
      const at = countBefore(rows, sort);
      rows.splice(at, rows[at]?.sort === sort ? 1 : 0, { sort, value });
    },
    remove: (list, sort) => {
      const rows = lists.get(list) ?? [];
      const at = countBefore(rows, sort);
      if (rows[at]?.sort !== sort) return;
      if (rows.length === 1) lists.delete(list);
      else rows.splice(at, 1);
    },
    find: (list, sort) => {
      const rows = rowsOf(list);
      const row = rows[countBefore(rows, sort)];
      return row?.sort === sort ? row.value : undefined;
    },
    read: (list, bounds) => rowsWithin(rowsOf(list), bounds).map(({ value }) => value),
    page: (list, bounds) => pageOf(list, rowsOf(list), bounds),
  };
};
