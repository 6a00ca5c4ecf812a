/**
 * What the towns are drawn from: every share in thousandths, each with its ground. "Proposal" says that no source was
 * found and that the figure is a plausible one. To change a figure is to make another benchmark: raise `LAW_VERSION`.
 */
import type { Language, Point } from '@time-bank/contracts/member';
import type { TravelMode } from '@time-bank/matching/week-problem';
import type { Ground } from './plane.ts';

/** Stands in every exported town; plans of one version are not compared with those of another. */
export const LAW_VERSION = 1;

/** Outcomes with their shares, which sum to 1,000. */
export type Shares<T> = readonly (readonly [T, number])[];

/** The sizes of the benchmark. */
export const townSizes = ['small', 'town', 'city'] as const;
/** One of them. */
export type TownSize = (typeof townSizes)[number];

/** Which divisions a town consists of, how many people live in it, and how many of them offer time in a week. */
export interface TownSizeLaw {
  seed: number;
  /** Codes that begin so are laid out. */
  within: string;
  /** Townships in which people live; all where left out. */
  townships?: readonly string[];
  centre: Point;
  ground: Ground;
  elders: number;
  volunteers: number;
  /** In a thousand volunteers, those who offer time this week. */
  offering: number;
  /** The speech of older people other than Mandarin, and where it is spoken. */
  dialect: { language: Language; within: string };
}

// Ground of the areas: the governments' own figures, rounded. Ground of 1 km² for an urban committee: a proposal.
const yongqiao = {
  within: '341302',
  centre: { latitude: 33.64, longitude: 116.97 },
  ground: { areaKm2: 2907, urbanKm2: 1 },
  dialect: { language: 'wanbei', within: '341302' },
} as const;

/**
 * `small`: the befriending scheme of Kirklees, 294 elders and 117 volunteers in service, put into the county town of
 * 宿州埇桥区 (eleven sub-districts and three towns near by). `town`: the whole of 埇桥区. `city`: 南京 with the
 * 15,309 volunteers and 9,693 recipients of July 2020; the share who offer time is that of the volunteers of NHSVR who
 * were ever on duty (360,000 of 750,000).
 */
export const townSizeLaws: Record<TownSize, TownSizeLaw> = {
  small: {
    ...yongqiao,
    seed: 1,
    townships: [
      ...Array.from({ length: 11 }, (_, at) => `341302${String(at + 1).padStart(3, '0')}`),
      '341302100',
      '341302102',
      '341302123',
    ],
    elders: 300,
    volunteers: 117,
    offering: 950,
  },
  town: { ...yongqiao, seed: 2, elders: 1500, volunteers: 900, offering: 800 },
  city: {
    seed: 3,
    within: '3201',
    centre: { latitude: 32.06, longitude: 118.8 },
    ground: { areaKm2: 6587, urbanKm2: 1 },
    elders: 10_000,
    volunteers: 15_000,
    offering: 480,
    dialect: { language: 'wuu', within: '320118' },
  },
};

/** Where people live: weights of a committee, which are spread by `spreadSigma` (log-normal). Proposal. */
export const homes = {
  elders: { urban: 1.6, rural: 1 },
  volunteers: { urban: 3, rural: 1 },
  spreadSigma: 0.4,
  /** Homes stand in clusters: blocks in town, hamlets in a village; spread around each by a normal law. */
  clusters: { urban: 6, rural: 4 },
  clusterSigmaKm: { urban: 0.06, rural: 0.15 },
} as const;

/** A half-day at home or free, minutes of the day. */
export const halfDays = {
  morning: { fromMinute: 8 * 60 + 30, toMinute: 11 * 60 + 30 },
  afternoon: { fromMinute: 14 * 60 + 30, toMinute: 17 * 60 + 30 },
} as const;

/** What elders are like and wish. */
export const elderLaw = {
  /** Women among those over 80 in the census of 2020: about 57 in a hundred. */
  women: 570,
  /** 0 alone and frail, 1 alone or over 80, 2 all others of the six groups that 宿州 visits weekly. Proposal. */
  tier: [
    [0, 220],
    [1, 480],
    [2, 300],
  ] satisfies Shares<number>,
  /** A second visit in the week for so many of tier 0 who are at home on two days. Proposal. */
  secondVisit: 150,
  /** GB/T 42195 levels 0 to 4. 18.3 % of those over 60 were disabled in 2015 (fourth national survey); more on a hardship list. Proposal. */
  ability: [
    [0, 440],
    [1, 320],
    [2, 160],
    [3, 60],
    [4, 20],
  ] satisfies Shares<number>,
  /** Two persons go to everybody of level 4, to so many of level 3, and to so many first visits among the others. Proposal after `twoPersonCases`. */
  twoPersons: { level3: 300, firstVisit: 10 },
  /** What is wanted, how long it takes, and whether the hour is fixed: home visit, company, errand, to the doctor. Proposal. */
  service: [
    [{ code: 'B01', minutes: 45, isFixed: false }, 580],
    [{ code: 'C01', minutes: 60, isFixed: false }, 260],
    [{ code: 'D01', minutes: 45, isFixed: false }, 100],
    [{ code: 'A04', minutes: 120, isFixed: true }, 60],
  ] as Shares<{ code: string; minutes: number; isFixed: boolean }>,
  /** Fixed hours among visits that need none. Proposal. */
  fixedHour: 50,
  /** On how many days somebody can be visited, and when on such a day. Proposal. */
  days: [
    [1, 120],
    [2, 240],
    [3, 320],
    [5, 320],
  ] satisfies Shares<number>,
  partOfDay: [
    ['morning', 350],
    ['afternoon', 350],
    ['both', 300],
  ] satisfies Shares<'morning' | 'afternoon' | 'both'>,
  /** Weight of a Saturday or Sunday against a weekday's 1,000. Proposal. */
  weekend: 500,
  /** Where the dialect is spoken: elders who speak nothing else, and those who like it better. Proposal. */
  dialectOnly: 80,
  dialectWished: 250,
  /** Deaf elders who sign. Proposal. */
  signsOnly: 4,
  /** Their own gender asked for: as a must, as a wish. Proposal. */
  genderMust: 40,
  genderWish: 200,
  /** Elders whom somebody visits already: 56 % in Kirklees. One face, or two. */
  known: 560,
  secondFace: 350,
  /** The face is one of so many nearest volunteers. Proposal. */
  facesAmong: 12,
  /** Mean of the visits that were made, geometric. Proposal. */
  visitsMean: 8,
  /** Elders with kin among the volunteers near by, who earn nothing there; pairs that are kept apart. Proposal. */
  kin: 20,
  keptApart: 5,
} as const;

/** A volunteer's age in bands, from which the rest follows. */
export type AgeBand = 'student' | 'working' | 'retiring' | 'retired' | 'old';

/** How a free week looks: weekdays and weekend days on which one half-day or both are free. */
export interface FreeLaw {
  weekdays: Shares<number>;
  weekendDays: Shares<number>;
  morning: number;
  both: number;
}

/** What volunteers bring. */
export const volunteerLaw = {
  /** Shanghai 2022: over 60 % are 50 to 69, 11 % below 50 (domain 6.1); within that a proposal. */
  band: [
    ['student', 50],
    ['working', 60],
    ['retiring', 240],
    ['retired', 380],
    ['old', 270],
  ] satisfies Shares<AgeBand>,
  /** Proposal. */
  women: 660,
  /** Proposal: students and those at work at the end of the week, the others by day. */
  free: {
    student: {
      weekdays: [
        [0, 500],
        [1, 500],
      ],
      weekendDays: [
        [1, 600],
        [2, 400],
      ],
      morning: 300,
      both: 250,
    },
    working: {
      weekdays: [
        [0, 850],
        [1, 150],
      ],
      weekendDays: [
        [1, 700],
        [2, 300],
      ],
      morning: 450,
      both: 150,
    },
    retiring: {
      weekdays: [
        [1, 400],
        [2, 400],
        [3, 200],
      ],
      weekendDays: [
        [0, 600],
        [1, 400],
      ],
      morning: 500,
      both: 200,
    },
    retired: {
      weekdays: [
        [1, 250],
        [2, 400],
        [3, 250],
        [5, 100],
      ],
      weekendDays: [
        [0, 800],
        [1, 200],
      ],
      morning: 600,
      both: 200,
    },
    old: {
      weekdays: [
        [1, 400],
        [2, 400],
        [3, 200],
      ],
      weekendDays: [
        [0, 900],
        [1, 100],
      ],
      morning: 700,
      both: 100,
    },
  } satisfies Record<AgeBand, FreeLaw>,
  /** By band, in town; in a village whoever would take a bus goes by bicycle. Proposal. */
  mode: {
    student: [
      ['walk', 200],
      ['bicycle', 500],
      ['bus', 300],
    ],
    working: [
      ['walk', 150],
      ['bicycle', 400],
      ['bus', 150],
      ['car', 300],
    ],
    retiring: [
      ['walk', 250],
      ['bicycle', 500],
      ['bus', 150],
      ['car', 100],
    ],
    retired: [
      ['walk', 350],
      ['bicycle', 400],
      ['bus', 220],
      ['car', 30],
    ],
    old: [
      ['walk', 600],
      ['bicycle', 150],
      ['bus', 250],
    ],
  } satisfies Record<AgeBand, Shares<TravelMode>>,
  /** Visits that somebody is ready to make in a week: skewed, most say one or two; its mean of 2.1 leaves room above the 1.4 elders that each volunteer of Kirklees sees. */
  visitsMax: [
    [1, 400],
    [2, 310],
    [3, 150],
    [4, 80],
    [5, 40],
    [7, 20],
  ] satisfies Shares<number>,
  /** Minutes that go with each of them: an hour and a quarter on average, two hours at least. Proposal. */
  minutesPerVisit: 75,
  minutesMin: 120,
  /** Policy: `dailyServiceMinutesMax`; from 70 on, `loadLimitWeekMinutesMax`. */
  dayMinutesMax: 240,
  oldWeekMinutesMax: 600,
  /** Papers are missing: may make no visits yet. Papers for the way to the doctor, not above 70. A paper that runs out within the week. Proposal. */
  noPapers: 40,
  doctorPapers: 350,
  paperRunsOut: 15,
  /** Speaks the dialect, where it is spoken, by band. Signs. Proposal. */
  dialect: { student: 400, working: 550, retiring: 750, retired: 800, old: 850 } satisfies Record<
    AgeBand,
    number
  >,
  signs: 10,
  /** Has a visit booked already. Proposal. */
  booked: 60,
} as const;

/** What bounds every plan: 5 km from home, a seat of an hour and a half (a visit of an hour and the way). Proposal. */
export const planRules = { reachKm: 5, seatMinutes: 90 } as const;
