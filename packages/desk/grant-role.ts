/** Roles are given and ended by those who stand above them, within their reach; nobody gives one to themselves. */
import type { FileId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import {
  type EndRole,
  type GrantRole,
  type PersonReceipt,
  type Role,
  type RoleGrant,
  isStaffRole,
} from '@time-bank/contracts/role';
import { type CivilDate, civilDateOf, plusDays } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import { mayGive } from '@time-bank/identity/granting';
import { nowOf } from './carry-out.ts';
import { type FilePorts, changeFile, personReceipt } from './change-file.ts';
import { revokeSignIns } from './end-sessions.ts';
import type { Ports } from './ports.ts';

/** As many as a person's file holds. */
const ROLES_MAX = 12;

type Named = Pick<RoleGrant, 'role' | 'region' | 'organisationId'>;

const isSame = (one: Named, other: Named): boolean =>
  one.role === other.role && one.region === other.region && one.organisationId === other.organisationId;

const isOver = ({ until }: RoleGrant, today: CivilDate): boolean => until !== undefined && until < today;

/** The role until a day, or until its own end where that is sooner. */
const endedBy = (held: RoleGrant, lastDay: CivilDate): RoleGrant => ({
  ...held,
  until: held.until !== undefined && held.until < lastDay ? held.until : lastDay,
});

/** A new grant in the place of the same role there; what is over makes room and stands in the former file. */
const withRole = (roles: readonly RoleGrant[], grant: RoleGrant, today: CivilDate): RoleGrant[] => [
  ...roles.filter((held) => !isSame(held, grant) && !isOver(held, today)),
  grant,
];

/** Whoever acts for an organisation is named by those whose reach it is in. Refuses: unknown_account. */
const checkOrganisation = async (
  ports: Pick<Ports, 'caseBook'>,
  permit: Grant<'grant_role'>,
  { role, organisationId }: Named,
): Promise<Outcome<undefined>> => {
  if (organisationId === undefined) return done(undefined);
  const organisation = await ports.caseBook.readNow('organisation', organisationId);
  const isHere = organisation !== undefined && mayGive(permit.actor.roles, role, organisation.communityCode);
  return isHere ? done(undefined) : refused('unknown_account');
};

type RolePorts = FilePorts & Pick<Ports, 'sessions' | 'journal' | 'policies'>;

/** A sign-in never has the power of a role that has changed since: with a role of staff all sign-ins of the person end. */
const withoutOldPower = async (
  ports: RolePorts,
  permit: Grant<'grant_role'>,
  member: Member,
  body: { fileId: FileId; role: Role },
  outcome: Outcome<PersonReceipt>,
): Promise<Outcome<PersonReceipt>> => {
  if (outcome.kind === 'refused' || !isStaffRole(body.role)) return outcome;
  await revokeSignIns(ports, member, {
    reason: 'ended_by_staff',
    by: permit.actor.memberId,
    cause: ['role_changed', body.fileId],
    at: outcome.value.at,
  });
  return outcome;
};

/**
 * Gives `member` a role, from today where no day is named. The grant is over the member, who is not the giver.
 * Refuses: unknown_region, exists_with_different_content, id_too_old, id_from_the_future, role_not_grantable,
 * unknown_account, busy_try_again.
 */
export const grantRole = async (
  ports: RolePorts & Pick<Ports, 'regions' | 'caseBook'>,
  permit: Grant<'grant_role'>,
  member: Member,
  body: GrantRole,
): Promise<Outcome<PersonReceipt>> => {
  const { role, region, from, until, organisationId } = body;
  if ((await ports.regions.read(region)) === undefined) return refused('unknown_region');
  if (!mayGive(permit.actor.roles, role, region)) return refused('role_not_grantable');
  const organisation = await checkOrganisation(ports, permit, body);
  if (organisation.kind === 'refused') return organisation;
  const today = civilDateOf(nowOf(ports));
  const given: RoleGrant = {
    role,
    region,
    from: from ?? today,
    ...(until === undefined ? {} : { until }),
    grantedBy: permit.actor.memberId,
    ...(organisationId === undefined ? {} : { organisationId }),
  };
  const outcome = await changeFile(
    ports,
    permit,
    member,
    { body, part: 'roles' },
    (before, day) => {
      const roles = withRole(before.roles, given, day);
      return roles.length > ROLES_MAX ? refused('role_not_grantable') : done({ ...before, roles });
    },
    personReceipt,
  );
  return withoutOldPower(ports, permit, member, body, outcome);
};

/**
 * Ends a role of `member` after a day, or at once. The grant is over the member.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, role_not_grantable (also where the member
 * does not hold it), busy_try_again.
 */
export const endRole = async (
  ports: RolePorts,
  permit: Grant<'grant_role'>,
  member: Member,
  body: EndRole,
): Promise<Outcome<PersonReceipt>> => {
  if (!mayGive(permit.actor.roles, body.role, body.region)) return refused('role_not_grantable');
  const outcome = await changeFile(
    ports,
    permit,
    member,
    { body, part: 'roles' },
    (before, today) => {
      const lastDay = body.lastDay ?? plusDays(today, -1);
      const isEnded = (held: RoleGrant): boolean => isSame(held, body) && !isOver(held, today);
      if (!before.roles.some(isEnded)) return refused('role_not_grantable');
      const roles = before.roles.map((held) => (isEnded(held) ? endedBy(held, lastDay) : held));
      return done({ ...before, roles });
    },
    personReceipt,
  );
  return withoutOldPower(ports, permit, member, body, outcome);
};
