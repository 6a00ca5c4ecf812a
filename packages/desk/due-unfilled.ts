/** Nobody took it, and the desk has not said what becomes of it: it is asked again, and in the end the service says sorry. */
import { planApology } from '@time-bank/care/unfilled';
import { askDesk, isGivenUp } from './ask-again.ts';
import { carryOut, together } from './carry-out.ts';
import type { OnDue } from './keep-visits.ts';
import { givePriority } from './priority.ts';
import { serviceStep } from './service-step.ts';
import { tellPeople } from './tell-steps.ts';

/** Asks the desk; whoever was let down by its silence comes first the next time, as if it had been said. */
export const dueUnfilled: OnDue = async (ports, asRead) => {
  const { request } = asRead;
  if (!isGivenUp(request)) return askDesk(ports, request, 'unfilled');
  // The token first: what is cut off between the two gives it once more under the same number.
  const command = serviceStep(ports, request, 'nobody_decided');
  await givePriority(ports, request, command.at);
  const outcome = await carryOut(
    ports,
    command,
    (facts) => {
      const step = planApology(facts, command, { reason: 'nobody was found, and nobody said what next' });
      if (step.kind === 'refused') return step;
      return together(
        step.value,
        tellPeople(command, facts.request, 'unfilled_apology', [facts.request.receiverId]),
      );
    },
    asRead,
  );
  return outcome.kind === 'done';
};
