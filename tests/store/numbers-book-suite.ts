/** What every book of numbers does, wherever it keeps them. */
import type { RegionNumbers } from '@time-bank/contracts/linkage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MakeStore, TestStore } from './store.ts';

const numbers = (change: Partial<RegionNumbers> = {}): RegionNumbers => ({
  region: '341302',
  day: '2026-11-21',
  communities: 3,
  elders: 40,
  eldersAlone: 12,
  eldersVisited: 9,
  eldersPlanned: 20,
  openCards: 2,
  cardsDispatched: 1,
  resourceUnitsLeft: 100,
  ...change,
});

export const describeNumbersBook = (name: string, makeStore: MakeStore): void => {
  describe(`the book of numbers, ${name}`, () => {
    let store: TestStore;
    beforeAll(async () => {
      store = await makeStore();
    });
    afterAll(async () => {
      await store.stop();
    });

    it('gives the latest of a county, and nothing of one that was never counted', async () => {
      const { numbersBook } = store.ports;
      expect(await numbersBook.readLatest('999999')).toBeUndefined();
      await numbersBook.put(numbers());
      await numbersBook.put(numbers({ day: '2026-11-22', elders: 41 }));
      expect(await numbersBook.readLatest('341302')).toEqual(numbers({ day: '2026-11-22', elders: 41 }));
    });

    it('keeps what is newer, in whatever order it comes', async () => {
      const { numbersBook } = store.ports;
      const region = '340102';
      await numbersBook.put(numbers({ region, day: '2026-11-22' }));
      await numbersBook.put(numbers({ region, day: '2026-11-21', elders: 7 }));
      await numbersBook.put(numbers({ region, day: '2026-11-22', elders: 8 }));
      expect(await numbersBook.readLatest(region)).toEqual(numbers({ region, day: '2026-11-22' }));
    });
  });
};
