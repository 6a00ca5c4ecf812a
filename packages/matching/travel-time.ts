/**
 * How long the way from door to door takes, without any map service: great circle, times a factor for the detours of
 * streets, by the speed of the mode, plus what it costs to set out. All four figures are proposals: a factor of 1.3
 * is usual between the straight line and the street in built-up places; an older person walks about 4 km/h; a
 * bicycle or electric bicycle goes 12 km/h with crossings; a bus makes 15 km/h after 8 minutes of walking and
 * waiting; a car in town makes 24 km/h and needs 4 minutes to be parked.
 */
import type { Point } from '@time-bank/contracts/member';
import type { CommunityCode } from '@time-bank/contracts/region';
import { type Neighbourhood, kilometresBetween, neighbourhoodOf } from './distance.ts';
import type { TravelMode } from './week-problem.ts';

/** Where somebody lives: the community always, the point where it is known. */
export interface Place {
  communityCode: CommunityCode;
  point?: Point;
}

const DETOUR_FACTOR = 1.3;

const kmPerHour: Record<TravelMode, number> = { walk: 4, bicycle: 12, bus: 15, car: 24 };

const minutesToSetOut: Record<TravelMode, number> = { walk: 0, bicycle: 2, bus: 8, car: 4 };

/** What a neighbourhood stands for in kilometres where a point is not known: the usual way to the middle of it. */
export const usualKm: Record<Neighbourhood, number> = {
  same_community: 0.5,
  same_township: 2,
  same_county: 8,
  elsewhere: 60,
};

/** How far two places are apart as the crow flies; by the smallest region that they share where a point is missing. */
export const kilometresApart = (from: Place, to: Place): number =>
  from.point !== undefined && to.point !== undefined
    ? kilometresBetween(from.point, to.point)
    : usualKm[neighbourhoodOf(from.communityCode, to.communityCode)];

/** The length of the way by street in kilometres. */
export const wayKilometres = (from: Place, to: Place): number => kilometresApart(from, to) * DETOUR_FACTOR;

/** The time that a way of so many kilometres takes, in whole minutes, rounded up; none where there is no way. */
export const minutesOfWay = (km: number, mode: TravelMode): number =>
  km === 0 ? 0 : Math.ceil((km / kmPerHour[mode]) * 60 + minutesToSetOut[mode]);

/** The time of the way in whole minutes, rounded up; none between two doors that are the same. */
export const travelMinutes = (from: Place, to: Place, mode: TravelMode): number =>
  minutesOfWay(wayKilometres(from, to), mode);
