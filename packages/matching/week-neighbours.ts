/** Volunteers near a place, found by squares on the map, so that a city is never looked at as a whole. */
import type { Point } from '@time-bank/contracts/member';
import { countyOf, townshipOf } from '@time-bank/contracts/region';
import { type Place, usualKm } from './travel-time.ts';

const KM_PER_DEGREE = 111.2;
/** Squares are a little larger than the reach, so that roundings never hide a neighbour. */
const SLACK = 1.01;
/** Nearer to a pole than this degrees of longitude are too short to be counted in squares; nobody lives there. */
const LATITUDE_MAX = 85;

const add = (lists: Map<string, number[]>, key: string, index: number): void => {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [index]);
  else list.push(index);
};

/** Finds the indices of all volunteers who may be within reach of a place, each once, in rising order by group. */
export type Neighbours = (place: Place) => Iterable<number>;

const regionKeys = ({ communityCode }: Place): string[] => [
  communityCode,
  townshipOf(communityCode),
  countyOf(communityCode),
];

const reachedRegion = (place: Place, reachKm: number): string | undefined => {
  const [community, township, county] = regionKeys(place);
  if (usualKm.same_county <= reachKm) return county;
  if (usualKm.same_township <= reachKm) return township;
  return usualKm.same_community <= reachKm ? community : undefined;
};

interface Squares {
  row: (point: Point) => number;
  column: (point: Point) => number;
}

const squaresFor = (points: readonly Point[], reachKm: number): Squares => {
  const latitude = points.reduce((most, point) => Math.max(most, Math.abs(point.latitude)), 0);
  const rowDegrees = (reachKm * SLACK) / KM_PER_DEGREE;
  const columnDegrees =
    rowDegrees / Math.cos((Math.min(latitude + rowDegrees, LATITUDE_MAX) * Math.PI) / 180);
  return {
    row: (point) => Math.floor(point.latitude / rowDegrees),
    column: (point) => Math.floor(point.longitude / columnDegrees),
  };
};

/**
 * The neighbours among `volunteers` within `reachKm`; those found may still be a little further away. Where a point
 * is missing, region stands for distance, as in `kilometresApart`.
 */
export const neighboursOf = (volunteers: readonly Place[], reachKm: number): Neighbours => {
  const points = volunteers.flatMap(({ point }) => (point === undefined ? [] : [point]));
  const { row, column } = squaresFor(points, Math.max(reachKm, 0.1));
  const squares = new Map<string, number[]>();
  const placeless = new Map<string, number[]>();
  const everybody = new Map<string, number[]>();
  volunteers.forEach((volunteer, index) => {
    if (volunteer.point !== undefined)
      add(squares, `${row(volunteer.point)}/${column(volunteer.point)}`, index);
    for (const key of regionKeys(volunteer)) {
      add(everybody, key, index);
      if (volunteer.point === undefined) add(placeless, key, index);
    }
  });
  return function* near(place) {
    const region = reachedRegion(place, reachKm);
    if (place.point === undefined) {
      yield* everybody.get(region ?? '') ?? [];
      return;
    }
    yield* placeless.get(region ?? '') ?? [];
    const [middleRow, middleColumn] = [row(place.point), column(place.point)];
    for (let up = -1; up <= 1; up += 1)
      for (let right = -1; right <= 1; right += 1)
        yield* squares.get(`${middleRow + up}/${middleColumn + right}`) ?? [];
  };
};
