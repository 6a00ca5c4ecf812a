import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import {
  CivilDate,
  Instant,
  IsoWeek,
  ageOn,
  dateOfAge,
  boundsOfWeek,
  civilDateOf,
  instantOf,
  isoWeekOf,
  minuteOfDay,
  msOf,
  plusMinutes,
  startOfDay,
  weekdayOf,
  wholeMinutesBetween,
} from './time.ts';

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;
const anInstant = fc
  .integer({ min: Date.parse('1992-01-06T00:00:00Z'), max: Date.parse('2099-12-27T00:00:00Z') })
  .map(instantOf);

describe('an instant', () => {
  it.each(['2026-11-21T02:30:00.000Z', '2026-11-21T02:30:00Z', '2026-11-21T02:30:00.5Z'])(
    '%s is taken',
    (text) => {
      expect(Instant.safeParse(text).success).toBe(true);
    },
  );

  it.each([
    '2026-11-21',
    '2026-11-21T10:30:00+08:00',
    '2026-11-21T02:30:00',
    '2026-11-21 02:30:00Z',
    '2026-11-21T02:30:00.0000Z',
    '2026-02-29T02:30:00Z',
    '2026-11-21T24:00:00Z',
    '1795228200000',
  ])('%s is not taken', (text) => {
    expect(Instant.safeParse(text).success).toBe(false);
  });

  it('is the same after a walk through milliseconds', () => {
    fc.assert(
      fc.property(anInstant, (instant) => {
        expect(instantOf(msOf(instant))).toBe(instant);
      }),
    );
  });

  it('moves by minutes, also backwards', () => {
    expect(plusMinutes('2026-12-31T23:59:30.000Z', 1)).toBe('2027-01-01T00:00:30.000Z');
    expect(plusMinutes('2027-01-01T00:00:30.000Z', -1)).toBe('2026-12-31T23:59:30.000Z');
  });
});

describe('whole minutes between two instants', () => {
  it.each([
    { end: '2026-11-21T02:00:00.000Z', minutes: 0 },
    { end: '2026-11-21T02:00:59.999Z', minutes: 0 },
    { end: '2026-11-21T02:01:00.000Z', minutes: 1 },
    { end: '2026-11-21T03:29:59.000Z', minutes: 89 },
    { end: '2026-11-22T02:00:00.000Z', minutes: 1440 },
  ])('from 02:00 to $end are $minutes', ({ end, minutes }) => {
    expect(wholeMinutesBetween('2026-11-21T02:00:00.000Z', end)).toBe(minutes);
  });
});

describe('the wall in China', () => {
  it.each([
    { at: '2026-11-21T15:59:59.999Z', date: '2026-11-21', minute: 1439, weekday: 6 },
    { at: '2026-11-21T16:00:00.000Z', date: '2026-11-22', minute: 0, weekday: 7 },
    { at: '2026-11-22T15:59:00.000Z', date: '2026-11-22', minute: 1439, weekday: 7 },
    { at: '2026-11-22T16:00:00.000Z', date: '2026-11-23', minute: 0, weekday: 1 },
    { at: '2026-12-31T16:00:00.000Z', date: '2027-01-01', minute: 0, weekday: 5 },
    { at: '2028-02-28T16:30:00.000Z', date: '2028-02-29', minute: 30, weekday: 2 },
  ])('shows $date, minute $minute, weekday $weekday at $at', ({ at, date, minute, weekday }) => {
    expect(civilDateOf(at)).toBe(date);
    expect(minuteOfDay(at)).toBe(minute);
    expect(weekdayOf(at)).toBe(weekday);
  });

  it('a day begins at its own midnight', () => {
    expect(startOfDay('2026-11-22')).toBe('2026-11-21T16:00:00.000Z');
    fc.assert(
      fc.property(anInstant, (instant) => {
        const begins = startOfDay(civilDateOf(instant));
        expect(minuteOfDay(begins)).toBe(0);
        expect(wholeMinutesBetween(begins, instant)).toBe(minuteOfDay(instant));
      }),
    );
  });

  it('is the wall that the time zone database knows', () => {
    const wall = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Asia/Shanghai',
      dateStyle: 'short',
      timeStyle: 'short',
    });
    fc.assert(
      fc.property(anInstant, (instant) => {
        const [hour, minute] = [Math.floor(minuteOfDay(instant) / 60), minuteOfDay(instant) % 60];
        const clock = [hour, minute].map((part) => String(part).padStart(2, '0')).join(':');
        expect(`${civilDateOf(instant)} ${clock}`).toBe(wall.format(msOf(instant)));
      }),
    );
  });
});

describe('the ISO week', () => {
  it.each([
    { wall: 'Sunday 23:59', at: '2026-11-22T15:59:59.999Z', week: '2026-W47' },
    { wall: 'Monday 00:00', at: '2026-11-22T16:00:00.000Z', week: '2026-W48' },
    { wall: '31 December 2026, a Thursday', at: '2026-12-31T04:00:00.000Z', week: '2026-W53' },
    { wall: '1 January 2027, a Friday', at: '2027-01-01T04:00:00.000Z', week: '2026-W53' },
    { wall: 'Sunday 3 January 2027, 23:59', at: '2027-01-03T15:59:00.000Z', week: '2026-W53' },
    { wall: 'Monday 4 January 2027, 00:00', at: '2027-01-03T16:00:00.000Z', week: '2027-W01' },
    { wall: 'Monday 30 December 2024', at: '2024-12-30T04:00:00.000Z', week: '2025-W01' },
    { wall: 'Sunday 1 January 2023', at: '2023-01-01T04:00:00.000Z', week: '2022-W52' },
  ])('of $wall is $week', ({ at, week }) => {
    expect(isoWeekOf(at)).toBe(week);
  });

  it('lasts from Monday 00:00 to the next in China', () => {
    expect(boundsOfWeek('2026-W47')).toEqual({
      from: '2026-11-15T16:00:00.000Z',
      to: '2026-11-22T16:00:00.000Z',
    });
    expect(boundsOfWeek('2026-W53').to).toBe(boundsOfWeek('2027-W01').from);
  });

  it('holds every instant within its bounds and none outside', () => {
    fc.assert(
      fc.property(anInstant, (instant) => {
        const week = isoWeekOf(instant);
        const { from, to } = boundsOfWeek(week);
        expect(msOf(from) <= msOf(instant) && msOf(instant) < msOf(to)).toBe(true);
        expect(msOf(to) - msOf(from)).toBe(WEEK_MS);
        expect(weekdayOf(from)).toBe(1);
        expect(minuteOfDay(from)).toBe(0);
        expect([isoWeekOf(from), isoWeekOf(instantOf(msOf(to) - 1))]).toEqual([week, week]);
        expect(isoWeekOf(to)).not.toBe(week);
      }),
    );
  });

  it.each(['2026-W01', '2026-W52', '2026-W53', '2020-W53'])('%s is taken', (week) => {
    expect(IsoWeek.safeParse(week).success).toBe(true);
  });

  it.each(['2026-W00', '2026-W54', '2026-W1', '2026W47', '2026-w47', '26-W47'])('%s is not taken', (week) => {
    expect(IsoWeek.safeParse(week).success).toBe(false);
  });

  it.each(['2025-W53', '2027-W53'])('%s is not taken, for that year has 52 weeks', (week) => {
    expect(IsoWeek.safeParse(week).success).toBe(false);
  });
});

describe('age', () => {
  it.each([
    { why: 'the day before the birthday', birth: '1966-11-22', on: '2026-11-21', years: 59 },
    { why: 'the birthday', birth: '1966-11-21', on: '2026-11-21', years: 60 },
    { why: 'the day of birth', birth: '2026-11-21', on: '2026-11-21', years: 0 },
    { why: 'born on 29 February, on 28 February', birth: '1968-02-29', on: '2026-02-28', years: 57 },
    { why: 'born on 29 February, on 1 March', birth: '1968-02-29', on: '2026-03-01', years: 58 },
    { why: 'born on 29 February, in a leap year', birth: '1968-02-29', on: '2028-02-29', years: 60 },
    { why: 'the turn of the year', birth: '1950-12-31', on: '2026-01-01', years: 75 },
  ])('$why: $years', ({ birth, on, years }) => {
    expect(ageOn(birth, on)).toBe(years);
  });
});

describe('the day on which an age is reached', () => {
  it.each([
    { birth: '1966-11-21', years: 60, on: '2026-11-21' },
    { birth: '1964-02-29', years: 60, on: '2024-02-29' },
    { birth: '1968-02-29', years: 55, on: '2023-03-01' },
    { birth: '2026-12-31', years: 0, on: '2026-12-31' },
  ])('$years years after $birth: $on', ({ birth, years, on }) => {
    expect(dateOfAge(birth, years)).toBe(on);
  });

  it('is the first day on which the years are complete', () => {
    const day = fc.integer({
      min: Date.UTC(1900, 0, 1) / 86_400_000,
      max: Date.UTC(2026, 0, 1) / 86_400_000,
    });
    const dateOf = (days: number) => new Date(days * 86_400_000).toISOString().slice(0, 10);
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 100 }), (born, years) => {
        const on = dateOfAge(dateOf(born), years);
        expect(ageOn(dateOf(born), on)).toBe(years);
        expect(ageOn(dateOf(born), dateOf(Date.parse(on) / 86_400_000 - 1))).toBe(years - 1);
      }),
    );
  });
});

it.each(['2026-02-29', '2026-13-01', '2026-1-1', '20260101'])('%s is no date', (text) => {
  expect(CivilDate.safeParse(text).success).toBe(false);
});
