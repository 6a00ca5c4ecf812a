import type { PlanVisit, PlanVolunteer } from '@time-bank/matching/week-problem';
import { describe, expect, it } from 'vitest';
import { aVisit, aVolunteer, aWeek, north } from './a-week.ts';
import { coverWithHighs } from './highs-coverage.ts';
import { faultsOf, scoreOf } from './scorer.ts';
import { nearestFirst } from './baselines.ts';

const TUESDAY = { fromMinute: 1440 + 540, toMinute: 1440 + 720 };

const coveredOf = async (volunteers: readonly PlanVolunteer[], visits: readonly PlanVisit[]) => {
  const week = aWeek(volunteers, visits);
  const found = await coverWithHighs(week, 20);
  expect(found.isExact).toBe(true);
  expect(found.bound).toBe(found.covered);
  expect(faultsOf(week, found.pairs)).toEqual([]);
  return found.coveredByTier;
};

describe('the exact optimum of coverage', () => {
  it('finds what going through the list misses', async () => {
    const week = aWeek(
      [aVolunteer('can both', { visitsMax: 1 }), aVolunteer('cmn', { visitsMax: 1, point: north(1) })],
      [aVisit('a plain visit'), aVisit('in dialect', { musts: { languages: ['wanbei'] } })],
    );
    const dialect = week.volunteers.map((each, at) =>
      at === 0 ? { ...each, languages: ['cmn' as const, 'wanbei' as const] } : each,
    );
    expect(scoreOf(week, nearestFirst({ ...week, volunteers: dialect })).covered).toBe(1);
    expect(await coveredOf(dialect, week.visits)).toEqual([2]);
  });

  it('covers tier by tier: one of the first is worth all of the second', async () => {
    const ann = aVolunteer('ann', { minutesMax: 120 });
    const visits = [
      aVisit('long', { minutes: 120 }),
      aVisit('short', { tier: 1 }),
      aVisit('short too', { tier: 1 }),
    ];
    expect(await coveredOf([ann], visits)).toEqual([1, 0]);
  });

  it.each([
    ['a morning holds two', [aVisit('wu'), aVisit('xu'), aVisit('ye')], 2],
    ['the way between far doors takes too long', [aVisit('wu'), aVisit('xu', { point: north(4.5) })], 1],
    [
      'nobody is visited twice on a day',
      [aVisit('wu/1', { elderId: 'wu' }), aVisit('wu/2', { elderId: 'wu' })],
      1,
    ],
    ['two go only where there are two', [aVisit('wu', { persons: 2 })], 0],
  ])('%s', async (_name, visits, expected) => {
    expect(await coveredOf([aVolunteer('ann')], visits)).toEqual([expected]);
  });

  it('tells when it had as many as were asked for, and nothing where it never had', async () => {
    const week = aWeek([aVolunteer('ann')], [aVisit('wu'), aVisit('xu'), aVisit('ye', { tier: 1 })]);
    const found = await coverWithHighs(week, 20, [2, 0]);
    expect(found.secondsToEqual).toBeLessThanOrEqual(found.seconds);
    expect((await coverWithHighs(week, 20, [2, 1])).secondsToEqual).toBeUndefined();
  });

  it('finds hours for those who go together and for what each does besides', async () => {
    const volunteers = [aVolunteer('ann'), aVolunteer('ben'), aVolunteer('cem', { free: [TUESDAY] })];
    const visits = [
      aVisit('both', { persons: 2 }),
      aVisit('one'),
      aVisit('other'),
      aVisit('tuesday', { windows: [TUESDAY] }),
    ];
    expect(await coveredOf(volunteers, visits)).toEqual([4]);
  });

  it('a chain of three in a morning that holds two by the way is told from the hours', async () => {
    const walks = aVolunteer('ann', { free: [{ fromMinute: 540, toMinute: 780 }], point: north(1) });
    const long = { fromMinute: 540, toMinute: 780 };
    const visits = ['wu', 'xu', 'ye'].map((key, at) =>
      aVisit(key, { windows: [long], minutes: 60, point: north(at * 0.9) }),
    );
    const found = await coveredOf([walks], visits);
    expect(found).toEqual([3]);
    const far = visits.map((visit, at) => ({ ...visit, point: north(at * 2.2) }));
    expect(await coveredOf([walks], far)).toEqual([2]);
  });
});
