/** What every keeper of one-time codes does. */
import { instantOf } from '@time-bank/contracts/time';
import type { Challenge } from '@time-bank/desk/ports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MakeStore, TestStore } from './store.ts';

export const describeChallenges = (name: string, makeStore: MakeStore): void => {
  describe(`one-time codes, ${name}`, () => {
    let store: TestStore;
    beforeAll(async () => {
      store = await makeStore();
    });
    afterAll(async () => {
      await store.stop();
    });
    const soon = (minutes: number) => instantOf(store.clock.nowMs() + minutes * 60_000);
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
      expect(await store.ports.challenges.open(challenge)).toBe(true);
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
      await store.ports.challenges.open(nobody);
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

    it('are not kept twice under one id', async () => {
      const challenge = await open({ codeHash: 'first' });
      expect(await store.ports.challenges.open({ ...challenge, codeHash: 'second' })).toBe(false);
      expect(await store.ports.challenges.useTry(challenge.challengeId, soon(0))).toMatchObject({
        codeHash: 'first',
      });
    });

    it('keeps what guards the codes of a number, each version over the one before it', async () => {
      const { readGuardNow, moveGuard } = store.ports.challenges;
      const key = `guard-${store.ids.challenge()}`;
      expect(await readGuardNow(key)).toBeUndefined();
      const first = { version: 1, day: '2026-11-21', sent: 1, wrongAt: [], failed: 0 };
      expect(await moveGuard(key, first, soon(5))).toBe(true);
      expect(await moveGuard(key, first, soon(5))).toBe(false);
      const second = { ...first, version: 2, wrongAt: [soon(0)], failed: 1, lockedUntil: soon(1) };
      expect(await moveGuard(key, { ...second, version: 3 }, soon(5))).toBe(false);
      expect(await readGuardNow(key)).toEqual(first);
      expect(await moveGuard(key, second, soon(5))).toBe(true);
      expect(await readGuardNow(key)).toEqual(second);
    });

    it('of ten who move a guard at once one does', async () => {
      const key = `guard-${store.ids.challenge()}`;
      const guard = { version: 1, day: '2026-11-21', sent: 1, wrongAt: [], failed: 0 };
      const moves = Array.from({ length: 10 }, () => store.ports.challenges.moveGuard(key, guard, soon(5)));
      expect((await Promise.all(moves)).filter(Boolean)).toHaveLength(1);
    });
  });
};
