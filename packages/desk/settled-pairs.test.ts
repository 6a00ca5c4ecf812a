import { MemberId } from '@time-bank/contracts/ids';
import { CommunityCode } from '@time-bank/contracts/region';
import type { PlanVisit, PlanVolunteer } from '@time-bank/matching/week-problem';
import { expect, it } from 'vitest';
import { settledPairs } from './settled-pairs.ts';

const HOME = CommunityCode.parse('341302001003');
const idOf = (number: number): MemberId => MemberId.parse(`mem_${String(number).padStart(26, '0')}`);
const [ELDER, ONE, TWO] = [idOf(1), idOf(2), idOf(3)];
const morning = { fromMinute: 540, toMinute: 690 };

const aVisit = (change: Partial<PlanVisit> = {}): PlanVisit => ({
  visitKey: 'visit',
  elderId: ELDER,
  tier: 1,
  communityCode: HOME,
  serviceCode: 'B01',
  minutes: 60,
  windows: [morning],
  persons: 1,
  wishes: { languages: [] },
  musts: { languages: [] },
  ...change,
});

const aVolunteer = (volunteerId: MemberId, change: Partial<PlanVolunteer> = {}): PlanVolunteer => ({
  volunteerId,
  communityCode: HOME,
  mode: 'walk',
  free: [morning],
  booked: [],
  visitsMax: 7,
  minutesMax: 600,
  dayMinutesMax: 480,
  gender: 'female',
  languages: ['cmn'],
  visitsTo: new Map(),
  apart: new Set(),
  services: new Set(['B01']),
  ...change,
});

const week = { visits: [aVisit()], volunteers: [aVolunteer(ONE), aVolunteer(TWO)] };
const lock = (volunteerId: MemberId) => ({ elderId: ELDER, volunteerId });

it('a locked pair of the plan before stands at its hour', () => {
  const pair = { visitKey: 'visit', elderId: ELDER, volunteerId: TWO, startMinute: 600 };
  expect(settledPairs({ locked: [lock(TWO)], forbidden: [], pairs: [pair] }, week)).toEqual({
    locked: [{ visitKey: 'visit', volunteerId: TWO, startMinute: 600 }],
    forbidden: [],
  });
});

it('an hour that has gone by is not kept; the pair is put where both can', () => {
  const pair = { visitKey: 'visit', elderId: ELDER, volunteerId: TWO, startMinute: 500 };
  const { locked } = settledPairs({ locked: [lock(TWO)], forbidden: [], pairs: [pair] }, week);
  expect(locked).toEqual([{ visitKey: 'visit', volunteerId: TWO, startMinute: 540 }]);
});

it('one lock on a visit for two leaves the other place open; two locks go at one hour', () => {
  const forTwo = { ...week, visits: [aVisit({ persons: 2 })] };
  const one = settledPairs({ locked: [lock(ONE)], forbidden: [], pairs: [] }, forTwo);
  expect([one.locked.length, one.forbidden]).toEqual([1, []]);
  const two = settledPairs({ locked: [lock(ONE), lock(TWO)], forbidden: [], pairs: [] }, forTwo);
  expect(two.locked.map(({ volunteerId, startMinute }) => [volunteerId, startMinute])).toEqual([
    [ONE, 540],
    [TWO, 540],
  ]);
});

it('a volunteer locked to two elders comes to one after the other', () => {
  const other = aVisit({ visitKey: 'other', elderId: idOf(4) });
  const both = {
    ...week,
    visits: [aVisit(), other],
    volunteers: [aVolunteer(ONE, { free: [{ fromMinute: 540, toMinute: 720 }] })],
  };
  const locks = [lock(ONE), { elderId: idOf(4), volunteerId: ONE }];
  const { locked } = settledPairs(
    { locked: locks, forbidden: [], pairs: [] },
    { ...both, visits: [aVisit(), { ...other, windows: [{ fromMinute: 540, toMinute: 720 }] }] },
  );
  expect(locked.map(({ startMinute }) => startMinute)).toEqual([540, 600]);
});

it('who is locked and cannot come is not replaced by somebody else', () => {
  const busy = { ...week, volunteers: [aVolunteer(ONE, { free: [] }), aVolunteer(TWO)] };
  const { locked, forbidden } = settledPairs({ locked: [lock(ONE)], forbidden: [], pairs: [] }, busy);
  expect([locked, forbidden]).toEqual([[], [lock(ONE), lock(TWO)]]);
});
