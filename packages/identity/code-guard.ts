/**
 * What guards one-time codes against guessing: how many codes a number gets, how many wrong ones it bears, and how
 * long it then waits. Counted for the number, or for a number on a device that has signed it in before, so that a
 * stranger who uses up the number's own budget does not lock out its owner's telephone. Source: README "Sign-in";
 * OWASP ASVS 5.0, 6.1.1, 6.3.1 and 6.6.3; NIST SP 800-63B, 5.2.2.
 */
import { type Planned, done, refused } from '@time-bank/contracts/refusals';
import {
  type CivilDate,
  type Instant,
  civilDateOf,
  instantOf,
  msOf,
  plusMinutes,
} from '@time-bank/contracts/time';

/** How many codes there are: six digits. */
export const CODES_IN_ALL = 1_000_000;
/** A code is good for so many minutes. */
export const CODE_MINUTES = 5;
/** Wrong codes that a challenge bears. */
export const CODE_TRIES_MAX = 5;
/** Codes that a number can ask for in a day of China. */
export const CODES_A_DAY_MAX = 10;
/** Wrong codes that a number bears in any 24 hours, over all of its challenges: the most for less than 1 in 100,000. */
export const WRONG_A_DAY_MAX = 9;
/** Minutes to wait after the first, second, third and every further challenge in a row of which all tries were wrong. */
export const LOCK_MINUTES = [1, 5, 15, 60] as const;

const DAY_MINUTES = 24 * 60;
const DAY_MS = DAY_MINUTES * 60_000;

/**
 * What is known of a number's codes, kept under a keyed hash. `version` counts from 1. `sent`: codes on `day`.
 * `wrongAt`: the wrong tries of the last 24 hours, oldest first; a try is counted before the code is looked at.
 * `failed`: challenges in a row without a try left.
 */
export interface CodeGuard {
  version: number;
  day: CivilDate;
  sent: number;
  wrongAt: Instant[];
  failed: number;
  lockedUntil?: Instant;
}

/** The guard of a number of which nothing is known. */
export const newGuard = (now: Instant): CodeGuard => ({
  version: 0,
  day: civilDateOf(now),
  sent: 0,
  wrongAt: [],
  failed: 0,
});

const recent = (guard: CodeGuard, now: Instant): Instant[] =>
  guard.wrongAt.filter((at) => msOf(at) > msOf(now) - DAY_MS);

const next = (guard: CodeGuard, now: Instant): CodeGuard => {
  const today = civilDateOf(now);
  return {
    ...guard,
    version: guard.version + 1,
    day: today,
    sent: guard.day === today ? guard.sent : 0,
    wrongAt: recent(guard, now),
  };
};

const waitMs = (guard: CodeGuard, now: Instant): number => {
  const wrong = recent(guard, now);
  // Where all tries of 24 hours are used, the oldest one comes back first.
  const [oldest] = wrong.length < WRONG_A_DAY_MAX ? [] : wrong;
  const free = oldest === undefined ? 0 : msOf(oldest) + DAY_MS;
  const unlocked = guard.lockedUntil === undefined ? 0 : msOf(guard.lockedUntil);
  return Math.max(free, unlocked) - msOf(now);
};

const later = (ms: number) => refused('try_later', { retryAfterSeconds: Math.ceil(ms / 1000) });

/** One more code for the number. Refuses: too_many_codes, try_later. */
export const planCode = (guard: CodeGuard, now: Instant): Planned<CodeGuard> => {
  const counted = next(guard, now);
  if (counted.sent >= CODES_A_DAY_MAX) return refused('too_many_codes');
  const wait = waitMs(guard, now);
  return wait > 0 ? later(wait) : done({ ...counted, sent: counted.sent + 1 });
};

/** Takes a code back that could not be sent: it does not count. */
export const takeCodeBack = (guard: CodeGuard, now: Instant): CodeGuard => {
  const counted = next(guard, now);
  return { ...counted, sent: Math.max(0, counted.sent - 1) };
};

const lockMinutes = (failed: number): number => LOCK_MINUTES[Math.min(failed, LOCK_MINUTES.length) - 1] ?? 0;

/**
 * One more try, counted as wrong until it is known to be right. `isLast`: the challenge has no other. Refuses:
 * try_later.
 */
export const planTry = (guard: CodeGuard, now: Instant, isLast: boolean): Planned<CodeGuard> => {
  const wait = waitMs(guard, now);
  if (wait > 0) return later(wait);
  const counted = next(guard, now);
  const tried = { ...counted, wrongAt: [...counted.wrongAt, now] };
  if (!isLast) return done(tried);
  const failed = counted.failed + 1;
  return done({ ...tried, failed, lockedUntil: plusMinutes(now, lockMinutes(failed)) });
};

/** The try at `now` was right: it is no wrong one, and the waiting is over. Earlier wrong ones stay counted. */
export const afterRight = (guard: CodeGuard, now: Instant): CodeGuard => {
  const { lockedUntil: _over, ...counted } = next(guard, now);
  const right = counted.wrongAt.lastIndexOf(now);
  return { ...counted, failed: 0, wrongAt: counted.wrongAt.filter((_, index) => index !== right) };
};

/** Until when a guard is remembered: half a year, so that a telephone that signs in once a month stays known. */
export const guardKeptUntil = (now: Instant): Instant => instantOf(msOf(now) + 180 * DAY_MS);

/** The limits by which a day's guesses are bounded. */
export interface GuessLimits {
  triesAChallenge: number;
  codesADay: number;
  wrongADay: number;
  lockMinutes: readonly number[];
}

/** The limits that stand. */
export const guessLimits: GuessLimits = {
  triesAChallenge: CODE_TRIES_MAX,
  codesADay: CODES_A_DAY_MAX,
  wrongADay: WRONG_A_DAY_MAX,
  lockMinutes: LOCK_MINUTES,
};

const challengesThatLocksAllow = (locks: readonly number[]): number => {
  const last = locks.at(-1) ?? 0;
  if (last === 0) return Infinity;
  let waited = 0;
  for (let challenges = 1; ; challenges += 1) {
    waited += locks[challenges - 1] ?? last;
    if (waited >= DAY_MINUTES) return challenges;
  }
};

/** The most guesses at a number's codes within any 24 hours, whole: the smallest of what each limit allows. */
export const guessesADayMax = (limits: GuessLimits = guessLimits): number =>
  Math.min(
    limits.wrongADay,
    // 24 hours touch two days.
    2 * limits.codesADay * limits.triesAChallenge,
    challengesThatLocksAllow(limits.lockMinutes) * limits.triesAChallenge,
  );

/** The most that the chance can be of guessing one of a number's codes within any 24 hours: every guess is one of a million. */
export const chanceOfGuessingADay = (limits: GuessLimits = guessLimits): number =>
  guessesADayMax(limits) / CODES_IN_ALL;
