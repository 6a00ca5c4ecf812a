/**
 * Statistical division codes (统计用区划代码): 2 digits province, 2 city, 2 county, 3 township, 3 village or
 * residents' committee. A region is a place in this tree; data reach is a prefix of the code.
 */
import * as z from 'zod/mini';

/** The full code of a village or residents' committee: 12 digits, e.g. `341302001003`. */
export const CommunityCode = z
  .string()
  .check(z.regex(/^\d{12}$/))
  .brand<'CommunityCode'>();
export type CommunityCode = z.infer<typeof CommunityCode>;

/** A region at any level: 2, 4, 6, 9 or 12 digits. */
export const RegionCode = z.string().check(z.regex(/^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12})$/));
export type RegionCode = z.infer<typeof RegionCode>;

/** A row of the register of regions. */
export const Region = z.strictObject({
  code: RegionCode,
  name: z.string().check(z.minLength(1), z.maxLength(60)),
});
export type Region = z.infer<typeof Region>;

/** The county (6 digits) of a community. */
export const countyOf = (code: CommunityCode): RegionCode => code.slice(0, 6);

/** The township or sub-district (9 digits) of a region at that level or below. */
export const townshipOf = (code: RegionCode): RegionCode => code.slice(0, 9);

/** True where `region` is the same as or lies within `reach`. */
export const liesWithin = (region: RegionCode, reach: RegionCode): boolean => region.startsWith(reach);
