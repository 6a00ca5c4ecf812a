import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { blankFields, clocksOn, nextNoons, problemsOf, stepOf, wantedOf } from './booking.ts';
import { dateOf } from './china-time.ts';
import type { Service } from './services.ts';
import { tasksZhHans } from './words/tasks-zh-hans.ts';
import { zhHans } from './words/zh-hans.ts';

const words = { ...zhHans, ...tasksZhHans };
const talk: Service = {
  code: 'C01',
  words: { 'zh-Hans': '陪聊', 'zh-Hant': '陪聊', en: 'Company' },
  risk: 1,
  madeBy: 'volunteer',
  persons: 1,
  defaultMinutes: 60,
  minMinutes: 15,
  maxMinutes: 240,
  fromMinute: 7 * 60,
  toMinute: 21 * 60,
  levels: [0, 4],
  ratePercent: 100,
  isRemote: false,
  withHours: true,
  byCommunity: true,
  needsLicence: false,
  proofs: ['code'],
};
const answered = { ...blankFields, service: 'C01', date: '2026-11-22', clock: '15:00', minutes: '60' };

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-21T05:30:00.000Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

it('an address that names no step is that of the first question', () => {
  expect([stepOf(undefined), stepOf('nothing'), stepOf('long')]).toEqual(['what', 'what', 'long']);
});

describe('the days and hours to choose from', () => {
  it('are the next seven days in China, today first', () => {
    expect(nextNoons().map(dateOf)).toEqual([
      '2026-11-21',
      '2026-11-22',
      '2026-11-23',
      '2026-11-24',
      '2026-11-25',
      '2026-11-26',
      '2026-11-27',
    ]);
  });

  it('are today those hours alone that are still to come', () => {
    expect(clocksOn('2026-11-21', talk).map(({ clock }) => clock)).toEqual([
      '14:00',
      '15:00',
      '16:00',
      '17:00',
      '18:00',
    ]);
    expect(clocksOn('2026-11-22', talk)).toHaveLength(11);
  });
});

describe('what is wrong with an answer', () => {
  const problems = (step: Parameters<typeof problemsOf>[1], change = {}, means = {}) =>
    problemsOf(words, step, { ...answered, ...change }, { means, services: [talk] }).map(
      ({ field }) => field,
    );

  it('is nothing where every question is answered', () => {
    for (const step of ['what', 'day', 'clock', 'long', 'wishes'] as const)
      expect(problems(step)).toEqual([]);
  });

  it.each([
    ['what', { service: '' }, 'service'],
    ['what', { service: 'H01' }, 'service'],
    ['day', { date: '' }, 'date'],
    ['day', { date: '2026-11-20' }, 'date'],
    ['clock', { clock: '' }, 'clock'],
    ['clock', { date: '2026-11-21', clock: '13:00' }, 'clock'],
    ['long', { minutes: '' }, 'minutes'],
  ] as const)('is told on the page %s beside its field: %o', (step, change, field) => {
    expect(problems(step, change)).toEqual([field]);
  });

  it('is that there are too few hours, where hours pay', () => {
    expect(problems('long', {}, { availableMinutes: 45 })).toEqual(['minutes']);
    expect(problems('long', {}, { availableMinutes: 60 })).toEqual([]);
  });
});

describe('what is sent', () => {
  it('is whole once service, day, hour and length are known', () => {
    expect(wantedOf(words, { ...answered, note: ' 请敲门 ', gender: 'female' }, [talk])).toEqual({
      serviceCode: 'C01',
      plannedStartAt: '2026-11-22T07:00:00.000Z',
      plannedMinutes: 60,
      wishes: { languages: [], gender: 'female' },
      note: '请敲门',
    });
  });

  it.each([[{ service: 'H01' }], [{ date: '' }], [{ clock: '' }], [{ minutes: '' }]])(
    'is nothing without %o',
    (change) => {
      expect(wantedOf(words, { ...answered, ...change }, [talk])).toBeUndefined();
    },
  );
});
