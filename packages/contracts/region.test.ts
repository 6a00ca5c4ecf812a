import { describe, expect, it } from 'vitest';
import { CommunityCode, Region, RegionCode, countyOf, liesWithin, townshipOf } from './region.ts';

const HOME = CommunityCode.parse('341302001003');

it.each(['34', '3413', '341302', '341302001', '341302001003'])('%s is a region', (code) => {
  expect(RegionCode.safeParse(code).success).toBe(true);
});

it.each(['', '3', '341', '34130', '3413020', '34130200', '3413020010', '3413020010031', '34130a', '34 '])(
  '"%s" is no region',
  (code) => {
    expect(RegionCode.safeParse(code).success).toBe(false);
  },
);

it('a community has all twelve digits', () => {
  expect(CommunityCode.safeParse('341302001').success).toBe(false);
  expect(CommunityCode.safeParse('341302001003').success).toBe(true);
});

it('a community lies in its township and its county', () => {
  expect(townshipOf(HOME)).toBe('341302001');
  expect(countyOf(HOME)).toBe('341302');
});

describe('a reach', () => {
  it.each([
    { reach: '34', within: true },
    { reach: '341302', within: true },
    { reach: '341302001003', within: true },
    { reach: '341302001004', within: false },
    { reach: '341303', within: false },
    { reach: '35', within: false },
  ])('of $reach covers the community: $within', ({ reach, within }) => {
    expect(liesWithin(HOME, reach)).toBe(within);
  });

  it('of a community does not cover the township above it', () => {
    expect(liesWithin('341302001', HOME)).toBe(false);
  });
});

it('a region in the register has a name', () => {
  expect(Region.safeParse({ code: '34', name: '' }).success).toBe(false);
  expect(Region.safeParse({ code: '34', name: '安徽省' }).success).toBe(true);
});
