import { plusMinutes } from '@time-bank/contracts/time';
import { describe, expect, it } from 'vitest';
import { type TakenOn, pauseFor } from './no-show.ts';
import { warningsDue } from './unfilled.ts';

const rules = { noShowCountMax: 3, noShowWindowDays: 90, noShowPauseDays: 30, freeCancelHours: 24 };
const NOW = '2026-11-21T02:00:00.000Z';
const DAY = 24 * 60;

const missed = (daysAgo: number): TakenOn => ({
  state: 'no_show',
  plannedStartAt: plusMinutes(NOW, -daysAgo * DAY),
});
/** Given back so many hours before it was to begin. */
const givenBack = (hours: number): TakenOn => {
  const plannedStartAt = plusMinutes(NOW, -DAY);
  return { state: 'withdrawn', plannedStartAt, withdrawnAt: plusMinutes(plannedStartAt, -hours * 60) };
};
const times = (count: number, part: TakenOn): TakenOn[] => Array.from({ length: count }, () => part);

describe('a volunteer is paused', () => {
  it.each([
    ['after three missed visits', [missed(1), missed(30), missed(89)], '2026-12-21'],
    ['not after two', [missed(1), missed(30)], undefined],
    ['not where the third lies longer ago than the window', [missed(1), missed(30), missed(90)], undefined],
    ['after nine that were given back late', times(9, givenBack(23)), '2026-12-21'],
    ['not after eight', times(8, givenBack(23)), undefined],
    [
      'after two missed and three given back late',
      [missed(1), missed(2), ...times(3, givenBack(1))],
      '2026-12-21',
    ],
    ['not for what was given back a day before', times(20, givenBack(24)), undefined],
    ['after three given back only when they had begun', times(3, givenBack(0)), '2026-12-21'],
    [
      'not for visits that somebody else gave up',
      times(9, { state: 'withdrawn', plannedStartAt: NOW }),
      undefined,
    ],
    ['not for visits that were made', times(9, { state: 'credited', plannedStartAt: NOW }), undefined],
  ])('%s', (_what, parts, until) => {
    expect(pauseFor(rules, parts, NOW)).toBe(until);
  });
});

describe('warnings before a visit that nobody has taken', () => {
  it.each([
    [25 * 60, 0],
    [24 * 60, 1],
    [121, 1],
    [120, 2],
    [1, 2],
  ])('%i minutes before the start: %i', (minutes, count) => {
    expect(warningsDue({ unfilledWarnHours: [24, 2] }, plusMinutes(NOW, minutes), NOW)).toBe(count);
  });
});
