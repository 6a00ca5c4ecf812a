/** Who lives within so many kilometres: a grid, so that a city is not compared with itself. */
import { kilometresBetween } from '@time-bank/matching/distance';
import type { Point } from '@time-bank/contracts/member';

/** A neighbour and how far away they live, kilometres as the crow flies. */
export interface Neighbour<T> {
  who: T;
  km: number;
}

/** Neighbours within `km` of a point, the nearest first, equals in the order in which they were given. */
export type Near<T> = (point: Point, km: number) => Neighbour<T>[];

const CELL_DEGREES = 0.02;
const KM_PER_DEGREE = 111.1;

const cellOf = (degrees: number): number => Math.floor(degrees / CELL_DEGREES);

/**
 * Puts people on a grid; whoever has no point is nowhere near. Not for places near a pole or the 180th meridian.
 */
export const nearBy = <T extends { point?: Point }>(people: readonly T[]): Near<T> => {
  const cells = new Map<string, { who: T; point: Point }[]>();
  for (const who of people) {
    const { point } = who;
    if (point === undefined) continue;
    const cell = `${cellOf(point.latitude)}:${cellOf(point.longitude)}`;
    const there = cells.get(cell);
    if (there === undefined) cells.set(cell, [{ who, point }]);
    else there.push({ who, point });
  }
  return (point, km) => {
    const north = km / KM_PER_DEGREE;
    const east = north / Math.cos((point.latitude * Math.PI) / 180);
    const found: Neighbour<T>[] = [];
    for (let row = cellOf(point.latitude - north); row <= cellOf(point.latitude + north); row += 1) {
      for (
        let column = cellOf(point.longitude - east);
        column <= cellOf(point.longitude + east);
        column += 1
      ) {
        for (const placed of cells.get(`${row}:${column}`) ?? []) {
          const away = kilometresBetween(point, placed.point);
          if (away <= km) found.push({ who: placed.who, km: away });
        }
      }
    }
    return found.sort((one, other) => one.km - other.km);
  };
};
