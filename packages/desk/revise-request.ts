/** Whoever asked changes what is not published yet, and keeps it as a draft or hands it in. */
import { checkOrder } from '@time-bank/care/catalogue';
import type { RequestFacts } from '@time-bank/care/request';
import { type Revision, planRevise } from '@time-bank/care/review';
import type { Member } from '@time-bank/contracts/member';
import { type Outcome, type Planned, done, refused } from '@time-bank/contracts/refusals';
import type { Receipt } from '@time-bank/contracts/request';
import type { ReviseRequest } from '@time-bank/contracts/request-life';
import { type Instant, instantOf, msOf } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import type { Policy } from '@time-bank/policy/policy';
import { carryOut, together } from './carry-out.ts';
import { commandOf } from './command.ts';
import { checkStart, personsFor } from './order-for.ts';
import { policyOfRecord } from './policy-of.ts';
import type { Ports } from './ports.ts';
import { tellDesk } from './tell-steps.ts';

const wordsOf = (body: ReviseRequest): Revision => ({
  ...(body.serviceCode === undefined ? {} : { serviceCode: body.serviceCode }),
  ...(body.plannedStartAt === undefined ? {} : { plannedStartAt: instantOf(msOf(body.plannedStartAt)) }),
  ...(body.plannedMinutes === undefined ? {} : { plannedMinutes: body.plannedMinutes }),
  ...(body.wishes === undefined ? {} : { wishes: body.wishes }),
  ...(body.note === undefined ? {} : { note: body.note }),
});

/** What is changed, once the whole was held against the rules under which it was asked. */
const revisionOf = (
  policy: Policy,
  { request }: RequestFacts,
  { body, receiver, now }: { body: ReviseRequest; receiver: Member | undefined; now: Instant },
): Planned<Revision> => {
  const words = wordsOf(body);
  const whole = { ...request, ...words };
  const start = checkStart(policy, whole.plannedStartAt, now);
  if (start.kind === 'refused') return start;
  if (receiver === undefined) return refused('not_receiving_care');
  const { serviceCode, plannedStartAt, plannedMinutes } = whole;
  const { abilityLevel } = receiver;
  const order = { serviceCode, plannedStartAt, plannedMinutes, abilityLevel, paidBy: 'community' } as const;
  const traits = checkOrder(policy, order);
  if (traits.kind === 'refused') return traits;
  const { persons: _persons, ...alone } = whole;
  return done({ ...words, ...personsFor(policy, alone, traits.value, receiver) });
};

/**
 * The grant is over the request.
 * Refuses: unknown_request, exists_with_different_content, id_too_old, id_from_the_future, starts_in_past,
 * starts_too_late, not_receiving_care, service_not_offered, service_not_suited, outside_service_hours,
 * minutes_out_of_bounds, wrong_state, unknown_policy_version, busy_try_again.
 */
export const reviseRequest = (
  ports: Pick<Ports, 'clock' | 'journal' | 'careBook' | 'people' | 'policies'>,
  permit: Grant<'revise_request'>,
  asRead: RequestFacts,
  body: ReviseRequest,
): Promise<Outcome<Receipt>> => {
  const { requestId, receiverId } = asRead.request;
  const command = commandOf(ports, permit, body.commandId, [requestId, body], body.forWhom);
  return carryOut(
    ports,
    { ...command, requestId },
    async (facts) => {
      const [policy, receiver] = await Promise.all([
        policyOfRecord(ports, facts.request),
        ports.people.readMember(receiverId),
      ]);
      if (policy.kind === 'refused') return policy;
      const revision = revisionOf(policy.value, facts, { body, receiver, now: command.at });
      if (revision.kind === 'refused') return revision;
      const step = planRevise(facts, command, body.to, revision.value);
      if (step.kind === 'refused') return step;
      const isHandedIn = body.to === 'submitted';
      return together(step.value, isHandedIn ? [tellDesk(command, facts.request, 'review_waiting')] : []);
    },
    asRead,
  );
};
