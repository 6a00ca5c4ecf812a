import { CommunityCode } from '@time-bank/contracts/region';
import { describe, expect, it } from 'vitest';
import { WeekAnnealing } from './week-annealing.ts';
import { boundOf } from './week-bound.ts';
import { type Draft, coveredByTier, pairsOf } from './week-draft.ts';
import { type WeekNetwork, networkOf } from './week-network.ts';
import type { PlanVisit, PlanVolunteer } from './week-problem.ts';
import { WeekRepair } from './week-repair.ts';

const home = { communityCode: CommunityCode.parse('341302001003') };
const morning = (day: number) => ({ fromMinute: day * 1440 + 540, toMinute: day * 1440 + 720 });
const monday = morning(0);

const aVolunteer = (volunteerId: string, change: Partial<PlanVolunteer> = {}): PlanVolunteer => ({
  ...home,
  ...{ volunteerId, mode: 'bicycle', free: [monday], booked: [], gender: 'female', languages: ['cmn'] },
  ...{ visitsMax: 2, minutesMax: 600, dayMinutesMax: 240 },
  ...{ visitsTo: new Map(), apart: new Set(), services: new Set(['B01']) },
  ...change,
});

const aVisit = (elderId: string, change: Partial<PlanVisit> = {}): PlanVisit => ({
  ...home,
  ...{ visitKey: `${elderId}/1`, elderId, tier: 1, serviceCode: 'B01', minutes: 45, windows: [monday] },
  ...{ persons: 1, wishes: { languages: [] }, musts: { languages: [] } },
  ...change,
});

const aWeek = (volunteers: PlanVolunteer[], visits: PlanVisit[], locked = false): WeekNetwork =>
  networkOf({
    ...{ volunteers, visits, forbidden: [], rules: { reachKm: 5, seatMinutes: 90 } },
    locked: locked ? [{ visitKey: 'long/1', volunteerId: 'ann', startMinute: 540 }] : [],
  });

/** A draft by who has which visit, in the order of visits. */
const draftOf = (network: WeekNetwork, who: Record<string, string>): Draft =>
  network.flow.visitOf.map((visit) =>
    network.volunteers.findIndex(
      ({ volunteerId }) => volunteerId === who[network.visits[visit]?.elderId ?? ''],
    ),
  );

const annealed = (network: WeekNetwork, start: Draft): Draft => {
  const annealing = new WeekAnnealing(network, start);
  for (const share of annealing.run()) expect(share).toBeLessThan(1);
  return annealing.draft;
};

/** Ann has a long visit in the only morning in which two short ones could be; Ben could make the long one instead. */
const people = [
  aVolunteer('ann'),
  aVolunteer('ben', { visitsMax: 1, languages: ['cmn', 'wuu'], services: new Set(['B01', 'A04']) }),
];
const visits = [
  aVisit('long', { minutes: 150 }),
  aVisit('one', { musts: { languages: ['cmn'] } }),
  aVisit('other'),
  aVisit('waiting', { serviceCode: 'A04' }),
];

describe('annealing a plan', () => {
  it('finds room for two where one has to go elsewhere and another one has to wait', () => {
    const network = aWeek(people, visits);
    const start = draftOf(network, { long: 'ann', waiting: 'ben' });
    const chained = new WeekRepair(network, start);
    for (const _ of chained.mend()) expect(coveredByTier(network, chained.draft)).toEqual([2]);
    expect(coveredByTier(network, annealed(network, start))).toEqual([3]);
    expect(boundOf(network, [3])).toBe(3);
  });

  it('gives the same plan each time', () => {
    const network = aWeek(people, visits);
    const start = draftOf(network, { long: 'ann', waiting: 'ben' });
    expect(annealed(network, start)).toEqual(annealed(network, start));
  });

  it('never lets an urgent visit give way, however many others that would cover', () => {
    const network = aWeek(
      [aVolunteer('ann')],
      [aVisit('long', { minutes: 150, tier: 0 }), aVisit('one'), aVisit('other')],
    );
    const start = draftOf(network, { long: 'ann' });
    expect(annealed(network, start)).toEqual(start);
  });

  it('of as many visits likes those better to which a known face can go', () => {
    const network = aWeek(
      [aVolunteer('ann', { visitsMax: 1, visitsTo: new Map([['one', 4]]) })],
      [aVisit('other'), aVisit('one')],
    );
    const draft = annealed(network, draftOf(network, { other: 'ann' }));
    expect(pairsOf(network, draft).map(({ visit }) => network.visits[visit]?.elderId)).toEqual(['one']);
  });

  it('leaves alone what a coordinator has settled, and those who go together', () => {
    const settled = aWeek(people, visits, true);
    expect(annealed(settled, draftOf(settled, { waiting: 'ben' })).filter((each) => each === 0)).toEqual(
      new Int32Array(),
    );
    const together = aWeek(people, [aVisit('long', { persons: 2, minutes: 150 }), ...visits.slice(1)]);
    const start = Int32Array.from([0, 1, -1, -1, -1]);
    expect(annealed(together, start).slice(0, 2)).toEqual(Int32Array.from([0, 1]));
  });
});
