/** Somebody who wants into another's account, with all devices and addresses in the world, and a clock that runs. */
import { randomBytes } from 'node:crypto';
import { idMaker } from '@time-bank/contracts/ids';
import type { ChallengeId } from '@time-bank/contracts/ids';
import { Phone } from '@time-bank/contracts/member';
import { askForCode, signIn, standardRules as rules } from '@time-bank/desk/sign-in';
import type { CodeMessage } from '@time-bank/desk/ports';
import { chanceOfGuessingADay, guessesADayMax } from '@time-bank/identity/code-guard';
import { parseTokenKeys } from '@time-bank/identity/token';
import { memoryPorts } from '@time-bank/store/memory-ports';
import { describe, expect, it } from 'vitest';
import { NOW } from '../town.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const VICTIM = Phone.parse('+8610000000001');

const aMark = (): string => randomBytes(32).toString('base64url');

const aWorld = () => {
  let nowMs = Date.parse(NOW);
  const clock = { nowMs: () => nowMs };
  const sent: CodeMessage[] = [];
  const { ports } = memoryPorts();
  const ids = idMaker(clock.nowMs);
  const memberId = ids.member();
  const work = {
    ...ports,
    clock,
    ids,
    people: {
      ...ports.people,
      findByPhone: (phone: Phone) => Promise.resolve(phone === VICTIM ? memberId : undefined),
    },
    codeSender: {
      send: (message: CodeMessage | undefined) => {
        if (message !== undefined) sent.unshift(message);
        return Promise.resolve();
      },
      sendNotice: () => Promise.resolve(),
    },
  };
  const keys = parseTokenKeys(JSON.stringify({ k1: '1'.repeat(48) }));
  /** When a guess was looked at: the answer then says how many tries are left. */
  const guessed: number[] = [];
  const ask = async (phone: Phone, device: string) => {
    const outcome = await askForCode(work, keys, { phone, device }, { address: aMark(), rules });
    return outcome.kind === 'refused' ? undefined : outcome.value.challengeId;
  };
  const guess = async (challengeId: ChallengeId, device: string, code: string) => {
    const outcome = await signIn(work, keys, { challengeId, code, device }, { by: {}, rules });
    if (outcome.kind === 'refused' && outcome.refusal.triesLeft !== undefined) guessed.push(nowMs);
    return outcome.kind === 'refused' ? outcome.refusal.code : outcome.kind;
  };
  /** Never the right one: what is counted is how many there are. */
  const wrongCode = (): string => (sent[0]?.code === '000000' ? '000001' : '000000');
  return {
    ask,
    guess,
    guessed,
    wrongCode,
    sent,
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
};

const mostInADay = (guessed: readonly number[]): number =>
  Math.max(
    0,
    ...guessed.map((from) => guessed.filter((each) => each >= from && each < from + DAY_MS).length),
  );

describe('an attacker who asks and guesses every minute', () => {
  it('of a day has no more guesses than were computed, and less than one chance in 100,000', async () => {
    const world = aWorld();
    for (let minute = 0; minute < 24 * 60; minute += 1) {
      const device = aMark();
      const challengeId = await world.ask(VICTIM, device);
      if (challengeId !== undefined) {
        for (let n = 0; n < 7; n += 1) await world.guess(challengeId, device, world.wrongCode());
      }
      world.pass(MINUTE_MS);
    }
    expect(world.guessed.length).toBeGreaterThan(0);
    expect(world.guessed.length).toBeLessThanOrEqual(guessesADayMax());
    expect(world.guessed.length / 1_000_000).toBeLessThanOrEqual(chanceOfGuessingADay());
    expect(chanceOfGuessingADay()).toBeLessThan(1 / 100_000);
    expect(world.sent.length).toBeLessThanOrEqual(20);
  });

  it('of a week has no more in any 24 hours of it', async () => {
    const world = aWorld();
    for (let step = 0; step < 7 * 24 * 6; step += 1) {
      const device = aMark();
      const challengeId = await world.ask(VICTIM, device);
      if (challengeId !== undefined) {
        for (let n = 0; n < 7; n += 1) await world.guess(challengeId, device, world.wrongCode());
      }
      world.pass(10 * MINUTE_MS);
    }
    expect(mostInADay(world.guessed)).toBe(guessesADayMax());
  });

  it('with all challenges and all guesses at the same moment has no more either', async () => {
    const world = aWorld();
    const open: { challengeId: ChallengeId; device: string }[] = [];
    for (let n = 0; n < 12; n += 1) {
      const device = aMark();
      const challengeId = await world.ask(VICTIM, device);
      if (challengeId !== undefined) open.push({ challengeId, device });
    }
    expect(open).toHaveLength(10);
    await Promise.all(
      open.flatMap(({ challengeId, device }) =>
        Array.from({ length: 7 }, () => world.guess(challengeId, device, world.wrongCode())),
      ),
    );
    expect(world.guessed.length).toBeLessThanOrEqual(guessesADayMax());
  });
});

it('the attacker does not lock its owner out of the telephone that has signed the number in before', async () => {
  const world = aWorld();
  const own = aMark();
  const first = await world.ask(VICTIM, own);
  // The member is not in the books of this world, so the right code ends where the person is read.
  if (first !== undefined) await world.guess(first, own, String(world.sent[0]?.code));
  for (let n = 0; n < 20; n += 1) {
    const device = aMark();
    const challengeId = await world.ask(VICTIM, device);
    for (let each = 0; each < 5 && challengeId !== undefined; each += 1) {
      await world.guess(challengeId, device, world.wrongCode());
    }
    world.pass(2 * MINUTE_MS);
  }
  expect(await world.ask(VICTIM, aMark())).toBeUndefined();
  expect(await world.ask(VICTIM, own)).toBeDefined();
});

it('a known and an unknown number give the same answers to the same attack, locks and budgets among them', async () => {
  const answersOf = async (phone: Phone): Promise<unknown[]> => {
    const world = aWorld();
    const answers: unknown[] = [];
    for (let n = 0; n < 14; n += 1) {
      const device = aMark();
      const challengeId = await world.ask(phone, device);
      answers.push(challengeId !== undefined);
      for (let each = 0; each < 6 && challengeId !== undefined; each += 1) {
        answers.push(await world.guess(challengeId, device, world.wrongCode()));
      }
      world.pass(3 * MINUTE_MS);
    }
    return [...answers, world.guessed.length];
  };
  expect(await answersOf(VICTIM)).toEqual(await answersOf(Phone.parse('+8610099999999')));
});
