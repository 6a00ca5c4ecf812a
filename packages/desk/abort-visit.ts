/**
 * A visit is broken off by whoever is there: danger, a door that is shown, somebody who is unwell. Of danger help is
 * called for first and the step is written after it: what is cut off between the two leaves a call too many, never one
 * too few, and the step, sent again, finds it.
 */
import { planAbort } from '@time-bank/care/presence';
import type { RequestFacts } from '@time-bank/care/request';
import type { Outcome } from '@time-bank/contracts/refusals';
import type { Receipt } from '@time-bank/contracts/request';
import type { AbortVisit } from '@time-bank/contracts/visiting-routes';
import type { Grant } from '@time-bank/identity/grant';
import { carryOut, together } from './carry-out.ts';
import { commandOf } from './command.ts';
import { callHelpAtVisit } from './help-at-visit.ts';
import { openAlarm } from './open-alarm.ts';
import type { Ports } from './ports.ts';

type Work = Pick<Ports, 'clock' | 'journal' | 'careBook' | 'caseBook' | 'personFiles'>;

/**
 * Ends the visit where it stands. Of danger help is called for, and the alarm stays until somebody has looked.
 * Refuses: unknown_request, exists_with_different_content, id_too_old, id_from_the_future, not_in_service, busy_try_again.
 */
export const abortVisit = (
  ports: Work,
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
      if (reason === 'danger') {
        const called = await callHelpAtVisit(ports, facts, 'broken_off_for_danger', {
          volunteerId,
          words: note,
        });
        if (called.kind === 'refused') return called;
        await openAlarm(ports, facts.request, { alarm: 'danger', by: volunteerId });
      }
      return together(plan.value, []);
    },
    asRead,
  );
};
