/** What can be asked for in a community, with the names that the region gives it. */
import type { ServiceRow } from '@time-bank/contracts/request-life';
import { answerOf } from './answer.ts';
import { api } from './client.ts';

/** A service as a community offers it: names in all languages, whole minutes, the hours of the day. */
export type Service = ServiceRow;

/** The services of a community; of one's own where none is named. */
export const readServices = (communityCode?: string) =>
  answerOf(api.services.$get({ query: { communityCode } }));

/** The service with this code, where it is offered. */
export const serviceOf = (services: readonly Service[], code: string): Service | undefined =>
  services.find((service) => service.code === code);

/**
 * The services that a resident chooses from: a volunteer may come without a licence, whoever pays can pay for it, and
 * it is meant for somebody of this ability, where that was assessed. Everything else is talked about first.
 */
export const servicesFor = (
  services: readonly Service[],
  { paidBy, abilityLevel }: { paidBy: 'hours' | 'community'; abilityLevel: number | undefined },
): Service[] =>
  services.filter(
    ({ madeBy, needsLicence, levels: [least, most], withHours, byCommunity }) =>
      madeBy === 'volunteer' &&
      !needsLicence &&
      (paidBy === 'hours' ? withHours : byCommunity) &&
      (abilityLevel === undefined || (abilityLevel >= least && abilityLevel <= most)),
  );

const USUAL_MINUTES = [15, 30, 45, 60, 90, 120, 150, 180, 240, 360, 480];
const LENGTHS_MAX = 5;

/**
 * How long a service can be asked for, in whole minutes, rising: what is usual, and a few beside it within what the
 * region allows, five at most.
 */
export const lengthsOf = ({ defaultMinutes, minMinutes, maxMinutes }: Service): number[] => {
  const possible = [...new Set([...USUAL_MINUTES, minMinutes, defaultMinutes, maxMinutes])]
    .filter((minutes) => minutes >= minMinutes && minutes <= maxMinutes)
    .sort((one, other) => one - other);
  const below = possible.filter((minutes) => minutes < defaultMinutes).slice(-2);
  const above = possible.filter((minutes) => minutes >= defaultMinutes);
  return [...below, ...above].slice(0, LENGTHS_MAX);
};

const EARLIEST_HOUR = 8;
const LATEST_HOUR = 18;
const HOUR_MINUTES = 60;

/** The whole hours of the day, rising, at which a service of its shortest length can begin in daylight. */
export const hoursOf = ({ fromMinute, toMinute, minMinutes }: Service): number[] => {
  const hours: number[] = [];
  for (let hour = EARLIEST_HOUR; hour <= LATEST_HOUR; hour += 1) {
    const start = hour * HOUR_MINUTES;
    if (start >= fromMinute && start + minMinutes <= toMinute) hours.push(hour);
  }
  return hours;
};
