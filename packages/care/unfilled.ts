/**
 * Nobody took a request. The desk looks on, asks an organisation or a paid provider, or says sorry; whoever was let down
 * comes first the next time. Source: domain.
 */
import { type Planned, done } from '@time-bank/contracts/refusals';
import { type Instant, msOf, plusMinutes } from '@time-bank/contracts/time';
import type { Policy } from '@time-bank/policy/policy';
import {
  type Command,
  type RequestFacts,
  type RequestRecord,
  type Step,
  givenUp,
  moved,
  planUnfilled,
} from './request.ts';
import { wrongState } from './wrong-state.ts';

/** A provider who was called comes within so long, or the desk is asked again. */
const PROVIDER_MINUTES = 7 * 24 * 60;

/** How many of the region's warnings are due at `now` for a visit that nobody has taken. Whole. */
export const warningsDue = (
  { unfilledWarnHours }: Pick<Policy, 'unfilledWarnHours'>,
  plannedStartAt: Instant,
  now: Instant,
): number => {
  const leftMs = msOf(plannedStartAt) - msOf(now);
  return unfilledWarnHours.filter((hours) => leftMs <= hours * 60 * 60_000).length;
};

/** How somebody is looked for again: when, and whether further away, or by an organisation. What was so before stays. */
export interface Again extends Pick<RequestRecord, 'plannedStartAt' | 'isWide' | 'organisationId'> {
  reason: string;
}

/** Somebody is looked for again, at another time. Refuses: wrong_state. */
export const planPublishAgain = (
  { request }: RequestFacts,
  command: Command,
  { reason, ...again }: Again,
): Planned<Step> => {
  if (request.state !== 'unfilled') return wrongState(request);
  // Her hours are hers again since nobody was found; the community keeps the promise.
  const { change, receipt } = moved(request, { command, to: 'published', reason }, again, [
    'hold',
    'hourOpenUntil',
  ]);
  return done({ changes: [change], receipt });
};

/** A paid provider comes, for nobody was found, or only a professional may: who, stands in the reason. Refuses: wrong_state. */
export const planFallback = ({ request }: RequestFacts, command: Command, reason: string): Planned<Step> => {
  if (request.state !== 'submitted' && request.state !== 'unfilled') return wrongState(request);
  const dueAt = plusMinutes(command.at, PROVIDER_MINUTES);
  const { change, receipt } = moved(request, { command, to: 'fallback', reason, dueAt }, {}, ['hold']);
  return done({ changes: [change], receipt });
};

/** When the elder is asked how it was. */
type RatingRules = Pick<Policy, 'ratingInviteDays'>;

/**
 * The provider has served it: out of which purchase, stands in the reason. Its elder is asked how it was, as after any
 * visit. Refuses: wrong_state.
 */
export const planServed = (
  { ratingInviteDays }: RatingRules,
  { request }: RequestFacts,
  command: Command,
  reason: string,
): Planned<Step> => {
  if (request.state !== 'fallback') return wrongState(request);
  const dueAt = plusMinutes(command.at, ratingInviteDays * 24 * 60);
  const { change, receipt } = moved(request, { command, to: 'settled', reason, dueAt });
  return done({ changes: [change], receipt });
};

/** The request as a step leaves it. */
const requestAfter = ({ changes: [change] }: Step): RequestRecord => {
  if (change?.change !== 'move_request') throw new Error('a step moves its request first');
  return change.request;
};

/**
 * A provider has served what still waited for a volunteer: nobody took it, it went to the provider, and it is served, all
 * in one write. `closing`, `sending`: the steps of the service on the way. What was set aside for it stays with it.
 * Refuses: not_cancellable.
 */
export const planServedWhileOpen = (
  rules: RatingRules,
  facts: RequestFacts,
  command: Command,
  { closing, sending, reason }: { closing: Command; sending: Command; reason: string },
): Planned<Step> => {
  const closed = planUnfilled(facts, closing);
  if (closed.kind === 'refused') return closed;
  const sent = moved(requestAfter(closed.value), { command: sending, to: 'fallback', reason });
  const served = planServed(rules, { request: sent.change.request }, command, reason);
  if (served.kind === 'refused') return served;
  const request = requestAfter(served.value);
  return done({
    changes: [
      { change: 'move_request', fromVersion: facts.request.version, request },
      ...closed.value.changes.slice(1),
    ],
    receipt: served.value.receipt,
  });
};

/** Where an apology is all that is left. */
const sorryFrom: readonly RequestRecord['state'][] = ['unfilled', 'accepted', 'confirmed', 'fallback'];

/** It does not take place, and that is the service's own fault. Refuses: wrong_state. */
export const planApology = (
  facts: RequestFacts,
  command: Command,
  { reason, releasedMinutes }: { reason: string; releasedMinutes?: number | undefined },
): Planned<Step> => {
  const { request } = facts;
  if (!sorryFrom.includes(request.state)) return wrongState(request);
  const { change, receipt } = moved(request, {
    command,
    to: 'cancelled_by_service',
    reason,
    ...(releasedMinutes === undefined ? {} : { facts: { releasedMinutes } }),
  });
  return done({ changes: [change, ...givenUp(facts)], receipt });
};
