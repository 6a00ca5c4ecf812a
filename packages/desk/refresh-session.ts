/**
 * A sign-in goes on: the refresh token is given for its successor and a new access token. What a person may do is
 * looked up anew: the roles of today, the version of the sign-ins, whether the device may move hours by now.
 */
import { type MemberId, accountOf } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import { instantOf, msOf, plusMinutes } from '@time-bank/contracts/time';
import {
  type RefreshToken,
  hashRefreshToken,
  isHashOf,
  parseRefreshToken,
  successorOf,
  successorWith,
} from '@time-bank/identity/refresh-token';
import { REFRESH_GRACE_SECONDS, earlier, lastingOf } from '@time-bank/identity/session-limits';
import type { TokenKeys } from '@time-bank/identity/token';
import { nowOf } from './carry-out.ts';
import { readDevice } from './device.ts';
import { endReused } from './end-sessions.ts';
import type { Ports, Session } from './ports.ts';
import { type SessionAnswer, signInAnswer } from './session-answer.ts';

/** What renewing asks of the world. */
export type RefreshWork = Pick<
  Ports,
  'clock' | 'ids' | 'sessions' | 'journal' | 'personFiles' | 'policies' | 'people' | 'auditLog'
>;

/** Some tabs of one browser come at once. */
const TRIES_MAX = 5;

type Standing = 'good' | 'again' | 'reused';

const standingOf = (ports: RefreshWork, keys: TokenKeys, session: Session, text: string): Standing => {
  if (isHashOf(keys, session.refreshHash, text)) return 'good';
  const isInGrace = session.graceEndsAt !== undefined && ports.clock.nowMs() <= msOf(session.graceEndsAt);
  return isInGrace && isHashOf(keys, session.previousHash, text) ? 'again' : 'reused';
};

/** The session as it stands today, but for its token. */
const renewed = async (
  ports: RefreshWork,
  { spendsFrom: _before, ...session }: Session,
  authority: number,
): Promise<Session> => {
  const now = nowOf(ports);
  const { deviceKey, memberId, isStaff, endsAt } = session;
  const device = deviceKey === undefined ? undefined : await readDevice(ports, memberId, deviceKey);
  return {
    ...session,
    ...(device === undefined ? {} : { spendsFrom: device.spendsFrom }),
    authority,
    lastUsedAt: now,
    idleEndsAt: earlier(plusMinutes(now, lastingOf(isStaff).idleMinutes), endsAt),
  };
};

const rotated = (ports: RefreshWork, keys: TokenKeys, session: Session, next: string): Session => ({
  ...session,
  previousHash: session.refreshHash,
  graceEndsAt: instantOf(ports.clock.nowMs() + REFRESH_GRACE_SECONDS * 1000),
  refreshHash: hashRefreshToken(keys, next),
});

/** Whose session it is, and that it has not ended. Refuses: sign_in_expired, session_ended. */
const openSession = async (
  ports: RefreshWork,
  { memberId, sessionId }: RefreshToken,
): Promise<Outcome<Session>> => {
  const session = await ports.sessions.readNow(memberId, sessionId);
  // A row is kept for days after its end; one that is gone is long past it.
  if (session === undefined) return refused('sign_in_expired');
  if (session.endedAt !== undefined) return refused('session_ended');
  const isOver = ports.clock.nowMs() >= msOf(earlier(session.endsAt, session.idleEndsAt));
  return isOver ? refused('sign_in_expired') : done(session);
};

type Attempt = Outcome<SessionAnswer> | 'again';

const attempt = async (
  ports: RefreshWork,
  keys: TokenKeys,
  token: RefreshToken,
  member: Member,
): Promise<Attempt> => {
  // The version first, the session after it: sessions end before the version goes up, so whoever still finds the
  // session open has a version that will go up.
  const authority = await authorityNow(ports, token.memberId);
  const open = await openSession(ports, token);
  if (open.kind === 'refused') return open;
  const session = open.value;
  const standing = standingOf(ports, keys, session, token.text);
  if (standing === 'reused') {
    await endReused(ports, member, session.sessionId);
    return refused('session_ended');
  }
  const fresh = await renewed(ports, session, authority);
  if (standing === 'again') {
    const next = successorWith(keys, token, session.refreshHash);
    if (next === undefined) throw new Error('the token after this one is not the one that is kept');
    return done(await signInAnswer(ports, keys, { member, session: fresh, refreshToken: next }));
  }
  const next = successorOf(keys, token);
  const after = rotated(ports, keys, fresh, next);
  if (!(await ports.sessions.rotate(after, session.refreshHash))) return 'again';
  return done(await signInAnswer(ports, keys, { member, session: after, refreshToken: next }));
};

const authorityNow = async (ports: RefreshWork, memberId: MemberId): Promise<number> =>
  (await ports.journal.readAccountNow(accountOf(memberId)))?.authority ?? 0;

/**
 * Renews a sign-in. The same token again within 30 seconds gives the same successor; later, or an older one, ends the
 * sign-in: somebody else has it too.
 * Refuses: not_signed_in (no token of ours), sign_in_expired, session_ended, busy_try_again.
 */
export const refreshSession = async (
  ports: RefreshWork,
  keys: TokenKeys,
  text: string,
): Promise<Outcome<SessionAnswer>> => {
  const token = parseRefreshToken(keys, text);
  if (token === undefined) return refused('not_signed_in');
  const member = await ports.people.readMember(token.memberId);
  if (member === undefined) return refused('session_ended');
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const outcome = await attempt(ports, keys, token, member);
    if (outcome !== 'again') return outcome;
  }
  return refused('busy_try_again');
};
