/**
 * Staff answer what somebody has asked about their data. An erasure that is done destroys the key under which the
 * person is kept: nobody can read their name again, and the ledger keeps what was given and received under an id that
 * leads nowhere.
 */
import { isUnderWay } from '@time-bank/care/life';
import { type MemberId, accountOf } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import type { AnswerDataWish, DataWishView } from '@time-bank/contracts/privacy';
import { type Outcome, done, refused, replayed } from '@time-bank/contracts/refusals';
import { isInForce, isStaffRole } from '@time-bank/contracts/role';
import { civilDateOf } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import { presentWish } from './ask-about-data.ts';
import { nowOf, refusedByAge } from './carry-out.ts';
import { endRows, everyOne } from './end-sessions.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { WishLeaf } from './person-leaf.ts';
import type { Ports } from './ports.ts';

/** As many visits are looked through for one that is not over; the newest come first. */
const VISITS_LOOKED_AT = 100;

/** What stands in the way of erasing somebody, as stable words. */
type Blocker = 'account_open' | 'visits_open' | 'roles_open';

const blockersOf = async (
  ports: Pick<Ports, 'clock' | 'journal' | 'careBook'>,
  member: Member,
): Promise<Blocker[]> => {
  const { memberId, roles } = member;
  const page = { limit: VISITS_LOOKED_AT };
  const [head, received, visited] = await Promise.all([
    ports.journal.readAccountNow(accountOf(memberId)),
    ports.careBook.listReceived(memberId, page),
    ports.careBook.listVisited(memberId, page),
  ]);
  const today = civilDateOf(nowOf(ports));
  const hasVisits = [...received.items, ...visited.items].some(({ request }) => isUnderWay(request.state));
  const isStaff = roles.some((role) => isStaffRole(role.role) && isInForce(role, today));
  return [
    ...(head === undefined || head.state === 'closed' ? [] : (['account_open'] as const)),
    ...(hasVisits ? (['visits_open'] as const) : []),
    ...(isStaff ? (['roles_open'] as const) : []),
  ];
};

type Work = Pick<Ports, 'clock' | 'journal' | 'careBook' | 'people' | 'personFiles' | 'sessions'>;

/** The records that staff have merged into a person's: the same person under other ids, those merged first at the front. */
const mergedInto = async (ports: Pick<Ports, 'personFiles'>, memberId: MemberId): Promise<MemberId[]> => {
  const merges = await ports.personFiles.listNow('merge', memberId);
  const dropped = merges.filter(({ state }) => state === 'done').map(({ otherId }) => otherId);
  const before = await Promise.all(dropped.map((each) => mergedInto(ports, each)));
  return [...before.flat(), ...dropped];
};

/** Erases somebody under all their ids, the one by which the others are found last. Safe to repeat. */
const erasePerson = async (ports: Work, memberId: MemberId): Promise<void> => {
  // The account is closed by now: nothing moves on it, so it takes no line of this.
  await endRows(ports, memberId, { reason: 'ended_by_staff', isMeant: everyOne });
  for (const each of await mergedInto(ports, memberId)) await ports.people.erase(each, nowOf(ports));
  await ports.people.erase(memberId, nowOf(ports));
};

/**
 * Answers a wish, once. An erasure that was cut off waits in its list until somebody of the staff sends it again; when
 * it is over, nothing is left by which a further sending could be known: it finds nobody.
 * Refuses: unknown_file, exists_with_different_content, id_too_old, id_from_the_future, changed_meanwhile,
 * erasure_blocked, busy_try_again.
 */
export const answerDataWish = async (
  ports: Work,
  permit: Grant<'decide_about_data'>,
  { member, leaf }: { member: Member; leaf: WishLeaf },
  body: AnswerDataWish,
): Promise<Outcome<DataWishView>> => {
  const { commandId, decision, answer: words } = body;
  const at = nowOf(ports);
  const fingerprint = fingerprintOf([permit.action, permit.actor.memberId, leaf.fileId, body]);
  const isErasure = leaf.wish === 'erasure' && decision === 'done';
  const finish = async (said: WishLeaf): Promise<Outcome<DataWishView>> => {
    await erasePerson(ports, member.memberId);
    return done(presentWish(said));
  };
  if (leaf.answer?.commandId === commandId) {
    if (leaf.answer.fingerprint !== fingerprint) return refused('exists_with_different_content');
    return isErasure ? finish(leaf) : replayed(presentWish(leaf));
  }
  const byAge = refusedByAge(commandId, at);
  if (byAge !== undefined) return byAge;
  if (isErasure && leaf.state === 'done') return finish(leaf);
  if (leaf.state !== 'asked') return refused('changed_meanwhile');
  if (isErasure) {
    const reasons = await blockersOf(ports, member);
    if (reasons.length > 0) return refused('erasure_blocked', { reasons });
  }
  const { waits, ...rest } = leaf;
  const answered: WishLeaf = {
    ...rest,
    ...(isErasure && waits !== undefined ? { waits } : {}),
    version: leaf.version + 1,
    state: decision === 'done' ? 'done' : 'refused',
    answer: { commandId, fingerprint, by: permit.actor.memberId, at, words },
  };
  if (!(await ports.personFiles.move(answered))) return refused('changed_meanwhile');
  return isErasure ? finish(answered) : done(presentWish(answered));
};
