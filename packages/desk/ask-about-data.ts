/** What people ask about their own data: that something is corrected, or everything erased; answered within 30 days. */
import type { MemberId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import type { AskAboutData, DataWishList, DataWishView } from '@time-bank/contracts/privacy';
import { type Outcome, done, refused, replayed } from '@time-bank/contracts/refusals';
import type { RegionCode } from '@time-bank/contracts/region';
import { plusMinutes } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import { nowOf, refusedByAge } from './carry-out.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { WishLeaf } from './person-leaf.ts';
import type { Ports } from './ports.ts';

/** Source: GB/T 35273-2020 8.7: an answer within 30 days. */
const ANSWER_DAYS = 30;
const WISHES_A_PAGE = 25;

/** A wish as its owner and staff see it. */
export const presentWish = (leaf: WishLeaf): DataWishView => ({
  wishId: leaf.fileId,
  memberId: leaf.memberId,
  wish: leaf.wish,
  words: leaf.words,
  state: leaf.state,
  askedAt: leaf.at,
  dueAt: leaf.dueAt,
  ...(leaf.answer === undefined ? {} : { answer: leaf.answer.words, answeredAt: leaf.answer.at }),
});

const answerOf = (kept: WishLeaf, fingerprint: string): Outcome<DataWishView> =>
  kept.fingerprint === fingerprint
    ? replayed({ ...presentWish(kept), state: 'asked' })
    : refused('exists_with_different_content');

/**
 * Asks, once for each id; it waits in the list of the owner's community.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, busy_try_again.
 */
export const askAboutData = async (
  ports: Pick<Ports, 'clock' | 'personFiles'>,
  permit: Grant<'ask_about_data'>,
  { memberId, communityCode }: Pick<Member, 'memberId' | 'communityCode'>,
  body: AskAboutData,
): Promise<Outcome<DataWishView>> => {
  const { wishId, wish, words } = body;
  const fingerprint = fingerprintOf([permit.action, permit.actor.memberId, memberId, body]);
  const before = await ports.personFiles.readNow('wish', memberId, wishId);
  if (before !== undefined) return answerOf(before, fingerprint);
  const at = nowOf(ports);
  const byAge = refusedByAge(wishId, at);
  if (byAge !== undefined) return byAge;
  const dueAt = plusMinutes(at, ANSWER_DAYS * 24 * 60);
  const leaf: WishLeaf = {
    kind: 'wish',
    memberId,
    fileId: wishId,
    version: 1,
    at,
    waits: { region: communityCode, dueAt },
    wish,
    words,
    state: 'asked',
    by: permit.actor.memberId,
    fingerprint,
    dueAt,
  };
  if (await ports.personFiles.put(leaf)) return done(presentWish(leaf));
  const kept = await ports.personFiles.readNow('wish', memberId, wishId);
  return kept === undefined ? refused('busy_try_again') : answerOf(kept, fingerprint);
};

/** One's own wishes, or those of one's ward, newest first. */
export const listOwnWishes = async (
  ports: Pick<Ports, 'personFiles'>,
  _permit: Grant<'read_own_file'>,
  memberId: MemberId,
): Promise<Outcome<DataWishList>> => {
  const leaves = await ports.personFiles.listNow('wish', memberId);
  return done({
    items: leaves.map(presentWish).sort((one, other) => (one.askedAt < other.askedAt ? 1 : -1)),
  });
};

/** The wishes that wait in a community, soonest due first. Throws InvalidCursor. */
export const listWishes = async (
  ports: Pick<Ports, 'personFiles'>,
  _permit: Grant<'list_data_wishes'>,
  region: RegionCode,
  cursor?: string,
): Promise<Outcome<DataWishList>> => {
  const page = await ports.personFiles.listWaiting('wish', region, { limit: WISHES_A_PAGE, cursor });
  const { items, ...rest } = page;
  return done({ items: items.map(presentWish), ...rest });
};
