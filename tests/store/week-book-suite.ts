/** What every week book does. */
import type { RequestState } from '@time-bank/contracts/request';
import type { WeekBooking } from '@time-bank/desk/ports';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOME, type MakeStore, NEXT_DOOR, NOW, type TestStore } from './store.ts';

const SEED = 20261121;

export const describeWeekBook = (name: string, makeStore: MakeStore): void => {
  describe(`the week book, ${name}`, () => {
    let store: TestStore;
    let weeks = 0;
    beforeAll(async () => {
      store = await makeStore();
    });
    afterAll(async () => {
      await store.stop();
    });

    /** A week that no other test has written to. */
    const aWeek = (): string => {
      weeks += 1;
      return `${String(2100 + weeks)}-W10`;
    };
    const aBooking = (change: Partial<WeekBooking> = {}): WeekBooking => ({
      requestId: store.ids.request(),
      elderId: store.ids.member(),
      state: 'published',
      version: 1,
      communityCode: HOME,
      plannedStartAt: NOW,
      plannedMinutes: 60,
      serviceCode: 'B01',
      ...change,
    });

    it('shows a request in its community’s week only', async () => {
      const [week, other] = [aWeek(), aWeek()];
      const booking = aBooking();
      await store.ports.weekBook.put(week, booking);
      expect(await store.ports.weekBook.listOfCommunity(week, HOME)).toEqual([booking]);
      expect(await store.ports.weekBook.listOfCommunity(week, NEXT_DOOR)).toEqual([]);
      expect(await store.ports.weekBook.listOfCommunity(other, HOME)).toEqual([]);
    });

    it('never lets an older version over a newer one', async () => {
      const week = aWeek();
      const volunteerId = store.ids.member();
      const newer = aBooking({ version: 3, state: 'in_service', volunteerId });
      await store.ports.weekBook.put(week, newer);
      await store.ports.weekBook.put(week, { ...newer, version: 2, state: 'accepted' });
      await store.ports.weekBook.put(week, { ...newer, version: 3, state: 'cancelled' });
      expect(await store.ports.weekBook.listOfCommunity(week, HOME)).toEqual([newer]);
    });

    it('is the same in whatever order and how often changes come', async () => {
      const states: RequestState[] = ['published', 'accepted', 'in_service', 'pending_confirm', 'settled'];
      const lives = [3, 5, 1].map((steps) => {
        const booking = aBooking();
        const volunteerId = store.ids.member();
        return states.slice(0, steps).map((state, index) => ({
          ...booking,
          state,
          version: index + 1,
          ...(index > 0 ? { volunteerId } : {}),
        }));
      });
      const changes = lives.flat();
      const last = lives.map((life) => life.at(-1)).filter((booking) => booking !== undefined);
      const byId = (a: WeekBooking, b: WeekBooking) => (a.requestId < b.requestId ? -1 : 1);
      const order = fc
        .tuple(fc.shuffledSubarray(changes, { minLength: changes.length }), fc.subarray(changes))
        .map(([all, again]) => [...all, ...again]);
      await fc.assert(
        fc.asyncProperty(order, async (shuffled) => {
          const week = aWeek();
          for (const booking of shuffled) await store.ports.weekBook.put(week, booking);
          const board = await store.ports.weekBook.listOfCommunity(week, HOME);
          expect([...board].sort(byId)).toEqual([...last].sort(byId));
        }),
        { numRuns: 15, seed: SEED },
      );
    });
  });
};
