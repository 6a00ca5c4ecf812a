/** How far two homes are apart. */
import type { Point } from '@time-bank/contracts/member';
import { type CommunityCode, countyOf, townshipOf } from '@time-bank/contracts/region';

const EARTH_RADIUS_KM = 6371;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Great-circle distance in kilometres (haversine). */
export const kilometresBetween = (a: Point, b: Point): number => {
  const half =
    Math.sin(radians(b.latitude - a.latitude) / 2) ** 2 +
    Math.cos(radians(a.latitude)) *
      Math.cos(radians(b.latitude)) *
      Math.sin(radians(b.longitude - a.longitude) / 2) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(half));
};

/** The smallest region that two communities share. */
export type Neighbourhood = 'same_community' | 'same_township' | 'same_county' | 'elsewhere';

/** The smallest region that two communities share. */
export const neighbourhoodOf = (a: CommunityCode, b: CommunityCode): Neighbourhood => {
  if (a === b) return 'same_community';
  if (townshipOf(a) === townshipOf(b)) return 'same_township';
  if (countyOf(a) === countyOf(b)) return 'same_county';
  return 'elsewhere';
};
