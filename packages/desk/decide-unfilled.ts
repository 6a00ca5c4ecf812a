/**
 * Nobody took a request, and the desk decides: look again, look further, ask an organisation, send a paid provider, or say
 * sorry.
 */
import type { RequestFacts } from '@time-bank/care/request';
import { planApology, planFallback, planPublishAgain } from '@time-bank/care/unfilled';
import { type Outcome, type Planned, done, refused } from '@time-bank/contracts/refusals';
import type { Receipt } from '@time-bank/contracts/request';
import type { DecideUnfilled } from '@time-bank/contracts/request-life';
import { civilDateOf, instantOf, msOf } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import type { Fund } from '@time-bank/ledger/change';
import { type Decision, carryOut, together } from './carry-out.ts';
import { whoActsFor } from './change-organisation.ts';
import { commandOf } from './command.ts';
import type { CandidateBooks } from './list-candidates.ts';
import { checkStart } from './order-for.ts';
import { policyNow, policyOfRecord } from './policy-of.ts';
import { givePriority } from './priority.ts';
import { isTooSmall, servedBy } from './review-request.ts';
import { sendWave } from './send-wave.ts';
import type { OrganisationRecord } from './staff-case.ts';
import { tellPeople } from './tell-steps.ts';

type Command = ReturnType<typeof commandOf>;

/** What the desk has named: the purchase of a provider, the organisation that is asked. */
export interface Named {
  fund?: Fund | undefined;
  organisation?: OrganisationRecord | undefined;
}

/** Somebody is looked for again. Refuses: wrong_state, starts_in_past, starts_too_late. */
const lookAgain = async (
  ports: CandidateBooks,
  facts: RequestFacts,
  command: Command,
  {
    body: { then, plannedStartAt = command.at, reason },
    organisation,
  }: { body: DecideUnfilled } & Pick<Named, 'organisation'>,
): Promise<Decision<Receipt>> => {
  const { request } = facts;
  const policy = await policyNow(ports, request.communityCode);
  const startsAt = instantOf(msOf(plannedStartAt));
  const step = planPublishAgain(facts, command, {
    plannedStartAt: startsAt,
    reason: organisation === undefined ? reason : `${organisation.name}: ${reason}`,
    ...(then === 'wider' ? { isWide: true } : {}),
    ...(organisation === undefined ? {} : { organisationId: organisation.caseId }),
  });
  if (step.kind === 'refused') return step;
  const start = checkStart(policy, startsAt, command.at);
  if (start.kind === 'refused') return start;
  const people =
    organisation === undefined ? [] : await whoActsFor(ports, organisation, civilDateOf(command.at));
  return together(step.value, tellPeople(command, request, 'organisation_asked', people));
};

/**
 * Whether a provider may stand in, and the purchase has the hours for it; the write of its use decides.
 * Refuses: unknown_policy_version, fallback_off, purchase_used_up.
 */
const mayFallBack = async (
  ports: CandidateBooks,
  { request }: RequestFacts,
  fund: Fund | undefined,
): Promise<Planned<undefined>> => {
  const policy = await policyOfRecord(ports, request);
  if (policy.kind === 'refused') return policy;
  if (!policy.value.unfilledFallbackOn) return refused('fallback_off');
  return isTooSmall(fund, request) ? refused('purchase_used_up') : done(undefined);
};

const sendProvider = async (
  ports: CandidateBooks,
  facts: RequestFacts,
  command: Command,
  { reason, fund }: { reason: string; fund: Fund | undefined },
): Promise<Decision<Receipt>> => {
  const step = planFallback(facts, command, fund === undefined ? reason : servedBy(fund));
  if (step.kind === 'refused') return step;
  const may = await mayFallBack(ports, facts, fund);
  return may.kind === 'refused' ? may : together(step.value, []);
};

const saySorry = (facts: RequestFacts, command: Command, reason: string): Decision<Receipt> => {
  const { request } = facts;
  const step = planApology(facts, command, { reason });
  if (step.kind === 'refused') return step;
  return together(step.value, tellPeople(command, request, 'unfilled_apology', [request.receiverId]));
};

/** What follows once it is written: whoever was let down comes first the next time; who lives further away is asked. */
const followUp = async (
  ports: CandidateBooks,
  { request }: RequestFacts,
  { then, commandId }: DecideUnfilled,
  at: Command['at'],
): Promise<void> => {
  if (then === 'apologise') await givePriority(ports, request, at);
  if (then !== 'wider') return;
  const now = await ports.careBook.readRequestNow(request.requestId);
  // Cut off here, the same command sent again asks; taken meanwhile, nobody has to be asked.
  if (now !== undefined) await sendWave(ports, now.request, { by: commandId });
};

/**
 * The grant is over the request. `fund`, `organisation`: what was named, where something was.
 * Refuses: unknown_request, exists_with_different_content, id_too_old, id_from_the_future, starts_in_past,
 * starts_too_late, wrong_state, fallback_off, unknown_policy_version, purchase_used_up, busy_try_again.
 */
export const decideUnfilled = async (
  ports: CandidateBooks,
  permit: Grant<'decide_unfilled'>,
  { facts: asRead, fund, organisation }: { facts: RequestFacts } & Named,
  body: DecideUnfilled,
): Promise<Outcome<Receipt>> => {
  const { requestId } = asRead.request;
  const { then, reason } = body;
  const command = commandOf(ports, permit, body.commandId, [requestId, body]);
  const outcome = await carryOut(
    ports,
    { ...command, requestId },
    (facts) => {
      if (then === 'apologise') return saySorry(facts, command, reason);
      if (then === 'fallback') return sendProvider(ports, facts, command, { reason, fund });
      return lookAgain(ports, facts, command, { body, organisation });
    },
    asRead,
  );
  if (outcome.kind !== 'refused') await followUp(ports, asRead, body, command.at);
  return outcome;
};
