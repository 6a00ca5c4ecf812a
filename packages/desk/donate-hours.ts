/** A member gives hours to everybody: to the pool of their township or county; a coordinator may write it for them. */
import type { DonateHours } from '@time-bank/contracts/giving';
import type { Member } from '@time-bank/contracts/member';
import { type Outcome, refused } from '@time-bank/contracts/refusals';
import type { Grant } from '@time-bank/identity/grant';
import { planDonate } from '@time-bank/ledger/pool';
import { sightOf } from '@time-bank/ledger/sight';
import { transfer } from './carry-out.ts';
import { orFreeLapsed } from './free-lapsed.ts';
import { isHomePool } from './home-pool.ts';
import { decisionOf, memberOrder } from './member-order.ts';
import type { Ports } from './ports.ts';
import { type TransferReceipt, receiptOf } from './transfer-receipt.ts';

/**
 * Donates 1 to 1,440 minutes, gifts received first. The grant is over the donor.
 * Refuses: session_ended, unknown_pool, exists_with_different_content, id_too_old, id_from_the_future, donation_not_allowed,
 * unknown_account, account_frozen, account_closed, debt_open, insufficient_hours, busy_try_again.
 */
export const donateHours = async (
  ports: Pick<Ports, 'clock' | 'journal' | 'policies'>,
  permit: Grant<'donate_hours' | 'act_for_member'>,
  donor: Member,
  body: DonateHours,
): Promise<Outcome<TransferReceipt>> => {
  const { poolId, amountMinutes } = body;
  if (!isHomePool(poolId, donor.communityCode)) return refused('unknown_pool');
  const order = await memberOrder(ports, permit, donor, { body, reason: 'donation' });
  return transfer<TransferReceipt>(
    ports,
    order,
    ({ heads }) => {
      const sight = sightOf(heads, order.home.accountId);
      const { mark, policy, authority } = order;
      const donation = { ...mark, policy, authority, poolId, amountMinutes };
      return orFreeLapsed(ports, sight, decisionOf(planDonate(donation, sight)));
    },
    receiptOf,
  );
};
