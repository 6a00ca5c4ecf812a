/** What every audit log does. */
import { plusMinutes } from '@time-bank/contracts/time';
import type { AuditEvent } from '@time-bank/desk/audit-event';
import { InvalidCursor, type Page } from '@time-bank/desk/ports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MakeStore, NOW, TODAY, type TestStore } from './store.ts';

export const describeAuditLog = (name: string, makeStore: MakeStore): void => {
  describe(`the audit log, ${name}`, () => {
    let store: TestStore;
    let counties = 0;
    beforeAll(async () => {
      store = await makeStore();
    });
    afterAll(async () => {
      await store.stop();
    });

    /** A county in which no other test has an event. */
    const aCounty = (): string => {
      counties += 1;
      return `35${String(1000 + counties)}`;
    };
    const anEvent = (change: Partial<AuditEvent> = {}): AuditEvent => ({
      eventId: store.ids.event(),
      at: NOW,
      actorId: store.ids.member(),
      action: 'read_elder_file',
      outcome: 'done',
      channel: 'web',
      ...change,
    });
    const noted = async (change: Partial<AuditEvent> = {}): Promise<AuditEvent> => {
      const event = anEvent(change);
      await store.ports.auditLog.append(event);
      return event;
    };
    /** Everything of a list, in pages of so many, with no page fuller than that. */
    const allPages = async (
      list: (page: { limit: number; cursor?: string | undefined }) => Promise<Page<AuditEvent>>,
      limit: number,
    ): Promise<AuditEvent[]> => {
      const found: AuditEvent[] = [];
      let cursor: string | undefined;
      do {
        const page = await list({ limit, cursor });
        expect(page.items.length).toBeLessThanOrEqual(limit);
        found.push(...page.items);
        cursor = page.cursor;
      } while (cursor !== undefined);
      return found;
    };

    it('shows what was done to a file, newest first, page by page, and nothing of other files', async () => {
      const about = store.ids.member();
      const events: AuditEvent[] = [];
      for (const minutes of [0, 1, 2, 3, 4])
        events.push(await noted({ about, at: plusMinutes(NOW, minutes) }));
      await noted({ about: store.ids.member() });
      await noted();
      const list = store.ports.auditLog.listAbout;
      for (const limit of [2, 5, 50])
        expect(await allPages((page) => list(about, page), limit)).toEqual(events.toReversed());
    });

    it('gives an event back with everything that it can have', async () => {
      const about = store.ids.member();
      const county = aCounty();
      const event = await noted({
        about,
        as: 'coordinator',
        outcome: 'refused',
        code: 'not_allowed',
        subject: store.ids.request(),
        region: `${county}001003`,
        channel: 'hotline',
      });
      expect((await store.ports.auditLog.listAbout(about, { limit: 5 })).items).toEqual([event]);
      expect((await store.ports.auditLog.listOfDay(TODAY, county, { limit: 5 })).items).toEqual([event]);
    });

    it('keeps an event as it was written first, whoever writes it again', async () => {
      const about = store.ids.member();
      const event = await noted({ about });
      await store.ports.auditLog.append({ ...event, outcome: 'refused', code: 'not_allowed' });
      expect((await store.ports.auditLog.listAbout(about, { limit: 5 })).items).toEqual([event]);
    });

    it('keeps events of how people sign in, of whom nobody knows who they are', async () => {
      const { actorId: _, ...event } = anEvent({ action: 'sign_in_refused', at: '2026-03-03T03:00:00.000Z' });
      await store.ports.auditLog.append(event);
      const { items } = await store.ports.auditLog.listOfDay('2026-03-03', undefined, { limit: 5 });
      expect(items).toEqual([event]);
    });

    it('shows the day of a county, a township or a community, oldest first, each with what lies within it', async () => {
      const county = aCounty();
      const regions = [county, `${county}001`, `${county}001003`, `${county}001004`, `${county}002003`];
      const events: AuditEvent[] = [];
      for (const [minutes, region] of [...regions, ...regions].entries())
        events.push(await noted({ region, at: plusMinutes(NOW, minutes) }));
      await noted({ region: aCounty() });
      await noted();
      for (const region of regions) {
        const within = events.filter((event) => event.region?.startsWith(region));
        expect(within.length).toBeGreaterThan(1);
        const list = (page: { limit: number; cursor?: string | undefined }) =>
          store.ports.auditLog.listOfDay(TODAY, region, page);
        for (const limit of [1, 2, 50]) expect(await allPages(list, limit), region).toEqual(within);
      }
    });

    it('shows of a city and a province what was done to themselves', async () => {
      const day = '2026-05-05';
      const at = `${day}T02:00:00.000Z`;
      const [city, province] = [await noted({ region: '3399', at }), await noted({ region: '33', at })];
      await noted({ region: '339901', at });
      const listed = async (region: string) =>
        (await store.ports.auditLog.listOfDay(day, region, { limit: 5 })).items;
      expect(await listed('3399')).toEqual([city]);
      expect(await listed('33')).toEqual([province]);
    });

    it('finds the one event of a community on a busy day of its county', async () => {
      const county = aCounty();
      await Promise.all(
        Array.from({ length: 300 }, (_, n) => noted({ region: `${county}001001`, at: plusMinutes(NOW, n) })),
      );
      const region = `${county}001002`;
      const event = await noted({ region, at: plusMinutes(NOW, 400) });
      const { items } = await store.ports.auditLog.listOfDay(TODAY, region, { limit: 5 });
      expect(items).toEqual([event]);
    });

    it('begins and ends a day at midnight in China', async () => {
      const region = aCounty();
      const times = [
        '2026-11-20T15:59:59.999Z',
        '2026-11-20T16:00:00.000Z',
        '2026-11-21T15:59:59.999Z',
        '2026-11-21T16:00:00.000Z',
      ];
      for (const at of times) await noted({ region, at });
      const { items } = await store.ports.auditLog.listOfDay('2026-11-21', region, { limit: 10 });
      expect(items.map(({ at }) => at)).toEqual(times.slice(1, 3));
    });

    it('takes no cursor of another list', async () => {
      const [here, there] = [aCounty(), aCounty()];
      await noted({ region: here });
      await noted({ region: here });
      const { cursor } = await store.ports.auditLog.listOfDay(TODAY, here, { limit: 1 });
      expect(cursor).toBeDefined();
      await expect(store.ports.auditLog.listOfDay(TODAY, there, { limit: 1, cursor })).rejects.toThrow(
        InvalidCursor,
      );
    });

    it('can do nothing but write and show', () => {
      expect(Object.keys(store.ports.auditLog).sort()).toEqual(['append', 'listAbout', 'listOfDay']);
    });
  });
};
