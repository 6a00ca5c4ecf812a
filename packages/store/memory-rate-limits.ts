/** Counts of calls in memory: for tests, and for limits that one process keeps by itself. */
import type { RateLimits } from '@time-bank/desk/ports';
import { answer } from './memory-answer.ts';
import { windowAt } from './rate-window.ts';

interface Count {
  window: number;
  calls: number;
}

/** Counts in memory, none at first. A count goes when its key's next window begins, or when there are too many. */
export const memoryRateLimits = (keysMax = 100_000): RateLimits => {
  const counts = new Map<string, Count>();
  return {
    take: (key, { max, seconds }, now) =>
      answer(() => {
        const { number, secondsLeft } = windowAt(now, seconds);
        const name = `${key} ${String(seconds)}`;
        const before = counts.get(name);
        const calls = before?.window === number ? before.calls : 0;
        if (calls >= max) return { isTaken: false, retryAfterSeconds: secondsLeft };
        // What was used longest ago stands first in a map whose keys are taken out and put in again.
        counts.delete(name);
        counts.set(name, { window: number, calls: calls + 1 });
        const [oldest] = counts.keys();
        if (counts.size > keysMax && oldest !== undefined) counts.delete(oldest);
        return { isTaken: true };
      }),
  };
};
