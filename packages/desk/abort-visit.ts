/** A visit is broken off by whoever is there: danger, a door that is shown, somebody who is unwell. */
import { planAbort } from '@time-bank/care/presence';
import type { RequestFacts } from '@time-bank/care/request';
import type { Outcome } from '@time-bank/contracts/refusals';
import type { Receipt } from '@time-bank/contracts/request';
import type { AbortVisit } from '@time-bank/contracts/visiting-routes';
import type { Grant } from '@time-bank/identity/grant';
import { carryOut, together } from './carry-out.ts';
import { commandOf } from './command.ts';
import { openAlarm } from './open-alarm.ts';
import type { Ports } from './ports.ts';

/**
 * Ends the visit where it stands; of danger the alarm is given first.
 * Refuses: unknown_request, exists_with_different_content, id_too_old, id_from_the_future, not_in_service, busy_try_again.
 */
export const abortVisit = (
  ports: Pick<Ports, 'clock' | 'journal' | 'careBook' | 'caseBook'>,
  permit: Grant<'abort_visit'>,
  asRead: RequestFacts,
  body: AbortVisit,
): Promise<Outcome<Receipt>> => {
  const { requestId } = asRead.request;
  const { commandId, reason, note } = body;
  const volunteerId = permit.actor.memberId;
  const command = commandOf(ports, permit, commandId, [requestId, body]);
  return carryOut(
    ports,
    { ...command, requestId },
    async (facts) => {
      const words = note === undefined ? reason : `${reason}: ${note}`;
      const plan = planAbort(facts, command, { volunteerId, reason: words });
      if (plan.kind === 'refused') return plan;
      if (reason === 'danger') await openAlarm(ports, facts.request, { alarm: 'danger', by: volunteerId });
      return together(plan.value, []);
    },
    asRead,
  );
};
