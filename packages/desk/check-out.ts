/** The volunteer ends the visit. */
import type { RequestFacts } from '@time-bank/care/request';
import { planCheckOut } from '@time-bank/care/visit';
import type { Outcome } from '@time-bank/contracts/refusals';
import type { CheckOut, Receipt } from '@time-bank/contracts/request';
import type { Grant } from '@time-bank/identity/grant';
import { carryOut, together } from './carry-out.ts';
import { commandOf } from './command.ts';
import type { Ports } from './ports.ts';

/** Refuses: unknown_request, exists_with_different_content, not_in_service, busy_try_again. */
export const checkOut = (
  ports: Pick<Ports, 'clock' | 'journal' | 'careBook'>,
  permit: Grant<'check_out'>,
  asRead: RequestFacts,
  body: CheckOut,
): Promise<Outcome<Receipt>> => {
  const { requestId } = asRead.request;
  const command = commandOf(ports, permit, body.commandId, [requestId, body]);
  return carryOut(
    ports,
    { ...command, requestId },
    (facts) => {
      const plan = planCheckOut(facts, command);
      return plan.kind === 'refused' ? plan : together(plan.value, []);
    },
    asRead,
  );
};
