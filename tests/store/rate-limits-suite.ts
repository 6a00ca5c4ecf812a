/** What every counter of calls does. */
import { instantOf, plusMinutes } from '@time-bank/contracts/time';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MakeStore, NOW, type TestStore } from './store.ts';

export const describeRateLimits = (name: string, makeStore: MakeStore): void => {
  describe(`limits of calls, ${name}`, () => {
    let store: TestStore;
    let keys = 0;
    beforeAll(async () => {
      store = await makeStore();
    });
    afterAll(async () => {
      await store.stop();
    });
    const aKey = (): string => {
      keys += 1;
      return `address-${String(keys)}`;
    };
    const take = (key: string, max: number, seconds: number, now = NOW) =>
      store.ports.rateLimits.take(key, { max, seconds }, now);

    it('let so many calls of a window through and tell the next one how long to wait', async () => {
      const key = aKey();
      const at = instantOf(Date.parse(NOW) + 10_000);
      for (let n = 0; n < 3; n += 1) expect(await take(key, 3, 60, at)).toEqual({ isTaken: true });
      expect(await take(key, 3, 60, at)).toEqual({ isTaken: false, retryAfterSeconds: 50 });
      const last = instantOf(Date.parse(NOW) + 59_999);
      expect(await take(key, 3, 60, last)).toEqual({ isTaken: false, retryAfterSeconds: 1 });
    });

    it('begin again with the next window', async () => {
      const key = aKey();
      await take(key, 1, 60);
      expect(await take(key, 1, 60)).toMatchObject({ isTaken: false });
      expect(await take(key, 1, 60, plusMinutes(NOW, 1))).toEqual({ isTaken: true });
    });

    it('of one caller take nothing from another', async () => {
      const [noisy, quiet] = [aKey(), aKey()];
      for (let n = 0; n < 20; n += 1) await take(noisy, 2, 60);
      expect(await take(quiet, 2, 60)).toEqual({ isTaken: true });
    });

    it('count a short and a long window of the same caller apart', async () => {
      const key = aKey();
      await take(key, 1, 60);
      expect(await take(key, 1, 3600)).toEqual({ isTaken: true });
      expect(await take(key, 1, 60)).toMatchObject({ isTaken: false });
    });

    it('of twenty calls in the same moment let through as many as there are', async () => {
      const key = aKey();
      const taken = await Promise.all(Array.from({ length: 20 }, () => take(key, 5, 60)));
      expect(taken.filter(({ isTaken }) => isTaken)).toHaveLength(5);
    });
  });
};
