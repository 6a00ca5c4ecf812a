import { MemberId } from '@time-bank/contracts/ids';
import { CommunityCode } from '@time-bank/contracts/region';
import { describe, expect, it } from 'vitest';
import type { VisitWanted } from './facts.ts';
import { casesOfPair, casesOfVisit } from './two-person.ts';

const everyCase = {
  twoPersonCases: [
    'first_visit',
    'dementia',
    'severe_disability',
    'bathing',
    'night',
    'other_gender_living_alone',
    'money_or_keys',
  ],
} as const;

/** Saturday, 21 November 2026, 20:00 in China, for an hour. */
const door: VisitWanted = {
  plannedStartAt: '2026-11-21T12:00:00.000Z',
  plannedMinutes: 60,
  receiverId: MemberId.parse('mem_00000000000000000000000001'),
  communityCode: CommunityCode.parse('341302001003'),
  wishes: { languages: [] },
  musts: { languages: [] },
  kind: { isRemote: false, touches: false, handlesMoney: false },
  persons: 1,
  elder: { gender: 'female', livingSituation: 'alone', abilityLevel: 2 },
};

describe('a visit is one for two', () => {
  it.each([
    { why: 'not as it is', change: {}, cases: [] },
    {
      why: 'where the elder is severely disabled',
      change: { elder: { ...door.elder, abilityLevel: 3 } },
      cases: ['dementia', 'severe_disability'],
    },
    { why: 'where hands are laid on', change: { kind: { ...door.kind, touches: true } }, cases: ['bathing'] },
    {
      why: 'with money or keys',
      change: { kind: { ...door.kind, handlesMoney: true } },
      cases: ['money_or_keys'],
    },
    { why: 'where it lasts into the night', change: { plannedMinutes: 61 }, cases: ['night'] },
    {
      why: 'before six in the morning',
      change: { plannedStartAt: '2026-11-20T21:59:00.000Z' },
      cases: ['night'],
    },
    { why: 'not from six on', change: { plannedStartAt: '2026-11-20T22:00:00.000Z' }, cases: [] },
  ])('$why', ({ change, cases }) => {
    expect(casesOfVisit(everyCase, { ...door, ...change })).toEqual(cases);
  });

  it('only in the cases that the region names', () => {
    const night = { ...door, plannedMinutes: 120 };
    expect(casesOfVisit({ twoPersonCases: ['bathing'] }, night)).toEqual([]);
  });
});

describe('by one volunteer it is', () => {
  const known = { gender: 'female', visitsToReceiver: 1 } as const;
  it.each([
    { why: 'nothing by a woman whom the elder knows', pair: known, cases: [] },
    { why: 'a first visit by a stranger', pair: { ...known, visitsToReceiver: 0 }, cases: ['first_visit'] },
    {
      why: 'the other gender by a man',
      pair: { ...known, gender: 'male' as const },
      cases: ['other_gender_living_alone'],
    },
  ])('$why', ({ pair, cases }) => {
    expect(casesOfPair(everyCase, door, pair)).toEqual(cases);
  });

  it('the other gender only where the elder lives alone', () => {
    const couple = { ...door, elder: { ...door.elder, livingSituation: 'empty_nest' as const } };
    expect(casesOfPair(everyCase, couple, { ...known, gender: 'male' })).toEqual([]);
  });
});

it.each([
  { why: 'by telephone', change: { kind: { ...door.kind, isRemote: true } } },
  {
    why: 'where family lives with the elder',
    change: { elder: { ...door.elder, livingSituation: 'with_family' as const } },
  },
])('nobody is alone with an elder $why', ({ change }) => {
  const visit = { ...door, plannedMinutes: 120, ...change };
  expect(casesOfVisit(everyCase, visit)).toEqual([]);
  expect(casesOfPair(everyCase, visit, { gender: 'male', visitsToReceiver: 0 })).toEqual([]);
});
