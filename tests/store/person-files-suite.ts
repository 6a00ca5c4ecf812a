/** What every keeper of people's files does. */
import type { BindingLeaf, FormerLeaf } from '@time-bank/desk/person-leaf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MakeStore, NOW, type TestStore } from './store.ts';

export const describePersonFiles = (name: string, makeStore: MakeStore): void => {
  describe(`people's files, ${name}`, () => {
    let store: TestStore;
    let lists = 0;
    beforeAll(async () => {
      store = await makeStore();
    });
    afterAll(async () => {
      await store.stop();
    });

    /** A region in which no other test has a leaf that waits. */
    const aRegion = (): string => {
      lists += 1;
      return `34131${String(1000 + lists)}`;
    };
    const aBinding = (change: Partial<BindingLeaf> = {}): BindingLeaf => ({
      kind: 'binding',
      memberId: store.ids.member(),
      fileId: store.ids.file(),
      version: 1,
      at: NOW,
      otherId: store.ids.member(),
      state: 'proposed',
      terms: {
        kind: 'family_proxy',
        scopes: ['order', 'spend'],
        spendMinutesMax: 600,
        until: '2027-11-21',
        proof: '户口簿',
      },
      proposedBy: store.ids.member(),
      spentMinutes: 0,
      ...change,
    });
    const aChange = (): FormerLeaf => ({
      kind: 'former',
      memberId: store.ids.member(),
      fileId: store.ids.file(),
      version: 1,
      at: NOW,
      part: 'volunteering',
      by: store.ids.member(),
      fingerprint: 'f',
      over: 3,
      was: {
        roles: [{ role: 'volunteer', region: '341302001003', from: '2026-01-05' }],
        volunteering: {
          state: 'active',
          since: '2026-01-05',
          by: store.ids.member(),
          recordCheck: { isPassed: true, on: '2026-01-04' },
          trainings: [{ course: '岗前培训', minutes: 120, on: '2026-01-05' }],
          licences: [],
        },
      },
      becomes: 'b',
      state: 'begun',
      volunteerState: 'paused',
    });
    const waitingIn = (region: string, dueAt = NOW) => aBinding({ waits: { region, dueAt } });

    it('keep how a part of a file stood before a change', async () => {
      const { personFiles } = store.ports;
      const begun = aChange();
      const done: FormerLeaf = { ...begun, version: 2, state: 'done' };
      expect(await personFiles.put(begun)).toBe(true);
      expect(await personFiles.move(done)).toBe(true);
      expect(await personFiles.readNow('former', begun.memberId, begun.fileId)).toEqual(done);
      expect(await personFiles.listNow('former', begun.memberId)).toEqual([done]);
    });

    it('keep a leaf and give it back as it was, with everything that it can have', async () => {
      const { personFiles } = store.ports;
      const plain = aBinding();
      const full = aBinding({
        state: 'ended',
        checkedBy: store.ids.member(),
        checkedAt: NOW,
        confirmed: { by: 'voice', at: NOW, witnessId: store.ids.member() },
        ended: { by: store.ids.member(), at: NOW, reason: '搬走了' },
        spentMinutes: 90,
        waits: { region: aRegion(), dueAt: NOW },
      });
      for (const leaf of [plain, full]) {
        expect(await personFiles.put(leaf)).toBe(true);
        expect(await personFiles.readNow('binding', leaf.memberId, leaf.fileId)).toEqual(leaf);
      }
      expect(await personFiles.readNow('binding', plain.memberId, full.fileId)).toBeUndefined();
      expect(await personFiles.readNow('binding', full.memberId, plain.fileId)).toBeUndefined();
    });

    it('keep a leaf once, and the first one stays', async () => {
      const { personFiles } = store.ports;
      const first = aBinding();
      expect(await personFiles.put(first)).toBe(true);
      expect(await personFiles.put({ ...first, state: 'bound' })).toBe(false);
      expect(await personFiles.readNow('binding', first.memberId, first.fileId)).toEqual(first);
    });

    it('of many who write the next version in the same moment take one', async () => {
      const { personFiles } = store.ports;
      const first = aBinding();
      await personFiles.put(first);
      const moved = await Promise.all(
        Array.from({ length: 8 }, (_, n) => personFiles.move({ ...first, version: 2, spentMinutes: n })),
      );
      expect(moved.filter((each) => each)).toHaveLength(1);
      expect(await personFiles.move({ ...first, version: 2 })).toBe(false);
      expect(await personFiles.move({ ...first, version: 4 })).toBe(false);
      expect(await personFiles.move(aBinding({ version: 2 }))).toBe(false);
      expect(await personFiles.move({ ...first, version: 3, state: 'bound' })).toBe(true);
      expect(await personFiles.readNow('binding', first.memberId, first.fileId)).toMatchObject({
        version: 3,
        state: 'bound',
      });
    });

    it('list what a person has of a kind, oldest first, and nothing of anybody else', async () => {
      const { personFiles } = store.ports;
      const memberId = store.ids.member();
      const leaves = [aBinding({ memberId }), aBinding({ memberId }), aBinding({ memberId })];
      for (const leaf of [...leaves.toReversed(), aBinding()]) await personFiles.put(leaf);
      expect(await personFiles.listNow('binding', memberId)).toEqual(leaves);
      expect(await personFiles.listNow('binding', store.ids.member())).toEqual([]);
    });

    it('lead to a person whom files of others name, for as long as they name them', async () => {
      const { personFiles } = store.ports;
      const otherId = store.ids.member();
      const later = aBinding({ otherId, at: '2026-11-22T00:00:00.000Z' });
      const earlier = aBinding({ otherId });
      for (const leaf of [later, earlier, aBinding()]) await personFiles.put(leaf);
      expect(await personFiles.listAbout('binding', otherId)).toEqual([earlier, later]);
      const newHelper = store.ids.member();
      await personFiles.move({ ...later, version: 2, otherId: newHelper });
      expect(await personFiles.listAbout('binding', otherId)).toEqual([earlier]);
      expect(await personFiles.listAbout('binding', newHelper)).toHaveLength(1);
    });

    it('list what waits in a region by when it is due, page by page, until it waits no longer', async () => {
      const { personFiles } = store.ports;
      const region = aRegion();
      const days = ['2026-11-23', '2026-11-21', '2026-11-22'].map((day) => `${day}T00:00:00.000Z`);
      const leaves = days.map((dueAt) => waitingIn(region, dueAt));
      for (const leaf of [...leaves, waitingIn(aRegion()), aBinding()]) await personFiles.put(leaf);
      const dueAts = async (cursor?: string) => {
        const page = await personFiles.listWaiting('binding', region, { limit: 2, cursor });
        return { dueAts: page.items.map(({ waits }) => waits?.dueAt), cursor: page.cursor };
      };
      const first = await dueAts();
      expect(first.dueAts).toEqual([days[1], days[2]]);
      expect((await dueAts(first.cursor)).dueAts).toEqual([days[0]]);
      for (const { waits: _, ...leaf } of leaves) await personFiles.move({ ...leaf, version: 2 });
      expect((await dueAts()).dueAts).toEqual([]);
    });

    it('move a leaf to the list of another region when it waits there', async () => {
      const { personFiles } = store.ports;
      const [here, there] = [aRegion(), aRegion()];
      const leaf = waitingIn(here);
      await personFiles.put(leaf);
      const moved = { ...leaf, version: 2, waits: { region: there, dueAt: NOW } };
      await personFiles.move(moved);
      expect((await personFiles.listWaiting('binding', here, { limit: 5 })).items).toEqual([]);
      expect((await personFiles.listWaiting('binding', there, { limit: 5 })).items).toEqual([moved]);
    });
  });
};
