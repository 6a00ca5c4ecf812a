/** Whom a card tells that a task waits: those of the society who are nearest to the place. */
import { type NoticeChange, tell } from '@time-bank/care/notice';
import type { LinkageCommand } from '@time-bank/care/linkage';
import type { MemberId } from '@time-bank/contracts/ids';
import type { LinkageTask, Society } from '@time-bank/contracts/linkage';
import type { CommunityCode } from '@time-bank/contracts/region';
import type { Role } from '@time-bank/contracts/role';
import type { Grant } from '@time-bank/identity/grant';
import { nearestOf } from './notice-recipients.ts';
import type { Ports } from './ports.ts';
import type { LinkageRecord } from './staff-case.ts';

/** Who acts for a society. Volunteers are asked once the visit is, as for every visit; the community has its desk. */
const rolesOf: Partial<Record<Society, readonly Role[]>> = {
  social_worker: ['social_worker'],
  organisation: ['organisation', 'provider'],
  charity: ['donor'],
};

const peopleOf = async (
  ports: Pick<Ports, 'people' | 'clock'>,
  society: Society,
  communityCode: CommunityCode,
): Promise<MemberId[]> => {
  const found = await Promise.all(
    (rolesOf[society] ?? []).map((role) => nearestOf(ports, role, communityCode)),
  );
  return found.flat().map(({ memberId }) => memberId);
};

/**
 * Tells the societies of their tasks, each person once. The desk of the community hears of its own task where somebody
 * above has given it, and of every task for a society of which there is nobody up to the county.
 */
export const tellTasks = async (
  ports: Pick<Ports, 'people' | 'clock'>,
  permit: Grant<'open_linkage'>,
  { caseId, communityCode }: Pick<LinkageRecord, 'caseId' | 'communityCode'>,
  { commandId, actorId, at }: LinkageCommand,
  tasks: readonly LinkageTask[],
): Promise<NoticeChange[]> => {
  const people = new Set<MemberId>();
  let isForDesk = false;
  for (const { society } of tasks) {
    const found = await peopleOf(ports, society, communityCode);
    for (const id of found) if (id !== actorId) people.add(id);
    const isOwn = society === 'community' && permit.via.holder !== 'coordinator';
    if (isOwn || (rolesOf[society] !== undefined && found.length === 0)) isForDesk = true;
  }
  const word = { kind: 'linkage_task', about: { caseId }, at } as const;
  return [
    ...(people.size === 0 ? [] : [tell(commandId, { ...word, to: { people: [...people] } })]),
    ...(isForDesk ? [tell(`${commandId}.desk`, { ...word, to: { deskOf: communityCode } })] : []),
  ];
};
