/** A member chooses where minutes above a cap go from now on; a coordinator may write it for them. */
import type { ChooseOverflow } from '@time-bank/contracts/giving';
import type { Member } from '@time-bank/contracts/member';
import { type Outcome, refused } from '@time-bank/contracts/refusals';
import type { Grant } from '@time-bank/identity/grant';
import { planOverflow } from '@time-bank/ledger/mark';
import { transfer } from './carry-out.ts';
import { isHomePool } from './home-pool.ts';
import { memberOrder, onceSeen } from './member-order.ts';
import type { Ports } from './ports.ts';
import { type TransferReceipt, receiptOf } from './transfer-receipt.ts';

/**
 * Honour minutes, or a pool of the member's home. The grant is over the member. What has gone before stays where
 * it went.
 * Refuses: session_ended, unknown_pool, exists_with_different_content, id_too_old, id_from_the_future, unknown_account,
 * account_closed, busy_try_again.
 */
export const chooseOverflow = async (
  ports: Pick<Ports, 'clock' | 'journal' | 'policies'>,
  permit: Grant<'choose_overflow' | 'act_for_member'>,
  member: Member,
  body: ChooseOverflow,
): Promise<Outcome<TransferReceipt>> => {
  const poolId = body.overflowTo === 'honour' ? undefined : body.overflowTo;
  if (poolId !== undefined && !isHomePool(poolId, member.communityCode)) return refused('unknown_pool');
  const order = await memberOrder(ports, permit, member, { body, reason: 'choice' });
  const { authority } = order;
  const mark = { ...order.mark, authority, ...(poolId === undefined ? {} : { poolId }) };
  return transfer<TransferReceipt>(
    ports,
    order,
    (found) => onceSeen(found, order.home.accountId, (head) => planOverflow(mark, head)),
    receiptOf,
  );
};
