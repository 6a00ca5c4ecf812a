/** What the schedule does about visits under way: nobody has checked out, or a visit was broken off. */
import { planAfterAbort, planNeverEnded, planOverdueWord } from '@time-bank/care/presence';
import { type Command, type RequestFacts, type Step, touched } from '@time-bank/care/request';
import type { Planned } from '@time-bank/contracts/refusals';
import { carryOut, nowOf, together } from './carry-out.ts';
import type { DueWork, OnDue } from './keep-visits.ts';
import { serviceStep } from './service-step.ts';

/** Takes a step of the service; true where it was taken. */
const take = async (
  ports: DueWork,
  facts: RequestFacts,
  cause: string,
  plan: (facts: RequestFacts, command: Command) => Planned<Step>,
): Promise<boolean> => {
  const command = serviceStep(ports, facts.request, cause);
  const outcome = await carryOut(
    ports,
    command,
    (now) => {
      const planned = plan(now, command);
      return planned.kind === 'refused' ? planned : together(planned.value, []);
    },
    facts,
  );
  return outcome.kind === 'done';
};

/** Long overdue: the volunteers hear of it, then the desk, then the desk once a day for a week; then the hotline asks. */
export const dueInService: OnDue = async (ports, facts) => {
  const word = planOverdueWord(facts, nowOf(ports));
  if (word === undefined) return take(ports, facts, 'never ended', planNeverEnded);
  const { told, dueAt, change } = word;
  return (await ports.journal.commit([touched(facts.request, { told, dueAt }), change])).kind === 'done';
};

/** A visit that was broken off goes to whoever calls. */
export const dueAborted: OnDue = (ports, facts) => take(ports, facts, 'after abort', planAfterAbort);
