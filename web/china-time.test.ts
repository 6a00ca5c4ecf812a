import { describe, expect, it } from 'vitest';
import { clockOf, dateOf, dayWords, instantAt, lastDayWords, momentWords, whenWords } from './china-time.ts';
import { en } from './words/en.ts';
import { tasksZhHans } from './words/tasks-zh-hans.ts';
import { zhHans } from './words/zh-hans.ts';

const words = { ...zhHans, ...tasksZhHans };

describe('time in China', () => {
  it('is eight hours ahead of UTC, also across midnight', () => {
    expect(dateOf('2026-11-21T16:30:00.000Z')).toBe('2026-11-22');
    expect(clockOf('2026-11-21T16:30:00.000Z')).toBe('00:30');
  });

  it('is read back from the fields of a form', () => {
    expect(instantAt('2026-11-22', '00:30')).toBe('2026-11-21T16:30:00.000Z');
    expect(instantAt('2026-11-22', '00:30:00')).toBe('2026-11-21T16:30:00.000Z');
    expect(instantAt('', '10:00')).toBeUndefined();
    expect(instantAt('2026-11-22', '')).toBeUndefined();
  });

  it('is said as people say it', () => {
    expect(momentWords(words, '2026-11-21T02:32:00.000Z')).toBe('11月21日 10:32');
    expect(dayWords(en, '2026-11-21T02:32:00.000Z')).toBe('21 November');
  });

  it('says the last day on which something can be used that lapses', () => {
    expect(lastDayWords(words, '2026-11-30T16:00:00.000Z')).toBe('11月30日');
    expect(lastDayWords(words, '2026-12-01T02:00:00.000Z')).toBe('12月1日');
  });

  it('says today and tomorrow', () => {
    const now = '2026-11-21T02:00:00.000Z';
    expect(whenWords(words, '2026-11-21T06:00:00.000Z', now)).toBe('今天 11月21日 周六 14:00');
    expect(whenWords(words, '2026-11-22T06:00:00.000Z', now)).toBe('明天 11月22日 周日 14:00');
    expect(whenWords(words, '2026-11-23T06:00:00.000Z', now)).toBe('11月23日 周一 14:00');
  });
});
