import { expect, it } from 'vitest';
import { oneByOne } from './one-by-one.ts';
import { Unavailable } from './ports.ts';

it('counts what was done', async () => {
  expect(await oneByOne([1, 2, 3], (number) => Promise.resolve(number === 2 ? false : number))).toBe(4);
});

it('one that breaks has no other wait, and is told at the end', async () => {
  const seen: number[] = [];
  const run = oneByOne([1, 2, 3], (number) => {
    seen.push(number);
    return number === 2 ? Promise.reject(new Error('torn')) : Promise.resolve(true);
  });
  await expect(run).rejects.toMatchObject({ errors: [new Error('torn')] });
  expect(seen).toEqual([1, 2, 3]);
});

it('where the store is away nobody else is tried', async () => {
  const seen: number[] = [];
  const run = oneByOne([1, 2, 3], (number) => {
    seen.push(number);
    return Promise.reject(new Unavailable('away'));
  });
  await expect(run).rejects.toBeInstanceOf(Unavailable);
  expect(seen).toEqual([1]);
});
