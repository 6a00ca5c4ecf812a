import type { RequestRecord } from '@time-bank/care/request';
import { MemberId, RequestId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { CommunityCode } from '@time-bank/contracts/region';
import { boundsOfWeek, plusMinutes } from '@time-bank/contracts/time';
import { defaults as policy } from '@time-bank/policy/catalogue';
import { describe, expect, it } from 'vitest';
import {
  type ElderToVisit,
  type MissingVisit,
  type PlanFacts,
  type VolunteerToSend,
  instantOfMinute,
  plannedFrom,
  weekProblemOf,
} from './week-problem-of.ts';

const HOME = CommunityCode.parse('341302001003');
const WEEK = '2026-W48';
const { from: MONDAY, to: NEXT_MONDAY } = boundsOfWeek(WEEK);
const DAY = 1440;
const idOf = (number: number): MemberId => MemberId.parse(`mem_${String(number).padStart(26, '0')}`);

const aMember = (number: number, change: Partial<Member> = {}): Member => ({
  memberId: idOf(number),
  name: '王试',
  birthDate: '1945-03-08',
  gender: 'female',
  communityCode: HOME,
  address: '和平里1号楼',
  languages: ['cmn'],
  roles: [],
  skills: [],
  freeTimes: [],
  ...change,
});

const aVolunteer = (
  change: Partial<VolunteerToSend> = {},
  member: Partial<Member> = {},
): VolunteerToSend => ({
  member: aMember(2, { freeTimes: [{ weekday: 2, fromMinute: 540, toMinute: 720 }], ...member }),
  mode: 'walk',
  services: new Set(['B01']),
  booked: [],
  weekMinutesMax: 600,
  apart: new Set(),
  ...change,
});

const anElder = (member: Partial<Member> = {}, missing: Partial<MissingVisit> = {}): ElderToVisit => ({
  member: aMember(1, member),
  missing: [{ serviceCode: 'B01', from: MONDAY, before: NEXT_MONDAY, tier: 1, ...missing }],
});

const facts = (change: Partial<PlanFacts> = {}): PlanFacts => ({
  policy,
  week: WEEK,
  now: MONDAY,
  elders: [anElder()],
  open: [],
  volunteers: [aVolunteer()],
  known: new Map(),
  ...change,
});

describe('an elder who wants a visit', () => {
  it('may be called on in the morning and in the afternoon of every day that is left, two hours from now on', () => {
    const [visit] = weekProblemOf(facts({ now: plusMinutes(MONDAY, 6 * DAY + 8 * 60) })).visits;
    expect(visit?.windows).toEqual([
      { fromMinute: 6 * DAY + 10 * 60, toMinute: 6 * DAY + 11 * 60 + 30 },
      { fromMinute: 6 * DAY + 14 * 60, toMinute: 6 * DAY + 17 * 60 + 30 },
    ]);
  });

  it('within a day of something great is not put off to the end of the week', () => {
    const elders = [anElder({}, { before: plusMinutes(MONDAY, DAY), tier: 0 })];
    const [visit] = weekProblemOf(facts({ elders })).visits;
    expect(visit?.windows.at(-1)?.toMinute).toBe(17 * 60 + 30);
  });

  it('who speaks one dialect only must have somebody who speaks it; Mandarin is asked of nobody', () => {
    const one = anElder({ languages: ['yue'] });
    const both = anElder({ memberId: idOf(3), languages: ['cmn', 'wanbei'] });
    const dialects = anElder({ memberId: idOf(4), languages: ['yue', 'wanbei'] });
    const { visits } = weekProblemOf(facts({ elders: [one, both, dialects] }));
    expect(visits.map(({ musts, wishes }) => [musts.languages, wishes.languages])).toEqual([
      [['yue'], ['yue']],
      [['cmn', 'wanbei'], ['wanbei']],
      [
        ['yue', 'wanbei'],
        ['yue', 'wanbei'],
      ],
    ]);
  });

  it('who lives alone with a severe loss of ability is visited by two', () => {
    const [visit] = weekProblemOf(
      facts({ elders: [anElder({ livingSituation: 'alone', abilityLevel: 4 })] }),
    ).visits;
    expect(visit?.persons).toBe(2);
  });

  it('who lives alone is for their own gender where the region lets nobody of the other go alone', () => {
    const rule = { ...policy, twoPersonCases: ['other_gender_living_alone' as const] };
    const [visit] = weekProblemOf(
      facts({ policy: rule, elders: [anElder({ livingSituation: 'alone' })] }),
    ).visits;
    expect([visit?.persons, visit?.musts.gender]).toEqual([1, 'female']);
  });

  it('every day has a visit of each day, and none before it', () => {
    const missing = [0, 1, 2].map((day) => ({
      serviceCode: 'B01' as const,
      from: plusMinutes(MONDAY, day * DAY),
      before: plusMinutes(MONDAY, (day + 1) * DAY),
      tier: 1,
    }));
    const { visits } = weekProblemOf(facts({ elders: [{ member: aMember(1), missing }] }));
    expect(
      visits.map(({ windows }) => windows.map(({ fromMinute }) => Math.floor(fromMinute / DAY))),
    ).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ]);
  });
});

describe('a volunteer', () => {
  const freeOf = (volunteer: VolunteerToSend, change: Partial<PlanFacts> = {}) =>
    weekProblemOf(facts({ volunteers: [volunteer], ...change })).volunteers[0]?.free;

  it('is free as they said, less what they have taken on with the way after it', () => {
    const booked = [
      {
        requestId: RequestId.parse('req_01KB2C3D4E5F6G7H8J9KMNPQRS'),
        plannedStartAt: instantOfMinute(WEEK, DAY + 570),
        plannedMinutes: 60,
      },
    ];
    expect(freeOf(aVolunteer({ booked }))).toEqual([
      { fromMinute: DAY + 540, toMinute: DAY + 570 },
      { fromMinute: DAY + 660, toMinute: DAY + 720 },
    ]);
  });

  it('is not free in what has gone by', () => {
    expect(freeOf(aVolunteer(), { now: plusMinutes(MONDAY, 2 * DAY) })).toEqual([]);
  });

  it('with two stretches that touch is free in one', () => {
    const freeTimes = [
      { weekday: 2, fromMinute: 600, toMinute: 720 },
      { weekday: 2, fromMinute: 540, toMinute: 600 },
    ];
    expect(freeOf(aVolunteer({}, { freeTimes }))).toEqual([{ fromMinute: DAY + 540, toMinute: DAY + 720 }]);
  });

  it('may serve what is left of their week', () => {
    const booked = [1, 3].map((day) => ({
      requestId: RequestId.parse(`req_01KB2C3D4E5F6G7H8J9KMNPQR${String(day)}`),
      plannedStartAt: instantOfMinute(WEEK, day * DAY + 570),
      plannedMinutes: 120,
    }));
    const [volunteer] = weekProblemOf(facts({ volunteers: [aVolunteer({ booked })] })).volunteers;
    expect(volunteer).toMatchObject({ minutesMax: 360, visitsMax: 5 });
  });
});

describe('an open request', () => {
  const request: RequestRecord = {
    requestId: RequestId.parse('req_01KB2C3D4E5F6G7H8J9KMNPQRS'),
    version: 1,
    state: 'published',
    serviceCode: 'C01',
    receiverId: idOf(1),
    receiver: { surname: '王', gender: 'female' },
    postedBy: idOf(9),
    communityCode: HOME,
    plannedStartAt: instantOfMinute(WEEK, 3 * DAY + 600),
    plannedMinutes: 90,
    place: { address: '和平里1号楼' },
    wishes: { languages: [] },
    policyVersion: policy.version,
    history: [],
  };

  it('keeps its hour', () => {
    const { visits } = weekProblemOf(facts({ elders: [], open: [{ request, tier: 2 }] }));
    expect(visits).toMatchObject([
      {
        visitKey: request.requestId,
        minutes: 90,
        windows: [{ fromMinute: 3 * DAY + 600, toMinute: 3 * DAY + 690 }],
      },
    ]);
  });

  it('that begins before anybody could be told is not planned', () => {
    const now = plusMinutes(MONDAY, 3 * DAY + 500);
    expect(weekProblemOf(facts({ now, elders: [], open: [{ request, tier: 2 }] })).visits).toEqual([]);
  });
});

it('a week that is to come is planned from its Monday on', () => {
  expect(plannedFrom(WEEK, plusMinutes(MONDAY, -5 * DAY))).toBe(0);
});
