/** The elder's side confirms a visit, or staff of the place do for somebody without a telephone; its hours are banked. */
import type { RequestFacts } from '@time-bank/care/request';
import type { Outcome } from '@time-bank/contracts/refusals';
import type { ConfirmVisit, Receipt } from '@time-bank/contracts/request';
import type { Grant } from '@time-bank/identity/grant';
import { commandOf } from './command.ts';
import { onDevice } from './on-device.ts';
import type { Ports } from './ports.ts';
import { settleVisit } from './settle-visit.ts';

/**
 * Refuses: unknown_request, exists_with_different_content, id_too_old, id_from_the_future,
 * not_awaiting_confirmation, unknown_policy_version, unknown_account, account_closed, hold_not_open, busy_try_again.
 */
export const confirmVisit = (
  ports: Pick<Ports, 'clock' | 'journal' | 'careBook' | 'policies'>,
  permit: Grant<'confirm_visit'>,
  asRead: RequestFacts,
  body: ConfirmVisit,
): Promise<Outcome<Receipt>> => {
  const { requestId } = asRead.request;
  const given = commandOf(ports, permit, body.transferId, [requestId, body], body.forWhom);
  const command = onDevice(permit, given);
  return settleVisit(ports, { ...command, requestId }, body.transferId, asRead);
};
