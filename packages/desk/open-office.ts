/** What a sign-in has shown of its person, where they change their own ways to sign in. */
import { isStaffRole } from '@time-bank/contracts/role';
import type { Actor } from '@time-bank/identity/actor';
import { isStaffFactor } from '@time-bank/identity/session-limits';

/** True where an office is open: the roles of one are in hand, and no telephone number alone has opened it. */
export const hasOfficeOpen = ({ roles, signIn }: Actor): boolean =>
  signIn !== undefined && isStaffFactor(signIn.factor) && roles.some(({ role }) => isStaffRole(role));

/** True for a sign-in that a stolen number does not begin: by a passkey, or by what opens an office. */
export const cameStrongly = (actor: Actor): boolean =>
  actor.signIn?.factor === 'passkey' || hasOfficeOpen(actor);
