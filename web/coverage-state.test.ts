import { CoverageRow } from '@time-bank/contracts/coverage';
import { idMaker } from '@time-bank/contracts/ids';
import { expect, it } from 'vitest';
import { byNeed, coveredOf } from './coverage-state.ts';

const ids = idMaker(() => 0);
const elder = (name: string, facts: object = {}): CoverageRow =>
  CoverageRow.parse({
    elderId: ids.member(),
    name,
    gender: 'female',
    age: 80,
    communityCode: '341302001003',
    visited: 0,
    planned: 0,
    open: 0,
    visits: [],
    ...facts,
  });

it('puts whoever was forgotten first, and of those whoever needs it most', () => {
  const rows = [
    elder('visited', { visited: 1, livingSituation: 'alone' }),
    elder('arranged', { planned: 1 }),
    elder('older', { age: 90 }),
    elder('younger', { age: 70 }),
    elder('weak', { abilityLevel: 3 }),
    elder('alone', { livingSituation: 'alone', age: 65 }),
  ];
  expect(rows.sort(byNeed).map(({ name }) => name)).toEqual([
    'alone',
    'weak',
    'older',
    'younger',
    'arranged',
    'visited',
  ]);
});

it('counts an elder as visited whatever else is planned', () => {
  expect(coveredOf(elder('both', { visited: 1, planned: 1 }))).toBe('visited');
});
