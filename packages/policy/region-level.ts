/** The levels of the tree of regions, by the digits of the code, and who may decide at which. */
import { RegionCode } from '@time-bank/contracts/region';

/** The levels, from the top down. */
export const regionLevels = ['province', 'city', 'county', 'township', 'community'] as const;

/** A level of the tree of regions. */
export type RegionLevel = (typeof regionLevels)[number];

/** The lowest level that may decide a value; `lock`: nobody, by law or by design. */
export type LowestLevel = 'lock' | 'province' | 'city' | 'county';

const digits = [2, 4, 6, 9, 12];

/** The region and all regions above it, the province first; nothing for what is not a region's code. */
export const pathTo = (region: RegionCode): RegionCode[] =>
  digits.filter((length) => length <= region.length).map((length) => region.slice(0, length));

/** The level of a region's code; undefined for what is not a code of 2, 4, 6, 9 or 12 digits. */
export const levelOf = (region: string): RegionLevel | undefined =>
  RegionCode.safeParse(region).success ? regionLevels[digits.indexOf(region.length)] : undefined;

/** The region above, `''` (the country) above a province. */
export const regionAbove = (region: RegionCode): RegionCode => pathTo(region).at(-2) ?? '';

/** True where a region of `level` may decide a value whose lowest level is `lowest`. */
export const mayDecide = (level: RegionLevel, lowest: LowestLevel): boolean =>
  lowest !== 'lock' && regionLevels.indexOf(level) <= regionLevels.indexOf(lowest);
