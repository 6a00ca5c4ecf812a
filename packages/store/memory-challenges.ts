/** One-time codes in memory. */
import type { ChallengeId } from '@time-bank/contracts/ids';
import type { Challenge, Challenges } from '@time-bank/desk/ports';
import type { CodeGuard } from '@time-bank/identity/code-guard';
import { answer } from './memory-answer.ts';
import { kept } from './memory-value.ts';

interface Kept {
  challenge: Challenge;
  used: boolean;
}

/** Challenges in memory, none at first. */
export const memoryChallenges = (): Challenges => {
  const challenges = new Map<ChallengeId, Kept>();
  const guards = new Map<string, CodeGuard>();
  return {
    open: (challenge) =>
      answer(() => {
        if (challenges.has(challenge.challengeId)) return false;
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
    readGuardNow: (guardKey) => answer(() => guards.get(guardKey)),
    moveGuard: (guardKey, guard) =>
      answer(() => {
        if ((guards.get(guardKey)?.version ?? 0) !== guard.version - 1) return false;
        guards.set(guardKey, kept(guard));
        return true;
      }),
  };
};
