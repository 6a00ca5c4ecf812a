import { MemberId } from '@time-bank/contracts/ids';
import { msOf } from '@time-bank/contracts/time';
import { defaults as rules } from '@time-bank/policy/catalogue';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Ranked } from './candidates.ts';
import {
  ASKED_MAX,
  type AskFacts,
  type Sent,
  WAVES_MAX,
  nextWaveAt,
  sizeOfWave,
  whomToAsk,
} from './waves.ts';

const idOf = (number: number): MemberId => MemberId.parse(`mem_${String(number).padStart(26, '0')}`);
const free = (number: number): Ranked => ({
  volunteerId: idOf(number),
  score: 1000 - number,
  reasons: [{ code: 'free_then' }],
});
const many = Array.from({ length: 100 }, (_, index) => free(index + 1));
const nobodyAsked = (): AskFacts => ({ asksInWeek: 0, isSilent: false });
const numbersOf = (ids: readonly MemberId[]) => ids.map((id) => Number(id.slice(4)));

/** Ten in the morning in China. */
const AT = '2026-11-21T02:00:00.000Z';
const sent = (change: Partial<Sent> = {}): Sent => ({
  wave: 1,
  at: AT,
  to: [idOf(1), idOf(2), idOf(3)],
  ...change,
});

describe('who is asked', () => {
  it('the three best first, then six, then twelve, and nobody twice', () => {
    const first = whomToAsk(rules, undefined, many, nobodyAsked);
    expect(numbersOf(first)).toEqual([1, 2, 3]);
    const second = whomToAsk(rules, sent({ to: first }), many, nobodyAsked);
    expect(numbersOf(second)).toEqual([4, 5, 6, 7, 8, 9]);
    const third = whomToAsk(rules, sent({ wave: 2, to: [...first, ...second] }), many, nobodyAsked);
    expect(third).toHaveLength(12);
    expect(sizeOfWave(rules, 4)).toBe(24);
  });

  it('sixty at most for one visit', () => {
    const to = many.slice(0, ASKED_MAX - 2).map(({ volunteerId }) => volunteerId);
    expect(numbersOf(whomToAsk(rules, sent({ wave: 5, to }), many, nobodyAsked))).toEqual([59, 60]);
  });

  it('not whoever is usually busy then; whoever has named no times is asked', () => {
    const busy: Ranked = { ...free(1), reasons: [{ code: 'not_usually_free' }] };
    const unknown: Ranked = { ...free(2), reasons: [{ code: 'free_time_unknown' }] };
    expect(numbersOf(whomToAsk(rules, undefined, [busy, unknown], nobodyAsked))).toEqual([2]);
  });

  it('not whoever was asked five times this week, nor whoever wants no more asks', () => {
    const facts = (id: MemberId): AskFacts => ({
      asksInWeek: id === idOf(1) ? rules.asksPerWeekMax : rules.asksPerWeekMax - 1,
      isSilent: id === idOf(2),
    });
    expect(numbersOf(whomToAsk(rules, undefined, many, facts))).toEqual([3, 4, 5]);
  });

  it('nobody in a town without volunteers', () => {
    expect(whomToAsk(rules, undefined, [], nobodyAsked)).toEqual([]);
  });
});

describe('the next wave is sent', () => {
  it.each([
    { left: 'days ahead', start: '2026-11-25T02:00:00.000Z', next: '2026-11-21T03:00:00.000Z' },
    { left: 'four hours ahead', start: '2026-11-21T06:00:00.000Z', next: '2026-11-21T02:30:00.000Z' },
    { left: 'an hour ahead', start: '2026-11-21T03:00:00.000Z', next: '2026-11-21T02:07:00.000Z' },
    { left: 'ten minutes ahead', start: '2026-11-21T02:10:00.000Z', next: '2026-11-21T02:05:00.000Z' },
    { left: 'five minutes ahead', start: '2026-11-21T02:05:00.000Z', next: undefined },
  ])('$left: at $next', ({ start, next }) => {
    expect(nextWaveAt(rules, sent(), { plannedStartAt: start })).toBe(next);
  });

  it.each([
    { hour: 'late in the evening', at: '2026-11-21T12:30:00.000Z' },
    { hour: 'in the small hours', at: '2026-11-21T20:00:00.000Z' },
  ])('not at night: sent $hour, the next one comes at eight in the morning', ({ at }) => {
    const next = nextWaveAt(rules, sent({ at }), { plannedStartAt: '2026-11-25T02:00:00.000Z' });
    expect(next).toBe('2026-11-22T00:00:00.000Z');
  });

  it('never where the night lasts until the visit, or enough were asked', () => {
    const night = sent({ at: '2026-11-21T12:59:00.000Z' });
    expect(nextWaveAt(rules, night, { plannedStartAt: '2026-11-22T00:00:00.000Z' })).toBeUndefined();
    const tomorrow = { plannedStartAt: '2026-11-22T02:00:00.000Z' };
    expect(nextWaveAt(rules, sent({ wave: WAVES_MAX }), tomorrow)).toBeUndefined();
    const to = many.slice(0, ASKED_MAX).map(({ volunteerId }) => volunteerId);
    expect(nextWaveAt(rules, sent({ to }), tomorrow)).toBeUndefined();
  });

  it('always after the last one, before the visit, by day', () => {
    const aMinute = fc.integer({ min: 0, max: 3 * 24 * 60 });
    fc.assert(
      fc.property(aMinute, aMinute, (asked, start) => {
        const at = new Date(msOf(AT) + asked * 60_000).toISOString();
        const plannedStartAt = new Date(msOf(AT) + start * 60_000).toISOString();
        const next = nextWaveAt(rules, sent({ at }), { plannedStartAt });
        if (next === undefined) return;
        expect(msOf(next)).toBeGreaterThan(msOf(at));
        expect(msOf(next)).toBeLessThan(msOf(plannedStartAt));
        const hour = (new Date(next).getUTCHours() + 8) % 24;
        expect(hour >= 8 && hour < 21).toBe(true);
      }),
    );
  });
});
