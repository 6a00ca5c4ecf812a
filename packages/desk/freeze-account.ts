/**
 * A coordinator freezes an account, after a death or in a dispute, and frees it again. After a death the heirs have
 * the region's `heirMonthsMax` to say where the hours go; a kept case remembers until when.
 */
import type { FreezeAccount, UnfreezeAccount } from '@time-bank/contracts/closing';
import type { AccountId, TransferId } from '@time-bank/contracts/ids';
import type { Outcome } from '@time-bank/contracts/refusals';
import { townshipOf } from '@time-bank/contracts/region';
import { civilDateOf, startOfDay } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import { planFreeze, planUnfreeze } from '@time-bank/ledger/mark';
import type { AccountHome } from './account-home.ts';
import { accountOrder } from './account-order.ts';
import { transfer } from './carry-out.ts';
import { readFrozenBy } from './frozen-by.ts';
import { monthsAfter } from './grant-period.ts';
import { type MemberOrder, onceSeen } from './member-order.ts';
import type { Ports } from './ports.ts';
import type { EstateCase } from './staff-case.ts';
import { type TransferReceipt, receiptOf } from './transfer-receipt.ts';

type Work = Pick<Ports, 'clock' | 'journal' | 'policies' | 'caseBook'>;

/** The schedule and a coordinator may meet on a case; more than that hardly ever. */
const TRIES_MAX = 5;

/**
 * Ends the case of an account whose hours have gone where they belong, or whose owner is alive. One whose own freeze
 * is in force is left alone.
 */
export const endEstate = async (
  ports: Pick<Ports, 'caseBook' | 'journal'>,
  accountId: AccountId,
): Promise<void> => {
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const estate = await ports.caseBook.readNow('estate', accountId);
    if (estate?.state !== 'open') return;
    const { freezeId, openedAt, version } = estate;
    if ((await readFrozenBy(ports, { accountId, freezeId, frozenAt: openedAt })) !== undefined) return;
    if (await ports.caseBook.move({ ...estate, version: version + 1, state: 'ended' })) return;
  }
};

const openEstate = async (
  ports: Work,
  { accountId, communityCode }: AccountHome,
  order: {
    openedBy: EstateCase['openedBy'];
    freezeId: TransferId;
    frozenAt: string;
    policy: MemberOrder['policy'];
  },
): Promise<void> => {
  const { openedBy, freezeId, frozenAt, policy } = order;
  const before = await ports.caseBook.readNow('estate', accountId);
  if (before?.freezeId === freezeId) return;
  // A late retry of a freeze that was undone since opens nothing.
  if ((await readFrozenBy(ports, { accountId, freezeId, frozenAt })) === undefined) return;
  const until = monthsAfter(civilDateOf(frozenAt), policy.heirMonthsMax);
  const estate: EstateCase = {
    kind: 'estate',
    caseId: accountId,
    version: (before?.version ?? 0) + 1,
    region: townshipOf(communityCode),
    communityCode,
    openedBy,
    openedAt: frozenAt,
    dueAt: startOfDay(until),
    fingerprint: freezeId,
    freezeId,
    state: 'open',
  };
  await (before === undefined ? ports.caseBook.put(estate) : ports.caseBook.move(estate));
};

/**
 * Freezes an account. The grant is over an account that is not one's own.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, unknown_account, donate_only_account,
 * account_frozen, account_closed, busy_try_again.
 */
export const freezeAccount = async (
  ports: Work,
  permit: Grant<'freeze_account'>,
  home: AccountHome,
  body: FreezeAccount,
): Promise<Outcome<TransferReceipt>> => {
  const { reason, note, transferId } = body;
  const order = await accountOrder(ports, permit, home, { content: body, reason, says: { note } });
  const outcome = await transfer<TransferReceipt>(
    ports,
    order,
    (found) => onceSeen(found, home.accountId, (head) => planFreeze(order.mark, head)),
    receiptOf,
  );
  if (outcome.kind !== 'refused' && reason === 'death') {
    await openEstate(ports, home, {
      openedBy: permit.actor.memberId,
      freezeId: transferId,
      frozenAt: outcome.value.at,
      policy: order.policy,
    });
  }
  return outcome;
};

/**
 * Frees an account. The grant is over an account that is not one's own.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, unknown_account, account_not_frozen,
 * busy_try_again.
 */
export const unfreezeAccount = async (
  ports: Work,
  permit: Grant<'unfreeze_account'>,
  home: AccountHome,
  body: UnfreezeAccount,
): Promise<Outcome<TransferReceipt>> => {
  const { note } = body;
  const order = await accountOrder(ports, permit, home, { content: body, reason: 'choice', says: { note } });
  const outcome = await transfer<TransferReceipt>(
    ports,
    order,
    (found) => onceSeen(found, home.accountId, (head) => planUnfreeze(order.mark, head)),
    receiptOf,
  );
  // A retry, too: the first time may have been cut off before this.
  if (outcome.kind !== 'refused') await endEstate(ports, home.accountId);
  return outcome;
};
