/** What waits for a review: the desk is asked again, and what should have begun is void. */
import { planLapse } from '@time-bank/care/review';
import { msOf } from '@time-bank/contracts/time';
import { askDesk } from './ask-again.ts';
import { carryOut, nowOf, together } from './carry-out.ts';
import { derivedTransfer } from './derived-id.ts';
import { planFree } from './free-hold.ts';
import type { OnDue } from './keep-visits.ts';
import { givePriority } from './priority.ts';
import { serviceStep } from './service-step.ts';
import { tellPeople } from './tell-steps.ts';

/** Asks the desk for its review; after the planned start it is over, and whoever asked is told and comes first the next time. */
export const dueSubmitted: OnDue = async (ports, { request: asRead }) => {
  if (msOf(nowOf(ports)) < msOf(asRead.plannedStartAt)) return askDesk(ports, asRead, 'review_waiting');
  const command = serviceStep(ports, asRead, 'not_reviewed');
  // The token first: what is cut off between the two gives it once more under the same number.
  await givePriority(ports, asRead, command.at);
  const outcome = await carryOut(ports, command, (facts, found) => {
    const { request } = facts;
    const transferId = derivedTransfer(request.plannedStartAt, ['not_reviewed', request.requestId]);
    const freed = planFree(request, { ...command, transferId, reason: 'nobody_came' }, found);
    if (freed.kind !== 'done') return freed;
    const step = planLapse(facts, command, freed.value.releasedMinutes);
    if (step.kind === 'refused') return step;
    return together(step.value, [
      ...freed.value.changes,
      ...tellPeople(command, request, 'unfilled_apology', [request.receiverId]),
    ]);
  });
  return outcome.kind === 'done';
};
