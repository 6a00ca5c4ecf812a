import { PoolId } from '@time-bank/contracts/ledger';
import { CommunityCode } from '@time-bank/contracts/region';
import { expect, it } from 'vitest';
import { isHomePool } from './home-pool.ts';

const HOME = CommunityCode.parse('341302001003');

it.each([
  ['pool:341302001', true],
  ['pool:341302', true],
  ['pool:341302001:winter-visits', true],
  ['pool:341302:winter-visits', true],
  ['pool:3413', false],
  ['pool:3413:winter-visits', false],
  ['pool:341302002', false],
  ['pool:341303', false],
  ['pool:340102001:winter-visits', false],
])('%s is one of a home in 341302001003: %s', (poolId, isOne) => {
  expect(isHomePool(PoolId.parse(poolId), HOME)).toBe(isOne);
});
