/** Links of mails, followed without a sign-in: what they say is all that can be done with them. */
import type { NoticeLinkDone, NoticeToken } from '@time-bank/contracts/notices';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import { type NoticeLink, ownerOfLink, readNoticeToken } from '@time-bank/identity/notice-link';
import { nowOf } from './carry-out.ts';
import { changeNoticesLeaf, isSameStop, noticesLeafOf } from './change-notice-settings.ts';
import type { NoticesLeaf } from './person-leaf.ts';
import type { Ports } from './ports.ts';

const follow = (leaf: NoticesLeaf, link: NoticeLink, at: string): NoticesLeaf => {
  if (link.does === 'stop') {
    const isStopped = leaf.stops.some((stop) => isSameStop(stop, link.stop));
    return isStopped ? leaf : { ...leaf, stops: [...leaf.stops, link.stop] };
  }
  const { address } = leaf;
  const isLast = address?.address === link.address && address.confirmedAt === undefined;
  return isLast ? { ...leaf, address: { ...address, confirmedAt: at } } : leaf;
};

/** Does what a link says; twice is once. Refuses: unknown_route (no link of ours, or of an older address), busy_try_again. */
export const followNoticeLink = async (
  ports: Pick<Ports, 'clock' | 'personFiles'>,
  token: NoticeToken,
): Promise<Outcome<NoticeLinkDone>> => {
  const memberId = ownerOfLink(token);
  const leaf = await noticesLeafOf(ports, memberId);
  const link =
    leaf === undefined ? undefined : readNoticeToken(leaf.linkSecret, token, leaf.address?.address);
  if (link === undefined) return refused('unknown_route');
  const at = nowOf(ports);
  const after = await changeNoticesLeaf(ports, memberId, (before) => follow(before, link, at));
  if (after === undefined) return refused('busy_try_again');
  return done(link.does === 'stop' ? { done: 'stopped', stop: link.stop } : { done: 'address_confirmed' });
};
