/** Whom a notice is for: people, or whoever sits at the desk of a community today. */
import type { Notice } from '@time-bank/care/notice';
import type { MemberId } from '@time-bank/contracts/ids';
import { type Member, wasMerged } from '@time-bank/contracts/member';
import { noticeTraits } from '@time-bank/contracts/notices';
import { type CommunityCode, type RegionCode, countyOf, townshipOf } from '@time-bank/contracts/region';
import { type Role, isInForce } from '@time-bank/contracts/role';
import { type CivilDate, civilDateOf } from '@time-bank/contracts/time';
import { nowOf } from './carry-out.ts';
import type { Ports } from './ports.ts';

type Work = Pick<Ports, 'people' | 'clock'>;

/** Who hears of what the desk has to do; of danger whoever answers a telephone, too. */
const deskRoles: readonly Role[] = ['coordinator'];
const dangerRoles: readonly Role[] = ['coordinator', 'counter', 'hotline'];

const holds = (member: Member, role: Role, region: RegionCode, today: CivilDate): boolean =>
  member.roles.some((grant) => grant.role === role && grant.region === region && isInForce(grant, today));

/** Those of a role nearest to a community: its own, else those of its township, else those of its county. */
const nearestOf = async (ports: Work, role: Role, communityCode: CommunityCode): Promise<Member[]> => {
  const today = civilDateOf(nowOf(ports));
  for (const region of [communityCode, townshipOf(communityCode), countyOf(communityCode)]) {
    const holders = (await ports.people.listHolders(role, region)).filter((member) =>
      holds(member, role, region, today),
    );
    if (holders.length > 0) return holders;
  }
  return [];
};

/** Everybody whom a notice is for, each once. People who were erased or merged into others are left out. */
export const recipientsOf = async (
  ports: Work,
  { to, kind }: Pick<Notice, 'to' | 'kind'>,
): Promise<Member[]> => {
  if ('people' in to) {
    const people = await ports.people.readMembers([...new Set(to.people)]);
    return [...people.values()].filter((member) => !wasMerged(member));
  }
  const roles = noticeTraits[kind].isUrgent ? dangerRoles : deskRoles;
  const found = await Promise.all(roles.map((role) => nearestOf(ports, role, to.deskOf)));
  return [...new Map(found.flat().map((member): [MemberId, Member] => [member.memberId, member])).values()];
};
