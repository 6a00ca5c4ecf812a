/** How somebody gets about of whom nobody has asked it. */
import type { TravelMode } from './week-problem.ts';

/** From this age on somebody is taken to walk; the age at which the load of volunteers is limited, too. A proposal. */
const WALKS_FROM_YEARS = 70;

/** The usual way of going a few kilometres at an age: by bicycle or electric bicycle, later on foot. */
export const usualModeOf = (ageYears: number): TravelMode =>
  ageYears >= WALKS_FROM_YEARS ? 'walk' : 'bicycle';
