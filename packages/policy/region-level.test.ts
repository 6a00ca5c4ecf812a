import { describe, expect, it } from 'vitest';
import { levelOf, mayDecide, pathTo, regionAbove, regionLevels } from './region-level.ts';

describe('the tree of regions', () => {
  it.each([
    ['34', 'province', '', ['34']],
    ['3413', 'city', '34', ['34', '3413']],
    ['341302', 'county', '3413', ['34', '3413', '341302']],
    ['341302001', 'township', '341302', ['34', '3413', '341302', '341302001']],
    ['341302001003', 'community', '341302001', ['34', '3413', '341302', '341302001', '341302001003']],
  ])('%s is a %s under "%s"', (code, level, above, path) => {
    expect(levelOf(code)).toBe(level);
    expect(regionAbove(code)).toBe(above);
    expect(pathTo(code)).toEqual(path);
  });

  it.each(['', '3', '341', '34130', 'ab', '3413020010031'])('"%s" is no region', (code) => {
    expect(levelOf(code)).toBeUndefined();
  });

  it('has nothing above the country', () => {
    expect(pathTo('')).toEqual([]);
  });
});

it.each([
  ['lock', []],
  ['province', ['province']],
  ['city', ['province', 'city']],
  ['county', ['province', 'city', 'county']],
] as const)('a value with lowest level %s is decided by %j', (lowest, deciders) => {
  expect(regionLevels.filter((level) => mayDecide(level, lowest))).toEqual(deciders);
});
