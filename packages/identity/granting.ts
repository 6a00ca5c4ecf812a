/**
 * Who may give which role, and where: always less than one holds, and only within one's own reach. What a volunteer is
 * comes from the life cycle of volunteers; what a guardian is, from a document (bindings). Nobody gives either.
 */
import { type RegionCode, liesWithin } from '@time-bank/contracts/region';
import type { Role, RoleGrant } from '@time-bank/contracts/role';

const byCoordinator: readonly Role[] = ['resident', 'family_proxy', 'organisation', 'donor'];
const byTownship: readonly Role[] = [
  ...byCoordinator,
  'coordinator',
  'social_worker',
  'care_commissioner',
  'counter',
  'hotline',
  'service_point',
  'provider',
];
const byCounty: readonly Role[] = [...byTownship, 'township'];
const byCity: readonly Role[] = [...byCounty, 'county'];
const byProvince: readonly Role[] = [...byCity, 'city'];
const byAdministrator: readonly Role[] = [...byProvince, 'province', 'auditor', 'administrator'];

/** What each role may give; the roles that are not here give nothing. */
export const grantable: Partial<Record<Role, readonly Role[]>> = {
  coordinator: byCoordinator,
  township: byTownship,
  county: byCounty,
  city: byCity,
  province: byProvince,
  administrator: byAdministrator,
};

/** How many digits the region of an office has; other roles are held at any level. */
const digits: Partial<Record<Role, number>> = { township: 9, county: 6, city: 4, province: 2 };

/** True where `region` is one over which the role can be held at all. */
export const isOfLevel = (role: Role, region: RegionCode): boolean =>
  digits[role] === undefined || digits[role] === region.length;

/** True where somebody who holds `held` today may give `role` over `region`, and may end it there. */
export const mayGive = (held: readonly RoleGrant[], role: Role, region: RegionCode): boolean =>
  isOfLevel(role, region) &&
  held.some((giver) => liesWithin(region, giver.region) && grantable[giver.role]?.includes(role) === true);
