import { CoverageRow } from '@time-bank/contracts/coverage';
import { idMaker } from '@time-bank/contracts/ids';
import { expect, it } from 'vitest';
import { coveredOf } from './coverage-state.ts';

const ids = idMaker(() => 0);
const elder = (name: string, facts: object = {}): CoverageRow =>
  CoverageRow.parse({
    elderId: ids.member(),
    name,
    gender: 'female',
    age: 80,
    communityCode: '341302001003',
    ...{ tier: 'high', counts: true, wanted: 1, missing: 1, mayBePhone: false },
    visited: 0,
    planned: 0,
    open: 0,
    visits: [],
    ...facts,
  });

it('counts an elder as visited whatever else is planned', () => {
  expect(coveredOf(elder('both', { visited: 1, planned: 1 }))).toBe('visited');
});

it('counts an elder as a gap until a volunteer has come forward', () => {
  expect(coveredOf(elder('asked for', { open: 1 }))).toBe('unplanned');
  expect(coveredOf(elder('arranged', { open: 1, planned: 1 }))).toBe('planned');
});

it('counts nobody as a gap whose turn it is not this week, unless somebody was asked', () => {
  expect(coveredOf(elder('not due', { wanted: 0, missing: 0 }))).toBe('notDue');
  expect(coveredOf(elder('asked for', { wanted: 0, missing: 0, open: 1 }))).toBe('unplanned');
});
