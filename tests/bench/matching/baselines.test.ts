import { breachesOf } from '@time-bank/matching/week-check';
import { describe, expect, it } from 'vitest';
import { aVisit, aVolunteer, aWeek, north } from './a-week.ts';
import { bestScoreFirst, nearestFirst, selfClaim } from './baselines.ts';
import { faultsOf, scoreOf } from './scorer.ts';
import { makeTown } from './town.ts';

const everybody = { seed: 1, activePerMille: 1000 };

describe('what is done today', () => {
  const { problem } = makeTown('small');

  it.each([
    ['self-claim', selfClaim],
    ['nearest first', nearestFirst],
    ['best score first', bestScoreFirst],
  ])('%s makes plans that are legal by the scorer and by the planner, the same each time', (_name, plan) => {
    const pairs = plan(problem);
    expect(faultsOf(problem, pairs)).toEqual([]);
    expect(breachesOf(problem, pairs)).toEqual([]);
    expect(pairs).toEqual(plan(problem));
    expect(scoreOf(problem, pairs).coverage).toBeGreaterThan(0.2);
  });

  it('whoever looks at the list goes to the elder they know, else to the nearest', () => {
    const visits = [aVisit('near'), aVisit('far', { point: north(2) })];
    const ann = aVolunteer('ann', { visitsMax: 1 });
    expect(selfClaim(aWeek([ann], visits), everybody)).toMatchObject([{ visitKey: 'near' }]);
    const knows = aVolunteer('ann', { visitsMax: 1, visitsTo: new Map([['far', 1]]) });
    expect(selfClaim(aWeek([knows], visits), everybody)).toMatchObject([{ visitKey: 'far' }]);
  });

  it('nobody claims where nobody looks', () => {
    expect(selfClaim(problem, { seed: 1, activePerMille: 0 })).toEqual([]);
  });

  it('a visit of two takes place where a second one joins, and not with one', () => {
    const visits = [aVisit('wu', { persons: 2 })];
    expect(selfClaim(aWeek([aVolunteer('ann')], visits), everybody)).toEqual([]);
    const both = aWeek([aVolunteer('ann'), aVolunteer('ben')], visits);
    const together = [{ volunteerId: 'ann' }, { volunteerId: 'ben' }];
    expect(selfClaim(both, everybody)).toMatchObject(together);
    expect(nearestFirst(both)).toMatchObject(together);
  });

  it('nearest first sends the neighbour, best score first the face that is known', () => {
    const week = aWeek(
      [aVolunteer('near'), aVolunteer('known', { point: north(0.3), visitsTo: new Map([['wu', 9]]) })],
      [aVisit('wu')],
    );
    expect(nearestFirst(week)).toMatchObject([{ volunteerId: 'near' }]);
    expect(bestScoreFirst(week)).toMatchObject([{ volunteerId: 'known' }]);
  });

  it('who comes late in the list gets nobody once all are taken', () => {
    const week = aWeek(
      [aVolunteer('ann', { visitsMax: 1 })],
      [aVisit('later', { tier: 1 }), aVisit('first')],
    );
    expect(nearestFirst(week)).toMatchObject([{ visitKey: 'first' }]);
  });
});
