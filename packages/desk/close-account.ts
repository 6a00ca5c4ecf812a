/** A coordinator closes an account for ever; what is left goes where the member or the heirs have decided. */
import type { CloseAccount } from '@time-bank/contracts/closing';
import { accountOf } from '@time-bank/contracts/ids';
import { type Outcome, refused } from '@time-bank/contracts/refusals';
import type { Grant } from '@time-bank/identity/grant';
import type { AccountHome } from './account-home.ts';
import { accountOrder } from './account-order.ts';
import { transfer } from './carry-out.ts';
import { endEstate } from './freeze-account.ts';
import { isHomePool } from './home-pool.ts';
import { type RemainderOrder, closingDecision } from './plan-account-closing.ts';
import type { Ports } from './ports.ts';
import { type TransferReceipt, receiptOf } from './transfer-receipt.ts';

const remainderOf = ({ remainder }: CloseAccount): RemainderOrder => {
  switch (remainder.to) {
    case 'pool':
      return remainder;
    case 'heir':
      return { to: 'heir', heirId: accountOf(remainder.heirId) };
    case 'nobody':
      return { to: 'nobody' };
  }
};

/**
 * Closes an account. Grants go back to their pools; lapsed holds are freed first. The reason is the death where the
 * heirs' time runs. The grant is over an account that is not one's own, and no heir of one's own.
 * Refuses: unknown_pool, exists_with_different_content, id_too_old, id_from_the_future, unknown_account,
 * donate_only_account, account_closed, not_family, holds_open, debt_open, unknown_receiver, receiver_cannot_receive,
 * cap_reached, busy_try_again.
 */
export const closeAccount = async (
  ports: Pick<Ports, 'clock' | 'journal' | 'policies' | 'caseBook'>,
  permit: Grant<'close_account'>,
  home: AccountHome,
  body: CloseAccount,
): Promise<Outcome<TransferReceipt>> => {
  const { remainder, note } = body;
  if (remainder.to === 'pool' && !isHomePool(remainder.poolId, home.communityCode)) {
    return refused('unknown_pool');
  }
  const estate = await ports.caseBook.readNow('estate', home.accountId);
  const order = await accountOrder(ports, permit, home, {
    content: body,
    reason: estate?.state === 'open' ? 'death' : 'closing',
    says: { note, ...(remainder.to === 'nobody' ? { document: remainder.document } : {}) },
  });
  const outcome = await transfer<TransferReceipt>(
    ports,
    order,
    (found) => closingDecision(ports, order, remainderOf(body), found),
    receiptOf,
  );
  if (outcome.kind !== 'refused') await endEstate(ports, home.accountId);
  return outcome;
};
