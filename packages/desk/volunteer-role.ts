/** The role of a volunteer follows the life cycle: it is in the register from the application on, and in force while active. */
import type { Member } from '@time-bank/contracts/member';
import type { RoleGrant } from '@time-bank/contracts/role';
import { type CivilDate, plusDays } from '@time-bank/contracts/time';
import type { VolunteerState } from '@time-bank/contracts/volunteering';

/** The first day of a role that nobody has let begin yet. */
const NOT_YET: CivilDate = '9999-12-31';

const serving: readonly VolunteerState[] = ['active', 'paused'];

const isOver = ({ until }: RoleGrant, today: CivilDate): boolean => until !== undefined && until < today;

const roleIn = (member: Member, state: VolunteerState, today: CivilDate): RoleGrant => {
  const { communityCode: region } = member;
  const grantedBy = member.volunteering?.by;
  const by = grantedBy === undefined ? {} : { grantedBy };
  const held = member.roles.find(({ role }) => role === 'volunteer');
  if (serving.includes(state)) {
    const isKept = held !== undefined && !isOver(held, today) && held.from !== NOT_YET;
    return isKept ? held : { role: 'volunteer', region, from: today, ...by };
  }
  const begun =
    held === undefined || held.from === NOT_YET || held.from === undefined ? {} : { from: held.from };
  if (state === 'left')
    return { role: 'volunteer', region: held?.region ?? region, ...begun, until: plusDays(today, -1) };
  return { role: 'volunteer', region, from: NOT_YET, ...by };
};

/** The member with the role as their state has it. */
export const withVolunteerRole = (member: Member, today: CivilDate): Member => {
  const { volunteering } = member;
  if (volunteering === undefined) return member;
  const others = member.roles.filter(({ role }) => role !== 'volunteer');
  return { ...member, roles: [...others, roleIn(member, volunteering.state, today)] };
};
