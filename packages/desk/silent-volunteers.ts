/** Who wants no more asks for help: whoever has stopped them by every way in which they can be reached. */
import type { MemberId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import type { NoticeChannel } from '@time-bank/contracts/notices';
import { isSameStop, noticesLeafOf } from './change-notice-settings.ts';
import type { NoticesLeaf } from './person-leaf.ts';
import type { Ports } from './ports.ts';

const waysTo = ({ phone }: Member, { address, pushes }: NoticesLeaf): NoticeChannel[] => [
  ...(phone === undefined ? [] : (['sms'] as const)),
  ...(address?.confirmedAt === undefined ? [] : (['email'] as const)),
  ...(pushes.length === 0 ? [] : (['push'] as const)),
];

/** True where no way is left by which an ask would go out; whoever never had one is told by the desk. */
const isSilent = (member: Member, leaf: NoticesLeaf | undefined): boolean => {
  if (leaf === undefined) return false;
  const ways = waysTo(member, leaf);
  const isStopped = (channel: NoticeChannel): boolean =>
    leaf.stops.some((stop) => isSameStop(stop, { group: 'asks', channel }));
  return ways.length > 0 && ways.every(isStopped);
};

/** Those of some volunteers who want no asks. One strongly consistent read for each. */
export const silentVolunteers = async (
  ports: Pick<Ports, 'personFiles'>,
  volunteers: readonly Member[],
): Promise<ReadonlySet<MemberId>> => {
  const leaves = await Promise.all(volunteers.map(({ memberId }) => noticesLeafOf(ports, memberId)));
  return new Set(
    volunteers.filter((member, index) => isSilent(member, leaves[index])).map(({ memberId }) => memberId),
  );
};
