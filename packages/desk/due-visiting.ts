/** What the schedule does about visits under way: nobody has checked out, or a visit was broken off. */
import { planAfterAbort, planOverdueWord } from '@time-bank/care/presence';
import { touched } from '@time-bank/care/request';
import { carryOut, nowOf, together } from './carry-out.ts';
import type { OnDue } from './keep-visits.ts';
import { serviceStep } from './service-step.ts';

/** Long overdue: the volunteers hear of it, then the desk, then the desk once a day for a week. */
export const dueInService: OnDue = async (ports, facts) => {
  const word = planOverdueWord(facts, nowOf(ports));
  const { told, dueAt, change } = word ?? {};
  const moved = touched(
    facts.request,
    {
      ...(told === undefined ? {} : { told }),
      ...(dueAt === undefined ? {} : { dueAt }),
    },
    dueAt === undefined ? ['dueAt'] : [],
  );
  const commit = await ports.journal.commit(change === undefined ? [moved] : [moved, change]);
  return commit.kind === 'done' && change !== undefined;
};

/** A visit that was broken off goes to whoever calls. */
export const dueAborted: OnDue = async (ports, facts) => {
  const command = serviceStep(ports, facts.request, 'after abort');
  const outcome = await carryOut(
    ports,
    command,
    (now) => {
      const plan = planAfterAbort(now, command);
      return plan.kind === 'refused' ? plan : together(plan.value, []);
    },
    facts,
  );
  return outcome.kind === 'done';
};
