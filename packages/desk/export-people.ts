/** Everybody of a place, for a list of people that leaves the service. */
import type { Member } from '@time-bank/contracts/member';
import { CommunityCode, type RegionCode, countyOf, liesWithin } from '@time-bank/contracts/region';
import { Role } from '@time-bank/contracts/role';
import type { Ports } from './ports.ts';

type Books = Pick<Ports, 'people' | 'regions'>;

const AT_ONCE = 8;
const levels = [2, 4, 6, 9, 12] as const;
const listed: readonly Role[] = ['resident', 'volunteer'];

/** A community may be asked for that stands in no register. */
const communitiesOf = async ({ regions }: Books, region: RegionCode): Promise<CommunityCode[]> => {
  if (region.length === 12) return [CommunityCode.parse(region)];
  return (await regions.listCommunities(region)).map(({ code }) => CommunityCode.parse(code));
};

const listsOf = (
  { people }: Books,
  communities: readonly CommunityCode[],
  isWanted: (role: Role) => boolean,
): (() => Promise<Member[]>)[] => {
  const regions = new Set(communities.flatMap((code) => levels.map((digits) => code.slice(0, digits))));
  const others = Role.options.filter((role) => !listed.includes(role) && isWanted(role));
  return [
    ...communities.map((code) => () => people.listResidents(code)),
    ...[...new Set(communities.map(countyOf))].map((county) => () => people.listVolunteers(county)),
    ...[...regions].flatMap((region) => others.map((role) => () => people.listHolders(role, region))),
  ];
};

/**
 * The people whose home lies within `region`, by community, then by id: residents, volunteers, and whoever holds
 * another role in the region, below it or above it. Whoever holds one role alone, and that one elsewhere, is not
 * among them; nor is anybody who was merged into another person. `isWanted`: which other roles are looked for.
 */
export const listPeopleOf = async (
  ports: Books,
  region: RegionCode,
  isWanted: (role: Role) => boolean = () => true,
): Promise<Member[]> => {
  const communities = await communitiesOf(ports, region);
  const lists = listsOf(ports, communities, isWanted);
  const found = new Map<string, Member>();
  for (let start = 0; start < lists.length; start += AT_ONCE) {
    const read = await Promise.all(lists.slice(start, start + AT_ONCE).map((list) => list()));
    for (const member of read.flat()) {
      if (liesWithin(member.communityCode, region)) found.set(member.memberId, member);
    }
  }
  const sortOf = ({ communityCode, memberId }: Member): string => communityCode + memberId;
  return [...found.values()].sort((one, other) => (sortOf(one) < sortOf(other) ? -1 : 1));
};
