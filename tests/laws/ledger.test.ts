/**
 * Laws of the ledger on the memory twin, for any history and any interleaving that fast-check can think of: what
 * two builds of the service do, and what a command does that is carried out several times at once.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Outcome } from '@time-bank/contracts/refusals';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { movementOrder } from '../sim/movements.ts';
import type { Order, SimPorts } from '../sim/order.ts';
import { type Chance, chanceOf } from '../sim/random.ts';
import { lookingFirst } from '../sim/simulation.ts';
import { Town } from '../sim/town.ts';

const SEED = 20261121;
const MINUTE = 60_000;

const portsOf = (town: Town, isLooking = false): SimPorts => ({
  ...town.ports,
  clock: { nowMs: () => town.nowMs },
  journal: isLooking ? lookingFirst(town.journal) : town.journal,
});

const newTown = async (seed: number): Promise<{ town: Town; chance: Chance }> => {
  const chance = chanceOf(seed);
  const town = new Town(chance);
  await town.begin();
  return { town, chance };
};

const say = (outcome: Outcome<unknown>): unknown =>
  outcome.kind === 'refused' ? outcome.refusal.code : outcome.kind;

/** Minutes that pass before each command of a history. */
const history = fc.record({
  seed: fc.nat(),
  pauses: fc.array(fc.constantFrom(0, 1, 11, 300, 1_500, 45_000), {
    minLength: 20,
    maxLength: 120,
    size: 'max',
  }),
});

const lived = async (
  { seed, pauses }: { seed: number; pauses: readonly number[] },
  isLooking: boolean,
): Promise<{ town: Town; said: unknown[] }> => {
  const { town, chance } = await newTown(seed);
  const said: unknown[] = [];
  for (const pause of pauses) {
    town.nowMs += pause * MINUTE;
    const order = movementOrder(town, chance);
    said.push([order.operation, say(await order.run(portsOf(town, isLooking)))]);
  }
  town.auditor.checkAll();
  return { town, said };
};

describe('whatever moves on the ledger', () => {
  it('a build that looks first and one that writes blindly answer the same and end with the same accounts', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (given) => {
        const [blind, looking] = [await lived(given, false), await lived(given, true)];
        expect(looking.said).toEqual(blind.said);
        expect([...looking.town.memory.ledger.heads]).toEqual([...blind.town.memory.ledger.heads]);
      }),
      { seed: SEED, numRuns: 60 },
    );
  }, 60_000);

  it('a command that is sent again answers the same, and nothing more is written', async () => {
    await fc.assert(
      fc.asyncProperty(history, async ({ seed, pauses }) => {
        const { town, chance } = await newTown(seed);
        for (const pause of pauses) {
          town.nowMs += pause * MINUTE;
          const order = movementOrder(town, chance);
          if (order.home === undefined) continue;
          const first = await order.run(portsOf(town));
          const heads = new Map(town.memory.ledger.heads);
          // Even after the id has grown too old to be taken for the first time.
          town.nowMs += 400 * 24 * 60 * MINUTE;
          const again = await order.run(portsOf(town));
          town.nowMs -= 400 * 24 * 60 * MINUTE;
          if (first.kind === 'refused') {
            const { refusal } = first;
            const isKept = say(again) !== 'id_too_old';
            expect(again).toEqual(isKept ? { kind: 'refused', refusal, isReplay: true } : again);
          } else expect(again).toEqual({ kind: 'replayed', value: first.value });
          expect(isDeepStrictEqual([...town.memory.ledger.heads], [...heads])).toBe(true);
        }
      }),
      { seed: SEED, numRuns: 40 },
    );
  }, 60_000);

  it('a command that is carried out three times at once is done at most once, in any interleaving', async () => {
    const property = fc.asyncProperty(fc.scheduler(), history, async (scheduler, { seed, pauses }) => {
      const { town, chance } = await newTown(seed);
      const journal = Object.fromEntries(
        Object.entries(town.journal).map(([name, call]) => [
          name,
          (...all: unknown[]) =>
            scheduler
              .schedule(Promise.resolve(), name)
              .then(() => (call as (...given: unknown[]) => unknown)(...all)),
        ]),
      ) as unknown as SimPorts['journal'];
      for (const pause of pauses.slice(0, 25)) {
        town.nowMs += pause * MINUTE;
        const order: Order = movementOrder(town, chance);
        if (order.home === undefined) {
          await order.run(portsOf(town));
          continue;
        }
        const twins = [1, 2, 3].map(() => order.run({ ...portsOf(town), journal }));
        await scheduler.waitFor(Promise.all(twins));
        const kinds = (await Promise.all(twins)).map(({ kind }) => kind);
        const isDone = kinds.some((kind) => kind !== 'refused');
        expect(kinds.filter((kind) => kind === 'done')).toHaveLength(isDone ? 1 : 0);
        expect(kinds.filter((kind) => kind === 'refused')).toHaveLength(isDone ? 0 : 3);
      }
      town.auditor.checkAll();
    });
    await fc.assert(property, { seed: SEED, numRuns: 25 });
  }, 60_000);
});
