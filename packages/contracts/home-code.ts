/**
 * Where a volunteer is at home, as coarsely as it takes to find them: a cell of a map that is cut in four again and
 * again. A code is longer the smaller its cell, and begins with the codes of all larger cells around it, so that cells
 * of any size are stretches of one list. The smallest are 0.61 km high and, in China, 0.8 to 1.2 km wide: a quarter of
 * a town, never a house. Source: Morton, A computer oriented geodetic data base (1966); as geohash, in fours.
 */
import type { Member, Point } from './member.ts';
import type { CommunityCode } from './region.ts';
import type { VolunteerState } from './volunteering.ts';

/** How often the map is cut in four for the smallest cells. */
export const CELL_LEVEL = 15;

/** A cell by its size and place: `column` from west to east, `row` from south to north, each below 2 to the `level`. */
export interface Cell {
  level: number;
  column: number;
  row: number;
}

/** The cell of a size in which a point lies; the poles and the date line belong to the cells beside them. */
export const cellAt = ({ latitude, longitude }: Point, level: number): Cell => {
  const last = 2 ** level - 1;
  const placeOf = (share: number): number => Math.min(last, Math.floor(share * 2 ** level));
  return { level, column: placeOf((longitude + 180) / 360), row: placeOf((latitude + 90) / 180) };
};

/** The code of a cell: one digit from 0 to 3 for each time that the map was cut. */
export const codeOfCell = ({ level, column, row }: Cell): string =>
  Array.from({ length: level }, (_, index) => {
    const size = 2 ** (level - 1 - index);
    return String((Math.floor(row / size) % 2) * 2 + (Math.floor(column / size) % 2));
  }).join('');

/** The edges of a cell, in degrees. */
export const edgesOf = ({ level, column, row }: Cell) => {
  const [width, height] = [360 / 2 ** level, 180 / 2 ** level];
  const [west, south] = [column * width - 180, row * height - 90];
  return { west, south, east: west + width, north: south + height };
};

/** The code of whoever is at home somewhere in a community, nobody knows where. */
export const codeOfCommunity = (communityCode: string): string => `C${communityCode}`;
/** Begins the code of everybody of whom only the community is known. */
export const communityMark = 'C';
/** The code of whoever is not sent to anybody: nobody looks for them by their home, so it says nothing of it. */
export const notSentCode = 'N';

/** All who stand in the list by their ids, as everybody did before there were codes; nobody finds them by their home. */
export const withoutCode: HomeStretch = { from: 'mem_', before: 'mem`' };

/** Who can be sent today or when a pause ends. */
const sent: readonly VolunteerState[] = ['active', 'paused'];

/** The code under which a volunteer is found; it changes when they move, begin or end. */
export const homeCodeOf = ({
  point,
  communityCode,
  volunteering,
}: Pick<Member, 'point' | 'volunteering'> & { communityCode: CommunityCode }): string => {
  if (volunteering === undefined || !sent.includes(volunteering.state)) return notSentCode;
  return point === undefined ? codeOfCommunity(communityCode) : codeOfCell(cellAt(point, CELL_LEVEL));
};

/**
 * Homes with codes from `from` on and before `before`. `turn`, for one smallest cell: those of its people who come
 * after somebody's place in its order, or those up to it; so that it is not always the same people who come first.
 */
export interface HomeStretch {
  from: string;
  before: string;
  turn?: { at: string; part: 'after' | 'before' };
}
