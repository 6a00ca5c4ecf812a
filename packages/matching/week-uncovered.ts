/** Why a visit has nobody, and who would cover it. */
import {
  DAY_MINUTES,
  type PersonObstacle,
  bookedMinutes,
  dayOf,
  fittingDays,
  obstacleTo,
} from './week-fit.ts';
import type { WeekNetwork } from './week-network.ts';
import type {
  PlanVisit,
  PlanVolunteer,
  Stretch,
  Uncovered,
  UncoveredReason,
  WouldCover,
} from './week-problem.ts';

/** In the order in which volunteers drop out; who gets furthest gives the reason. */
const obstacles: readonly PersonObstacle[] = [
  'nobody_in_reach',
  'no_papers',
  'kept_apart',
  'language',
  'gender',
];

const isFreeFor = (visit: PlanVisit, volunteer: PlanVolunteer): boolean => {
  if (visit.minutes > volunteer.minutesMax || volunteer.visitsMax < 1) return false;
  const days = fittingDays(visit, volunteer.free);
  return Array.from({ length: 7 }, (_, day) => day).some(
    (day) =>
      (days & (1 << day)) !== 0 &&
      bookedMinutes(volunteer.booked, day) + visit.minutes <= volunteer.dayMinutesMax,
  );
};

const reasonFor = (network: WeekNetwork, visit: PlanVisit): UncoveredReason => {
  const { reachKm } = network.problem.rules;
  let furthest = -1;
  let free = 0;
  for (const index of network.near(visit)) {
    const volunteer = network.volunteers[index];
    if (volunteer === undefined) continue;
    const obstacle = obstacleTo(visit, volunteer, { reachKm, forbidden: network.forbidden });
    furthest = Math.max(furthest, obstacle === undefined ? obstacles.length : obstacles.indexOf(obstacle));
    if (obstacle === undefined && isFreeFor(visit, volunteer)) free += 1;
  }
  if (furthest < obstacles.length) return obstacles[Math.max(0, furthest)] ?? 'nobody_in_reach';
  if (free === 0) return 'nobody_free_then';
  return free < visit.persons ? 'second_person_missing' : 'all_taken';
};

/** The longest time in which the visit may be, the first of several; any day where it has none. */
const widestWindow = ({ windows }: PlanVisit): Stretch =>
  windows.reduce<Stretch | undefined>(
    (widest, window) =>
      widest === undefined || window.toMinute - window.fromMinute > widest.toMinute - widest.fromMinute
        ? window
        : widest,
    undefined,
  ) ?? { fromMinute: 0, toMinute: DAY_MINUTES };

const wouldCover = (visit: PlanVisit): WouldCover => {
  const { fromMinute, toMinute } = widestWindow(visit);
  const day = dayOf(fromMinute);
  return {
    languages: visit.musts.languages,
    ...(visit.musts.gender === undefined ? {} : { gender: visit.musts.gender }),
    weekday: day + 1,
    fromMinute: fromMinute - day * DAY_MINUTES,
    toMinute: toMinute - day * DAY_MINUTES,
    communityCode: visit.communityCode,
  };
};

/** What is said of a visit that nobody makes; times are minutes of the day. */
export const uncoveredOf = (network: WeekNetwork, visit: PlanVisit): Uncovered => ({
  visitKey: visit.visitKey,
  reason: reasonFor(network, visit),
  would: wouldCover(visit),
});
