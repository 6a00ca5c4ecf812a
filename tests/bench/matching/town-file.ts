/**
 * Towns and plans as files, so that others can run their own planner against the same towns: README "Files". Sets are
 * lists, maps are objects; all else is as in `packages/matching/week-problem.ts`.
 */
import { Gender, Language, Point } from '@time-bank/contracts/member';
import { CommunityCode } from '@time-bank/contracts/region';
import type { PlanPair, WeekProblem } from '@time-bank/matching/week-problem';
import * as z from 'zod/mini';
import { LAW_VERSION, type TownSize, townSizes } from './town-law.ts';

const minute = z.int().check(z.gte(0), z.lte(10_080));
const Stretch = z.strictObject({ fromMinute: minute, toMinute: minute });
const Asked = z.strictObject({ languages: z.array(Language), gender: z.exactOptional(Gender) });
const Pair = z.strictObject({ visitKey: z.string(), volunteerId: z.string(), startMinute: minute });

const Volunteer = z.strictObject({
  volunteerId: z.string(),
  communityCode: CommunityCode,
  point: z.exactOptional(Point),
  mode: z.enum(['walk', 'bicycle', 'bus', 'car']),
  free: z.array(Stretch),
  booked: z.array(Stretch),
  visitsMax: z.int(),
  minutesMax: z.int(),
  dayMinutesMax: z.int(),
  gender: Gender,
  languages: z.array(Language),
  visitsTo: z.record(z.string(), z.int()),
  apart: z.array(z.string()),
  services: z.array(z.string()),
  readyUntil: z.exactOptional(minute),
});

const Visit = z.strictObject({
  visitKey: z.string(),
  elderId: z.string(),
  tier: z.int(),
  communityCode: CommunityCode,
  point: z.exactOptional(Point),
  serviceCode: z.string(),
  minutes: z.int(),
  windows: z.array(Stretch),
  persons: z.union([z.literal(1), z.literal(2)]),
  wishes: Asked,
  musts: Asked,
});

/** A town's week as a file. `law`: the version of the distributions that it was drawn from. */
export const TownFile = z.strictObject({
  format: z.literal('time-bank-week-problem'),
  version: z.literal(1),
  town: z.enum(townSizes),
  law: z.int(),
  volunteers: z.array(Volunteer),
  visits: z.array(Visit),
  locked: z.array(Pair),
  forbidden: z.array(z.strictObject({ elderId: z.string(), volunteerId: z.string() })),
  rules: z.strictObject({ reachKm: z.number(), seatMinutes: z.int() }),
});
/** A town's week as a file. */
export type TownFile = z.infer<typeof TownFile>;

/** A plan as a file; whatever else its planner says of it is not looked at. */
export const PlanFile = z.object({
  format: z.literal('time-bank-week-plan'),
  version: z.literal(1),
  town: z.enum(townSizes),
  law: z.int(),
  pairs: z.array(Pair),
});
/** A plan as a file. */
export type PlanFile = z.infer<typeof PlanFile>;

/** A town's week as it is written to a file. */
export const townFile = (town: TownSize, { previous: _previous, ...problem }: WeekProblem): TownFile => ({
  format: 'time-bank-week-problem',
  version: 1,
  town,
  law: LAW_VERSION,
  volunteers: problem.volunteers.map((volunteer) => ({
    ...volunteer,
    free: [...volunteer.free],
    booked: [...volunteer.booked],
    languages: [...volunteer.languages],
    visitsTo: Object.fromEntries(volunteer.visitsTo),
    apart: [...volunteer.apart],
    services: [...volunteer.services],
  })),
  visits: problem.visits.map((visit) => ({
    ...visit,
    windows: [...visit.windows],
    wishes: { ...visit.wishes, languages: [...visit.wishes.languages] },
    musts: { ...visit.musts, languages: [...visit.musts.languages] },
  })),
  locked: [...problem.locked],
  forbidden: [...problem.forbidden],
  rules: { ...problem.rules },
});

/** The week in a town's file. Throws where it is none. */
export const readTownFile = (text: string): WeekProblem => {
  const { volunteers, visits, locked, forbidden, rules } = TownFile.parse(JSON.parse(text));
  return {
    volunteers: volunteers.map((volunteer) => ({
      ...volunteer,
      visitsTo: new Map(Object.entries(volunteer.visitsTo)),
      apart: new Set(volunteer.apart),
      services: new Set(volunteer.services),
    })),
    visits,
    locked,
    forbidden,
    rules,
  };
};

/** A plan as it is written to a file. */
export const planFile = (town: TownSize, pairs: readonly PlanPair[]): PlanFile => ({
  format: 'time-bank-week-plan',
  version: 1,
  town,
  law: LAW_VERSION,
  pairs: [...pairs],
});

/** The pairs of a plan's file for this town. Throws where it is none, or of another town or law. */
export const readPlanFile = (text: string, town: TownSize): PlanPair[] => {
  const plan = PlanFile.parse(JSON.parse(text));
  if (plan.town !== town) throw new Error(`the plan is for ${plan.town}, not for ${town}`);
  if (plan.law !== LAW_VERSION) throw new Error('the plan is for a town of another law: export it again');
  return plan.pairs;
};
