import { RequestState } from '@time-bank/contracts/request';
import { expect, it } from 'vitest';
import { isEnd, isUnderWay, leadsTo } from './life.ts';

it('a visit that somebody waits for keeps an account open and a person from being erased; one that is credited does not', () => {
  expect(RequestState.options.filter(isUnderWay)).toEqual([
    'submitted',
    'published',
    'accepted',
    'confirmed',
    'in_service',
    'aborted',
    'pending_confirm',
    'callback',
    'rectify',
    'disputed',
    'unfilled',
    'fallback',
  ]);
});

it('nothing that is over is waited for', () => {
  for (const state of RequestState.options) {
    expect(isEnd(state), state).toBe(leadsTo[state].length === 0);
    if (isEnd(state)) expect(isUnderWay(state), state).toBe(false);
  }
});
