/** What every outbox and every inbox does. */
import { tell } from '@time-bank/care/notice';
import type { NoticeChange } from '@time-bank/care/notice';
import { plusMinutes } from '@time-bank/contracts/time';
import type { InboxItem } from '@time-bank/desk/ports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOME, type MakeStore, NEXT_DOOR, NOW, type TestStore } from './store.ts';

export const describeNotices = (name: string, makeStore: MakeStore): void => {
  describe(`what is to be told, ${name}`, () => {
    let store: TestStore;
    beforeAll(async () => {
      store = await makeStore();
    });
    afterAll(async () => {
      await store.stop();
    });
    const LATER = plusMinutes(NOW, 60);
    const aNotice = (change: Partial<NoticeChange['notice']> = {}): NoticeChange =>
      tell(store.ids.command(), {
        kind: 'person_found',
        to: { people: [store.ids.member()] },
        about: { requestId: store.ids.request() },
        at: NOW,
        ...change,
      });
    const put = async (change: NoticeChange) => {
      expect(await store.ports.journal.commit([change])).toEqual({ kind: 'done' });
      return change.notice;
    };
    const dueOf = async (noticeId: string, now: string) =>
      (await store.ports.outbox.listDue(now, 400)).find(({ notice }) => notice.noticeId === noticeId);

    it('is told once for one cause: the same notice is not written twice', async () => {
      const change = aNotice();
      await put(change);
      expect(await store.ports.journal.commit([change])).toEqual({ kind: 'stale' });
    });

    it('waits until it is due, and comes as it was written', async () => {
      const notice = await put(
        aNotice({ notBefore: LATER, until: plusMinutes(LATER, 60), figures: { minutes: 60 } }),
      );
      expect(await dueOf(notice.noticeId, NOW)).toBeUndefined();
      expect(await dueOf(notice.noticeId, plusMinutes(LATER, 1))).toEqual({ notice, dueAt: LATER, tries: 0 });
    });

    it('is given to one of two who take it in the same moment, and comes back when the claim has lapsed', async () => {
      const { noticeId } = await put(aNotice());
      const seen = (await dueOf(noticeId, LATER))!;
      const until = plusMinutes(LATER, 5);
      const claims = await Promise.all([1, 2, 3].map(() => store.ports.outbox.claim(seen, until)));
      expect(claims.filter((claim) => claim !== undefined)).toEqual([{ ...seen, dueAt: until, tries: 1 }]);
      expect(await dueOf(noticeId, plusMinutes(LATER, 4))).toBeUndefined();
      expect(await dueOf(noticeId, plusMinutes(LATER, 6))).toMatchObject({ tries: 1 });
    });

    it('is put back for later, and after its end is there no more', async () => {
      const { noticeId } = await put(aNotice());
      const claimed = (await store.ports.outbox.claim(
        (await dueOf(noticeId, LATER))!,
        plusMinutes(LATER, 5),
      ))!;
      expect(await store.ports.outbox.putBack(claimed, plusMinutes(LATER, 60))).toBe(true);
      const again = (await dueOf(noticeId, plusMinutes(LATER, 61)))!;
      expect(again.dueAt).toBe(plusMinutes(LATER, 60));
      expect(await store.ports.outbox.end(again, 'told', LATER)).toBe(true);
      expect(await dueOf(noticeId, plusMinutes(LATER, 600))).toBeUndefined();
    });

    it('is not put back or ended by whoever has lost it', async () => {
      const { noticeId } = await put(aNotice());
      const late = (await store.ports.outbox.claim((await dueOf(noticeId, LATER))!, plusMinutes(LATER, 5)))!;
      const now = plusMinutes(LATER, 6);
      await store.ports.outbox.claim((await dueOf(noticeId, now))!, plusMinutes(now, 5));
      expect(await store.ports.outbox.end(late, 'told', now)).toBe(false);
      expect(await store.ports.outbox.putBack(late, now)).toBe(false);
    });

    const aLine = (change: Partial<InboxItem> = {}): InboxItem => ({
      memberId: store.ids.member(),
      noticeId: `${store.ids.command()}.asked`,
      kind: 'asked',
      about: { requestId: store.ids.request() },
      at: NOW,
      sent: {},
      ...change,
    });

    it('is shown once: a second line of the same notice gives what stands there', async () => {
      const line = aLine();
      expect(await store.ports.inbox.put(line)).toEqual(line);
      await store.ports.inbox.markSent(line, 'sms', LATER);
      await store.ports.inbox.markSent(line, 'email', LATER);
      expect(await store.ports.inbox.put(line)).toEqual({ ...line, sent: { sms: LATER, email: LATER } });
      expect((await store.ports.inbox.list(line.memberId, { limit: 25 })).items).toHaveLength(1);
    });

    it('stands in the inbox newest first, page by page, and can be asked for since an instant', async () => {
      const memberId = store.ids.member();
      const times = [0, 10, 20].map((minutes) => plusMinutes(NOW, minutes));
      for (const at of times) await store.ports.inbox.put(aLine({ memberId, at }));
      const first = await store.ports.inbox.list(memberId, { limit: 2 });
      expect(first.items.map(({ at }) => at)).toEqual([times[2], times[1]]);
      const second = await store.ports.inbox.list(memberId, { limit: 2, cursor: first.cursor });
      expect(second.items.map(({ at }) => at)).toEqual([times[0]]);
      const since = await store.ports.inbox.list(memberId, { limit: 9, from: plusMinutes(NOW, 5) });
      expect(since.items).toHaveLength(2);
    });

    it('is unread until it is seen, and seen once', async () => {
      const line = aLine();
      await store.ports.inbox.put(line);
      await store.ports.inbox.put(aLine({ memberId: line.memberId }));
      expect(await store.ports.inbox.countUnread(line.memberId)).toBe(2);
      expect(await store.ports.inbox.markRead(line, LATER)).toBe(true);
      expect(await store.ports.inbox.markRead(line, LATER)).toBe(false);
      expect(await store.ports.inbox.countUnread(line.memberId)).toBe(1);
      expect(await store.ports.inbox.markRead(aLine(), LATER)).toBe(false);
    });

    it('waits in the list of a community’s desk where no message reaches somebody, until they were told', async () => {
      const [line, there] = [aLine(), aLine({ waitsIn: NEXT_DOOR })];
      await store.ports.inbox.put(line);
      await store.ports.inbox.put(there);
      await store.ports.inbox.waitFor(line, HOME);
      const listed = async () => (await store.ports.inbox.listToTell(HOME, { limit: 25 })).items;
      expect(await listed()).toEqual([{ ...line, waitsIn: HOME }]);
      expect((await store.ports.inbox.listToTell(NEXT_DOOR, { limit: 25 })).items).toEqual([there]);
      await store.ports.inbox.markRead(line, LATER);
      await store.ports.inbox.waitFor(line, HOME);
      expect(await listed()).toEqual([]);
    });
  });
};
