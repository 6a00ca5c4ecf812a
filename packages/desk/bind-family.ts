/**
 * Family ties: a coordinator binds a relative to a giver, on a proof that was shown, and ends the tie again.
 * Hours can be given along it from the day on which the receiver is old enough.
 */
import type { BindFamily, EndFamily, FamilyList, FamilyTie } from '@time-bank/contracts/giving';
import { MemberId, accountOf } from '@time-bank/contracts/ids';
import { type Member, surnameOf } from '@time-bank/contracts/member';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import { type CivilDate, civilDateOf, dateOfAge } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import type { Bond } from '@time-bank/ledger/account';
import { planBond, planBondEnd } from '@time-bank/ledger/mark';
import { redeemAgeFor } from '@time-bank/policy/may-redeem';
import type { Policy } from '@time-bank/policy/policy';
import { nowOf, transfer } from './carry-out.ts';
import { memberOrder, onceSeen } from './member-order.ts';
import { policyNow } from './policy-of.ts';
import type { Ports } from './ports.ts';
import { type TransferReceipt, receiptOf } from './transfer-receipt.ts';

/** The day from which the receiver may be given hours: today, or the birthday on which they are old enough. */
const startOf = (policy: Policy, { birthDate }: Pick<Member, 'birthDate'>, today: CivilDate): CivilDate => {
  if (!policy.giftReceiverMustReachRedeemAge) return today;
  const oldEnough = dateOfAge(birthDate, redeemAgeFor(policy, false));
  return oldEnough > today ? oldEnough : today;
};

/**
 * Binds `receiver` to `giver`, or says anew how they stand. The grant is over the giver. The rules are those of
 * the giver's home.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, same_account, unknown_account,
 * donate_only_account, account_frozen, account_closed, not_family, too_many_bonds, busy_try_again.
 */
export const bindFamily = async (
  ports: Pick<Ports, 'clock' | 'journal' | 'policies'>,
  permit: Grant<'bind_family'>,
  { giver, receiver }: { giver: Member; receiver: Member },
  body: BindFamily,
): Promise<Outcome<TransferReceipt>> => {
  const { proof: note, document, relation } = body;
  const says = { note, ...(document === undefined ? {} : { document }) };
  const order = await memberOrder(ports, permit, giver, { body, reason: 'family_tie', says });
  const { policy, mark } = order;
  const tie: Bond = { relation, from: startOf(policy, receiver, civilDateOf(order.at)) };
  const bond = { ...mark, policy, with: accountOf(receiver.memberId), tie };
  return transfer<TransferReceipt>(
    ports,
    order,
    (found) => onceSeen(found, mark.accountId, (head) => planBond(bond, head)),
    receiptOf,
  );
};

/**
 * Ends a tie; what was given stays given. The grant is over the giver.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, unknown_account, account_closed,
 * not_family, busy_try_again.
 */
export const endFamily = async (
  ports: Pick<Ports, 'clock' | 'journal' | 'policies'>,
  permit: Grant<'bind_family'>,
  giver: Member,
  body: EndFamily,
): Promise<Outcome<TransferReceipt>> => {
  const says = { note: body.reason };
  const order = await memberOrder(ports, permit, giver, { body, reason: 'family_tie', says });
  const end = { ...order.mark, with: accountOf(body.receiverId) };
  return transfer<TransferReceipt>(
    ports,
    order,
    (found) => onceSeen(found, order.home.accountId, (head) => planBondEnd(end, head)),
    receiptOf,
  );
};

const tieOf = (member: Member, { relation, from }: Bond, canReceive: boolean): FamilyTie => ({
  memberId: member.memberId,
  surname: surnameOf(member.name),
  gender: member.gender,
  relation,
  from,
  canReceive,
});

/** The ties of a member, those who can receive first. The grant is over the giver. Refuses: unknown_account. */
export const listFamily = async (
  ports: Pick<Ports, 'clock' | 'journal' | 'people' | 'policies'>,
  _permit: Grant<'list_family'>,
  giver: Member,
): Promise<Outcome<FamilyList>> => {
  const head = await ports.journal.readAccountNow(accountOf(giver.memberId));
  if (head === undefined) return refused('unknown_account');
  const bonds = new Map(
    Object.entries(head.bonds).map(([accountId, bond]): [MemberId, Bond] => [
      MemberId.parse(`mem_${accountId.slice(4)}`),
      bond,
    ]),
  );
  const [people, policy] = await Promise.all([
    ports.people.readMembers([...bonds.keys()]),
    policyNow(ports, giver.communityCode),
  ]);
  const today = civilDateOf(nowOf(ports));
  const items = [...bonds].flatMap(([memberId, bond]): FamilyTie[] => {
    const member = people.get(memberId);
    const canReceive = bond.from <= today && policy.giftRelations.includes(bond.relation);
    return member === undefined ? [] : [tieOf(member, bond, canReceive)];
  });
  items.sort(
    (one, other) =>
      Number(other.canReceive) - Number(one.canReceive) || (one.memberId < other.memberId ? -1 : 1),
  );
  return done({ items });
};
