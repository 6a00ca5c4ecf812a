/** What a person gets who has signed in, or whose sign-in was renewed: an access token beside the refresh token. */
import type { Member } from '@time-bank/contracts/member';
import type { SignedInSession } from '@time-bank/contracts/session';
import { civilDateOf, instantOf } from '@time-bank/contracts/time';
import type { SignedInActor } from '@time-bank/identity/actor';
import { earlier, rolesFor } from '@time-bank/identity/session-limits';
import { type TokenKeys, signToken } from '@time-bank/identity/token';
import { nowOf } from './carry-out.ts';
import type { Ports, Session } from './ports.ts';

/** The answer with both tokens; a route keeps them from browsers' scripts. */
export type SessionAnswer = SignedInSession & { token: string; refreshToken: string };

/** The person behind a session, with the roles that they may use today. */
export const actorOfSession = (
  ports: Pick<Ports, 'clock'>,
  { memberId, roles }: Pick<Member, 'memberId' | 'roles'>,
  session: Session,
): SignedInActor => {
  const { sessionId, authority, factor, deviceKey, spendsFrom } = session;
  return {
    memberId,
    roles: rolesFor(roles, civilDateOf(nowOf(ports)), session.isStaff),
    signIn: {
      sessionId,
      authority,
      factor,
      ...(deviceKey === undefined ? {} : { deviceKey }),
      ...(spendsFrom === undefined ? {} : { spendsFrom }),
    },
  };
};

/** Signs the access token of a session; it never outlives the session. */
export const signInAnswer = async (
  ports: Pick<Ports, 'clock'>,
  keys: TokenKeys,
  {
    member,
    session,
    refreshToken,
  }: { member: Pick<Member, 'memberId' | 'roles'>; session: Session; refreshToken: string },
): Promise<SessionAnswer> => {
  const actor = actorOfSession(ports, member, session);
  const { sessionId, factor, endsAt, idleEndsAt, spendsFrom } = session;
  const ends = earlier(endsAt, idleEndsAt);
  const { token, expiresAtMs } = await signToken(keys, actor, ports.clock.nowMs(), ends);
  return {
    sessionId,
    factor,
    roles: [...new Set(actor.roles.map(({ role }) => role))],
    expiresAt: instantOf(expiresAtMs),
    endsAt,
    ...(spendsFrom === undefined ? {} : { spendsFrom }),
    token,
    refreshToken,
  };
};
