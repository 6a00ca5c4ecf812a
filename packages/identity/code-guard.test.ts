import { instantOf, msOf } from '@time-bank/contracts/time';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CODES_A_DAY_MAX,
  CODE_TRIES_MAX,
  type CodeGuard,
  WRONG_A_DAY_MAX,
  afterRight,
  chanceOfGuessingADay,
  guessesADayMax,
  guessLimits,
  newGuard,
  planCode,
  planTry,
  takeCodeBack,
} from './code-guard.ts';

const START = Date.parse('2026-11-21T02:00:00.000Z');
const at = (minutes: number) => instantOf(START + minutes * 60_000);
const fresh = newGuard(at(0));

/** The guard after a plan; what was refused leaves it as it was. */
const after = (guard: CodeGuard, planned: ReturnType<typeof planCode>): CodeGuard =>
  planned.kind === 'refused' ? guard : planned.value;
const waitOf = (planned: ReturnType<typeof planCode>) =>
  planned.kind === 'refused' ? planned.refusal : undefined;

/** Fails a whole challenge at a minute. */
const failAt = (guard: CodeGuard, minute: number): CodeGuard =>
  Array.from({ length: CODE_TRIES_MAX }).reduce<CodeGuard>(
    (before, _, n) => after(before, planTry(before, at(minute), n === CODE_TRIES_MAX - 1)),
    guard,
  );

describe('the chance of guessing a code', () => {
  it('is below one in 100,000 within any 24 hours, by the limits that stand', () => {
    expect(guessesADayMax()).toBe(WRONG_A_DAY_MAX);
    expect(chanceOfGuessingADay()).toBeLessThan(1 / 100_000);
  });

  it('would not be without the cap on wrong codes: the other limits alone do not carry it', () => {
    expect(chanceOfGuessingADay({ ...guessLimits, wrongADay: Infinity })).toBeGreaterThan(1 / 100_000);
    expect(chanceOfGuessingADay({ ...guessLimits, wrongADay: WRONG_A_DAY_MAX + 1 })).toBe(1 / 100_000);
  });

  it.each([
    { limit: 'codes a day', change: { wrongADay: 1000, codesADay: 2, lockMinutes: [0] }, guesses: 20 },
    { limit: 'waits', change: { wrongADay: 1000, codesADay: 1000, lockMinutes: [60] }, guesses: 120 },
    {
      limit: 'growing waits',
      change: { wrongADay: 1000, codesADay: 1000, lockMinutes: [1, 1439] },
      guesses: 10,
    },
    { limit: 'wrong codes', change: { wrongADay: 3 }, guesses: 3 },
  ])('is bounded by $limit where that is the smallest', ({ change, guesses }) => {
    expect(guessesADayMax({ ...guessLimits, ...change })).toBe(guesses);
  });
});

describe('whoever mistypes', () => {
  it('has five tries, waits a minute, and has four more on the same day', () => {
    const failed = failAt(fresh, 0);
    expect(waitOf(planCode(failed, at(0)))).toEqual({ code: 'try_later', retryAfterSeconds: 60 });
    expect(waitOf(planCode(failed, at(1)))).toBeUndefined();
    let guard = failed;
    for (let n = 0; n < 4; n += 1) guard = after(guard, planTry(guard, at(2), false));
    expect(guard.wrongAt).toHaveLength(WRONG_A_DAY_MAX);
    const rest = { code: 'try_later', retryAfterSeconds: (24 * 60 - 2) * 60 };
    expect(waitOf(planTry(guard, at(2), false))).toEqual(rest);
    expect(waitOf(planCode(guard, at(24 * 60)))).toBeUndefined();
  });

  it.each([
    { time: 'first', failed: 0, minutes: 1 },
    { time: 'second', failed: 1, minutes: 5 },
    { time: 'third', failed: 2, minutes: 15 },
    { time: 'fourth', failed: 3, minutes: 60 },
    { time: 'twentieth', failed: 19, minutes: 60 },
  ])('waits $minutes minutes the $time time in a row', ({ failed, minutes }) => {
    const guard = failAt({ ...fresh, failed }, 0);
    expect(guard.lockedUntil).toBe(at(minutes));
  });

  it('waits no longer once a right code came, and the right one counts as no wrong one', () => {
    const tried = after(failAt(fresh, 0), planTry({ ...failAt(fresh, 0), lockedUntil: at(0) }, at(1), true));
    const right = afterRight(tried, at(1));
    expect(right).toMatchObject({ failed: 0, wrongAt: Array(CODE_TRIES_MAX).fill(at(0)) });
    expect(right.lockedUntil).toBeUndefined();
  });

  it('has their tries back 24 hours after each of them', () => {
    const guard = failAt(fresh, 0);
    expect(after(guard, planTry(guard, at(24 * 60), false)).wrongAt).toEqual([at(24 * 60)]);
  });
});

describe('codes of a number', () => {
  it('are ten a day of China, and one that could not be sent does not count', () => {
    let guard = fresh;
    for (let n = 0; n < CODES_A_DAY_MAX; n += 1) guard = after(guard, planCode(guard, at(n)));
    expect(waitOf(planCode(guard, at(11)))).toEqual({ code: 'too_many_codes' });
    const back = takeCodeBack(guard, at(11));
    expect(waitOf(planCode(back, at(11)))).toBeUndefined();
    expect(waitOf(planCode(guard, at(14 * 60)))).toBeUndefined();
    expect(takeCodeBack(fresh, at(0)).sent).toBe(0);
  });
});

it('whatever is tried and whenever: no 24 hours see more wrong codes than the cap, also where right ones come between', () => {
  const step = fc.record({
    minutes: fc.integer({ min: 0, max: 400 }),
    isLast: fc.boolean(),
    isRight: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      let guard = fresh;
      let minute = 0;
      const wrong: number[] = [];
      for (const { minutes, isLast, isRight } of steps) {
        minute += minutes;
        const planned = planTry(guard, at(minute), isLast);
        if (planned.kind === 'refused') continue;
        expect(planned.value.version).toBe(guard.version + 1);
        guard = isRight ? afterRight(planned.value, at(minute)) : planned.value;
        if (!isRight) wrong.push(msOf(at(minute)));
      }
      for (const from of wrong) {
        const inDay = wrong.filter((each) => each >= from && each < from + 24 * 60 * 60_000);
        expect(inDay.length).toBeLessThanOrEqual(guessesADayMax());
      }
    }),
  );
});
