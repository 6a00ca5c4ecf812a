/** The elder's side agrees to whoever is to come, or would rather have somebody else. */
import { planAgree, planSomebodyElse } from '@time-bank/care/agree';
import { type RequestFacts, volunteersOf } from '@time-bank/care/request';
import type { Outcome } from '@time-bank/contracts/refusals';
import type { Receipt } from '@time-bank/contracts/request';
import type { AnswerPerson } from '@time-bank/contracts/request-life';
import type { Grant } from '@time-bank/identity/grant';
import { carryOut, together } from './carry-out.ts';
import { commandOf } from './command.ts';
import { policyOfRecord } from './policy-of.ts';
import type { Ports } from './ports.ts';
import { strikeDiaries } from './strike-diaries.ts';
import { tellDesk, tellPeople } from './tell-steps.ts';

/**
 * The grant is over the request. Volunteers whom the elder's side does not want are told kindly, and not why.
 * Refuses: unknown_request, exists_with_different_content, id_too_old, id_from_the_future, wrong_state,
 * unknown_policy_version, busy_try_again.
 */
export const answerPerson = (
  ports: Pick<Ports, 'clock' | 'journal' | 'careBook' | 'policies'>,
  permit: Grant<'answer_person'>,
  asRead: RequestFacts,
  body: AnswerPerson,
): Promise<Outcome<Receipt>> => {
  const { requestId } = asRead.request;
  const command = commandOf(ports, permit, body.commandId, [requestId, body], body.forWhom);
  return carryOut(
    ports,
    { ...command, requestId },
    async (facts) => {
      const { request } = facts;
      const policy = await policyOfRecord(ports, request);
      if (policy.kind === 'refused') return policy;
      if (body.answer === 'agree') {
        const step = planAgree(policy.value, facts, command);
        return step.kind === 'refused' ? step : together(step.value, []);
      }
      const step = planSomebodyElse(facts, command, body.reason);
      if (step.kind === 'refused') return step;
      return together(step.value, [
        ...(await strikeDiaries(ports, request)),
        ...tellPeople(command, request, 'not_chosen', volunteersOf(request)),
        tellDesk(command, request, 'unfilled_soon'),
      ]);
    },
    asRead,
  );
};
