/** Who is told on each rung of the ladder. */
import type { EmergencyRung } from '@time-bank/contracts/emergency';
import type { MemberId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { type RegionCode, countyOf, townshipOf } from '@time-bank/contracts/region';
import type { Role } from '@time-bank/contracts/role';
import { civilDateOf } from '@time-bank/contracts/time';
import { nowOf } from './carry-out.ts';
import type { Ports } from './ports.ts';
import { bindingsOf } from './subject-bindings.ts';

type Work = Pick<Ports, 'clock' | 'people' | 'personFiles'>;

const holders = async (ports: Work, role: Role, region: RegionCode): Promise<MemberId[]> =>
  (await ports.people.listHolders(role, region)).map(({ memberId }) => memberId);

/** Helpers and guardians who are bound to the elder today. */
export const familyOf = async (ports: Work, elderId: MemberId): Promise<MemberId[]> =>
  (await bindingsOf(ports, elderId, civilDateOf(nowOf(ports)))).map(({ helperId }) => helperId);

/**
 * The people of a rung. The first one is the desk of the community, which is told as a desk: nobody here. Emergency
 * contacts of the elder's file are no members: their numbers stand on the desk's page.
 */
export const peopleOfRung = async (
  ports: Work,
  { memberId, communityCode }: Pick<Member, 'memberId' | 'communityCode'>,
  rung: EmergencyRung,
): Promise<MemberId[]> => {
  switch (rung) {
    case 'desk':
      return [];
    case 'family':
      return familyOf(ports, memberId);
    case 'township':
      return holders(ports, 'township', townshipOf(communityCode));
    case 'county':
      return holders(ports, 'county', countyOf(communityCode));
  }
};
