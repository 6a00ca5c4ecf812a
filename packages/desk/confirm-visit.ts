/**
 * The elder's side confirms a visit, and its hours are banked: the request is settled and the minutes move in
 * one transaction. For a visit that a member pays, the hold is used and what is left of it released.
 */
import type { RequestFacts } from '@time-bank/care/request';
import { planConfirm } from '@time-bank/care/visit';
import { accountOf } from '@time-bank/contracts/ids';
import type { Outcome } from '@time-bank/contracts/refusals';
import { countyOf } from '@time-bank/contracts/region';
import type { ConfirmVisit, Receipt } from '@time-bank/contracts/request';
import type { Grant } from '@time-bank/identity/grant';
import { planBank, planCapture } from '@time-bank/ledger/movement';
import { policyFor } from '@time-bank/policy/policy';
import { carryOut, together } from './carry-out.ts';
import { commandOf, movementFacts } from './command.ts';
import { readHoldOf } from './hold-of.ts';
import type { Ports } from './ports.ts';

/**
 * Refuses: unknown_request, exists_with_different_content, not_awaiting_confirmation, unknown_account,
 * cap_reached, hold_not_open, busy_try_again.
 */
export const confirmVisit = (
  ports: Pick<Ports, 'clock' | 'journal' | 'careBook'>,
  permit: Grant<'confirm_visit'>,
  asRead: RequestFacts,
  body: ConfirmVisit,
): Promise<Outcome<Receipt>> => {
  const { requestId } = asRead.request;
  const command = commandOf(ports, permit, body.transferId, [requestId, body]);
  return carryOut(
    ports,
    { ...command, requestId },
    async (facts) => {
      const policy = policyFor(countyOf(facts.request.communityCode));
      const hold = await readHoldOf(ports, facts.request);
      if (hold.kind === 'refused') return hold;
      const plan = planConfirm(policy, facts, command, {
        transferId: body.transferId,
        heldMinutes: hold.value?.amountMinutes,
      });
      if (plan.kind === 'refused') return plan;
      const credit = {
        policy,
        transferId: body.transferId,
        accountId: accountOf(plan.value.volunteerId),
        facts: movementFacts(command, facts.request, 'visit confirmed'),
      };
      const amountMinutes = plan.value.creditedMinutes;
      if (hold.value !== undefined) {
        return together(plan.value, planCapture({ ...credit, hold: hold.value, usedMinutes: amountMinutes }));
      }
      return together(plan.value, amountMinutes === 0 ? [] : planBank({ ...credit, amountMinutes }));
    },
    asRead,
  );
};
