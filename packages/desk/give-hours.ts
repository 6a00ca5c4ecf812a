/** A member gives earned hours to a relative to whom they are bound; a coordinator may write it for them. */
import type { GiveHours } from '@time-bank/contracts/giving';
import { accountOf } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import type { Outcome } from '@time-bank/contracts/refusals';
import type { Grant } from '@time-bank/identity/grant';
import { planGift } from '@time-bank/ledger/gift';
import { sightOf } from '@time-bank/ledger/sight';
import { transfer } from './carry-out.ts';
import { orFreeLapsed } from './free-lapsed.ts';
import { decisionOf, memberOrder } from './member-order.ts';
import type { Ports } from './ports.ts';
import { type TransferReceipt, receiptOf } from './transfer-receipt.ts';

/**
 * Gives 1 to 1,440 minutes, final and never passed on. The grant is over the giver.
 * Refuses: session_ended, exists_with_different_content, id_too_old, id_from_the_future, same_account, unknown_account,
 * donate_only_account, account_frozen, account_closed, not_family, receiver_too_young, gift_year_cap_reached,
 * debt_open, insufficient_hours, unknown_receiver, receiver_cannot_receive, cap_reached, busy_try_again.
 */
export const giveHours = async (
  ports: Pick<Ports, 'clock' | 'journal' | 'policies'>,
  permit: Grant<'give_hours' | 'act_for_member'>,
  giver: Member,
  body: GiveHours,
): Promise<Outcome<TransferReceipt>> => {
  const order = await memberOrder(ports, permit, giver, { body, reason: 'gift' });
  const { accountId: from, ...mark } = order.mark;
  const to = accountOf(body.receiverId);
  return transfer<TransferReceipt>(
    ports,
    order,
    ({ heads }) => {
      const sights = { from: sightOf(heads, from), to: sightOf(heads, to) };
      const { policy, authority } = order;
      const gift = { ...mark, policy, authority, from, to, amountMinutes: body.amountMinutes };
      return orFreeLapsed(ports, sights.from, decisionOf(planGift(gift, sights)));
    },
    receiptOf,
  );
};
