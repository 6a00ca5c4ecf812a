/** Begins a sign-in that lasts, for a person who has shown who they are. */
import { accountOf } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import type { DeviceHint, Factor } from '@time-bank/contracts/session';
import { type Instant, civilDateOf, plusMinutes } from '@time-bank/contracts/time';
import { hashRefreshToken, newRefreshToken } from '@time-bank/identity/refresh-token';
import { holdsOffice, lastingOf } from '@time-bank/identity/session-limits';
import type { TokenKeys } from '@time-bank/identity/token';
import { nowOf } from './carry-out.ts';
import { deviceAtSignIn } from './device.ts';
import type { Ports, Session } from './ports.ts';
import { type SessionAnswer, signInAnswer } from './session-answer.ts';

/**
 * How somebody signed in. `deviceKey`: the thumbprint of the key that the device has shown. `hasStaffFactor`: a
 * passkey or another house's sign-in was part of it, so that the roles of an office may be used. `trustsFrom`: from
 * when on the passkey lets a new device move hours; at once where it is left out.
 */
export interface SignedInBy {
  factor: Factor;
  hasStaffFactor: boolean;
  deviceKey?: string;
  device?: DeviceHint;
  trustsFrom?: Instant;
}

/** What beginning a sign-in asks of the world. */
export type SessionWork = Pick<Ports, 'clock' | 'ids' | 'sessions' | 'journal' | 'personFiles' | 'policies'>;

/**
 * Begins a sign-in: a session, its first refresh token and its first access token. Nothing is refused: whoever calls
 * has checked the person. Both tokens stand in the answer; the route keeps them from browsers' scripts.
 */
export const startSession = async (
  ports: SessionWork,
  keys: TokenKeys,
  member: Pick<Member, 'memberId' | 'communityCode' | 'roles'>,
  how: SignedInBy,
): Promise<SessionAnswer> => {
  const { memberId } = member;
  const { factor, device, deviceKey } = how;
  const now = nowOf(ports);
  const sessionId = ports.ids.session();
  const isStaff = how.hasStaffFactor && holdsOffice(member.roles, civilDateOf(now));
  const { absoluteMinutes, idleMinutes } = lastingOf(isStaff);
  const [head, spends] = await Promise.all([
    ports.journal.readAccountNow(accountOf(memberId)),
    deviceKey === undefined ? undefined : deviceAtSignIn(ports, member, { ...how, deviceKey }),
  ]);
  const refreshToken = newRefreshToken(keys, { memberId, sessionId });
  const session: Session = {
    sessionId,
    memberId,
    factor,
    isStaff,
    ...(deviceKey === undefined ? {} : { deviceKey }),
    ...(device === undefined ? {} : { device }),
    ...(spends === undefined ? {} : { spendsFrom: spends.spendsFrom }),
    authority: head?.authority ?? 0,
    startedAt: now,
    lastUsedAt: now,
    idleEndsAt: plusMinutes(now, idleMinutes),
    endsAt: plusMinutes(now, absoluteMinutes),
    refreshHash: hashRefreshToken(keys, refreshToken),
  };
  await ports.sessions.start(session);
  return signInAnswer(ports, keys, { member, session, refreshToken });
};
