/** What stands in the way of merging two records: they may be two people, or one of them has something going on. */
import { isUnderWay } from '@time-bank/care/life';
import { accountOf } from '@time-bank/contracts/ids';
import { Member } from '@time-bank/contracts/member';
import type { MergeBlocker } from '@time-bank/contracts/merging';
import { isStaffRole } from '@time-bank/contracts/role';
import { type CivilDate, civilDateOf } from '@time-bank/contracts/time';
import { buckets } from '@time-bank/ledger/account';
import { isBindingInForce } from '@time-bank/identity/binding';
import { nowOf } from './carry-out.ts';
import { plainWords } from './likely-duplicates.ts';
import { type Pair, afterMerge } from './merge-records.ts';
import type { BindingLeaf } from './person-leaf.ts';
import type { Ports } from './ports.ts';

/** As many visits are looked through for one that is not over; the newest come first. */
const VISITS_LOOKED_AT = 100;

type Work = Pick<Ports, 'clock' | 'journal' | 'careBook' | 'personFiles'>;

/** Same birth date and gender, and the same name or a number that only one of them has. */
const isAlike = ({ keep, drop }: Pair): boolean =>
  keep.birthDate === drop.birthDate &&
  keep.gender === drop.gender &&
  (plainWords(keep.name) === plainWords(drop.name) || keep.phone === undefined || drop.phone === undefined);

const isOnStaff = ({ roles }: Member, today: CivilDate): boolean =>
  roles.some(({ role, until }) => isStaffRole(role) && (until === undefined || until >= today));

const ofRecords = (pair: Pair, today: CivilDate): MergeBlocker[] => {
  const both = [pair.keep, pair.drop];
  return [
    ...(isAlike(pair) ? [] : (['not_alike'] as const)),
    ...(both.some((member) => isOnStaff(member, today)) ? (['roles_of_staff'] as const) : []),
    ...(both.some(({ roles }) => roles.length === 0) ? (['already_merged'] as const) : []),
    ...(Member.safeParse(afterMerge(pair).keep).success ? [] : (['too_many_values'] as const)),
  ];
};

const ofVisits = async ({ careBook }: Work, { memberId }: Member): Promise<MergeBlocker[]> => {
  const page = { limit: VISITS_LOOKED_AT };
  const lists = await Promise.all([
    careBook.listReceived(memberId, page),
    careBook.listVisited(memberId, page),
  ]);
  const isOpen = lists.some(({ items }) => items.some(({ request }) => isUnderWay(request.state)));
  return isOpen ? ['visits_open'] : [];
};

const ofAccount = async ({ journal }: Work, { memberId }: Member): Promise<MergeBlocker[]> => {
  const head = await journal.readAccountNow(accountOf(memberId));
  if (head === undefined) return [];
  const { holds, minutes, state, bonds } = head;
  return [
    ...(Object.keys(holds).length > 0 ? (['holds_open'] as const) : []),
    ...(buckets.some((bucket) => minutes[bucket] > 0) ? (['hours_on_account'] as const) : []),
    ...(state === 'open' || state === 'closed' ? [] : (['account_not_open'] as const)),
    ...(Object.keys(bonds).length > 0 ? (['family_ties'] as const) : []),
  ];
};

const isGoingOn = (binding: BindingLeaf, today: CivilDate): boolean =>
  binding.state === 'proposed' || binding.state === 'checked' || isBindingInForce(binding, today);

const ofFile = async (
  { personFiles }: Work,
  { memberId }: Member,
  today: CivilDate,
): Promise<MergeBlocker[]> => {
  const [own, helped, cards] = await Promise.all([
    personFiles.listNow('binding', memberId),
    personFiles.listAbout('binding', memberId),
    personFiles.listNow('card', memberId),
  ]);
  return [
    ...([...own, ...helped].some((binding) => isGoingOn(binding, today)) ? (['helpers_bound'] as const) : []),
    ...(cards.some(({ state }) => state === 'active') ? (['card_in_use'] as const) : []),
  ];
};

/**
 * Everything that stands in the way, none where nothing does. Family ties are seen where the dropped one gives; a tie
 * by which they receive stands on the giver's account, and stays there until staff end it.
 */
export const mergeBlockers = async (ports: Work, pair: Pair): Promise<MergeBlocker[]> => {
  const today = civilDateOf(nowOf(ports));
  const found = await Promise.all([
    ofVisits(ports, pair.drop),
    ofAccount(ports, pair.drop),
    ofFile(ports, pair.drop, today),
  ]);
  return [...ofRecords(pair, today), ...found.flat()];
};
