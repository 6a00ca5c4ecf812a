import { expect, it } from 'vitest';
import { walk } from './walk.ts';

/** Partitions with so many items each, read `limit` at a time; the place is how many were read. */
const shelf = (sizes: Record<string, number>) => {
  const reads: string[] = [];
  const read = (part: string, { limit, cursor }: { limit: number; cursor: string | undefined }) => {
    reads.push(part);
    const from = Number(cursor ?? '0');
    const to = Math.min(from + limit, sizes[part] ?? 0);
    const items = Array.from({ length: to - from }, (_, index) => `${part}.${String(from + index)}`);
    return Promise.resolve({ items, ...(to < (sizes[part] ?? 0) ? { cursor: String(to) } : {}) });
  };
  return { parts: Object.keys(sizes), read, reads };
};

const everything = async (sizes: Record<string, number>, limit: number): Promise<string[]> => {
  const { parts, read } = shelf(sizes);
  const all: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await walk(parts, { limit, cursor }, read);
    all.push(...(page?.items ?? []));
    cursor = page?.cursor;
  } while (cursor !== undefined);
  return all;
};

it.each([1, 2, 3, 4, 100])('every item comes once and in order, %i at a time', async (limit) => {
  expect(await everything({ a: 3, b: 0, c: 2 }, limit)).toEqual(['a.0', 'a.1', 'a.2', 'c.0', 'c.1']);
});

it('many empty parts are not all read for one page', async () => {
  const sizes = Object.fromEntries(
    Array.from({ length: 30 }, (_, index) => [`p${String(index)}`, index === 29 ? 1 : 0]),
  );
  const { parts, read, reads } = shelf(sizes);
  const page = await walk(parts, { limit: 5 }, read);
  expect(page).toEqual({ items: [], cursor: 'p8-' });
  expect(reads).toHaveLength(8);
  expect(await everything(sizes, 5)).toEqual(['p29.0']);
});

it('a cursor of another list is none of ours', async () => {
  const { parts, read } = shelf({ a: 1 });
  expect(await walk(parts, { limit: 1, cursor: 'z-' }, read)).toBeUndefined();
  expect(await walk(parts, { limit: 1, cursor: 'nonsense' }, read)).toBeUndefined();
});
