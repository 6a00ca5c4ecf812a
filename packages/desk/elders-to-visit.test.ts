import {
  type BoardElder,
  type BoardFacts,
  type BoardRow,
  type WeekVisit,
  coverageOf,
} from '@time-bank/care/coverage';
import { type IdMaker, idMaker } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { CommunityCode } from '@time-bank/contracts/region';
import { defaults } from '@time-bank/policy/catalogue';
import { expect, it } from 'vitest';
import { LAST_TIER, eldersToVisit, urgencyOf } from './elders-to-visit.ts';

const MONDAY = '2026-11-16T01:00:00.000Z';
const HOME = CommunityCode.parse('341302001003');
const ids: IdMaker = idMaker(
  () => Date.parse(MONDAY),
  () => 0.5,
);

const elder: BoardElder = {
  elderId: ids.member(),
  name: '王试',
  gender: 'female',
  age: 76,
  communityCode: HOME,
  tags: [],
  visitTier: 'high',
};
const member: Member = {
  memberId: elder.elderId,
  name: '王试',
  birthDate: '1950-03-08',
  gender: 'female',
  communityCode: HOME,
  address: '和平里1号楼',
  languages: ['cmn'],
  roles: [],
  skills: [],
  freeTimes: [],
};

const aVisit = (change: Partial<WeekVisit>): WeekVisit => ({
  requestId: ids.request(),
  elderId: elder.elderId,
  state: 'published',
  plannedStartAt: '2026-11-20T02:00:00.000Z',
  serviceCode: 'B01',
  ...change,
});

const missingOf = (facts: Partial<BoardFacts>, rules = defaults) => {
  const rows = coverageOf(
    rules,
    { elders: [elder], visits: [], events: [], alerts: [], ...facts },
    { week: '2026-W47', now: MONDAY },
  );
  const [first] = eldersToVisit(rows, new Map([[member.memberId, member]]));
  return (first?.missing ?? []).map(({ from, before, tier }) => ({ from, before, tier }));
};

it('a fall on Monday is looked after within a day, though shopping or a visit is asked for on Friday', () => {
  const events = [{ elderId: elder.elderId, kind: 'fall' as const, at: MONDAY }];
  const dueToday = [{ from: MONDAY, before: '2026-11-17T01:00:00.000Z', tier: 0 }];
  expect(missingOf({ events, visits: [aVisit({ serviceCode: 'D01' })] })).toEqual(dueToday);
  expect(missingOf({ events, visits: [aVisit({})] })).toEqual(dueToday);
});

it('a visit that is asked for is not asked for twice', () => {
  expect(missingOf({ visits: [aVisit({})] })).toEqual([]);
});

it('who is visited every day is missing each day that nobody has, each by its own end', () => {
  const everyDay = { ...defaults, highRiskVisitedEvery: 'day' as const };
  const visits = [aVisit({ plannedStartAt: '2026-11-18T02:00:00.000Z' })];
  expect(missingOf({ visits }, everyDay).map(({ before }) => before.slice(8, 13))).toEqual([
    '16T16',
    '17T16',
    '19T16',
    '20T16',
    '21T16',
    '22T16',
  ]);
});

it('comes first after something great, then by who waits too long, can do least, is old and alone, at risk', () => {
  const row: Pick<BoardRow, 'tier' | 'daysSinceContact' | 'abilityLevel' | 'livingSituation' | 'age'> = {
    tier: 'high',
    daysSinceContact: 7,
    age: 76,
  };
  const order = [
    urgencyOf({ ...row, tier: 'general' }, 'event'),
    urgencyOf({ ...row, daysSinceContact: 14 }, 'tier'),
    urgencyOf({ ...row, abilityLevel: 4 }, 'tier'),
    urgencyOf({ ...row, livingSituation: 'alone', age: 80 }, 'tier'),
    urgencyOf(row, 'tier'),
    urgencyOf({ ...row, tier: 'key', daysSinceContact: 30 }, 'tier'),
    urgencyOf({ ...row, tier: 'general' }, 'tier'),
    LAST_TIER,
  ];
  expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});
