/** Who is asking. */
import type { MemberId } from '@time-bank/contracts/ids';
import type { Role, RoleGrant } from '@time-bank/contracts/member';
import { type RegionCode, liesWithin } from '@time-bank/contracts/region';

/** A person who has signed in, with the roles that their token names. */
export interface Actor {
  memberId: MemberId;
  roles: readonly RoleGrant[];
}

/** True where the actor holds `role` over `region`. */
export const holds = (actor: Actor, role: Role, region: RegionCode): boolean =>
  actor.roles.some((granted) => granted.role === role && liesWithin(region, granted.region));

/** True where the actor holds `role` anywhere. */
export const holdsAnywhere = (actor: Actor, role: Role): boolean =>
  actor.roles.some((granted) => granted.role === role);

/** The regions over which the actor holds `role`. */
export const reachOf = (actor: Actor, role: Role): RegionCode[] =>
  actor.roles.filter((granted) => granted.role === role).map((granted) => granted.region);
