import { RequestState } from '@time-bank/contracts/request';
import { expect, it } from 'vitest';
import { takesTime } from './volunteer-facts.ts';

it('a request takes up its volunteer’s time from acceptance on, unless it is taken back', () => {
  expect(RequestState.options.filter(takesTime)).toEqual([
    'accepted',
    'in_service',
    'pending_confirm',
    'settled',
  ]);
});
