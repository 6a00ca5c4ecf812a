/**
 * A synthetic town and its week: real divisions (`divisions.ts`), laid out on a plane (`plane.ts`), with elders and
 * volunteers drawn by a seed from stated distributions (`town-law.ts`). The same size gives the same town, to the byte.
 * Nobody in it is a person: they are numbers with homes and hours.
 */
import type { Gender, Language, Point } from '@time-bank/contracts/member';
import type { PlanVisit, PlanVolunteer, Stretch, WeekProblem } from '@time-bank/matching/week-problem';
import type { Chance } from '../../sim/random.ts';
import { countiesWithin } from './divisions.ts';
import { chosen, drawn, geometric, normal, partOf } from './draw.ts';
import { type Near, nearBy } from './near.ts';
import { type PlacedCommittee, placed, pointOf } from './plane.ts';
import {
  type AgeBand,
  type Shares,
  type TownSize,
  type TownSizeLaw,
  elderLaw,
  halfDays,
  homes,
  planRules,
  townSizeLaws,
  volunteerLaw,
} from './town-law.ts';

const DAY_MINUTES = 1440;
const WEEKDAYS = [0, 1, 2, 3, 4];
const WEEKEND = [5, 6];
const HALF_HOUR = 30;

const kindOf = ({ isUrban }: PlacedCommittee): 'urban' | 'rural' => (isUrban ? 'urban' : 'rural');

/** The committees in which people of this town live. */
const committeesOf = (law: TownSizeLaw): PlacedCommittee[] => {
  const all = placed(countiesWithin(law.within), law.ground);
  return law.townships === undefined
    ? all
    : all.filter(({ code }) => law.townships?.some((township) => code.startsWith(township)));
};

interface Home {
  committee: PlacedCommittee;
  point: Point;
}

/** The clusters of homes in a committee, kilometres from the town's centre: even over its disc. */
const clustersIn = (chance: Chance, committee: PlacedCommittee) =>
  Array.from({ length: homes.clusters[kindOf(committee)] }, () => {
    const away = committee.radiusKm * Math.sqrt(chance.next());
    const angle = 2 * Math.PI * chance.next();
    return {
      eastKm: committee.eastKm + away * Math.cos(angle),
      northKm: committee.northKm + away * Math.sin(angle),
    };
  });

/** Deals out homes by the weight of committees: whole numbers by running sums, so that all are dealt. */
const homesOf = (law: TownSizeLaw, committees: readonly PlacedCommittee[], who: 'elders' | 'volunteers') => {
  const clusterChance = partOf(law.seed, 0);
  const clusters = new Map(committees.map((each) => [each.code, clustersIn(clusterChance, each)]));
  const chance = partOf(law.seed, who === 'elders' ? 1 : 2);
  const weights = committees.map(
    (each) => homes[who][kindOf(each)] * Math.exp(homes.spreadSigma * normal(chance)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let before = 0;
  return committees.flatMap((committee, at) => {
    const from = Math.round((before / total) * law[who]);
    before += weights[at] ?? 0;
    const to = Math.round((before / total) * law[who]);
    return Array.from({ length: to - from }, (): Home => {
      const { eastKm, northKm } = chance.pick(clusters.get(committee.code) ?? []);
      const sigma = homes.clusterSigmaKm[kindOf(committee)];
      const spot = { eastKm: eastKm + sigma * normal(chance), northKm: northKm + sigma * normal(chance) };
      return { committee, point: pointOf(law.centre, spot) };
    });
  });
};

const genderOf = (chance: Chance, women: number): Gender => (chance.perMille(women) ? 'female' : 'male');

const numbered = (letter: string, at: number): string => `${letter}${String(at + 1).padStart(5, '0')}`;

const stretchOn = (day: number, { fromMinute, toMinute }: Stretch): Stretch => ({
  fromMinute: day * DAY_MINUTES + fromMinute,
  toMinute: day * DAY_MINUTES + toMinute,
});

// ---------------------------------------------------------------------------------------------------------
// Volunteers

/** A volunteer's half-day, begun and ended up to an hour earlier or later than usual. */
const freeHalf = (chance: Chance, day: number, part: 'morning' | 'afternoon'): Stretch => {
  const { fromMinute, toMinute } = halfDays[part];
  return stretchOn(day, {
    fromMinute: fromMinute + HALF_HOUR * (chance.below(4) - 1),
    toMinute: toMinute + HALF_HOUR * (chance.below(3) - 1),
  });
};

const freeWeek = (chance: Chance, band: AgeBand): Stretch[] => {
  const law = volunteerLaw.free[band];
  const days = [
    ...chosen(chance, WEEKDAYS, drawn(chance, law.weekdays)),
    ...chosen(chance, WEEKEND, drawn(chance, law.weekendDays)),
  ];
  return days.flatMap((day) => {
    if (chance.perMille(law.both)) {
      return [freeHalf(chance, day, 'morning'), freeHalf(chance, day, 'afternoon')];
    }
    return [freeHalf(chance, day, chance.perMille(law.morning) ? 'morning' : 'afternoon')];
  });
};

/** A visit that is booked already takes the first hour of the first free half-day, with its way. */
const withBooking = (free: readonly Stretch[]): Pick<PlanVolunteer, 'free' | 'booked'> => {
  const [first, ...rest] = free;
  if (first === undefined) return { free, booked: [] };
  const { fromMinute, toMinute } = first;
  const freeFrom = fromMinute + planRules.seatMinutes;
  return {
    free: freeFrom < toMinute ? [{ fromMinute: freeFrom, toMinute }, ...rest] : rest,
    booked: [{ fromMinute, toMinute: fromMinute + 60 }],
  };
};

const speech = (law: TownSizeLaw, { committee }: Home): Language | undefined =>
  committee.code.startsWith(law.dialect.within) ? law.dialect.language : undefined;

const papersOf = (chance: Chance, band: AgeBand): Set<string> => {
  const doctor = chance.perMille(volunteerLaw.doctorPapers) && band !== 'old';
  if (chance.perMille(volunteerLaw.noPapers)) return new Set();
  return new Set(['B01', 'C01', 'D01', ...(doctor ? ['A04'] : [])]);
};

const aVolunteer = (chance: Chance, law: TownSizeLaw, home: Home, at: number): PlanVolunteer => {
  const band = drawn<AgeBand>(chance, volunteerLaw.band);
  const mode = drawn(chance, volunteerLaw.mode[band] satisfies Shares<PlanVolunteer['mode']>);
  const gender = genderOf(chance, volunteerLaw.women);
  const dialect = speech(law, home);
  const languages: Language[] = ['cmn'];
  if (chance.perMille(volunteerLaw.dialect[band]) && dialect !== undefined) languages.push(dialect);
  if (chance.perMille(volunteerLaw.signs)) languages.push('csl');
  const services = papersOf(chance, band);
  const isOffering = chance.perMille(law.offering);
  const usual = freeWeek(chance, band);
  const hasBooking = chance.perMille(volunteerLaw.booked);
  const week = hasBooking ? withBooking(usual) : { free: usual, booked: [] };
  const visits = drawn(chance, volunteerLaw.visitsMax);
  const minutes = Math.max(volunteerLaw.minutesMin, visits * volunteerLaw.minutesPerVisit);
  const bounded = band === 'old' ? Math.min(minutes, volunteerLaw.oldWeekMinutesMax) : minutes;
  const runsOut = chance.perMille(volunteerLaw.paperRunsOut);
  const runsOutOn = 1 + chance.below(6);
  return {
    volunteerId: numbered('v', at),
    communityCode: home.committee.code,
    point: home.point,
    mode: mode === 'bus' && !home.committee.isUrban ? 'bicycle' : mode,
    free: isOffering ? week.free : [],
    booked: isOffering ? week.booked : [],
    visitsMax: isOffering && hasBooking ? visits - 1 : visits,
    minutesMax: isOffering && hasBooking ? bounded - 60 : bounded,
    dayMinutesMax: volunteerLaw.dayMinutesMax,
    gender,
    languages,
    visitsTo: new Map(),
    apart: new Set(),
    services,
    ...(runsOut ? { readyUntil: runsOutOn * DAY_MINUTES } : {}),
  };
};

// ---------------------------------------------------------------------------------------------------------
// Elders

/** What stays the same in all visits to an elder. */
type Elder = Pick<PlanVisit, 'elderId' | 'tier' | 'communityCode' | 'wishes' | 'musts'> & {
  point: Point;
  ability: number;
  days: Stretch[][];
};

const elderDays = (chance: Chance): Stretch[][] => {
  const weightOf = (day: number): number => (WEEKEND.includes(day) ? elderLaw.weekend : 1000);
  const days = chosen(chance, [...WEEKDAYS, ...WEEKEND], drawn(chance, elderLaw.days), weightOf);
  return days.map((day) => {
    const part = drawn(chance, elderLaw.partOfDay);
    return (part === 'both' ? (['morning', 'afternoon'] as const) : [part]).map((half) =>
      stretchOn(day, halfDays[half]),
    );
  });
};

const wishesOf = (chance: Chance, dialect: Language | undefined): Pick<Elder, 'wishes' | 'musts'> => {
  const own = genderOf(chance, elderLaw.women);
  const signs = chance.perMille(elderLaw.signsOnly);
  const [onlyDialect, likesDialect] = [
    chance.perMille(elderLaw.dialectOnly),
    chance.perMille(elderLaw.dialectWished),
  ];
  const [must, wish] = [chance.perMille(elderLaw.genderMust), chance.perMille(elderLaw.genderWish)];
  const spoken = dialect === undefined || signs ? [] : [dialect];
  return {
    wishes: {
      languages: likesDialect && !onlyDialect ? spoken : [],
      ...(wish && !must ? { gender: own } : {}),
    },
    musts: {
      languages: signs ? ['csl'] : onlyDialect ? spoken : [],
      ...(must ? { gender: own } : {}),
    },
  };
};

const anElder = (chance: Chance, law: TownSizeLaw, home: Home, at: number): Elder => ({
  elderId: numbered('e', at),
  tier: drawn(chance, elderLaw.tier),
  communityCode: home.committee.code,
  point: home.point,
  ability: drawn(chance, elderLaw.ability),
  ...wishesOf(chance, speech(law, home)),
  days: elderDays(chance),
});

/** One window as long as the visit, on a half-hour of one of the elder's days. */
const fixedWindow = (chance: Chance, days: readonly Stretch[][], minutes: number): Stretch => {
  const { fromMinute, toMinute } = chance.pick(chance.pick(days));
  const steps = Math.floor((toMinute - fromMinute - minutes) / HALF_HOUR) + 1;
  const start = fromMinute + HALF_HOUR * chance.below(steps);
  return { fromMinute: start, toMinute: start + minutes };
};

const personsOf = (chance: Chance, ability: number): 1 | 2 => {
  const share =
    ability === 4 ? 1000 : ability === 3 ? elderLaw.twoPersons.level3 : elderLaw.twoPersons.firstVisit;
  return chance.perMille(share) ? 2 : 1;
};

const visitsOf = (chance: Chance, { ability, days, ...elder }: Elder): PlanVisit[] => {
  const persons = personsOf(chance, ability);
  const twice = chance.perMille(elderLaw.secondVisit) && elder.tier === 0 && days.length > 1;
  return Array.from({ length: twice ? 2 : 1 }, (_, at) => {
    const { code, minutes, isFixed } = drawn(chance, elderLaw.service);
    const fixed = chance.perMille(elderLaw.fixedHour);
    const window = fixedWindow(chance, days, minutes);
    return {
      ...elder,
      visitKey: `${elder.elderId}/${String(at + 1)}`,
      serviceCode: code,
      minutes,
      persons,
      windows: isFixed || fixed ? [window] : days.flat(),
    };
  });
};

// ---------------------------------------------------------------------------------------------------------
// Who knows whom

/** The `count` who live nearest, within the reach of the plan. */
const nearest = (near: Near<PlanVolunteer>, point: Point, count: number): PlanVolunteer[] => {
  for (const km of [planRules.reachKm / 8, planRules.reachKm / 3]) {
    const found = near(point, km);
    if (found.length >= count) return found.slice(0, count).map(({ who }) => who);
  }
  return near(point, planRules.reachKm)
    .slice(0, count)
    .map(({ who }) => who);
};

interface Acquaintance {
  visitsTo: Map<string, number>;
  apart: Set<string>;
}

/** Draws who was visited by whom, who is kin and who is kept apart. By volunteer. */
const acquainted = (law: TownSizeLaw, elders: readonly Elder[], volunteers: readonly PlanVolunteer[]) => {
  const chance = partOf(law.seed, 5);
  const ties = new Map<string, Acquaintance>();
  const tieOf = ({ volunteerId }: PlanVolunteer): Acquaintance => {
    const tie = ties.get(volunteerId) ?? { visitsTo: new Map(), apart: new Set() };
    ties.set(volunteerId, tie);
    return tie;
  };
  const near = nearBy(volunteers);
  for (const { elderId, point } of elders) {
    const [isKnown, second, kin, apart] = [
      chance.perMille(elderLaw.known),
      chance.perMille(elderLaw.secondFace),
      chance.perMille(elderLaw.kin),
      chance.perMille(elderLaw.keptApart),
    ];
    const close = nearest(near, point, elderLaw.facesAmong);
    const faces = isKnown ? chosen(chance, close, second ? 2 : 1) : [];
    for (const face of faces) tieOf(face).visitsTo.set(elderId, geometric(chance, elderLaw.visitsMean));
    const others = close.filter((one) => !faces.includes(one));
    for (const other of chosen(chance, others, Number(kin) + Number(apart))) tieOf(other).apart.add(elderId);
  }
  return ties;
};

/** What a town is made of: its problem, and the committees where its people live. */
export interface BenchTown {
  size: TownSize;
  committees: PlacedCommittee[];
  problem: WeekProblem;
}

/** The town of a size; with `change`, another of the same law: another seed, more or fewer people. */
export const makeTown = (
  size: TownSize,
  change: Partial<Pick<TownSizeLaw, 'seed' | 'elders' | 'volunteers'>> = {},
): BenchTown => {
  const law = { ...townSizeLaws[size], ...change };
  const { seed } = law;
  const committees = committeesOf(law);
  const elderChance = partOf(seed, 3);
  const elders = homesOf(law, committees, 'elders').map((home, at) => anElder(elderChance, law, home, at));
  const volunteerChance = partOf(seed, 4);
  const volunteers = homesOf(law, committees, 'volunteers').map((home, at) =>
    aVolunteer(volunteerChance, law, home, at),
  );
  const ties = acquainted(law, elders, volunteers);
  const visitChance = partOf(seed, 6);
  return {
    size,
    committees,
    problem: {
      volunteers: volunteers.map((volunteer) => ({ ...volunteer, ...ties.get(volunteer.volunteerId) })),
      visits: elders.flatMap((elder) => visitsOf(visitChance, elder)),
      locked: [],
      forbidden: [],
      rules: planRules,
    },
  };
};
