/**
 * Signing in with a number and a one-time code. Known and unknown numbers get the same answer by the same work in the
 * same time, also where a lock or a budget says no; only a known one gets a message.
 */
import type { ChallengeId, MemberId } from '@time-bank/contracts/ids';
import { type Member, type Phone, phoneOf, wasMerged } from '@time-bank/contracts/member';
import { type Outcome, type Planned, done, refused } from '@time-bank/contracts/refusals';
import type { AskForCode, CodeSent, DeviceMark, SignIn, SignedIn } from '@time-bank/contracts/sign-in';
import { type Instant, civilDateOf, plusMinutes } from '@time-bank/contracts/time';
import {
  CODE_MINUTES,
  CODE_TRIES_MAX,
  type CodeGuard,
  afterRight,
  guardKeptUntil,
  newGuard,
  planCode,
  planTry,
  takeCodeBack,
} from '@time-bank/identity/code-guard';
import { codeKeyOf, guardKeyOf, hashCode, newCode, sameHash } from '@time-bank/identity/one-time-code';
import { holdsOffice } from '@time-bank/identity/session-limits';
import type { TokenKeys } from '@time-bank/identity/token';
import { nowOf } from './carry-out.ts';
import { type NoteWork, noteSignIn } from './note-sign-in.ts';
import { type Challenge, type Ports, Unavailable } from './ports.ts';
import type { SessionAnswer } from './session-answer.ts';
import { type SessionWork, type SignedInBy, startSession } from './start-session.ts';

/**
 * What an installation has decided about its door. `countries`: the beginnings of numbers that get messages;
 * `messagesADay`: the most that go out in a day; `isCodeEnoughForStaff`: on a laptop, for a demonstration.
 */
export interface SignInRules {
  countries: readonly string[];
  messagesADay: number;
  isCodeEnoughForStaff: boolean;
}

/** Mainland China, Hong Kong, Macao and Taiwan; as many messages as a county of 300,000 elders asks for on its busiest day. */
export const standardRules: SignInRules = {
  countries: ['+86', '+852', '+853', '+886'],
  messagesADay: 20_000,
  isCodeEnoughForStaff: false,
};

const DAY_SECONDS = 24 * 60 * 60;
/** Codes for one address in a day: many people stand behind one of a community centre, none of whom pays for more. */
const ADDRESS_A_DAY_MAX = 300;
const GUARD_TRIES_MAX = 5;

type GuardWork = Pick<Ports, 'clock' | 'challenges'>;

/** Writes the next version of a guard by `plan`, again where somebody else was faster. Refuses: by plan, busy_try_again. */
const moveGuard = async (
  ports: GuardWork,
  guardKey: string,
  plan: (guard: CodeGuard) => Planned<CodeGuard>,
): Promise<Planned<CodeGuard>> => {
  const now = nowOf(ports);
  for (let tries = 0; tries < GUARD_TRIES_MAX; tries += 1) {
    const planned = plan((await ports.challenges.readGuardNow(guardKey)) ?? newGuard(now));
    if (planned.kind === 'refused') return planned;
    if (await ports.challenges.moveGuard(guardKey, planned.value, guardKeptUntil(now))) return planned;
  }
  return refused('busy_try_again');
};

/** The guard of a number on this device, where it has signed in here before; else that of the number. */
const guardKeyFor = async (
  ports: GuardWork,
  codeKey: Uint8Array,
  { phone, device }: { phone: Phone; device: DeviceMark },
): Promise<string> => {
  const onDevice = guardKeyOf(codeKey, phone, device);
  return (await ports.challenges.readGuardNow(onDevice)) === undefined
    ? guardKeyOf(codeKey, phone)
    : onDevice;
};

type AskWork = NoteWork & Pick<Ports, 'people' | 'challenges' | 'codeSender' | 'rateLimits'>;

/** One more code for `who` in a day. Refuses: rate_limited. */
const takeOfDay = async (
  ports: Pick<Ports, 'rateLimits' | 'clock'>,
  who: string,
  max: number,
): Promise<Planned<undefined>> => {
  const taken = await ports.rateLimits.take(`codes#${who}`, { max, seconds: DAY_SECONDS }, nowOf(ports));
  return taken.isTaken
    ? done(undefined)
    : refused('rate_limited', { retryAfterSeconds: taken.retryAfterSeconds });
};

interface Asked {
  phone: Phone;
  device: DeviceMark;
  memberId: MemberId | undefined;
}

/** Keeps a challenge and sends its code. Refuses: unavailable; then the code does not count. */
const sendCode = async (
  ports: AskWork,
  codeKey: Uint8Array,
  { phone, device, memberId }: Asked,
  guardKey: string,
): Promise<Outcome<CodeSent>> => {
  const [challengeId, code] = [ports.ids.challenge(), newCode()];
  const expiresAt = plusMinutes(nowOf(ports), CODE_MINUTES);
  await ports.challenges.open({
    challengeId,
    codeHash: hashCode(codeKey, { challengeId, device, code }),
    ...(memberId === undefined ? {} : { memberId }),
    // The device becomes known to the number with the right code only.
    guardKey: `${guardKey} ${guardKeyOf(codeKey, phone, device)}`,
    expiresAt,
    triesLeft: CODE_TRIES_MAX,
  });
  try {
    await ports.codeSender.send(memberId === undefined ? undefined : { challengeId, phone, code, expiresAt });
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    await moveGuard(ports, guardKey, (guard) => done(takeCodeBack(guard, nowOf(ports))));
    return refused('unavailable');
  }
  return done({ challengeId, expiresAt });
};

/**
 * Sends a code. `address`: the keyed hash of the address that asks. Refuses: invalid_fields (no telephone number),
 * country_not_served, rate_limited (the address), too_many_codes, try_later, busy_try_again, rate_limited (the house),
 * unavailable.
 */
export const askForCode = async (
  ports: AskWork,
  keys: TokenKeys,
  body: AskForCode,
  { address, rules }: { address: string | undefined; rules: SignInRules },
): Promise<Outcome<CodeSent>> => {
  const phone = phoneOf(body.phone);
  if (phone === undefined) {
    return refused('invalid_fields', {
      details: [{ property: 'phone', message: 'is not a telephone number' }],
    });
  }
  if (!rules.countries.some((country) => phone.startsWith(country))) return refused('country_not_served');
  const codeKey = codeKeyOf(keys);
  const { device } = body;
  const [memberId, guardKey] = await Promise.all([
    ports.people.findByPhone(phone),
    guardKeyFor(ports, codeKey, { phone, device }),
  ]);
  const ask = async (): Promise<Outcome<CodeSent>> => {
    // The address first: one that has had enough does not use up the codes of numbers. The house last, for the same reason.
    const ofAddress =
      address === undefined ? done(undefined) : await takeOfDay(ports, address, ADDRESS_A_DAY_MAX);
    if (ofAddress.kind === 'refused') return ofAddress;
    const counted = await moveGuard(ports, guardKey, (guard) => planCode(guard, nowOf(ports)));
    if (counted.kind === 'refused') return counted;
    const ofAll = await takeOfDay(ports, 'all', rules.messagesADay);
    if (ofAll.kind === 'refused') return ofAll;
    return sendCode(ports, codeKey, { phone, device, memberId }, guardKey);
  };
  const outcome = await ask();
  await noteSignIn(ports, 'code_asked', outcome, { memberId });
  return outcome;
};

/** What beginning a session after a check asks of the world. */
export type SignInWork = SessionWork & NoteWork & Pick<Ports, 'people'>;

/** Signed in, with both tokens; a route keeps them from browsers' scripts. */
export type SignInAnswer = SessionAnswer & Pick<SignedIn, 'needs'>;

/** Begins the session of a person who has shown who they are; says where their offices ask for more. */
export const signInAs = async (
  ports: SignInWork,
  keys: TokenKeys,
  member: Pick<Member, 'memberId' | 'communityCode' | 'roles'>,
  how: SignedInBy,
): Promise<SignInAnswer> => {
  const session = await startSession(ports, keys, member, how);
  const needs = !how.hasStaffFactor && holdsOffice(member.roles, civilDateOf(nowOf(ports)));
  return { ...session, ...(needs ? { needs: 'passkey' } : {}) };
};

interface Try {
  challenge: Challenge;
  guardKey: string;
  deviceGuardKey: string;
}

/** Takes a try off the challenge and off its number. Refuses: code_not_accepted, try_later, busy_try_again. */
const takeTry = async (ports: GuardWork, challengeId: ChallengeId, now: Instant): Promise<Planned<Try>> => {
  const challenge = await ports.challenges.useTry(challengeId, now);
  const [guardKey, deviceGuardKey] = challenge?.guardKey?.split(' ') ?? [];
  if (challenge === undefined || guardKey === undefined || deviceGuardKey === undefined) {
    return refused('code_not_accepted');
  }
  const isLast = challenge.triesLeft === 1;
  const counted = await moveGuard(ports, guardKey, (guard) => planTry(guard, now, isLast));
  return counted.kind === 'refused' ? counted : done({ challenge, guardKey, deviceGuardKey });
};

/** Whether the code went to the number that the person has now: it may be replaced while the code is on its way. */
const isNumberOf = (
  keys: TokenKeys,
  { phone }: Pick<Member, 'phone'>,
  device: DeviceMark,
  { deviceGuardKey }: Try,
): boolean => phone !== undefined && guardKeyOf(codeKeyOf(keys), phone, device) === deviceGuardKey;

/** The number's wait is over, and the device is known to it from now on. */
const remember = async (ports: GuardWork, { guardKey, deviceGuardKey }: Try, now: Instant): Promise<void> => {
  await moveGuard(ports, guardKey, (guard) => done(afterRight(guard, now)));
  if (deviceGuardKey !== guardKey) {
    await moveGuard(ports, deviceGuardKey, (guard) => done({ ...guard, version: guard.version + 1 }));
  }
};

/**
 * Signs in. Refuses: code_not_accepted, whether the code is wrong, late, used, of another device, or nobody's;
 * try_later; busy_try_again.
 */
export const signIn = async (
  ports: SignInWork & Pick<Ports, 'challenges'>,
  keys: TokenKeys,
  { challengeId, code, device }: SignIn,
  { by, rules }: { by: Pick<SignedInBy, 'deviceKey' | 'device'>; rules: SignInRules },
): Promise<Outcome<SignInAnswer>> => {
  const now = nowOf(ports);
  const attempt = async (): Promise<{ outcome: Outcome<SignInAnswer>; memberId?: MemberId | undefined }> => {
    const tried = await takeTry(ports, challengeId, now);
    if (tried.kind === 'refused') return { outcome: tried };
    const { codeHash, memberId, triesLeft } = tried.value.challenge;
    const wrong = { outcome: refused('code_not_accepted', { triesLeft: triesLeft - 1 }), memberId };
    if (!sameHash(hashCode(codeKeyOf(keys), { challengeId, device, code }), codeHash)) return wrong;
    if (memberId === undefined || !(await ports.challenges.close(challengeId))) return wrong;
    await remember(ports, tried.value, now);
    const member = await ports.people.readMember(memberId);
    if (member === undefined || wasMerged(member)) return wrong;
    if (!isNumberOf(keys, member, device, tried.value)) return wrong;
    const how = { ...by, factor: 'code', hasStaffFactor: rules.isCodeEnoughForStaff } as const;
    return { outcome: done(await signInAs(ports, keys, member, how)), memberId };
  };
  const { outcome, memberId } = await attempt();
  const action = outcome.kind === 'refused' ? 'sign_in_refused' : 'signed_in';
  const subject = outcome.kind === 'refused' ? undefined : outcome.value.sessionId;
  await noteSignIn(ports, action, outcome, { memberId, subject });
  return outcome;
};
