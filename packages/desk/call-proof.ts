/** The hotline has called the elder, or the house: the volunteer is or was there, or is not. */
import { planCallProof } from '@time-bank/care/presence';
import type { RequestFacts } from '@time-bank/care/request';
import type { Outcome } from '@time-bank/contracts/refusals';
import type { Receipt } from '@time-bank/contracts/request';
import type { CallProof } from '@time-bank/contracts/visiting-routes';
import type { Grant } from '@time-bank/identity/grant';
import { carryOut, together } from './carry-out.ts';
import { commandOf } from './command.ts';
import type { Ports } from './ports.ts';

/**
 * Writes the call beside the other proofs of the visit.
 * Refuses: unknown_request, unknown_visit, exists_with_different_content, id_too_old, id_from_the_future, not_in_service,
 * busy_try_again.
 */
export const recordCallProof = (
  ports: Pick<Ports, 'clock' | 'journal' | 'careBook'>,
  permit: Grant<'record_call_proof'>,
  asRead: RequestFacts,
  body: CallProof,
): Promise<Outcome<Receipt>> => {
  const { requestId } = asRead.request;
  const command = commandOf(ports, permit, body.commandId, [requestId, body]);
  return carryOut(
    ports,
    { ...command, requestId },
    (facts) => {
      const plan = planCallProof(facts, command, body);
      return plan.kind === 'refused' ? plan : together(plan.value, []);
    },
    asRead,
  );
};
