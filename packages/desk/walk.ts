/** One list over several partitions, one after the other, page by page. */
import type { Page } from './ports.ts';

/** A page looks into this many partitions at most: many empty ones do not make anybody wait. */
const PARTS_A_PAGE = 8;

/**
 * A page of `limit` items at most over `parts` in their order. The cursor is `<part>-<place in it>`; parts have no
 * hyphen. Undefined where the cursor names none of the parts.
 */
export const walk = async <T>(
  parts: readonly string[],
  { limit, cursor }: { limit: number; cursor?: string | undefined },
  read: (part: string, page: { limit: number; cursor: string | undefined }) => Promise<Page<T>>,
): Promise<Page<T> | undefined> => {
  const hyphen = cursor?.indexOf('-') ?? -1;
  const first = cursor === undefined ? 0 : parts.indexOf(cursor.slice(0, hyphen));
  if (first < 0) return undefined;
  const items: T[] = [];
  let place = cursor === undefined || cursor.length === hyphen + 1 ? undefined : cursor.slice(hyphen + 1);
  for (const [index, part] of parts.slice(first, first + PARTS_A_PAGE).entries()) {
    do {
      const page = await read(part, { limit: limit - items.length, cursor: place });
      items.push(...page.items);
      place = page.cursor;
      if (items.length < limit) continue;
      const next = place === undefined ? parts[first + index + 1] : part;
      return { items, ...(next === undefined ? {} : { cursor: `${next}-${place ?? ''}` }) };
    } while (place !== undefined);
  }
  const next = parts[first + PARTS_A_PAGE];
  return { items, ...(next === undefined ? {} : { cursor: `${next}-` }) };
};
