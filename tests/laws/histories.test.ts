/** Random histories of a whole town, through the door and on the engine; the laws hold after every step. */
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestEngine, startEngine } from '../engine.ts';
import { startTown } from '../town.ts';
import { step, take } from './steps.ts';
import { World } from './world.ts';

/** A failure prints it, with the path that leads to the smallest history. */
const SEED = 20261121;
const HISTORIES = 15;
const STEPS = 60;
/** After this long the smallest failure that was found is told. */
const TIME_MS = 150_000;

let engine: TestEngine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(async () => {
  await engine.stop();
});

describe('whatever people do, in whatever order', () => {
  const seen = new Map<string, number>();

  it('no minute is made, lost or spent twice, and no command counts twice', async () => {
    const history = fc.array(step, { minLength: STEPS / 2, maxLength: STEPS, size: 'max' });
    await fc.assert(
      fc.asyncProperty(history, async (steps) => {
        const town = await startTown({ endpoint: engine.endpoint, stop: () => Promise.resolve() });
        const world = await World.begin(town);
        try {
          for (const given of steps) {
            await take(world, given);
            await world.checkLaws();
          }
        } catch (error) {
          throw new Error(`after:\n${world.log.join('\n')}`, { cause: error });
        } finally {
          for (const { state } of world.requests) seen.set(state, (seen.get(state) ?? 0) + 1);
          await town.stop();
        }
      }),
      { seed: SEED, numRuns: HISTORIES, interruptAfterTimeLimit: TIME_MS, markInterruptAsFailure: true },
    );
  }, 180_000);

  it('and the histories were worth it: requests came to every end', () => {
    for (const state of ['settled', 'cancelled', 'unfilled'])
      expect(seen.get(state), state).toBeGreaterThan(0);
  });
});
