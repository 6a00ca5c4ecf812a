/**
 * Where to look for whoever lives nearest, in which order: cells of the map in rings around a place, small ones first
 * and larger ones further out, so that neither a town nor a county is read to find a neighbour. No store: which homes
 * stand together in the list is said by `contracts/home-code`.
 */
import {
  CELL_LEVEL,
  type Cell,
  type HomeStretch,
  cellAt,
  codeOfCell,
  codeOfCommunity,
  communityMark,
  edgesOf,
} from '@time-bank/contracts/home-code';
import type { Point } from '@time-bank/contracts/member';
import { type CommunityCode, countyOf, townshipOf } from '@time-bank/contracts/region';
import { kilometresBetween } from './distance.ts';
import { usualKm } from './travel-time.ts';

/** Homes to look through, and how far away the nearest of them may be. */
export interface SearchPart {
  stretch: HomeStretch;
  km: number;
}

/** Around where to look; `turnAt`, an id: whose turn it is in a place where more live than are asked. */
export interface Around {
  communityCode: CommunityCode;
  point?: Point | undefined;
  reachKm: number;
  turnAt: string;
}

/** The first code that no longer begins as this one does. */
const pastAll = (code: string): string =>
  code.slice(0, -1) + String.fromCharCode(code.charCodeAt(code.length - 1) + 1);

const stretchOf = (code: string): HomeStretch => ({ from: code, before: pastAll(code) });

const clamped = (value: number, min: number, max: number): number => Math.min(max, Math.max(min, value));

/** From a point to the nearest edge of a cell, in kilometres; nothing within it. */
const kilometresTo = (point: Point, cell: Cell): number => {
  const { west, east, south, north } = edgesOf(cell);
  const nearest = {
    latitude: clamped(point.latitude, south, north),
    longitude: clamped(point.longitude, west, east),
  };
  return kilometresBetween(point, nearest);
};

/** The cell around a point and the eight beside it; fewer at the edge of the map. */
const ninesAround = (point: Point, level: number): Cell[] => {
  const { column, row } = cellAt(point, level);
  const lines = [-1, 0, 1];
  const isThere = (place: number): boolean => place >= 0 && place < 2 ** level;
  return lines
    .flatMap((up) => lines.map((right) => ({ level, column: column + right, row: row + up })))
    .filter((cell) => isThere(cell.column) && isThere(cell.row));
};

const quartersOf = ({ level, column, row }: Cell): Cell[] =>
  [0, 1].flatMap((up) =>
    [0, 1].map((right) => ({ level: level + 1, column: column * 2 + right, row: row * 2 + up })),
  );

/** The cells of a size around a point without those that were read as smaller ones: whole where nothing of them was. */
const ringAround = (point: Point, level: number): Cell[] => {
  const inner = new Set(ninesAround(point, level + 1).map(codeOfCell));
  return ninesAround(point, level).flatMap((cell) => {
    const quarters = quartersOf(cell);
    const outside = quarters.filter((quarter) => !inner.has(codeOfCell(quarter)));
    return outside.length === quarters.length ? [cell] : outside;
  });
};

/** The smallest cells, each in two parts: who comes next there, and then those before them. */
const turnsOf = (point: Point, turnAt: string): SearchPart[] =>
  ninesAround(point, CELL_LEVEL).flatMap((cell) => {
    const km = kilometresTo(point, cell);
    const stretch = stretchOf(codeOfCell(cell));
    return (['after', 'before'] as const).map((part) => ({
      km,
      stretch: { ...stretch, turn: { at: turnAt, part } },
    }));
  });

const cellsAround = (point: Point, { reachKm, turnAt }: Around): SearchPart[] => {
  const parts = turnsOf(point, turnAt);
  for (let level = CELL_LEVEL - 1; level > 0; level -= 1) {
    const ring = ringAround(point, level)
      .map((cell) => ({ km: kilometresTo(point, cell), stretch: stretchOf(codeOfCell(cell)) }))
      .filter(({ km }) => km <= reachKm);
    if (ring.length === 0) break;
    parts.push(...ring);
  }
  return parts;
};

/** Those of whom only the community is known: of this one, of the rest of its township, of the rest of its county. */
const communitiesAround = (communityCode: CommunityCode): SearchPart[] => {
  const [own, township, county] = [communityCode, townshipOf(communityCode), countyOf(communityCode)].map(
    (code) => stretchOf(codeOfCommunity(code)),
  );
  if (own === undefined || township === undefined || county === undefined) return [];
  const around = (outer: HomeStretch, inner: HomeStretch, km: number): SearchPart[] => [
    { km, stretch: { from: outer.from, before: inner.from } },
    { km, stretch: { from: inner.before, before: outer.before } },
  ];
  return [
    { km: usualKm.same_community, stretch: own },
    ...around(township, own, usualKm.same_township),
    ...around(county, township, usualKm.same_county),
  ];
};

/** Everybody whose home is known, for a place of which nobody knows where it is. */
const everyCell: SearchPart = { km: usualKm.same_county, stretch: { from: '0', before: communityMark } };

/**
 * The parts of a county's volunteers in the order in which to look through them. Once a part has been read, whoever was
 * not read yet lives no nearer than the next part says; within the smallest cell, a kilometre at most, there is no order
 * by distance. Nobody stands in two parts.
 */
export const searchAround = (around: Around): SearchPart[] => {
  const { point, communityCode } = around;
  const cells = point === undefined ? [everyCell] : cellsAround(point, around);
  return [...cells, ...communitiesAround(communityCode)].sort((one, other) => one.km - other.km);
};
