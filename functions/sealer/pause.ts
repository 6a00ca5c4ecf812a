/** How long a sealer waits after another stood in its way. */
import { setTimeout as wait } from 'node:timers/promises';

const FIRST_MS = 20;
const LONGEST_MS = 1000;

/** Longer each time, and never twice the same for two sealers: `jitter` gives numbers in [0, 1). */
export const pauseBy =
  (jitter: () => number) =>
  (attempt: number): Promise<void> =>
    wait(Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt) * (0.5 + jitter()));
