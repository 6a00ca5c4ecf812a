/** What every book of the regions' decisions does. */
import type { CommandId } from '@time-bank/contracts/ids';
import type { KeptProposal } from '@time-bank/desk/ports';
import type { PolicyChange } from '@time-bank/policy/policy-change';
import { presets } from '@time-bank/policy/presets';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MakeStore, NOW, TODAY, type TestStore } from './store.ts';

const aChange = (number: number, change: Partial<PolicyChange> = {}): PolicyChange => ({
  number,
  region: '341302',
  values: { unfilledAfterMinutes: 30 + number },
  validFrom: TODAY,
  author: 'mem_one',
  approver: 'mem_another',
  publishedAt: NOW,
  reason: '试行',
  ...change,
});

export const describePolicies = (name: string, makeStore: MakeStore): void => {
  describe(`the book of decisions, ${name}`, () => {
    let store: TestStore;
    beforeEach(async () => {
      store = await makeStore();
    });
    afterEach(async () => {
      await store.stop();
    });
    const policies = () => store.ports.policies;
    const aProposal = (change: Partial<KeptProposal> = {}): KeptProposal => ({
      proposalId: store.ids.command(),
      region: '3413',
      values: { creditStepMinutes: 15 },
      validFrom: TODAY,
      author: store.ids.member(),
      reason: '试行',
      proposedAt: NOW,
      fingerprint: 'print',
      ...change,
    });

    it('is empty at first, and then the defaults are in force', async () => {
      const book = await policies().readBook();
      expect(book.changes).toEqual([]);
      expect(book.inForce('341302', TODAY).version).toBe('20260101.0');
    });

    it('has what was published, at once and word for word, in the order of its numbers', async () => {
      const all = [
        aChange(1),
        ...Object.values(presets).map(({ values }, index) => aChange(index + 2, { region: '3413', values })),
        // The ninth and the tenth: numbers do not sort as letters do.
        ...[8, 9, 10, 11].map((number) => aChange(number)),
      ];
      for (const change of all) expect(await policies().publish(change)).toBe(true);
      expect((await policies().readBook()).changes).toEqual(all);
      expect((await policies().readBookNow()).changes).toEqual(all);
      expect((await policies().readBook()).inForce('341302', TODAY)).toMatchObject({
        version: '20261121.11',
        unfilledAfterMinutes: 41,
      });
    });

    it('takes each number once, and nothing is altered by the second', async () => {
      expect(await policies().publish(aChange(1))).toBe(true);
      expect(await policies().publish(aChange(1, { reason: 'another' }))).toBe(false);
      expect((await policies().readBook()).changes).toEqual([aChange(1)]);
    });

    it('takes one of two that come under one number in the same moment', async () => {
      const both = [aChange(1, { reason: 'one' }), aChange(1, { reason: 'another' })];
      const taken = await Promise.all(both.map((change) => policies().publish(change)));
      expect(taken.filter(Boolean)).toHaveLength(1);
      expect((await policies().readBook()).changes).toEqual(both.filter((_, index) => taken[index]));
    });

    it('keeps a proposal once for each id', async () => {
      const proposal = aProposal();
      expect(await policies().readProposalNow(proposal.proposalId)).toBeUndefined();
      expect(await policies().keepProposal(proposal)).toBe(true);
      expect(await policies().keepProposal({ ...proposal, reason: 'another' })).toBe(false);
      expect(await policies().readProposalNow(proposal.proposalId)).toEqual(proposal);
    });

    it('marks the proposal that a change comes from, and publishes it once', async () => {
      const proposal = aProposal();
      await policies().keepProposal(proposal);
      expect(await policies().publish(aChange(1), proposal.proposalId)).toBe(true);
      expect(await policies().readProposalNow(proposal.proposalId)).toEqual({ ...proposal, publishedAs: 1 });
      expect(await policies().publish(aChange(2), proposal.proposalId)).toBe(false);
      expect((await policies().readBook()).changes).toEqual([aChange(1)]);
    });

    it('marks nothing where the number is taken, and publishes nothing without its proposal', async () => {
      const proposal = aProposal();
      await policies().keepProposal(proposal);
      await policies().publish(aChange(1));
      expect(await policies().publish(aChange(1), proposal.proposalId)).toBe(false);
      expect(await policies().readProposalNow(proposal.proposalId)).toEqual(proposal);
      const unknown: CommandId = store.ids.command();
      expect(await policies().publish(aChange(2), unknown)).toBe(false);
      expect(await policies().readProposalNow(unknown)).toBeUndefined();
      expect((await policies().readBook()).changes).toEqual([aChange(1)]);
    });

    it('publishes one of two that come from one proposal in the same moment', async () => {
      const proposal = aProposal();
      await policies().keepProposal(proposal);
      const taken = await Promise.all(
        ['one', 'another'].map((reason) => policies().publish(aChange(1, { reason }), proposal.proposalId)),
      );
      expect(taken.filter(Boolean)).toHaveLength(1);
      expect((await policies().readBook()).changes).toHaveLength(1);
    });
  });
};
