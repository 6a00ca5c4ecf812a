/** Weeks of a few people, made by hand for the tests of the benchmark. */
import { CommunityCode } from '@time-bank/contracts/region';
import type { PlanVisit, PlanVolunteer, WeekProblem } from '@time-bank/matching/week-problem';

const HOME = CommunityCode.parse('341302001003');
const POINT = { latitude: 33.64, longitude: 116.97 };

/** A place so many kilometres north of home. */
export const north = (km: number) => ({ ...POINT, latitude: POINT.latitude + km / 111.2 });

/** Monday morning from nine to twelve. */
export const MONDAY = { fromMinute: 540, toMinute: 720 };

/** Somebody who lives at home, is free on Monday morning, and may make three visits. */
export const aVolunteer = (volunteerId: string, change: Partial<PlanVolunteer> = {}): PlanVolunteer => ({
  volunteerId,
  communityCode: HOME,
  point: POINT,
  mode: 'walk',
  free: [MONDAY],
  booked: [],
  visitsMax: 3,
  minutesMax: 600,
  dayMinutesMax: 240,
  gender: 'female',
  languages: ['cmn'],
  visitsTo: new Map(),
  apart: new Set(),
  services: new Set(['B01']),
  ...change,
});

/** An hour's visit at home on Monday morning to an elder of the same name. */
export const aVisit = (visitKey: string, change: Partial<PlanVisit> = {}): PlanVisit => ({
  visitKey,
  elderId: visitKey,
  tier: 0,
  communityCode: HOME,
  point: POINT,
  serviceCode: 'B01',
  minutes: 60,
  windows: [MONDAY],
  persons: 1,
  wishes: { languages: [] },
  musts: { languages: [] },
  ...change,
});

/** A week of these people. */
export const aWeek = (
  volunteers: readonly PlanVolunteer[],
  visits: readonly PlanVisit[],
  change: Partial<WeekProblem> = {},
): WeekProblem => ({
  volunteers,
  visits,
  locked: [],
  forbidden: [],
  rules: { reachKm: 5, seatMinutes: 90 },
  ...change,
});
