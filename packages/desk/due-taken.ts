/**
 * A visit that somebody has taken: silence agrees where the region says so, and where nobody has come the desk is asked
 * who was not there. A clock alone says of nobody that they did not come.
 */
import { planAgree } from '@time-bank/care/agree';
import { planApology } from '@time-bank/care/unfilled';
import { lastCheckInAt } from '@time-bank/care/visit';
import type { RequestFacts } from '@time-bank/care/request';
import { msOf } from '@time-bank/contracts/time';
import { askDesk, isGivenUp } from './ask-again.ts';
import { carryOut, nowOf, together } from './carry-out.ts';
import { derivedTransfer } from './derived-id.ts';
import { planFree } from './free-hold.ts';
import type { DueWork, OnDue } from './keep-visits.ts';
import { policyOfRecord } from './policy-of.ts';
import { serviceStep } from './service-step.ts';
import { strikeDiaries } from './strike-diaries.ts';

const agree = async (ports: DueWork, asRead: RequestFacts): Promise<boolean> => {
  const command = serviceStep(ports, asRead.request, 'agreed_by_silence');
  const outcome = await carryOut(
    ports,
    command,
    async (facts) => {
      const policy = await policyOfRecord(ports, facts.request);
      if (policy.kind === 'refused') return policy;
      const step = planAgree(policy.value, facts, command);
      return step.kind === 'refused' ? step : together(step.value, []);
    },
    asRead,
  );
  return outcome.kind === 'done';
};

/** Nobody has said what became of it: it is closed as the service's own fault, and costs nobody anything. */
const giveUp = async (ports: DueWork, asRead: RequestFacts): Promise<boolean> => {
  const command = serviceStep(ports, asRead.request, 'nobody_said');
  const outcome = await carryOut(
    ports,
    command,
    async (facts, found) => {
      const { request } = facts;
      const transferId = derivedTransfer(request.plannedStartAt, ['nobody_said', request.requestId]);
      const freed = planFree(request, { ...command, transferId, reason: 'nobody_came' }, found);
      if (freed.kind !== 'done') return freed;
      const reason = 'nobody has said who was not there';
      const step = planApology(facts, command, {
        reason,
        releasedMinutes: freed.value.releasedMinutes,
      });
      if (step.kind === 'refused') return step;
      return together(step.value, [...freed.value.changes, ...(await strikeDiaries(ports, request))]);
    },
    asRead,
  );
  return outcome.kind === 'done';
};

/** What is due on a visit that nobody has begun. */
export const dueTaken: OnDue = async (ports, facts) => {
  const { request } = facts;
  const policy = await policyOfRecord(ports, request);
  if (policy.kind === 'refused') return false;
  if (msOf(nowOf(ports)) < msOf(lastCheckInAt(policy.value, request))) {
    return request.state === 'accepted' && agree(ports, facts);
  }
  return isGivenUp(request) ? giveUp(ports, facts) : askDesk(ports, request, 'no_show');
};
