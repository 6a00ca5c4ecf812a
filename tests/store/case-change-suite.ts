/** What every journal does with a case that is written together with something else. */
import { tell } from '@time-bank/care/notice';
import { SYSTEM, accountOf } from '@time-bank/contracts/ids';
import type { DisputeRecord, HonestyRecord, RectifyRecord } from '@time-bank/desk/staff-case';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOME, type MakeStore, NOW, type TestStore } from './store.ts';

export const describeCaseChanges = (name: string, makeStore: MakeStore): void => {
  describe(`cases that are written together with something else, ${name}`, () => {
    let store: TestStore;
    beforeAll(async () => {
      store = await makeStore();
    });
    afterAll(async () => {
      await store.stop();
    });

    const common = () => ({
      version: 1,
      region: HOME,
      openedAt: NOW,
      dueAt: NOW,
      fingerprint: 'f',
    });
    const aDispute = (): DisputeRecord => ({
      ...common(),
      kind: 'dispute',
      caseId: store.ids.command(),
      openedBy: store.ids.member(),
      communityCode: HOME,
      requestId: store.ids.request(),
      elderId: store.ids.member(),
      concerns: [store.ids.member()],
      by: 'receiver',
      complaint: 'conduct',
      words: '态度不好',
      level: 1,
      state: 'open',
      credits: [
        {
          accountId: accountOf(store.ids.member()),
          lineId: store.ids.transfer(),
          minutes: 60,
          frozen: { holdId: store.ids.transfer(), minutes: 30 },
        },
      ],
      answer: { words: '没有这回事', at: NOW },
      appeal: { by: 'volunteer', words: '请再看', at: NOW },
      decisions: [
        { level: 1, outcome: 'stands', reason: '两边都有理', actorId: store.ids.member(), at: NOW },
      ],
      acts: [{ commandId: store.ids.command(), fingerprint: 'g', state: 'decided', at: NOW }],
    });
    const aWorkOrder = (): RectifyRecord => ({
      ...common(),
      kind: 'rectify',
      caseId: store.ids.command(),
      openedBy: store.ids.member(),
      communityCode: HOME,
      requestId: store.ids.request(),
      elderId: store.ids.member(),
      by: 'volunteer',
      raterId: store.ids.member(),
      concerns: [store.ids.member()],
      level: 2,
      words: '家里没人',
      contactBy: NOW,
      fixBy: NOW,
      state: 'contacted',
      steps: [
        {
          commandId: store.ids.command(),
          fingerprint: 'g',
          step: 'contacted',
          words: '已联系',
          actorId: store.ids.member(),
          at: NOW,
          state: 'contacted',
        },
      ],
    });
    const anItem = (): HonestyRecord => ({
      ...common(),
      kind: 'honesty',
      caseId: store.ids.command(),
      openedBy: SYSTEM,
      finding: {
        kind: 'ring',
        subjects: [store.ids.member()],
        requestIds: [store.ids.request()],
        figures: { people: 3, minutes: 180 },
        from: '2026-11-09',
        until: '2026-11-20',
      },
      state: 'open',
    });

    it('are read as they were written, each kind with all that it says', async () => {
      const { journal, caseBook } = store.ports;
      const [dispute, order, item] = [aDispute(), aWorkOrder(), anItem()];
      const changes = [dispute, order, item].map((record) => ({ change: 'put_case' as const, record }));
      expect(await journal.commit(changes)).toEqual({ kind: 'done' });
      expect(await caseBook.readNow('dispute', dispute.caseId)).toEqual(dispute);
      expect(await caseBook.readNow('rectify', order.caseId)).toEqual(order);
      expect(await caseBook.readNow('honesty', item.caseId)).toEqual(item);
      const open = (await caseBook.listOpen('dispute', HOME, { limit: 50 })).items;
      expect(open.map(({ caseId }) => caseId)).toContain(dispute.caseId);
    });

    it('are put once, and moved from their latest version only; nothing beside them is written else', async () => {
      const { journal, caseBook } = store.ports;
      const record = aDispute();
      await caseBook.put(record);
      const notice = (step: string) =>
        tell(step, {
          kind: 'dispute_opened',
          to: { deskOf: HOME },
          about: { caseId: record.caseId },
          at: NOW,
        });
      expect(await journal.commit([{ change: 'put_case', record }, notice('again')])).toEqual({
        kind: 'stale',
      });
      const skipped = { ...record, version: 3 };
      expect(await journal.commit([{ change: 'move_case', record: skipped }, notice('again')])).toEqual({
        kind: 'stale',
      });
      // The notice of a step that was not taken is not there: its place is free.
      const next: DisputeRecord = { ...record, version: 2, state: 'ended' };
      expect(await journal.commit([{ change: 'move_case', record: next }, notice('again')])).toEqual({
        kind: 'done',
      });
      expect(await caseBook.readNow('dispute', record.caseId)).toEqual(next);
      const open = (await caseBook.listOpen('dispute', HOME, { limit: 50 })).items;
      expect(open.map(({ caseId }) => caseId)).not.toContain(record.caseId);
    });
  });
};
