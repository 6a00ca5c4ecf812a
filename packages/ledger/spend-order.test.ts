import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EARLIER, LATER, NOW, PROJECT, aHold, aLot, anAccount, transferNo } from './examples.ts';
import { inLots, lotsTaken, spendableParts, takeInOrder } from './spend-order.ts';

const [A, B, C] = [transferNo(1), transferNo(2), transferNo(3)];
const soon = '2026-12-01T00:00:00.000Z';

describe('minutes are spent', () => {
  const from = aHold({ earned: 50, gift: 40, lots: { [A]: aLot(30, LATER), [B]: aLot(20, soon) } });

  it.each([
    { amount: 0, lots: {}, gift: 0, earned: 0, missing: 0 },
    { amount: 1, lots: { [B]: 1 }, gift: 0, earned: 0, missing: 0 },
    { amount: 20, lots: { [B]: 20 }, gift: 0, earned: 0, missing: 0 },
    { amount: 21, lots: { [B]: 20, [A]: 1 }, gift: 0, earned: 0, missing: 0 },
    { amount: 50, lots: { [B]: 20, [A]: 30 }, gift: 0, earned: 0, missing: 0 },
    { amount: 51, lots: { [B]: 20, [A]: 30 }, gift: 1, earned: 0, missing: 0 },
    { amount: 91, lots: { [B]: 20, [A]: 30 }, gift: 40, earned: 1, missing: 0 },
    { amount: 140, lots: { [B]: 20, [A]: 30 }, gift: 40, earned: 50, missing: 0 },
    { amount: 141, lots: { [B]: 20, [A]: 30 }, gift: 40, earned: 50, missing: 1 },
  ])('granted ones first, soonest to lapse, then gifts, then earned: $amount', (row) => {
    const { taken, left, missing } = takeInOrder(from, row.amount);
    const minutesOf = (lots: typeof taken.lots) =>
      Object.fromEntries(Object.entries(lots).map(([id, { minutes }]) => [id, minutes]));
    expect({ ...taken, lots: minutesOf(taken.lots) }).toEqual({
      earned: row.earned,
      gift: row.gift,
      lots: row.lots,
    });
    expect(missing).toBe(row.missing);
    expect(left.earned).toBe(50 - row.earned);
    expect(left.gift).toBe(40 - row.gift);
    const { [A]: a = 0, [B]: b = 0 } = row.lots as Record<string, number>;
    expect(minutesOf(left.lots)).toEqual({
      ...(a < 30 ? { [A]: 30 - a } : {}),
      ...(b < 20 ? { [B]: 20 - b } : {}),
    });
  });

  it('from the older grant first where two lapse together', () => {
    const lots = { [B]: aLot(30, soon), [A]: aLot(30, soon), [C]: aLot(30, soon) };
    expect(Object.keys(takeInOrder(aHold({ lots }), 40).taken.lots)).toEqual([A, B]);
    const backwards = { [C]: aLot(30, soon), [A]: aLot(30, soon), [B]: aLot(30, soon) };
    expect(Object.keys(takeInOrder(aHold({ lots: backwards }), 40).taken.lots)).toEqual([A, B]);
  });

  it('with the pool and the end of each grant kept beside them', () => {
    const lots = { [A]: aLot(30, soon, PROJECT) };
    const { taken, left } = takeInOrder(aHold({ lots }), 10);
    expect(taken.lots).toEqual({ [A]: { minutes: 10, lapsesAt: soon, poolId: PROJECT } });
    expect(left.lots).toEqual({ [A]: { minutes: 20, lapsesAt: soon, poolId: PROJECT } });
  });

  it('whatever the mixture: nothing is lost, and nothing is taken before what comes first is used up', () => {
    const lot = fc.record({ minutes: fc.nat({ max: 100 }), day: fc.integer({ min: 1, max: 9 }) });
    fc.assert(
      fc.property(
        fc.array(lot, { maxLength: 5 }),
        fc.nat(100),
        fc.nat(100),
        fc.nat(900),
        (some, gift, earned, amount) => {
          const lots = Object.fromEntries(
            some.map(({ minutes, day }, index) => [
              transferNo(index),
              aLot(minutes, `2026-12-0${String(day)}T00:00:00.000Z`),
            ]),
          );
          const there = inLots(lots) + gift + earned;
          const { taken, left, missing } = takeInOrder({ earned, gift, lots }, amount);
          const sum = inLots(taken.lots) + taken.gift + taken.earned;
          expect(sum).toBe(Math.min(there, amount));
          expect(missing).toBe(amount - sum);
          expect(inLots(left.lots) + left.gift + left.earned).toBe(there - sum);
          if (taken.gift > 0) expect(inLots(left.lots)).toBe(0);
          if (taken.earned > 0) expect(inLots(left.lots) + left.gift).toBe(0);
          const ends = (of: typeof lots) => Object.values(of).map(({ lapsesAt }) => lapsesAt);
          const lastTaken = ends(taken.lots).sort().at(-1);
          const firstLeft = ends(left.lots).sort()[0];
          if (lastTaken !== undefined && firstLeft !== undefined) expect(lastTaken <= firstLeft).toBe(true);
        },
      ),
    );
  });
});

describe('of an account', () => {
  it('a grant whose period is over cannot be spent, nor what is held, honour or debt', () => {
    const account = anAccount({
      earned: 1,
      gift: 2,
      honour: 3,
      debt: 4,
      lots: { [A]: aLot(5, EARLIER), [B]: aLot(6, NOW), [C]: aLot(7, LATER) },
      holds: { [transferNo(9)]: aHold({ earned: 8 }) },
    });
    expect(spendableParts(account, NOW)).toEqual({ earned: 1, gift: 2, lots: { [C]: aLot(7, LATER) } });
  });

  it('what was taken of each grant is below zero in the line', () => {
    const lots = { [A]: aLot(5), [B]: aLot(6) };
    expect(lotsTaken(lots)).toEqual({ [A]: -5, [B]: -6 });
    expect(inLots(lots)).toBe(11);
    expect(inLots({})).toBe(0);
  });
});
