/** What every journal asks of an account before it writes on it: each condition on both sides of its boundary. */
import { type AccountId, type TransferId, accountOf } from '@time-bank/contracts/ids';
import { type Hold, type Lot, PoolId } from '@time-bank/contracts/ledger';
import { instantOf, msOf } from '@time-bank/contracts/time';
import type { AccountHead, Bucket } from '@time-bank/ledger/account';
import type { Assumption, Posting } from '@time-bank/ledger/change';
import { planSignInsEnded } from '@time-bank/ledger/mark';
import type { Sight } from '@time-bank/ledger/sight';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type MakeStore,
  NOW,
  PRINT,
  TODAY,
  type TestStore,
  aBond,
  aHold,
  anAccount,
  banked,
  frozen,
  given,
  granted,
  movementFacts,
  planned,
  policy,
  roomy,
  see,
  write,
} from './store.ts';

/** A line that adds a minute, under whatever condition. */
const probe = (store: TestStore, accountId: AccountId, condition: Partial<Posting>): Posting => ({
  change: 'post',
  entries: [
    {
      ...movementFacts(store),
      kind: 'earned',
      accountId,
      transferId: store.ids.transfer(),
      counterpart: 'issue',
      fingerprint: PRINT,
      minutes: { earned: 1 },
    },
  ],
  ...condition,
});

export const describeConditions = (name: string, makeStore: MakeStore): void => {
  describe(`the conditions of a line, ${name}`, () => {
    let store: TestStore;
    beforeAll(async () => {
      store = await makeStore();
    });
    afterAll(async () => {
      await store.stop();
    });

    /** 90 earned, 30 given, 20 granted, 10 held, 5 for honour, no debt; 150 that count. */
    const aRichAccount = async (): Promise<AccountId> => {
      const accountId = await anAccount(store, 100);
      await aHold(store, accountId, 10);
      await given(store, accountId, 30);
      await granted(store, accountId, 20);
      const tight = { ...roomy, balanceCapMinutes: 150 };
      await write(store, banked(store, accountId, 5, { policy: tight }, await see(store, accountId)));
      return accountId;
    };

    const holdsOn = async (accountId: AccountId, condition: Partial<Posting>): Promise<void> => {
      const before = await see(store, accountId);
      expect(await store.ports.journal.commit([probe(store, accountId, condition)])).toEqual({
        kind: 'done',
      });
      const after = await see(store, accountId);
      expect(after.sequence).toBe(before.sequence + 1);
      expect(after.minutes.earned).toBe(before.minutes.earned + 1);
    };
    const failsOn = async (accountId: AccountId, condition: Partial<Posting>): Promise<void> => {
      const { journal } = store.ports;
      const before = await journal.readAccountNow(accountId);
      const posting = probe(store, accountId, condition);
      expect(await journal.commit([posting])).toEqual({
        kind: 'met',
        met: { heads: new Map([[accountId, before]]), lines: [], shards: [], refusals: [] },
      });
      expect(await journal.readAccountNow(accountId)).toEqual(before);
      expect(await journal.readLineNow(accountId, posting.entries[0].transferId)).toBeUndefined();
    };
    const assuming = (assumption: Partial<Assumption>): Partial<Posting> => ({
      assuming: { states: ['open'], ...assumption },
    });

    it('the rich account is what it is said to be', async () => {
      expect((await see(store, await aRichAccount())).minutes).toEqual({
        earned: 90,
        gift: 30,
        granted: 20,
        held: 10,
        honour: 5,
        debt: 0,
      });
    });

    it('an account that is not there holds no condition, and is told as not there', async () => {
      const nobody = accountOf(store.ids.member());
      await failsOn(nobody, assuming({}));
      await failsOn(nobody, assuming({ totalAtMost: 0, none: ['debt'], tally: { key: 'y2026', atMost: 0 } }));
    });

    describe('the state', () => {
      it.each([
        { is: 'open' as const, make: () => anAccount(store, 60) },
        { is: 'donate_only' as const, make: () => anAccount(store, 60, 'donate_only') },
        {
          is: 'frozen' as const,
          make: async () => {
            const accountId = await anAccount(store, 60);
            await frozen(store, accountId);
            return accountId;
          },
        },
      ])('$is is one of those that are named, or it is not written', async ({ is, make }) => {
        const accountId = await make();
        const others = (['open', 'donate_only', 'frozen', 'closed'] as const).filter((each) => each !== is);
        await failsOn(accountId, assuming({ states: others }));
        await failsOn(accountId, assuming({ states: [] }));
        await holdsOn(accountId, assuming({ states: [is] }));
        await holdsOn(accountId, assuming({ states: [...others, is] }));
      });
    });

    describe('the minutes', () => {
      const amounts: Record<Bucket, number> = {
        earned: 90,
        gift: 30,
        granted: 20,
        held: 10,
        honour: 5,
        debt: 0,
      };
      it.each(Object.entries(amounts))('at least so many %s: %i and no more', async (bucket, minutes) => {
        const accountId = await aRichAccount();
        await failsOn(accountId, assuming({ atLeast: { [bucket]: minutes + 1 } }));
        await holdsOn(accountId, assuming({ atLeast: { [bucket]: minutes } }));
      });

      it.each(Object.entries(amounts))(
        'none that are %s: only where there are none of %i',
        async (bucket) => {
          const kind = bucket as Bucket;
          await holdsOn(await anAccount(store), assuming({ none: [kind] }));
          const rich = await aRichAccount();
          const test = amounts[kind] === 0 ? holdsOn : failsOn;
          await test(rich, assuming({ none: [kind] }));
          await failsOn(rich, assuming({ none: ['debt', 'earned', kind] }));
        },
      );

      it('at most so many in all, by what counts against the cap: honour does not', async () => {
        const accountId = await aRichAccount();
        await failsOn(accountId, assuming({ totalAtMost: 149 }));
        await holdsOn(accountId, assuming({ totalAtMost: 150 }));
        await failsOn(accountId, assuming({ totalAtMost: 150 }));
        await failsOn(accountId, assuming({ totalAtMost: -1 }));
      });
    });

    describe('a tally', () => {
      const today = `d${TODAY.replaceAll('-', '')}`;
      it('that is there: at its height, and not below', async () => {
        const accountId = await anAccount(store, 60);
        await failsOn(accountId, assuming({ tally: { key: today, atMost: 59 } }));
        await failsOn(accountId, assuming({ tally: { key: today, atMost: -1 } }));
        await holdsOn(accountId, assuming({ tally: { key: today, atMost: 60 } }));
        await failsOn(accountId, assuming({ tally: { key: today, atMost: 60 } }));
        await holdsOn(accountId, assuming({ tally: { key: today, atMost: 61 } }));
      });

      it('that is not there counts as zero', async () => {
        const accountId = await anAccount(store, 60);
        await holdsOn(accountId, assuming({ tally: { key: 'd20261120', atMost: 0 } }));
        await holdsOn(accountId, assuming({ tally: { key: 'y2026', atMost: 1 } }));
        await failsOn(accountId, assuming({ tally: { key: 'd20261120', atMost: -1 } }));
      });
    });

    describe('how many there are', () => {
      it('holds, lots, tallies: fewer than so many, and exactly so many is too many', async () => {
        const accountId = await aRichAccount();
        expect(Object.keys((await see(store, accountId)).tallies)).toHaveLength(1);
        for (const of of ['fewerHolds', 'fewerLots', 'fewerTallies'] as const) {
          await failsOn(accountId, assuming({ [of]: 1 }));
          await failsOn(accountId, assuming({ [of]: 0 }));
          await holdsOn(accountId, assuming({ [of]: 2 }));
        }
      });

      it('none at all is fewer than one', async () => {
        const accountId = await anAccount(store);
        await holdsOn(accountId, assuming({ fewerHolds: 1, fewerLots: 1, fewerTallies: 1 }));
      });
    });

    describe('a hold', () => {
      const held = async (): Promise<{ accountId: AccountId; id: TransferId; hold: Hold }> => {
        const accountId = await anAccount(store, 100);
        await granted(store, accountId, 20);
        await given(store, accountId, 30);
        const { holdId, hold } = await aHold(store, accountId, 60);
        expect(hold).toMatchObject({ earned: 10, gift: 30 });
        return { accountId, id: holdId, hold };
      };
      const lotOf = (hold: Hold): [string, Lot] => {
        const [found] = Object.entries(hold.lots);
        if (found === undefined) throw new Error('the hold has a lot');
        return found;
      };
      const later = (instant: string) => instantOf(msOf(instant) + 1);
      const others: Record<string, (hold: Hold) => Hold> = {
        'lapses a millisecond later': (hold) => ({ ...hold, lapsesAt: later(hold.lapsesAt) }),
        'has an earned minute more': (hold) => ({ ...hold, earned: hold.earned + 1 }),
        'has a given minute less': (hold) => ({ ...hold, gift: hold.gift - 1 }),
        'has no lot': (hold) => ({ ...hold, lots: {} }),
        'has another lot beside it': (hold) => ({
          ...hold,
          lots: { ...hold.lots, [store.ids.transfer()]: lotOf(hold)[1] },
        }),
        'has the lot under another id': (hold) => ({
          ...hold,
          lots: { [store.ids.transfer()]: lotOf(hold)[1] },
        }),
        'has a minute less in the lot': (hold) => {
          const [id, lot] = lotOf(hold);
          return { ...hold, lots: { [id]: { ...lot, minutes: lot.minutes - 1 } } };
        },
        'has a lot that lapses later': (hold) => {
          const [id, lot] = lotOf(hold);
          return { ...hold, lots: { [id]: { ...lot, lapsesAt: later(lot.lapsesAt) } } };
        },
        'has a lot of another pool': (hold) => {
          const [id, lot] = lotOf(hold);
          return { ...hold, lots: { [id]: { ...lot, poolId: PoolId.parse('pool:341302') } } };
        },
      };

      it('stands as it was made', async () => {
        const { accountId, id, hold } = await held();
        await holdsOn(accountId, assuming({ hold: { id, hold } }));
      });

      it.each(Object.entries(others))('that %s is another one', async (_, change) => {
        const { accountId, id, hold } = await held();
        await failsOn(accountId, assuming({ hold: { id, hold: change(hold) } }));
      });

      it('under another id is none', async () => {
        const { accountId, hold } = await held();
        await failsOn(accountId, assuming({ hold: { id: store.ids.transfer(), hold } }));
      });

      it('is alive until it lapses, and has lapsed at that very instant', async () => {
        const { accountId, id: holdId, hold } = await held();
        const clock = (side: 'alive' | 'lapsed', ms: number): Partial<Posting> => ({
          ...assuming({}),
          clock: { holdId, hold: side, at: instantOf(msOf(hold.lapsesAt) + ms) },
        });
        for (const [side, ms] of [
          ['alive', 0],
          ['alive', 1],
          ['lapsed', -1],
        ] as const) {
          await failsOn(accountId, clock(side, ms));
        }
        for (const [side, ms] of [
          ['alive', -1],
          ['lapsed', 0],
          ['lapsed', 1],
        ] as const) {
          await holdsOn(accountId, clock(side, ms));
        }
      });

      it('that is not there is neither alive nor lapsed, whether the account was seen or not', async () => {
        const accountId = await anAccount(store, 60);
        const seen = await see(store, accountId);
        for (const hold of ['alive', 'lapsed'] as const) {
          const clock = { holdId: store.ids.transfer(), hold, at: NOW };
          await failsOn(accountId, { ...assuming({}), clock });
          await failsOn(accountId, { seen, clock });
        }
      });
    });

    describe('a family tie', () => {
      const tied = async (): Promise<{ accountId: AccountId; other: AccountId }> => {
        const [accountId, other] = [await anAccount(store, 60), await anAccount(store)];
        await aBond(store, accountId, other, 'parent');
        return { accountId, other };
      };
      it('is one of those that the region knows', async () => {
        const { accountId, other } = await tied();
        const bond = { with: other, on: TODAY };
        await failsOn(accountId, assuming({ bond: { ...bond, relations: ['child', 'friend'] } }));
        await failsOn(accountId, assuming({ bond: { ...bond, relations: [] } }));
        await holdsOn(accountId, assuming({ bond: { ...bond, relations: ['parent'] } }));
        await holdsOn(accountId, assuming({ bond: { ...bond, relations: policy.giftRelations } }));
      });

      it('holds from its day on', async () => {
        const { accountId, other } = await tied();
        const bond = { with: other, relations: policy.giftRelations };
        await failsOn(accountId, assuming({ bond: { ...bond, on: '2026-11-20' } }));
        await holdsOn(accountId, assuming({ bond: { ...bond, on: TODAY } }));
        await holdsOn(accountId, assuming({ bond: { ...bond, on: '2027-01-01' } }));
      });

      it('is with that person and in that direction', async () => {
        const { accountId, other } = await tied();
        const bond = { relations: policy.giftRelations, on: TODAY };
        await failsOn(accountId, assuming({ bond: { ...bond, with: await anAccount(store) } }));
        await failsOn(other, assuming({ bond: { ...bond, with: accountId } }));
      });
    });

    it('the version of the sign-ins: as it is, not before and not after', async () => {
      const accountId = await anAccount(store);
      const assuming = (authority: number) => ({ assuming: { states: ['open'] as const, authority } });
      for (const version of [0, 1, 2]) {
        for (const other of [0, 1, 2, 3].filter((each) => each !== version)) {
          await failsOn(accountId, assuming(other));
        }
        await holdsOn(accountId, assuming(version));
        const mark = { facts: movementFacts(store), transferId: store.ids.transfer(), accountId };
        const planOn = async (sight: Sight): Promise<void> => {
          await write(store, planned(planSignInsEnded({ ...mark, fingerprint: PRINT }, sight)));
        };
        // Once on an account that nobody has looked at, once on one that was seen.
        await planOn(version === 1 ? await see(store, accountId) : 'unseen');
        expect((await see(store, accountId)).authority).toBe(version + 1);
      }
    });

    describe('an account that was seen', () => {
      it('is written as long as it stands like that: at its sequence, not before and not after', async () => {
        const accountId = await anAccount(store, 60);
        const seen: AccountHead = await see(store, accountId);
        await failsOn(accountId, { seen: { ...seen, sequence: seen.sequence - 1 } });
        await failsOn(accountId, { seen: { ...seen, sequence: seen.sequence + 1 } });
        await holdsOn(accountId, { seen });
        await failsOn(accountId, { seen });
      });

      it('that is not there any more, or never was, is not written', async () => {
        const seen = await see(store, await anAccount(store));
        const accountId = accountOf(store.ids.member());
        await failsOn(accountId, { seen: { ...seen, accountId } });
      });
    });

    it('all conditions hold together, or nothing is written', async () => {
      const accountId = await aRichAccount();
      const all: Assumption = {
        states: ['open'],
        atLeast: { earned: 90, gift: 30 },
        none: ['debt'],
        totalAtMost: 150,
        fewerHolds: 2,
        fewerLots: 2,
        fewerTallies: 2,
      };
      await failsOn(accountId, { assuming: { ...all, totalAtMost: 149 } });
      await failsOn(accountId, { assuming: { ...all, atLeast: { earned: 90, gift: 31 } } });
      await holdsOn(accountId, { assuming: all });
    });
  });
};
