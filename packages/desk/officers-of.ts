/** Those on the staff of a whole region, by a role: who hears of what a community has not done in time. */
import type { MemberId } from '@time-bank/contracts/ids';
import type { RegionCode } from '@time-bank/contracts/region';
import type { Role } from '@time-bank/contracts/role';
import type { Ports } from './ports.ts';

/** The ids of everybody who holds `role` over exactly `region`. */
export const officersOf = async (
  ports: Pick<Ports, 'people'>,
  role: Role,
  region: RegionCode,
): Promise<MemberId[]> => (await ports.people.listHolders(role, region)).map(({ memberId }) => memberId);
