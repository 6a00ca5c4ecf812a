/** What a group has done is banked for its organisation, all people together, and the organisation gives it to a pool. */
import { ulidTime } from '@time-bank/contracts/ids';
import type { BankGroupHours, DonateGroupHours } from '@time-bank/contracts/organisation';
import { type Outcome, refused } from '@time-bank/contracts/refusals';
import { civilDateOf, instantOf, plusMinutes } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import { planBank } from '@time-bank/ledger/bank';
import { planDonate } from '@time-bank/ledger/pool';
import { sightOf } from '@time-bank/ledger/sight';
import type { AccountHome } from './account-home.ts';
import { accountOrder } from './account-order.ts';
import { transfer } from './carry-out.ts';
import { isHomePool } from './home-pool.ts';
import { decisionOf } from './member-order.ts';
import type { Ports } from './ports.ts';
import { type TransferReceipt, receiptOf } from './transfer-receipt.ts';

type Work = Pick<Ports, 'clock' | 'journal' | 'policies'>;

/** What a group did is banked within 366 days. */
const PAST_MINUTES_MAX = 366 * 24 * 60;

const invalidDate = (message: string) =>
  refused('invalid_fields', { details: [{ property: 'date', message }] });

/**
 * Banks group hours. The line says which activity it was and of how many people. The grant is over an organisation.
 * Refuses: invalid_fields (a day to come, or more than 366 days ago), exists_with_different_content, id_too_old, id_from_the_future,
 * unknown_account, account_closed, busy_try_again.
 */
export const bankGroupHours = async (
  ports: Work,
  permit: Grant<'bank_group_hours'>,
  organisation: AccountHome,
  body: BankGroupHours,
): Promise<Outcome<TransferReceipt>> => {
  const { activity, participants, date, totalMinutes } = body;
  const order = await accountOrder(ports, permit, organisation, {
    content: body,
    reason: 'group_activity',
    says: { note: `${activity} × ${String(participants)}` },
  });
  if (date > civilDateOf(order.at)) return invalidDate('is still to come');
  // By when the command was made, so that a success that is sent again much later stays one.
  const made = instantOf(ulidTime(body.transferId));
  if (date < civilDateOf(plusMinutes(made, -PAST_MINUTES_MAX))) return invalidDate('is too long ago');
  const credit = {
    ...order.mark,
    policy: order.policy,
    amountMinutes: totalMinutes,
    serviceDay: date,
    isGroup: true,
  };
  return transfer<TransferReceipt>(
    ports,
    order,
    ({ heads }) => decisionOf(planBank(credit, sightOf(heads, organisation.accountId))),
    receiptOf,
  );
};

/**
 * Gives group hours to a pool of the organisation's home. The grant is over an organisation.
 * Refuses: unknown_pool, exists_with_different_content, id_too_old, id_from_the_future, donation_not_allowed,
 * unknown_account, account_frozen, account_closed, debt_open, insufficient_hours, busy_try_again.
 */
export const donateGroupHours = async (
  ports: Work,
  permit: Grant<'donate_group_hours'>,
  organisation: AccountHome,
  body: DonateGroupHours,
): Promise<Outcome<TransferReceipt>> => {
  const { poolId, totalMinutes } = body;
  if (!isHomePool(poolId, organisation.communityCode)) return refused('unknown_pool');
  const order = await accountOrder(ports, permit, organisation, { content: body, reason: 'donation' });
  const donation = { ...order.mark, policy: order.policy, poolId, amountMinutes: totalMinutes };
  return transfer<TransferReceipt>(
    ports,
    order,
    ({ heads }) => decisionOf(planDonate(donation, sightOf(heads, organisation.accountId))),
    receiptOf,
  );
};
