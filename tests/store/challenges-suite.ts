/** What every keeper of one-time codes does. */
import { Phone } from '@time-bank/contracts/member';
import { instantOf } from '@time-bank/contracts/time';
import type { Challenge } from '@time-bank/desk/ports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MakeStore, TestStore } from './store.ts';

export const describeChallenges = (name: string, makeStore: MakeStore): void => {
  describe(`one-time codes, ${name}`, () => {
    let store: TestStore;
    let count = 0;
    beforeAll(async () => {
      store = await makeStore();
    });
    afterAll(async () => {
      await store.stop();
    });
    const soon = (minutes: number) => instantOf(store.clock.nowMs() + minutes * 60_000);
    const aPhone = (): Phone => {
      count += 1;
      return Phone.parse(`+86100${String(count).padStart(8, '0')}`);
    };
    const aChallenge = (change: Partial<Challenge> = {}): Challenge => ({
      challengeId: store.ids.challenge(),
      codeHash: 'hash',
      memberId: store.ids.member(),
      expiresAt: soon(5),
      triesLeft: 5,
      ...change,
    });
    const open = async (change: Partial<Challenge> = {}): Promise<Challenge> => {
      const challenge = aChallenge(change);
      const budget = { phone: aPhone(), day: '2026-11-21', max: 10 };
      expect(await store.ports.challenges.open(challenge, budget)).toBe(true);
      return challenge;
    };

    it('gives a challenge as it was, and takes one try off it each time', async () => {
      const challenge = await open();
      const { useTry } = store.ports.challenges;
      for (const triesLeft of [5, 4, 3, 2, 1]) {
        expect(await useTry(challenge.challengeId, soon(0))).toEqual({ ...challenge, triesLeft });
      }
      expect(await useTry(challenge.challengeId, soon(0))).toBeUndefined();
      expect(await useTry(challenge.challengeId, soon(0))).toBeUndefined();
    });

    it('keeps a challenge of nobody like any other', async () => {
      const { memberId: _, ...nobody } = aChallenge();
      const budget = { phone: aPhone(), day: '2026-11-21', max: 10 };
      await store.ports.challenges.open(nobody, budget);
      expect(await store.ports.challenges.useTry(nobody.challengeId, soon(0))).toEqual(nobody);
    });

    it('is good until its end and not at it', async () => {
      const challenge = await open({ expiresAt: soon(5) });
      expect(await store.ports.challenges.useTry(challenge.challengeId, soon(5))).toBeUndefined();
      expect(await store.ports.challenges.useTry(challenge.challengeId, soon(4))).toMatchObject({
        triesLeft: 5,
      });
    });

    it('is used once, and has no tries from then on', async () => {
      const { challengeId } = await open();
      expect(await store.ports.challenges.close(challengeId)).toBe(true);
      expect(await store.ports.challenges.close(challengeId)).toBe(false);
      expect(await store.ports.challenges.useTry(challengeId, soon(0))).toBeUndefined();
    });

    it('that there is not is neither tried nor used', async () => {
      const nothing = store.ids.challenge();
      expect(await store.ports.challenges.useTry(nothing, soon(0))).toBeUndefined();
      expect(await store.ports.challenges.close(nothing)).toBe(false);
      expect(await store.ports.challenges.useTry(nothing, soon(0))).toBeUndefined();
    });

    it('of two who use it at once one has it, and ten guesses at once are five tries', async () => {
      const { challengeId } = await open();
      const { useTry, close } = store.ports.challenges;
      const guesses = await Promise.all(Array.from({ length: 10 }, () => useTry(challengeId, soon(0))));
      expect(guesses.filter((guess) => guess !== undefined)).toHaveLength(5);
      const other = await open();
      const uses = await Promise.all([close(other.challengeId), close(other.challengeId)]);
      expect([...uses].sort()).toEqual([false, true]);
    });

    it('are counted by number and day, and no more are kept than the day allows', async () => {
      const phone = aPhone();
      const budget = { phone, day: '2026-11-21', max: 3 };
      const opened: boolean[] = [];
      const challenges = Array.from({ length: 5 }, () => aChallenge());
      for (const challenge of challenges) opened.push(await store.ports.challenges.open(challenge, budget));
      expect(opened).toEqual([true, true, true, false, false]);
      const refused = challenges[4]?.challengeId ?? store.ids.challenge();
      expect(await store.ports.challenges.useTry(refused, soon(0))).toBeUndefined();
      expect(await store.ports.challenges.open(aChallenge(), { ...budget, day: '2026-11-22' })).toBe(true);
      expect(await store.ports.challenges.open(aChallenge(), { ...budget, phone: aPhone() })).toBe(true);
    });

    it('of two that are asked for at once, with room for one, one is kept', async () => {
      const budget = { phone: aPhone(), day: '2026-11-21', max: 1 };
      const opened = await Promise.all(
        [aChallenge(), aChallenge()].map((challenge) => store.ports.challenges.open(challenge, budget)),
      );
      expect([...opened].sort()).toEqual([false, true]);
    });

    it('are not kept twice under one id', async () => {
      const challenge = await open({ codeHash: 'first' });
      const budget = { phone: aPhone(), day: '2026-11-21', max: 10 };
      expect(await store.ports.challenges.open({ ...challenge, codeHash: 'second' }, budget)).toBe(false);
      expect(await store.ports.challenges.useTry(challenge.challengeId, soon(0))).toMatchObject({
        codeHash: 'first',
      });
    });
  });
};
