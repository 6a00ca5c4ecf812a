/**
 * How long a sign-in lasts, and which roles it lets a person use. Source: OWASP ASVS 5.0, 7.3.1 and 7.3.2, and NIST
 * SP 800-63B for those who see the affairs of others; README "Sign-in" says why these numbers.
 */
import { type RoleGrant, isInForce, isStaffRole } from '@time-bank/contracts/role';
import type { Factor } from '@time-bank/contracts/session';
import { type CivilDate, type Instant, instantOf, msOf } from '@time-bank/contracts/time';

/** What is signed stands for ten minutes at most: so long a read outlives an ended sign-in. */
export const ACCESS_SECONDS = 10 * 60;

/** Two tabs, or a phone whose answer was lost, come with the same refresh token: within so many seconds. */
export const REFRESH_GRACE_SECONDS = 30;

/** The first number ends a sign-in whatever happens, the second where nobody used it; in minutes. */
export interface Lasting {
  absoluteMinutes: number;
  idleMinutes: number;
}

/** An elder signs in once a month at most, and stays signed in who looks in once a fortnight. */
const RESIDENTS: Lasting = { absoluteMinutes: 30 * 24 * 60, idleMinutes: 14 * 24 * 60 };
/** A working day; a desk that was left is closed after an hour. */
const STAFF: Lasting = { absoluteMinutes: 12 * 60, idleMinutes: 60 };

/** How long a sign-in lasts. */
export const lastingOf = (isStaff: boolean): Lasting => (isStaff ? STAFF : RESIDENTS);

/** Ways to sign in that a stolen number does not open. */
const strong: readonly Factor[] = ['passkey', 'sso'];

/** True for a factor with which staff may use the roles of their office. */
export const isStaffFactor = (factor: Factor): boolean => strong.includes(factor);

/** The roles of a person that a sign-in lets them use: in force today, those of an office only where `isStaff`. */
export const rolesFor = (roles: readonly RoleGrant[], today: CivilDate, isStaff: boolean): RoleGrant[] =>
  roles.filter((grant) => isInForce(grant, today) && (isStaff || !isStaffRole(grant.role)));

/** True where the person holds an office today. */
export const holdsOffice = (roles: readonly RoleGrant[], today: CivilDate): boolean =>
  roles.some((grant) => isInForce(grant, today) && isStaffRole(grant.role));

/** The earlier of two instants. */
export const earlier = (one: Instant, other: Instant): Instant => instantOf(Math.min(msOf(one), msOf(other)));
