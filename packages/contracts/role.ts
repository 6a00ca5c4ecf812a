/** The roles of everybody whom the plans name, and where and when each is held. */
import * as z from 'zod/mini';
import { AccountId, FileId, MemberId } from './ids.ts';
import { RegionCode } from './region.ts';
import { CivilDate, Instant } from './time.ts';

/**
 * What a person is in the time bank. `coordinator` is the community cadre (社区干部) who coordinates visits. The five
 * societies: coordinator, social_worker, organisation (社区社会组织: elders' association, volunteer team), volunteer,
 * donor (社区公益慈善资源). `family_proxy` and `guardian` act for the elders to whom they are bound and for nobody else.
 */
export const Role = z.enum([
  'resident',
  'volunteer',
  'coordinator',
  'social_worker',
  'organisation',
  'donor',
  'family_proxy',
  'guardian',
  'care_commissioner',
  'counter',
  'hotline',
  'service_point',
  'provider',
  'township',
  'county',
  'city',
  'province',
  'auditor',
  'administrator',
]);
export type Role = z.infer<typeof Role>;

/**
 * A role and the region in which it is held: the reach of staff, everybody else's home community. From `from`
 * (included; always where it is left out) to `until` (included), given by `grantedBy`; absent for whoever came in
 * with a list. `organisationId`: whose roles `organisation` and `donor` are.
 */
export const RoleGrant = z.strictObject({
  role: Role,
  region: RegionCode,
  from: z.exactOptional(CivilDate),
  until: z.exactOptional(CivilDate),
  grantedBy: z.exactOptional(MemberId),
  organisationId: z.exactOptional(AccountId),
});
export type RoleGrant = z.infer<typeof RoleGrant>;

/** Roles of people about themselves: whoever has one of these signs in with a code and for a month. */
const ownRoles: readonly Role[] = ['resident', 'volunteer', 'donor', 'family_proxy', 'guardian'];

/** True for a role that sees or decides the affairs of others: it asks for a second factor and ends after 12 hours. */
export const isStaffRole = (role: Role): boolean => !ownRoles.includes(role);

/** True on the days on which a role is held. */
export const isInForce = ({ from, until }: Pick<RoleGrant, 'from' | 'until'>, today: CivilDate): boolean =>
  (from === undefined || from <= today) && (until === undefined || today <= until);

/** Gives a person a role in a region; from today where no day is named. `organisation` names whose it is. */
export const GrantRole = z
  .strictObject({
    fileId: FileId,
    role: Role,
    region: RegionCode,
    from: z.exactOptional(CivilDate),
    until: z.exactOptional(CivilDate),
    organisationId: z.exactOptional(AccountId),
  })
  .check(
    z.refine(({ role, organisationId }) => role !== 'organisation' || organisationId !== undefined, {
      path: ['organisationId'],
      error: 'is needed for this role',
    }),
    z.refine(({ from, until }) => from === undefined || until === undefined || from <= until, {
      path: ['until'],
      error: 'a role ends after it begins',
    }),
  );
export type GrantRole = z.infer<typeof GrantRole>;

/** Ends a role: after `lastDay`, or at once where none is named. */
export const EndRole = z.strictObject({
  fileId: FileId,
  role: Role,
  region: RegionCode,
  lastDay: z.exactOptional(CivilDate),
  organisationId: z.exactOptional(AccountId),
});
export type EndRole = z.infer<typeof EndRole>;

/** What a change of a person's file answers, the same for ever. `version`: of the file after it. */
export const PersonReceipt = z.strictObject({ memberId: MemberId, version: z.int(), at: Instant });
export type PersonReceipt = z.infer<typeof PersonReceipt>;

/** Who holds roles of staff over exactly this region; one of them, or all where none is named. */
export const HolderQuery = z.strictObject({ region: RegionCode, role: z.exactOptional(Role) }).check(
  z.refine(({ role }) => role === undefined || isStaffRole(role), {
    path: ['role'],
    error: 'is no role of staff',
  }),
);
export type HolderQuery = z.infer<typeof HolderQuery>;

/** A person and a role that they hold, held or will hold. An auditor sees the family name only. */
export const HolderRow = z.strictObject({
  memberId: MemberId,
  surname: z.string(),
  name: z.exactOptional(z.string()),
  ...RoleGrant.shape,
  isInForce: z.boolean(),
});
export type HolderRow = z.infer<typeof HolderRow>;

/** Holders, by role, then by id. */
export const HolderList = z.strictObject({ items: z.array(HolderRow) });
export type HolderList = z.infer<typeof HolderList>;
