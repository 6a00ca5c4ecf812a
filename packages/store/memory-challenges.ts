/** One-time codes in memory. */
import type { ChallengeId } from '@time-bank/contracts/ids';
import type { Challenge, Challenges } from '@time-bank/desk/ports';
import { codeBudgetKey } from './keys.ts';
import { answer } from './memory-answer.ts';
import { kept } from './memory-value.ts';

interface Kept {
  challenge: Challenge;
  used: boolean;
}

/** Challenges in memory, none at first. */
export const memoryChallenges = (): Challenges => {
  const challenges = new Map<ChallengeId, Kept>();
  /** How many codes a number has had in a day. */
  const sent = new Map<string, number>();
  return {
    open: (challenge, { phone, day, max }) =>
      answer(() => {
        const budget = Object.values(codeBudgetKey(phone, day)).join(' ');
        const before = sent.get(budget);
        if (before !== undefined && before >= max) return false;
        if (challenges.has(challenge.challengeId)) return false;
        sent.set(budget, (before ?? 0) + 1);
        challenges.set(challenge.challengeId, { challenge: kept(challenge), used: false });
        return true;
      }),
    useTry: (challengeId, now) =>
      answer(() => {
        const found = challenges.get(challengeId);
        if (found === undefined || found.used) return undefined;
        const { challenge } = found;
        if (challenge.triesLeft <= 0 || challenge.expiresAt <= now) return undefined;
        found.challenge = kept({ ...challenge, triesLeft: challenge.triesLeft - 1 });
        return challenge;
      }),
    close: (challengeId) =>
      answer(() => {
        const found = challenges.get(challengeId);
        if (found === undefined || found.used) return false;
        found.used = true;
        return true;
      }),
  };
};
