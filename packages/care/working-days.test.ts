import { expect, it } from 'vitest';
import { daysAfter, isWorkingDay, workingDaysAfter } from './working-days.ts';

it.each([
  ['a plain Monday', '2026-11-23', true],
  ['a plain Saturday', '2026-11-21', false],
  ['National Day, a Thursday', '2026-10-01', false],
  ['the Saturday before the Spring Festival, on which work is made up', '2026-02-14', true],
  ['the Saturday after it, on which work is made up', '2026-02-28', true],
  ['a Monday within the Spring Festival', '2026-02-16', false],
  ['the Sunday before National Day, on which work is made up', '2026-09-20', true],
])('%s', (_, date, isOpen) => {
  expect(isWorkingDay(date)).toBe(isOpen);
});

it('five working days from a Saturday morning end with the next Friday in China', () => {
  expect(workingDaysAfter('2026-11-21T02:00:00.000Z', 5)).toBe('2026-11-27T15:59:59.999Z');
});

it('the day itself does not count, not even its first minute in China', () => {
  expect(workingDaysAfter('2026-11-22T16:00:00.000Z', 1)).toBe('2026-11-24T15:59:59.999Z');
});

it('five working days across the Spring Festival of 2026 take the made-up Saturday in', () => {
  // Thursday 12 February: Friday 13, Saturday 14 (made up), then the festival until Monday 23; 24, 25 and 26 follow.
  expect(workingDaysAfter('2026-02-12T02:00:00.000Z', 5)).toBe('2026-02-26T15:59:59.999Z');
});

it('fifteen working days across National Day take the made-up days in', () => {
  // From Friday 18 September: 20 (made up) to 24 are five, then Mid-Autumn; 28 to 30 eight, then the holidays; 8, 9 and 10 (made up) eleven, 12 to 15 fifteen.
  expect(workingDaysAfter('2026-09-18T02:00:00.000Z', 15)).toBe('2026-10-15T15:59:59.999Z');
});

it('a year whose holidays are not announced yet is counted by its weekdays', () => {
  expect(isWorkingDay('2029-02-13')).toBe(true);
  expect(isWorkingDay('2029-02-17')).toBe(false);
});

it('one day is the end of tomorrow in China, a holiday or not', () => {
  expect(daysAfter('2026-09-30T02:00:00.000Z', 1)).toBe('2026-10-01T15:59:59.999Z');
  expect(daysAfter('2026-09-30T02:00:00.000Z', 0)).toBe('2026-09-30T15:59:59.999Z');
});
