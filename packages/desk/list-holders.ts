/** Who holds which role over a region. */
import type { Member } from '@time-bank/contracts/member';
import { surnameOf } from '@time-bank/contracts/member';
import { type Outcome, done } from '@time-bank/contracts/refusals';
import {
  type HolderList,
  type HolderQuery,
  type HolderRow,
  Role,
  type RoleGrant,
  isInForce,
  isStaffRole,
} from '@time-bank/contracts/role';
import { type CivilDate, civilDateOf } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import type { Action } from '@time-bank/identity/rules';
import { nowOf } from './carry-out.ts';
import type { Ports } from './ports.ts';

const staffRoles: readonly Role[] = Role.options.filter(isStaffRole);

/** A person and a role of theirs, as `permit` lets them be seen. */
export const holderRow = (
  permit: Grant<Action>,
  member: Pick<Member, 'memberId' | 'name'>,
  held: RoleGrant,
  today: CivilDate,
): HolderRow => ({
  memberId: member.memberId,
  surname: surnameOf(member.name),
  ...(permit.isMasked ? {} : { name: member.name }),
  ...held,
  isInForce: isInForce(held, today),
});

/** The holders of a role, or of every role of staff, over exactly this region. The grant is over the region. */
export const listHolders = async (
  ports: Pick<Ports, 'clock' | 'people'>,
  permit: Grant<'list_holders'>,
  { region, role: only }: HolderQuery,
): Promise<Outcome<HolderList>> => {
  const today = civilDateOf(nowOf(ports));
  const roles = only === undefined ? staffRoles : [only];
  const lists = await Promise.all(
    roles.map(async (role) => {
      const members = await ports.people.listHolders(role, region);
      return members.flatMap((member) =>
        member.roles
          .filter((held) => held.role === role && held.region === region)
          .map((held) => holderRow(permit, member, held, today)),
      );
    }),
  );
  return done({ items: lists.flat() });
};
