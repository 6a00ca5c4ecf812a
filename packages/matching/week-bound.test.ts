import { CommunityCode } from '@time-bank/contracts/region';
import { describe, expect, it } from 'vitest';
import { boundOf } from './week-bound.ts';
import { networkOf } from './week-network.ts';
import type { PlanVisit, PlanVolunteer } from './week-problem.ts';

const home = { communityCode: CommunityCode.parse('341302001003') };
const morning = (day: number) => ({ fromMinute: day * 1440 + 540, toMinute: day * 1440 + 720 });

const aVolunteer = (volunteerId: string, change: Partial<PlanVolunteer> = {}): PlanVolunteer => ({
  ...home,
  ...{ volunteerId, mode: 'bicycle', booked: [], gender: 'female', languages: ['cmn'] },
  ...{ free: [morning(0), morning(1)], visitsMax: 2, minutesMax: 600, dayMinutesMax: 240 },
  ...{ visitsTo: new Map(), apart: new Set(), services: new Set(['B01']) },
  ...change,
});

const aVisit = (visitKey: string, change: Partial<PlanVisit> = {}): PlanVisit => ({
  ...home,
  ...{ visitKey, elderId: visitKey.split('/')[0] ?? '', tier: 0, serviceCode: 'B01', minutes: 60 },
  ...{ windows: [morning(0)], persons: 1, wishes: { languages: [] }, musts: { languages: [] } },
  ...change,
});

/** The most that a plan can cover beside one that covers so many of each tier. */
const most = (volunteers: PlanVolunteer[], visits: PlanVisit[], covered: number[]): number =>
  boundOf(
    networkOf({
      ...{ volunteers, visits, locked: [], forbidden: [] },
      rules: { reachKm: 5, seatMinutes: 90 },
    }),
    covered,
  );

describe('the most visits that a plan can cover', () => {
  const [ann, ben] = [aVolunteer('ann'), aVolunteer('ben')];

  it('counts one visit a day to an elder, however many could come', () => {
    expect(most([ann, ben], [aVisit('wu/1'), aVisit('wu/2')], [1])).toBe(1);
    const days = [morning(0), morning(1)];
    expect(most([ann], [aVisit('wu/1', { windows: days }), aVisit('wu/2', { windows: days })], [2])).toBe(2);
  });

  it('counts no visit for two where one person would have to be both', () => {
    const two = aVisit('wu/1', { persons: 2 });
    expect(most([ann], [two], [0])).toBe(0);
    expect(most([ann, ben], [two], [1])).toBe(1);
  });

  it('takes two turns for what two make together, when a less urgent tier asks what is left', () => {
    const once = [ann, ben].map((each) => ({ ...each, visitsMax: 1 }));
    const visits = [aVisit('two', { persons: 2 }), aVisit('later', { tier: 1 })];
    expect(most(once, visits, [1, 0])).toBe(1);
  });

  it('lets a plan that covers more of an urgent tier cover anything after it', () => {
    const once = [ann, ben].map((each) => ({ ...each, visitsMax: 1 }));
    const visits = [aVisit('urgent'), aVisit('later', { tier: 1 }), aVisit('later too', { tier: 1 })];
    expect(most(once, visits, [0, 2])).toBe(2);
    expect(most(once, visits, [1, 1])).toBe(2);
  });
});
