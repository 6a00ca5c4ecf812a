import { expect, it } from 'vitest';
import { defaults } from './catalogue.ts';
import { diffOf } from './policy-difference.ts';

it('a policy does not differ from itself, nor by the order within a set', () => {
  expect(diffOf(defaults, defaults)).toEqual([]);
  expect(diffOf(defaults, { ...defaults, proofKinds: ['photo', 'gps', 'call_back', 'code'] })).toEqual([]);
});

it('values that differ stand in the order of the catalogue, as they were and as they will be', () => {
  const after = {
    ...defaults,
    emergencyAnswerSeconds: 20,
    giftRelations: ['spouse'] as const,
    coinsPerHour: 2,
    version: '20260401.1',
  };
  expect(diffOf(defaults, after)).toEqual([
    { key: 'coinsPerHour', before: 1, after: 2 },
    {
      key: 'giftRelations',
      before: ['spouse', 'parent', 'child', 'grandparent', 'grandchild'],
      after: ['spouse'],
    },
    { key: 'emergencyAnswerSeconds', before: 30, after: 20 },
  ]);
});
