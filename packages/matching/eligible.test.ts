import { WhyNot } from '@time-bank/contracts/candidate';
import { MemberId } from '@time-bank/contracts/ids';
import { CommunityCode } from '@time-bank/contracts/region';
import { NotReady } from '@time-bank/contracts/volunteering';
import { defaults } from '@time-bank/policy/catalogue';
import { describe, expect, it } from 'vitest';
import { reasonsAgainst, whyNot } from './eligible.ts';
import type { Booking, VisitWanted, VolunteerFacts } from './facts.ts';

const policy = {
  ...defaults,
  twoPersonCases: [...defaults.twoPersonCases, 'other_gender_living_alone' as const],
};
const HOME = CommunityCode.parse('341302001003');
const FAR_AWAY = CommunityCode.parse('340102001001');
const idOf = (number: number): MemberId => MemberId.parse(`mem_${String(number).padStart(26, '0')}`);
const ELDER = idOf(1);
const DOOR = { latitude: 33.64, longitude: 116.97 };
/** Six kilometres to the north. */
const NORTH = { latitude: 33.694, longitude: 116.97 };

/** Saturday, 21 November 2026, 11:00 in China, for an hour. */
const wanted: VisitWanted = {
  plannedStartAt: '2026-11-21T03:00:00.000Z',
  plannedMinutes: 60,
  receiverId: ELDER,
  communityCode: HOME,
  point: DOOR,
  wishes: { languages: [] },
  musts: { languages: ['wanbei'], gender: 'female' },
  kind: { isRemote: false, touches: false, handlesMoney: false },
  persons: 1,
  elder: { gender: 'female', livingSituation: 'alone', abilityLevel: 0 },
};

const fine: VolunteerFacts = {
  volunteerId: idOf(2),
  birthDate: '1962-05-01',
  gender: 'female',
  communityCode: HOME,
  point: DOOR,
  mode: 'bicycle',
  languages: ['wanbei', 'cmn'],
  freeTimes: [],
  bookings: [],
  visitsToReceiver: 1,
  isKin: false,
  notReady: [],
};

const at = (plannedStartAt: string, plannedMinutes = 60, point?: Booking['place']): Booking => ({
  plannedStartAt,
  plannedMinutes,
  ...(point === undefined ? {} : { place: point }),
});
const there = { communityCode: HOME, point: NORTH };

/** Everything stands against this one. */
const worst: VolunteerFacts = {
  ...fine,
  volunteerId: ELDER,
  birthDate: '2010-01-01',
  gender: 'male',
  communityCode: FAR_AWAY,
  languages: ['yue'],
  bookings: [
    at('2026-11-21T03:30:00.000Z', 240),
    // It ends ten minutes before, six kilometres away.
    at('2026-11-21T01:50:00.000Z', 60, there),
  ],
  isKin: true,
  notReady: [...NotReady.options],
};

it('every reason is named, in the order of precedence', () => {
  expect(reasonsAgainst(policy, wanted, worst)).toEqual(WhyNot.options);
  expect(reasonsAgainst(policy, wanted, fine)).toEqual([]);
});

describe('why a volunteer cannot be asked: each row mends one thing of the row above', () => {
  const other = { ...worst, volunteerId: idOf(2) };
  const stranger = { ...other, isKin: false };
  const ready = { ...stranger, notReady: [] };
  const ofAge = { ...ready, birthDate: '1962-05-01' };
  const near = { ...ofAge, communityCode: HOME };
  const understood = { ...near, languages: ['wanbei' as const] };
  const woman = { ...understood, gender: 'female' as const };
  const free = {
    ...woman,
    bookings: [at('2026-11-21T01:50:00.000Z', 60, there), at('2026-11-21T05:00:00.000Z', 240)],
  };
  const onTime = {
    ...free,
    bookings: [at('2026-11-21T01:00:00.000Z', 60, there), at('2026-11-21T05:00:00.000Z', 240)],
  };
  it.each([
    { row: 'the elder themself', volunteer: worst, reason: 'own_request' },
    { row: 'their son', volunteer: other, reason: 'kin' },
    { row: 'somebody else, without papers', volunteer: stranger, reason: 'not_active' },
    { row: 'of 16 years', volunteer: ready, reason: 'under_age' },
    { row: 'of age, in another county', volunteer: ofAge, reason: 'out_of_reach' },
    { row: 'of this county, who speaks Cantonese', volunteer: near, reason: 'no_common_language' },
    { row: 'who speaks the dialect, a man', volunteer: understood, reason: 'gender_required' },
    { row: 'a woman, elsewhere at that time', volunteer: woman, reason: 'overlapping' },
    { row: 'free then, ten minutes after a visit far away', volunteer: free, reason: 'no_time_for_the_way' },
    { row: 'with an hour for the way, and six hours that day', volunteer: onTime, reason: 'daily_limit' },
    { row: 'with three', volunteer: { ...onTime, bookings: onTime.bookings.slice(0, 1) }, reason: undefined },
  ])('$row: $reason', ({ volunteer, reason }) => {
    expect(whyNot(policy, wanted, volunteer)).toBe(reason);
  });
});

describe('the age', () => {
  it.each([
    { birthDate: '2008-11-22', reason: 'under_age' },
    { birthDate: '2008-11-21', reason: undefined },
  ])('is that on the day of the visit: born $birthDate, $reason', ({ birthDate, reason }) => {
    expect(whyNot(policy, wanted, { ...fine, birthDate })).toBe(reason);
  });
});

describe('another visit', () => {
  it.each([
    { why: 'ends as this one begins', booking: at('2026-11-21T02:00:00.000Z'), reason: undefined },
    { why: 'ends a minute too late', booking: at('2026-11-21T02:01:00.000Z'), reason: 'overlapping' },
    { why: 'begins as this one ends', booking: at('2026-11-21T04:00:00.000Z'), reason: undefined },
    { why: 'begins a minute too early', booking: at('2026-11-21T03:59:00.000Z'), reason: 'overlapping' },
    { why: 'is at the same time', booking: at('2026-11-21T03:00:00.000Z'), reason: 'overlapping' },
    { why: 'lies within this one', booking: at('2026-11-21T03:15:00.000Z', 15), reason: 'overlapping' },
    { why: 'holds this one', booking: at('2026-11-21T02:00:00.000Z', 180), reason: 'overlapping' },
  ])('that $why: $reason', ({ booking, reason }) => {
    expect(whyNot(policy, wanted, { ...fine, bookings: [booking] })).toBe(reason);
  });

  it.each([
    // Six kilometres are 7.8 by street: 40 minutes by bicycle and 2 to set out.
    {
      why: 'before it, with time for the way',
      booking: at('2026-11-21T01:18:00.000Z', 60, there),
      reason: undefined,
    },
    {
      why: 'before it, without',
      booking: at('2026-11-21T01:19:00.000Z', 60, there),
      reason: 'no_time_for_the_way',
    },
    {
      why: 'after it, with time for the way',
      booking: at('2026-11-21T04:42:00.000Z', 60, there),
      reason: undefined,
    },
    {
      why: 'after it, without',
      booking: at('2026-11-21T04:41:00.000Z', 60, there),
      reason: 'no_time_for_the_way',
    },
    {
      why: 'in the same house',
      booking: at('2026-11-21T04:00:00.000Z', 60, { ...there, point: DOOR }),
      reason: undefined,
    },
    { why: 'somewhere that nobody knows', booking: at('2026-11-21T04:00:00.000Z'), reason: undefined },
  ])('$why: $reason', ({ booking, reason }) => {
    expect(whyNot(policy, wanted, { ...fine, bookings: [booking] })).toBe(reason);
  });

  it('takes no way from whoever visits by telephone', () => {
    const byPhone = { ...wanted, kind: { ...wanted.kind, isRemote: true } };
    const volunteer = { ...fine, bookings: [at('2026-11-21T04:00:00.000Z', 60, there)] };
    expect(whyNot(policy, byPhone, volunteer)).toBeUndefined();
  });

  it('counts on its day in China: what ends the evening before does not weigh on the next day', () => {
    const eveningBefore = at('2026-11-20T11:00:00.000Z', 240);
    const early = at('2026-11-20T16:00:00.000Z', 200);
    expect(whyNot(policy, wanted, { ...fine, bookings: [eveningBefore] })).toBeUndefined();
    expect(whyNot(policy, wanted, { ...fine, bookings: [early] })).toBe('daily_limit');
  });
});

describe('the reach', () => {
  it('of the region is the furthest that anybody is sent, but by telephone', () => {
    const near = { ...policy, visitReachKilometresMax: 5 };
    const volunteer = { ...fine, point: NORTH };
    expect(whyNot(policy, wanted, volunteer)).toBeUndefined();
    expect(whyNot(near, wanted, volunteer)).toBe('out_of_reach');
    const byPhone = { ...wanted, kind: { ...wanted.kind, isRemote: true } };
    expect(whyNot(near, byPhone, volunteer)).toBeUndefined();
  });
});

describe('a language in common', () => {
  it.each([
    { why: 'is one of several', speaks: ['yue', 'wanbei'], reason: undefined },
    { why: 'is not held against a file that says nothing', speaks: [], reason: undefined },
    { why: 'is missing', speaks: ['yue', 'eng'], reason: 'no_common_language' },
  ] as const)('$why: $reason', ({ speaks, reason }) => {
    expect(whyNot(policy, wanted, { ...fine, languages: [...speaks] })).toBe(reason);
  });

  it('is asked for only where the elder needs one', () => {
    const any = { ...wanted, musts: { languages: [] } };
    expect(whyNot(policy, any, { ...fine, languages: ['yue'], gender: 'female' })).toBeUndefined();
  });
});

describe('alone with an elder who lives alone', () => {
  const man = { ...fine, gender: 'male' as const };
  const anyGender = { ...wanted, musts: { languages: [] } };
  it('the other gender is not sent where the region asks for two, and is sent with another', () => {
    expect(whyNot(policy, anyGender, man)).toBe('two_needed');
    expect(whyNot(policy, { ...anyGender, persons: 2 }, man)).toBeUndefined();
    expect(whyNot(defaults, anyGender, man)).toBeUndefined();
  });

  it('a first visit is said and does not exclude', () => {
    expect(whyNot(policy, wanted, { ...fine, visitsToReceiver: 0 })).toBeUndefined();
  });
});
