/**
 * Signing in with a number and a one-time code. Known and unknown numbers get the same answer by the same work;
 * only a known one gets a message.
 */
import type { MemberId } from '@time-bank/contracts/ids';
import { phoneOf } from '@time-bank/contracts/member';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import type { AskForCode, CodeSent, SignIn, SignedIn } from '@time-bank/contracts/sign-in';
import { civilDateOf, instantOf, plusMinutes } from '@time-bank/contracts/time';
import {
  CODES_A_DAY_MAX,
  CODE_MINUTES,
  CODE_TRIES_MAX,
  codeKeyOf,
  hashCode,
  newCode,
  sameHash,
} from '@time-bank/identity/one-time-code';
import { type TokenKeys, signToken } from '@time-bank/identity/token';
import type { Ports } from './ports.ts';

/** Sends a code. Refuses: invalid_fields (no telephone number), too_many_codes. */
export const askForCode = async (
  ports: Pick<Ports, 'clock' | 'ids' | 'people' | 'challenges' | 'codeSender'>,
  keys: TokenKeys,
  body: AskForCode,
): Promise<Outcome<CodeSent>> => {
  const phone = phoneOf(body.phone);
  if (phone === undefined) {
    return refused('invalid_fields', {
      details: [{ property: 'phone', message: 'is not a telephone number' }],
    });
  }
  const now = instantOf(ports.clock.nowMs());
  const challengeId = ports.ids.challenge();
  const code = newCode();
  const expiresAt = plusMinutes(now, CODE_MINUTES);
  const memberId = await ports.people.findByPhone(phone);
  const opened = await ports.challenges.open(
    {
      challengeId,
      codeHash: hashCode(codeKeyOf(keys), challengeId, code),
      ...(memberId === undefined ? {} : { memberId }),
      expiresAt,
      triesLeft: CODE_TRIES_MAX,
    },
    { phone, day: civilDateOf(now), max: CODES_A_DAY_MAX },
  );
  if (!opened) return refused('too_many_codes');
  if (memberId !== undefined) await ports.codeSender.send({ challengeId, phone, code, expiresAt });
  return done({ challengeId, expiresAt });
};

const tokenFor = async (
  ports: Pick<Ports, 'clock' | 'people'>,
  keys: TokenKeys,
  memberId: MemberId,
): Promise<Outcome<SignedIn>> => {
  const member = await ports.people.readMember(memberId);
  if (member === undefined) return refused('code_not_accepted');
  const { token, expiresAtMs } = await signToken(keys, member, ports.clock.nowMs());
  return done({
    token,
    expiresAt: instantOf(expiresAtMs),
    roles: [...new Set(member.roles.map(({ role }) => role))],
  });
};

/** Signs in. Refuses: code_not_accepted, whether the code is wrong, late, used, or nobody's. */
export const signIn = async (
  ports: Pick<Ports, 'clock' | 'people' | 'challenges'>,
  keys: TokenKeys,
  body: SignIn,
): Promise<Outcome<SignedIn>> => {
  const now = instantOf(ports.clock.nowMs());
  const challenge = await ports.challenges.useTry(body.challengeId, now);
  if (challenge === undefined) return refused('code_not_accepted');
  const given = hashCode(codeKeyOf(keys), body.challengeId, body.code);
  if (!sameHash(given, challenge.codeHash) || challenge.memberId === undefined)
    return refused('code_not_accepted');
  if (!(await ports.challenges.close(body.challengeId))) return refused('code_not_accepted');
  return tokenFor(ports, keys, challenge.memberId);
};
