/** Signing in with a telephone number and a one-time code. */
import * as z from 'zod/mini';
import { ChallengeId } from './ids.ts';
import { Role } from './member.ts';
import { Instant } from './time.ts';

/** Asks for a code. The answer is the same whether or not the number is known. */
export const AskForCode = z.strictObject({
  phone: z.string().check(z.minLength(5), z.maxLength(24)),
});
export type AskForCode = z.infer<typeof AskForCode>;

/** The code is on its way, and good until `expiresAt`. */
export const CodeSent = z.strictObject({ challengeId: ChallengeId, expiresAt: Instant });
export type CodeSent = z.infer<typeof CodeSent>;

/** Signs in with the code: six digits, once, within five minutes. */
export const SignIn = z.strictObject({
  challengeId: ChallengeId,
  code: z.string().check(z.regex(/^\d{6}$/)),
});
export type SignIn = z.infer<typeof SignIn>;

/** Signed in: browsers keep the cookie that comes along; other clients send `token` as a bearer token. */
export const SignedIn = z.strictObject({
  token: z.string(),
  expiresAt: Instant,
  roles: z.array(Role),
});
export type SignedIn = z.infer<typeof SignedIn>;
