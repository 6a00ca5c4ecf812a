/** What every journal does with what a helper spends: it counts it under the binding's conditions, or writes nothing. */
import { accountOf } from '@time-bank/contracts/ids';
import type { Change } from '@time-bank/desk/ports';
import type { BindingLeaf } from '@time-bank/desk/person-leaf';
import { spendingOf } from '@time-bank/identity/binding';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MakeStore, NOW, type TestStore } from './store.ts';

const TODAY = '2026-11-21';

export const describeHelperSpending = (name: string, makeStore: MakeStore): void => {
  describe(`what a helper spends, ${name}`, () => {
    let store: TestStore;
    beforeAll(async () => {
      store = await makeStore();
    });
    afterAll(async () => {
      await store.stop();
    });

    const aBinding = async (change: Partial<BindingLeaf> = {}): Promise<BindingLeaf> => {
      const leaf: BindingLeaf = {
        kind: 'binding',
        memberId: store.ids.member(),
        fileId: store.ids.file(),
        version: 1,
        at: NOW,
        otherId: store.ids.member(),
        state: 'bound',
        terms: {
          kind: 'family_proxy',
          scopes: ['spend'],
          spendMinutesMax: 120,
          until: '2026-11-30',
          proof: '户口簿',
        },
        proposedBy: store.ids.member(),
        spentMinutes: 0,
        ...change,
      };
      await store.ports.personFiles.put(leaf);
      return leaf;
    };
    const spend = (leaf: BindingLeaf, amountMinutes: number, on = TODAY): Change =>
      spendingOf(leaf, { bindingId: leaf.fileId, amountMinutes, on });
    const asNow = ({ memberId, fileId }: BindingLeaf) =>
      store.ports.personFiles.readNow('binding', memberId, fileId);
    const refused = (code: string) => ({ kind: 'met', met: { refusals: [{ code }] } });

    it('is added up to the limit to the minute, each time with a new version', async () => {
      const leaf = await aBinding();
      for (const amount of [60, 45, 15]) {
        expect(await store.ports.journal.commit([spend(leaf, amount)])).toEqual({ kind: 'done' });
      }
      expect(await asNow(leaf)).toEqual({ ...leaf, version: 4, spentMinutes: 120 });
      expect(await store.ports.journal.commit([spend(leaf, 1)])).toMatchObject(
        refused('helper_limit_reached'),
      );
      expect((await asNow(leaf))?.spentMinutes).toBe(120);
    });

    it('has no limit for a guardian, and is counted all the same', async () => {
      const leaf = await aBinding();
      const guardian: BindingLeaf = {
        ...leaf,
        terms: { ...leaf.terms, kind: 'guardian', spendMinutesMax: 0 },
      };
      expect(await store.ports.journal.commit([spend(guardian, 1_440)])).toEqual({ kind: 'done' });
      expect((await asNow(leaf))?.spentMinutes).toBe(1_440);
    });

    it.each([
      ['proposed', { state: 'proposed' as const }, TODAY, 'binding_not_open'],
      ['checked', { state: 'checked' as const }, TODAY, 'binding_not_open'],
      ['ended', { state: 'ended' as const }, TODAY, 'binding_not_open'],
      ['declined', { state: 'declined' as const }, TODAY, 'binding_not_open'],
      ['over since yesterday', {}, '2026-12-01', 'binding_not_open'],
      ['bound, on its last day', {}, '2026-11-30', 'done'],
    ])('under a binding that is %s', async (_what, change, on, end) => {
      const leaf = await aBinding(change);
      const commit = await store.ports.journal.commit([spend(leaf, 30, on)]);
      expect(commit).toMatchObject(end === 'done' ? { kind: 'done' } : refused(end));
      expect((await asNow(leaf))?.spentMinutes).toBe(end === 'done' ? 30 : 0);
    });

    it('under a binding that nobody has is refused', async () => {
      const leaf = await aBinding();
      const other = { ...leaf, fileId: store.ids.file() };
      expect(await store.ports.journal.commit([spend(other, 30)])).toMatchObject(refused('binding_not_open'));
    });

    it('is written with everything else of its transaction, or nothing is', async () => {
      const leaf = await aBinding();
      const opening: Change = {
        change: 'open_account',
        accountId: accountOf(store.ids.member()),
        state: 'open',
        at: NOW,
      };
      const refusal = await store.ports.journal.commit([opening, spend(leaf, 121)]);
      expect(refusal).toMatchObject(refused('helper_limit_reached'));
      expect(await store.ports.journal.readAccountNow(opening.accountId)).toBeUndefined();
      expect(await store.ports.journal.commit([opening, spend(leaf, 120)])).toEqual({ kind: 'done' });
      expect((await asNow(leaf))?.spentMinutes).toBe(120);
    });

    it('an end that was decided before it is written after it, with what was spent', async () => {
      const leaf = await aBinding();
      await store.ports.journal.commit([spend(leaf, 30)]);
      expect(await store.ports.personFiles.move({ ...leaf, version: 2, state: 'ended' })).toBe(false);
      const now = await asNow(leaf);
      expect(await store.ports.personFiles.move({ ...now!, version: 3, state: 'ended' })).toBe(true);
      expect(await store.ports.journal.commit([spend(leaf, 30)])).toMatchObject(refused('binding_not_open'));
    });

    it('of many at once never goes over the limit', async () => {
      const leaf = await aBinding();
      const commits = await Promise.all(
        Array.from({ length: 8 }, () => store.ports.journal.commit([spend(leaf, 30)])),
      );
      const written = commits.filter(({ kind }) => kind === 'done').length;
      expect(written).toBeLessThanOrEqual(4);
      expect((await asNow(leaf))?.spentMinutes).toBe(30 * written);
    });
  });
};
