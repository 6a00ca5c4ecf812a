/** What every journal does. */
import type { Change, Commit } from '@time-bank/desk/ports';
import { accountOf } from '@time-bank/contracts/ids';
import { planBank, planCapture, planVoid } from '@time-bank/ledger/movement';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type MakeStore,
  type TestStore,
  aHold,
  aRequest,
  anAccount,
  banked,
  movementFacts,
  policy,
} from './store.ts';

const STALE: Commit = { kind: 'stale' };
const DONE: Commit = { kind: 'done' };
const refusal = (code: string) => ({ kind: 'refused', refusal: { code } });

export const describeJournal = (name: string, makeStore: MakeStore): void => {
  describe(`the journal, ${name}`, () => {
    let store: TestStore;
    beforeAll(async () => {
      store = await makeStore();
    });
    afterAll(async () => {
      await store.stop();
    });
    const commit = (...changes: Change[]) => store.ports.journal.commit(changes);
    const head = (account: Parameters<typeof store.ports.journal.readAccountNow>[0]) =>
      store.ports.journal.readAccountNow(account);

    describe('an account', () => {
      it('is opened empty, and once', async () => {
        const accountId = await anAccount(store);
        expect(await head(accountId)).toEqual({
          accountId,
          availableMinutes: 0,
          heldMinutes: 0,
          sequence: 0,
        });
        await commit(...banked(store, accountId, 60));
        expect(await commit({ change: 'open_account', accountId, at: '2026-11-21T02:00:00.000Z' })).toEqual(
          STALE,
        );
        expect(await head(accountId)).toMatchObject({ availableMinutes: 60 });
      });

      it('that nobody opened is unknown to every movement', async () => {
        const nobody = accountOf(store.ids.member());
        expect(await head(nobody)).toBeUndefined();
        expect(await commit(...banked(store, nobody, 60))).toEqual(refusal('unknown_account'));
        expect(await commit({ change: 'hold', hold: aHold(store, nobody, 60) })).toEqual(
          refusal('unknown_account'),
        );
        expect(await head(nobody)).toBeUndefined();
        expect((await store.ports.journal.listEntriesNow(nobody, { limit: 5 })).items).toEqual([]);
      });

      it('counts its movements', async () => {
        const account = await anAccount(store, 60);
        const hold = aHold(store, account, 60);
        await commit({ change: 'hold', hold });
        await commit(...planVoid({ hold, at: hold.at }));
        expect(await head(account)).toMatchObject({ sequence: 3 });
      });
    });

    describe('banked hours', () => {
      it('stand on the account and in its statement', async () => {
        const account = await anAccount(store);
        const changes = banked(store, account, 90);
        expect(await commit(...changes)).toEqual(DONE);
        expect(await head(account)).toMatchObject({ availableMinutes: 90, heldMinutes: 0 });
        const [change] = changes;
        expect(await store.ports.journal.listEntriesNow(account, { limit: 5 })).toEqual({
          items: [change?.change === 'credit' ? change.entry : undefined],
        });
      });

      it('are put once under their id, whatever the amount', async () => {
        const account = await anAccount(store);
        const transferId = store.ids.transfer();
        const bank = (amountMinutes: number) =>
          planBank({ policy, facts: movementFacts(store), transferId, accountId: account, amountMinutes });
        expect(await commit(...bank(60))).toEqual(DONE);
        expect(await commit(...bank(60))).toEqual(refusal('exists_with_different_content'));
        expect(await commit(...bank(90))).toEqual(refusal('exists_with_different_content'));
        expect(await head(account)).toMatchObject({ availableMinutes: 60, sequence: 1 });
      });

      it('reach the cap and go no further', async () => {
        const account = await anAccount(store, 60);
        const small = { ...policy, balanceCapMinutes: 120 };
        const bank = (amountMinutes: number) =>
          planBank({
            policy: small,
            facts: movementFacts(store),
            transferId: store.ids.transfer(),
            accountId: account,
            amountMinutes,
          });
        expect(await commit(...bank(61))).toEqual(refusal('cap_reached'));
        expect(await commit(...bank(60))).toEqual(DONE);
        expect(await commit(...bank(1))).toEqual(refusal('cap_reached'));
        expect(await head(account)).toMatchObject({ availableMinutes: 120, sequence: 2 });
      });
    });

    describe('a hold', () => {
      it('moves minutes from what is available to what is held', async () => {
        const account = await anAccount(store, 90);
        const hold = aHold(store, account, 60);
        expect(await commit({ change: 'hold', hold })).toEqual(DONE);
        expect(await head(account)).toMatchObject({ availableMinutes: 30, heldMinutes: 60 });
        expect(await store.ports.journal.readHoldNow(account, hold.transferId)).toEqual(hold);
      });

      it('for more than there is is refused with what is there', async () => {
        const account = await anAccount(store, 60);
        expect(await commit({ change: 'hold', hold: aHold(store, account, 61) })).toEqual({
          kind: 'refused',
          refusal: { code: 'insufficient_hours', availableMinutes: 60, neededMinutes: 61 },
        });
        expect(await commit({ change: 'hold', hold: aHold(store, account, 60) })).toEqual(DONE);
        expect(await commit({ change: 'hold', hold: aHold(store, account, 1) })).toMatchObject({
          refusal: { availableMinutes: 0, neededMinutes: 1 },
        });
      });

      it('is put once under its id', async () => {
        const account = await anAccount(store, 120);
        const hold = aHold(store, account, 60);
        await commit({ change: 'hold', hold });
        expect(await commit({ change: 'hold', hold })).toEqual(refusal('exists_with_different_content'));
        expect(await head(account)).toMatchObject({ availableMinutes: 60, heldMinutes: 60 });
      });

      it('that there is not is not found', async () => {
        const account = await anAccount(store, 60);
        expect(await store.ports.journal.readHoldNow(account, store.ids.transfer())).toBeUndefined();
      });

      it('is used in part: the rest is free again, the used part is the other’s', async () => {
        const [payer, payee] = [await anAccount(store, 60), await anAccount(store)];
        const hold = aHold(store, payer, 60);
        await commit({ change: 'hold', hold });
        const capture = planCapture({
          policy,
          facts: movementFacts(store),
          transferId: store.ids.transfer(),
          accountId: payee,
          hold,
          usedMinutes: 45,
        });
        expect(await commit(...capture)).toEqual(DONE);
        expect(await head(payer)).toMatchObject({ availableMinutes: 15, heldMinutes: 0 });
        expect(await head(payee)).toMatchObject({ availableMinutes: 45, heldMinutes: 0 });
        expect(await store.ports.journal.readHoldNow(payer, hold.transferId)).toMatchObject({
          state: 'posted',
          amountMinutes: 60,
          usedMinutes: 45,
          counterpart: payee,
        });
      });

      it('is resolved at most once, in whatever way', async () => {
        const [payer, payee] = [await anAccount(store, 120), await anAccount(store)];
        const hold = aHold(store, payer, 60);
        await commit({ change: 'hold', hold });
        await commit({ change: 'hold', hold: aHold(store, payer, 60) });
        const use = () =>
          planCapture({
            policy,
            facts: movementFacts(store),
            transferId: store.ids.transfer(),
            accountId: payee,
            hold,
            usedMinutes: 30,
          });
        expect(await commit(...use())).toEqual(DONE);
        expect(await commit(...use())).toEqual(refusal('hold_not_open'));
        expect(await commit(...planVoid({ hold, at: hold.at }))).toEqual(refusal('hold_not_open'));
        expect(await head(payer)).toMatchObject({ availableMinutes: 30, heldMinutes: 60 });
        expect(await head(payee)).toMatchObject({ availableMinutes: 30 });
      });

      it('that was never made cannot be resolved', async () => {
        const account = await anAccount(store, 60);
        await commit({ change: 'hold', hold: aHold(store, account, 60) });
        const other = aHold(store, account, 60);
        expect(await commit(...planVoid({ hold: other, at: other.at }))).toEqual(refusal('hold_not_open'));
        expect(await head(account)).toMatchObject({ availableMinutes: 0, heldMinutes: 60 });
      });

      it('is not used where the other has no room: it stays as it was', async () => {
        const [payer, payee] = [await anAccount(store, 60), await anAccount(store, 60)];
        const hold = aHold(store, payer, 60);
        await commit({ change: 'hold', hold });
        const capture = planCapture({
          policy: { ...policy, balanceCapMinutes: 100 },
          facts: movementFacts(store),
          transferId: store.ids.transfer(),
          accountId: payee,
          hold,
          usedMinutes: 60,
        });
        expect(await commit(...capture)).toEqual(refusal('cap_reached'));
        expect(await store.ports.journal.readHoldNow(payer, hold.transferId)).toEqual(hold);
        expect(await head(payer)).toMatchObject({ availableMinutes: 0, heldMinutes: 60 });
      });
    });

    describe('a request', () => {
      it('is put once', async () => {
        const request = aRequest(store);
        expect(await commit({ change: 'put_request', request })).toEqual(DONE);
        expect(await commit({ change: 'put_request', request: { ...request, plannedMinutes: 90 } })).toEqual(
          STALE,
        );
        const facts = await store.ports.careBook.readRequestNow(request.requestId);
        expect(facts).toEqual({ request });
      });

      it('moves only from the version that was read', async () => {
        const request = aRequest(store);
        await commit({ change: 'put_request', request });
        const move = (fromVersion: number) =>
          commit({
            change: 'move_request',
            fromVersion,
            request: { ...request, version: fromVersion + 1, state: 'cancelled' },
          });
        expect(await move(2)).toEqual(STALE);
        expect(await move(0)).toEqual(STALE);
        expect(await move(1)).toEqual(DONE);
        expect(await move(1)).toEqual(STALE);
      });

      it('that there is not does not move', async () => {
        const request = aRequest(store);
        expect(await commit({ change: 'move_request', fromVersion: 1, request })).toEqual(STALE);
        expect(await store.ports.careBook.readRequestNow(request.requestId)).toBeUndefined();
      });

      it('has a visit that is put once, and moves only where it is', async () => {
        const request = aRequest(store);
        const visit = {
          visitId: store.ids.visit(),
          requestId: request.requestId,
          volunteerId: store.ids.member(),
          plannedStartAt: request.plannedStartAt,
          acceptedAt: request.plannedStartAt,
          wrongCodes: 0,
        };
        expect(await commit({ change: 'move_visit', visit })).toEqual(STALE);
        expect(await commit({ change: 'put_request', request }, { change: 'put_visit', visit })).toEqual(
          DONE,
        );
        expect(await commit({ change: 'put_visit', visit })).toEqual(STALE);
        expect(await commit({ change: 'move_visit', visit: { ...visit, wrongCodes: 1 } })).toEqual(DONE);
        expect(await store.ports.careBook.readRequestNow(request.requestId)).toEqual({
          request,
          visit: { ...visit, wrongCodes: 1 },
        });
      });
    });

    describe('a plan', () => {
      it('is written as a whole or not at all, over both tables', async () => {
        const account = await anAccount(store, 30);
        const request = aRequest(store);
        const hold = aHold(store, account, 60);
        expect(await commit({ change: 'put_request', request }, { change: 'hold', hold })).toMatchObject(
          refusal('insufficient_hours'),
        );
        expect(await store.ports.careBook.readRequestNow(request.requestId)).toBeUndefined();
        expect(await store.ports.journal.readHoldNow(account, hold.transferId)).toBeUndefined();
        expect(await head(account)).toMatchObject({ availableMinutes: 30, heldMinutes: 0, sequence: 1 });
      });

      it('that meets a moved request moves no minutes, and says so before anything else', async () => {
        const account = await anAccount(store);
        const request = aRequest(store);
        await commit({ change: 'put_request', request });
        const settled = { ...request, version: 2, state: 'settled' as const };
        const changes = banked(store, account, 60);
        expect(
          await commit({ change: 'move_request', fromVersion: 1, request: settled }, ...changes),
        ).toEqual(DONE);
        expect(
          await commit({ change: 'move_request', fromVersion: 1, request: settled }, ...changes),
        ).toEqual(STALE);
        expect(await head(account)).toMatchObject({ availableMinutes: 60, sequence: 1 });
      });
    });

    describe('a statement', () => {
      it('is read newest first, page by page, each line once', async () => {
        const account = await anAccount(store);
        const ids: string[] = [];
        for (let lines = 0; lines < 7; lines += 1) {
          const changes = banked(store, account, 30);
          if (changes[0]?.change === 'credit') ids.unshift(changes[0].entry.transferId);
          await commit(...changes);
        }
        const read: string[] = [];
        let cursor: string | undefined;
        do {
          const page = await store.ports.journal.listEntriesNow(account, { limit: 3, cursor });
          expect(page.items.length).toBeLessThanOrEqual(3);
          read.push(...page.items.map(({ transferId }) => transferId));
          cursor = page.cursor;
        } while (cursor !== undefined);
        expect(read).toEqual(ids);
      });

      it('does not go on from another’s cursor', async () => {
        const [one, other] = [await anAccount(store, 60), await anAccount(store)];
        await commit(...banked(store, one, 30));
        const { cursor } = await store.ports.journal.listEntriesNow(one, { limit: 1 });
        const reading = store.ports.journal.listEntriesNow(other, { limit: 1, cursor });
        await expect(reading).rejects.toMatchObject({ name: 'InvalidCursor' });
      });
    });
  });
};
