/** Small weeks with everything in them that makes a week hard; one seed, one week. */
import type { Gender, Language } from '@time-bank/contracts/member';
import { CommunityCode } from '@time-bank/contracts/region';
import type {
  PlanPair,
  PlanVisit,
  PlanVolunteer,
  Stretch,
  WeekProblem,
} from '@time-bank/matching/week-problem';
import { type Chance, chanceOf } from '../sim/random.ts';

const DAY = 1440;
const communities = ['341302001001', '341302001002', '341302002001'].map((code) => CommunityCode.parse(code));
const languages: Language[] = ['cmn', 'wanbei', 'yue'];
const genders: Gender[] = ['female', 'male'];

/** `withConstraints`: two together, fixed hours, second visits, ways that take long, locked and forbidden pairs. */
export interface WeekShape {
  elders: number;
  volunteers: number;
  withConstraints: boolean;
}

const someOf = <T>(chance: Chance, things: readonly T[], perMille: number): T[] =>
  things.filter(() => chance.perMille(perMille));

const aPlace = (chance: Chance): Pick<PlanVisit, 'communityCode' | 'point'> => ({
  communityCode: chance.pick(communities),
  ...(chance.perMille(850)
    ? { point: { latitude: 33.6 + chance.below(50) / 1000, longitude: 116.9 + chance.below(50) / 1000 } }
    : {}),
});

const halfDays = (chance: Chance, days: readonly number[], minutes: readonly number[]): Stretch[] =>
  days.map((day) => {
    const fromMinute = day * DAY + 480 + 60 * chance.below(8);
    return { fromMinute, toMinute: fromMinute + chance.pick(minutes) };
  });

const aVolunteer = (chance: Chance, at: number, withConstraints: boolean): PlanVolunteer => {
  const mode = withConstraints ? chance.pick(['walk', 'bicycle', 'bus', 'car'] as const) : 'car';
  const days = withConstraints ? someOf(chance, [0, 1, 2, 3], 450) : [0, 1, 2, 3, 4];
  return {
    volunteerId: `mem_v${String(at)}`,
    ...aPlace(chance),
    mode,
    // Without constraints one visit a day fits anywhere, so that nothing but the flow decides.
    free: withConstraints
      ? halfDays(chance, days, [60, 120, 200, 300])
      : days.map((day) => ({ fromMinute: day * DAY + 420, toMinute: day * DAY + 1300 })),
    booked: withConstraints && chance.perMille(200) ? [{ fromMinute: 420, toMinute: 480 }] : [],
    visitsMax: withConstraints ? chance.below(4) : 1,
    minutesMax: withConstraints ? chance.pick([90, 120, 240]) : 600,
    dayMinutesMax: withConstraints ? chance.pick([90, 150, 240]) : 600,
    gender: chance.pick(genders),
    languages: ['cmn', ...someOf(chance, ['wanbei', 'yue'] as const, 500)],
    visitsTo: new Map(),
    apart: new Set(),
    services: new Set(chance.perMille(850) ? ['B01', 'C01'] : ['B01']),
    ...(withConstraints && chance.perMille(100) ? { readyUntil: 2 * DAY + 700 } : {}),
  };
};

const windowsOf = (chance: Chance, minutes: number, withConstraints: boolean): Stretch[] => {
  if (!withConstraints)
    return [{ fromMinute: chance.below(3) * DAY + 480, toMinute: 4 * DAY + 1200 }].flatMap(eachDay);
  if (!chance.perMille(250)) return halfDays(chance, someOf(chance, [0, 1, 2, 3], 500), [90, 180, 400]);
  const fromMinute = chance.below(4) * DAY + 480 + 60 * chance.below(8);
  return [{ fromMinute, toMinute: fromMinute + minutes }];
};

const eachDay = ({ fromMinute, toMinute }: Stretch): Stretch[] => {
  const days: Stretch[] = [];
  for (let day = Math.floor(fromMinute / DAY); day * DAY < toMinute; day += 1)
    days.push({ fromMinute: day * DAY + 480, toMinute: day * DAY + 1200 });
  return days;
};

const visitsOf = (chance: Chance, at: number, withConstraints: boolean): PlanVisit[] => {
  const elder = {
    elderId: `mem_e${String(at)}`,
    tier: chance.below(3),
    ...aPlace(chance),
    wishes: {
      languages: someOf(chance, languages, 250),
      ...(chance.perMille(300) ? { gender: chance.pick(genders) } : {}),
    },
    musts: {
      languages: chance.perMille(120) ? [chance.pick(languages)] : [],
      ...(chance.perMille(120) ? { gender: chance.pick(genders) } : {}),
    },
  };
  const count = withConstraints && chance.perMille(250) ? 2 : 1;
  return Array.from({ length: count }, (_, part) => {
    const minutes = withConstraints ? chance.pick([30, 45, 60, 90]) : 45;
    return {
      ...elder,
      visitKey: `${elder.elderId}/${String(part)}`,
      serviceCode: chance.pick(['B01', 'C01']),
      minutes,
      windows: windowsOf(chance, minutes, withConstraints),
      persons: withConstraints && chance.perMille(200) ? 2 : 1,
    };
  });
};

const somePairs = (
  chance: Chance,
  week: Pick<WeekProblem, 'visits' | 'volunteers'>,
  count: number,
): PlanPair[] =>
  Array.from({ length: count }, () => {
    const visit = chance.pick(week.visits);
    const [window] = visit.windows;
    const { volunteerId } = chance.pick(week.volunteers);
    return { visitKey: visit.visitKey, volunteerId, startMinute: window?.fromMinute ?? 600 };
  });

/** The week of a seed. */
export const smallWeek = (
  seed: number,
  { elders, volunteers: people, withConstraints }: WeekShape,
): WeekProblem => {
  const chance = chanceOf(seed);
  const visits = Array.from({ length: elders }, (_, at) => visitsOf(chance, at, withConstraints)).flat();
  const elderIds = [...new Set(visits.map(({ elderId }) => elderId))];
  const volunteers = Array.from({ length: people }, (_, at) => ({
    ...aVolunteer(chance, at, withConstraints),
    visitsTo: new Map(someOf(chance, elderIds, 250).map((elderId) => [elderId, 1 + chance.below(5)])),
    apart: new Set(someOf(chance, elderIds, 60)),
  }));
  const week = { visits, volunteers };
  return {
    ...week,
    locked: withConstraints && chance.perMille(300) ? somePairs(chance, week, 1) : [],
    forbidden:
      withConstraints && chance.perMille(400)
        ? [{ elderId: chance.pick(elderIds), volunteerId: chance.pick(volunteers).volunteerId }]
        : [],
    ...(chance.perMille(300) ? { previous: somePairs(chance, week, 4) } : {}),
    rules: { reachKm: chance.pick([3, 5, 10]), seatMinutes: withConstraints ? chance.pick([60, 90]) : 60 },
  };
};
