/** Who is asking. */
import type { MemberId, SessionId } from '@time-bank/contracts/ids';
import { type RegionCode, liesWithin } from '@time-bank/contracts/region';
import type { Role, RoleGrant } from '@time-bank/contracts/role';
import type { Factor } from '@time-bank/contracts/session';
import type { Instant } from '@time-bank/contracts/time';

export type { Factor } from '@time-bank/contracts/session';

/**
 * The sign-in behind a request. `authority`: the version of the person's sign-ins; a movement of their own hours holds
 * only while it is still the account's. `deviceKey`: the thumbprint (RFC 7638) of the key that this device has shown
 * and keeps to itself; `spendsFrom`: since when this device may move hours, absent where it may not.
 */
export interface SignInFacts {
  sessionId: SessionId;
  authority: number;
  factor: Factor;
  deviceKey?: string;
  spendsFrom?: Instant;
}

/** A person who has signed in, with the roles that they hold today and that their factor lets them use. */
export interface Actor {
  memberId: MemberId;
  roles: readonly RoleGrant[];
  signIn?: SignInFacts;
}

/** A person who has signed in, by a session. */
export interface SignedInActor extends Actor {
  signIn: SignInFacts;
}

/** True where the actor holds `role` over `region`. */
export const holds = (actor: Actor, role: Role, region: RegionCode): boolean =>
  actor.roles.some((granted) => granted.role === role && liesWithin(region, granted.region));

/** True where the actor holds `role` anywhere. */
export const holdsAnywhere = (actor: Actor, role: Role): boolean =>
  actor.roles.some((granted) => granted.role === role);
