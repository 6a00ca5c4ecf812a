/** What every care book does. */
import { type DiaryChange, noteVisit, strikeVisit } from '@time-bank/care/diary';
import type { RequestRecord } from '@time-bank/care/request';
import type { MemberId } from '@time-bank/contracts/ids';
import { instantOf, plusMinutes } from '@time-bank/contracts/time';
import type { Page } from '@time-bank/desk/ports';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import {
  FAR_AWAY,
  HOME,
  type MakeStore,
  NEXT_DOOR,
  NEXT_TOWNSHIP,
  type TestStore,
  aCommand,
  aRequest,
} from './store.ts';

const idsOf = (requests: readonly { requestId: string }[]): string[] =>
  requests.map(({ requestId }) => requestId);

export const describeCareBook = (name: string, makeStore: MakeStore): void => {
  describe(`the care book, ${name}`, () => {
    const stores: TestStore[] = [];
    let store: TestStore;
    beforeEach(async () => {
      store = await makeStore();
      stores.push(store);
    });
    afterAll(async () => {
      await Promise.all(stores.map((each) => each.stop()));
    });

    const soon = (minutes: number) => instantOf(store.clock.nowMs() + minutes * 60_000);

    const post = async (change: Partial<RequestRecord> = {}): Promise<RequestRecord> => {
      const request = aRequest(store, change);
      await store.ports.journal.commit([{ change: 'put_request', request }]);
      return request;
    };

    /** Lets a volunteer take a request; gives the request as it stands then. */
    const take = async (
      request: RequestRecord,
      volunteerId: MemberId,
      state: RequestRecord['state'] = 'accepted',
    ) => {
      const visit = {
        visitId: store.ids.visit(),
        state: 'joined' as const,
        requestId: request.requestId,
        volunteerId,
        plannedStartAt: request.plannedStartAt,
        acceptedAt: instantOf(store.clock.nowMs()),
        wrongCodes: 0,
      };
      const receipt = { requestId: request.requestId, state, at: visit.acceptedAt, visitId: visit.visitId };
      const taken: RequestRecord = {
        ...request,
        volunteerId,
        visitId: visit.visitId,
        state,
        version: 2,
        history: [{ ...aCommand(store), from: 'published', receipt }],
      };
      const commit = await store.ports.journal.commit([
        { change: 'move_request', fromVersion: 1, request: taken },
        { change: 'put_visit', visit },
      ]);
      expect(commit.kind).toBe('done');
      return { request: taken, visit };
    };

    const allPages = async <T>(read: (cursor?: string) => Promise<Page<T>>): Promise<T[][]> => {
      const pages: T[][] = [];
      let cursor: string | undefined;
      do {
        const page = await read(cursor);
        pages.push(page.items);
        cursor = page.cursor;
      } while (cursor !== undefined && pages.length < 20);
      return pages;
    };

    it('gives a request with its visit, as it was written a moment ago', async () => {
      const request = await post({ note: '请带一份报纸' });
      expect(await store.ports.careBook.readRequestNow(request.requestId)).toEqual({ request });
      const taken = await take(request, store.ids.member());
      expect(await store.ports.careBook.readRequestNow(request.requestId)).toEqual(taken);
      expect(await store.ports.careBook.readRequestNow(store.ids.request())).toBeUndefined();
    });

    describe('open requests', () => {
      it('are those of the township that wait for a volunteer, soonest first', async () => {
        const later = await post({ plannedStartAt: soon(120), communityCode: NEXT_DOOR });
        const sooner = await post({ plannedStartAt: soon(60) });
        await post({ communityCode: FAR_AWAY });
        await post({ communityCode: NEXT_TOWNSHIP });
        const page = await store.ports.careBook.listOpen('341302001', { limit: 10, from: soon(0) });
        expect(page).toEqual({ items: [sooner, later] });
      });

      it('leave the list when somebody takes them or takes them back', async () => {
        const [taken, cancelled, waiting] = [await post(), await post(), await post()];
        await take(taken, store.ids.member());
        await store.ports.journal.commit([
          {
            change: 'move_request',
            fromVersion: 1,
            request: { ...cancelled, version: 2, state: 'cancelled' },
          },
        ]);
        const page = await store.ports.careBook.listOpen('341302001', { limit: 10, from: soon(0) });
        expect(page.items).toEqual([waiting]);
      });

      it('of the past are not shown, one that begins now is', async () => {
        await post({ plannedStartAt: soon(-1) });
        const now = await post({ plannedStartAt: soon(0) });
        const page = await store.ports.careBook.listOpen('341302001', { limit: 10, from: soon(0) });
        expect(page.items).toEqual([now]);
      });

      it('are read page by page, each once', async () => {
        const posted: RequestRecord[] = [];
        for (const minutes of [60, 60, 60, 90, 120])
          posted.push(await post({ plannedStartAt: soon(minutes) }));
        const pages = await allPages((cursor) =>
          store.ports.careBook.listOpen('341302001', { limit: 2, cursor, from: soon(0) }),
        );
        expect(pages.every((page) => page.length <= 2)).toBe(true);
        expect(idsOf(pages.flat())).toEqual(idsOf(posted));
      });

      it('go on from the beginning where time has gone over the place of the cursor', async () => {
        await post({ plannedStartAt: soon(10) });
        const later = await post({ plannedStartAt: soon(60) });
        const { cursor } = await store.ports.careBook.listOpen('341302001', { limit: 1, from: soon(0) });
        store.pass(30);
        const page = await store.ports.careBook.listOpen('341302001', { limit: 5, cursor, from: soon(0) });
        expect(page.items).toEqual([later]);
      });

      it('that nobody took are overdue after their planned start, and no sooner', async () => {
        const late = await post({ plannedStartAt: soon(-1) });
        await post({ plannedStartAt: soon(0) });
        await take(await post({ plannedStartAt: soon(-5) }), store.ids.member());
        await post({ plannedStartAt: soon(-5), communityCode: FAR_AWAY });
        const { careBook } = store.ports;
        expect(await careBook.listOverdueOpen('341302001', soon(0), 10)).toEqual([late]);
        await post({ plannedStartAt: soon(-2) });
        expect(await careBook.listOverdueOpen('341302001', soon(0), 1)).toHaveLength(1);
      });
    });

    describe('what a person receives', () => {
      it('is shown latest first with its visit, and nobody else’s', async () => {
        const receiverId = store.ids.member();
        const first = await post({ receiverId, plannedStartAt: soon(60) });
        const second = await post({ receiverId, plannedStartAt: soon(120) });
        await post();
        const taken = await take(first, store.ids.member());
        expect(await store.ports.careBook.listReceived(receiverId, { limit: 10 })).toEqual({
          items: [{ request: second }, taken],
        });
      });

      it('is read page by page, each once', async () => {
        const receiverId = store.ids.member();
        const posted: RequestRecord[] = [];
        for (const minutes of [60, 60, 90])
          posted.push(await post({ receiverId, plannedStartAt: soon(minutes) }));
        const pages = await allPages((cursor) =>
          store.ports.careBook.listReceived(receiverId, { limit: 2, cursor }),
        );
        expect(idsOf(pages.flat().map(({ request }) => request))).toEqual(idsOf(posted).reverse());
      });

      it('tells who has visited how often, counting what was made', async () => {
        const receiverId = store.ids.member();
        const [known, planned] = [store.ids.member(), store.ids.member()];
        for (const state of ['settled', 'pending_confirm'] as const)
          await take(await post({ receiverId }), known, state);
        await take(await post({ receiverId }), planned, 'accepted');
        await take(await post({ receiverId }), planned, 'cancelled');
        await take(await post(), planned, 'settled');
        expect(await store.ports.careBook.countVisitsTo(receiverId)).toEqual(new Map([[known, 2]]));
      });
    });

    describe('what a volunteer has taken', () => {
      it('is shown latest first, each with its request as it is now', async () => {
        const volunteerId = store.ids.member();
        const first = await take(await post({ plannedStartAt: soon(60) }), volunteerId);
        const second = await take(await post({ plannedStartAt: soon(120) }), volunteerId);
        await take(await post(), store.ids.member());
        const cancelled = { ...first.request, version: 3, state: 'cancelled' as const };
        await store.ports.journal.commit([{ change: 'move_request', fromVersion: 2, request: cancelled }]);
        expect(await store.ports.careBook.listVisited(volunteerId, { limit: 10 })).toEqual({
          items: [second, { ...first, request: cancelled }],
        });
      });
    });

    describe('a volunteer’s diary', () => {
      const entry = () => ({ requestId: store.ids.request(), plannedStartAt: soon(60), plannedMinutes: 60 });
      const write = (change: DiaryChange) => store.ports.journal.commit([change]);

      it('is empty at first, and then what was written last', async () => {
        const volunteerId = store.ids.member();
        const empty = await store.ports.careBook.readDiaryNow(volunteerId);
        expect(empty).toEqual({ volunteerId, version: 0, entries: [] });
        const visit = entry();
        expect(await write(noteVisit(empty, visit, soon(0)))).toEqual({ kind: 'done' });
        const noted = await store.ports.careBook.readDiaryNow(volunteerId);
        expect(noted).toEqual({ volunteerId, version: 1, entries: [visit] });
        expect(await write(strikeVisit(noted, visit.requestId))).toEqual({ kind: 'done' });
        expect(await store.ports.careBook.readDiaryNow(volunteerId)).toEqual({
          volunteerId,
          version: 2,
          entries: [],
        });
      });

      it('is read with those of others in one go, empty for who has none yet', async () => {
        const [busy, idle] = [store.ids.member(), store.ids.member()];
        const visit = entry();
        await write(noteVisit(await store.ports.careBook.readDiaryNow(busy), visit, soon(0)));
        expect(await store.ports.careBook.readDiaries([busy, idle, busy])).toEqual(
          new Map([
            [busy, { volunteerId: busy, version: 1, entries: [visit] }],
            [idle, { volunteerId: idle, version: 0, entries: [] }],
          ]),
        );
        expect(await store.ports.careBook.readDiaries([])).toEqual(new Map());
      });

      it('leads to its requests, those that are there', async () => {
        const request = await post({ plannedStartAt: soon(60) });
        const { readRequests } = store.ports.careBook;
        expect(await readRequests([request.requestId, store.ids.request()])).toEqual([request]);
        expect(await readRequests([])).toEqual([]);
      });

      it('is written over the version that was read only: of two at once one is told to read again', async () => {
        const empty = await store.ports.careBook.readDiaryNow(store.ids.member());
        const both = await Promise.all([
          write(noteVisit(empty, entry(), soon(0))),
          write(noteVisit(empty, entry(), soon(0))),
        ]);
        expect(both.map(({ kind }) => kind).sort()).toEqual(['done', 'stale']);
        expect((await store.ports.careBook.readDiaryNow(empty.volunteerId)).entries).toHaveLength(1);
      });
    });

    describe('a community’s requests', () => {
      it('are all of its states, soonest first, from the given moment on', async () => {
        await post({ plannedStartAt: soon(-10) });
        const first = await post({ plannedStartAt: soon(0) });
        const taken = await take(await post({ plannedStartAt: soon(60) }), store.ids.member());
        await post({ communityCode: NEXT_DOOR });
        expect(await store.ports.careBook.listOfCommunity(HOME, { limit: 10, from: soon(0) })).toEqual({
          items: [{ request: first }, taken],
        });
      });

      it('are read page by page, each once', async () => {
        const posted: RequestRecord[] = [];
        for (const minutes of [60, 60, 90]) posted.push(await post({ plannedStartAt: soon(minutes) }));
        const pages = await allPages((cursor) =>
          store.ports.careBook.listOfCommunity(HOME, { limit: 1, cursor, from: soon(0) }),
        );
        expect(idsOf(pages.flat().map(({ request }) => request))).toEqual(idsOf(posted));
      });

      it('do not go on from another list’s cursor', async () => {
        await post({ plannedStartAt: soon(60) });
        await post({ plannedStartAt: plusMinutes(soon(60), 1) });
        const { cursor } = await store.ports.careBook.listOfCommunity(HOME, { limit: 1, from: soon(0) });
        expect(cursor).toBeDefined();
        const reading = store.ports.careBook.listOfCommunity(NEXT_DOOR, { limit: 1, cursor, from: soon(0) });
        await expect(reading).rejects.toMatchObject({ name: 'InvalidCursor' });
      });
    });
  });
};
