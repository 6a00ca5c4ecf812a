/** What an order becomes, once it was held against the rules of its place: the request that is to be written. */
import { checkOrder, type Payer } from '@time-bank/care/catalogue';
import type { planPut } from '@time-bank/care/request';
import type { ServiceTraits } from '@time-bank/care/service';
import { type Member, surnameOf } from '@time-bank/contracts/member';
import { type Planned, done, refused } from '@time-bank/contracts/refusals';
import type { PostRequest, RedeemHours } from '@time-bank/contracts/request';
import type { AskForHelp } from '@time-bank/contracts/request-life';
import { type Instant, instantOf, msOf, plusMinutes } from '@time-bank/contracts/time';
import { DAY_MINUTES } from '@time-bank/ledger/amount';
import { type Policy, dueMinutes } from '@time-bank/policy/policy';
import { visitWanted } from './volunteer-facts.ts';

/** A start that was five minutes ago when the form was sent is still meant. */
const PAST_GRACE_MINUTES = 5;

/** From this risk on somebody looks at what people ask for on their own before it is published. */
const REVIEWED_FROM_RISK = 2;

/** Refuses: starts_in_past, starts_too_late. */
export const checkStart = (policy: Policy, plannedStartAt: Instant, now: Instant): Planned<undefined> => {
  if (msOf(plannedStartAt) < msOf(plusMinutes(now, -PAST_GRACE_MINUTES))) return refused('starts_in_past');
  const last = plusMinutes(now, policy.postAheadDaysMax * 24 * 60);
  return msOf(plannedStartAt) > msOf(last) ? refused('starts_too_late') : done(undefined);
};

type Body = PostRequest | RedeemHours | AskForHelp;
type Wanted = Omit<Parameters<typeof planPut>[1], 'postedBy'>;

/** What a request takes from its form and its receiver. */
const wantedFrom = (body: Body, receiver: Member, policy: Policy): Wanted => ({
  requestId: body.requestId,
  serviceCode: body.serviceCode,
  receiverId: receiver.memberId,
  receiver: { surname: surnameOf(receiver.name), gender: receiver.gender },
  communityCode: receiver.communityCode,
  plannedStartAt: instantOf(msOf(body.plannedStartAt)),
  plannedMinutes: body.plannedMinutes,
  place: body.place ?? {
    address: receiver.address,
    ...(receiver.point === undefined ? {} : { point: receiver.point }),
  },
  wishes: body.wishes,
  ...(body.note === undefined || body.note === '' ? {} : { note: body.note }),
  ...('follows' in body ? { follows: body.follows } : {}),
  policyVersion: policy.version,
});

/** How many go, as the service or the region's rule of two people has it. */
export const personsFor = (
  policy: Policy,
  wanted: Parameters<typeof visitWanted>[1],
  traits: Pick<ServiceTraits, 'persons'>,
  receiver: Member,
): { persons?: 2 } => {
  const { persons } = visitWanted(policy, wanted, receiver);
  return persons === 2 || traits.persons === 2 ? { persons: 2 } : {};
};

/** An order that keeps to the rules: what is to be written, and what its service is in the region. */
export interface Ordered {
  wanted: Wanted;
  traits: ServiceTraits;
}

const ordered = (policy: Policy, receiver: Member, body: Body, paidBy: Payer): Planned<Ordered> => {
  const { serviceCode, plannedStartAt, plannedMinutes } = body;
  const { abilityLevel } = receiver;
  const traits = checkOrder(policy, { serviceCode, plannedStartAt, plannedMinutes, abilityLevel, paidBy });
  if (traits.kind === 'refused') return traits;
  const wanted = wantedFrom(body, receiver, policy);
  const whole = { ...wanted, ...personsFor(policy, wanted, traits.value, receiver) };
  // One movement is a day at most, also where it pays for two.
  if (paidBy === 'hours' && dueMinutes(policy, whole) > DAY_MINUTES) return refused('minutes_out_of_bounds');
  return done({ wanted: whole, traits: traits.value });
};

/**
 * Holds an order that is paid with hours against the rules of the receiver's place.
 * Refuses: starts_in_past, starts_too_late, service_not_offered, service_not_suited, outside_service_hours,
 * minutes_out_of_bounds.
 */
export const orderFor = (policy: Policy, receiver: Member, body: Body, now: Instant): Planned<Ordered> => {
  const start = checkStart(policy, body.plannedStartAt, now);
  return start.kind === 'refused' ? start : ordered(policy, receiver, body, 'hours');
};

/**
 * Holds an order that the community pays against the rules of the receiver's place; it pays for its residents.
 * Refuses: starts_in_past, starts_too_late, not_receiving_care, service_not_offered, service_not_suited,
 * outside_service_hours, minutes_out_of_bounds.
 */
export const careFor = (policy: Policy, receiver: Member, body: Body, now: Instant): Planned<Ordered> => {
  const start = checkStart(policy, body.plannedStartAt, now);
  if (start.kind === 'refused') return start;
  if (!receiver.roles.some(({ role }) => role === 'resident')) return refused('not_receiving_care');
  return ordered(policy, receiver, body, 'community');
};

/** True where somebody looks at what people order with their hours before it is published. */
export const needsReview = ({ risk }: Pick<ServiceTraits, 'risk'>): boolean => risk >= REVIEWED_FROM_RISK;
