/** Nobody took a request, and the desk decides: look again, send a paid provider, or say sorry. */
import type { RequestFacts } from '@time-bank/care/request';
import { planApology, planFallback, planPublishAgain } from '@time-bank/care/unfilled';
import type { Outcome } from '@time-bank/contracts/refusals';
import type { Receipt } from '@time-bank/contracts/request';
import type { DecideUnfilled } from '@time-bank/contracts/request-life';
import { instantOf, msOf } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import type { Fund } from '@time-bank/ledger/change';
import { type Decision, carryOut, together } from './carry-out.ts';
import { commandOf } from './command.ts';
import { checkStart } from './order-for.ts';
import { policyNow } from './policy-of.ts';
import type { Ports } from './ports.ts';
import { givePriority } from './priority.ts';
import { servedBy } from './review-request.ts';
import { tellPeople } from './tell-steps.ts';

type Work = Pick<Ports, 'clock' | 'journal' | 'careBook' | 'policies' | 'personFiles'>;
type Command = ReturnType<typeof commandOf>;

const lookAgain = async (
  ports: Work,
  facts: RequestFacts,
  command: Command,
  { plannedStartAt = command.at, reason }: DecideUnfilled,
): Promise<Decision<Receipt>> => {
  const policy = await policyNow(ports, facts.request.communityCode);
  const startsAt = instantOf(msOf(plannedStartAt));
  const step = planPublishAgain(facts, command, { plannedStartAt: startsAt, reason });
  if (step.kind === 'refused') return step;
  const start = checkStart(policy, startsAt, command.at);
  return start.kind === 'refused' ? start : together(step.value, []);
};

const saySorry = (facts: RequestFacts, command: Command, reason: string): Decision<Receipt> => {
  const { request } = facts;
  const step = planApology(facts, command, { reason });
  if (step.kind === 'refused') return step;
  return together(step.value, tellPeople(command, request, 'unfilled_apology', [request.receiverId]));
};

/**
 * The grant is over the request. `fund`: the purchase that was named, where one was. Whoever was let down comes first
 * when they ask the next time.
 * Refuses: unknown_request, exists_with_different_content, id_too_old, id_from_the_future, starts_in_past,
 * starts_too_late, wrong_state, busy_try_again.
 */
export const decideUnfilled = async (
  ports: Work,
  permit: Grant<'decide_unfilled'>,
  { facts: asRead, fund }: { facts: RequestFacts; fund?: Fund | undefined },
  body: DecideUnfilled,
): Promise<Outcome<Receipt>> => {
  const { requestId } = asRead.request;
  const command = commandOf(ports, permit, body.commandId, [requestId, body]);
  const outcome = await carryOut(
    ports,
    { ...command, requestId },
    (facts) => {
      if (body.then === 'publish_again') return lookAgain(ports, facts, command, body);
      if (body.then === 'apologise') return saySorry(facts, command, body.reason);
      const step = planFallback(facts, command, fund === undefined ? body.reason : servedBy(fund));
      return step.kind === 'refused' ? step : together(step.value, []);
    },
    asRead,
  );
  if (outcome.kind !== 'refused' && body.then === 'apologise') {
    await givePriority(ports, asRead.request, command.at);
  }
  return outcome;
};
