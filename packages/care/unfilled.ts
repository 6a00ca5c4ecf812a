/**
 * Nobody took a request. The desk looks on, asks an organisation or a paid provider, or says sorry; whoever was let down
 * comes first the next time. Source: domain.
 */
import { type Planned, done } from '@time-bank/contracts/refusals';
import { type Instant, msOf, plusMinutes } from '@time-bank/contracts/time';
import type { Policy } from '@time-bank/policy/policy';
import { type Command, type RequestFacts, type RequestRecord, type Step, givenUp, moved } from './request.ts';
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

/** One that a provider has served already asks nothing of anybody. */
const waitsForTheDesk = ({ state, dueAt }: RequestRecord): boolean =>
  state === 'unfilled' && dueAt !== undefined;

/** Somebody is looked for again, at another time. Refuses: wrong_state. */
export const planPublishAgain = (
  { request }: RequestFacts,
  command: Command,
  { plannedStartAt, reason }: { plannedStartAt: Instant; reason: string },
): Planned<Step> => {
  if (!waitsForTheDesk(request)) return wrongState(request);
  // Her hours are hers again since nobody was found; the community keeps the promise.
  const { change, receipt } = moved(request, { command, to: 'published', reason }, { plannedStartAt }, [
    'hold',
  ]);
  return done({ changes: [change], receipt });
};

/** A paid provider comes, for nobody was found, or only a professional may: who, stands in the reason. Refuses: wrong_state. */
export const planFallback = ({ request }: RequestFacts, command: Command, reason: string): Planned<Step> => {
  if (request.state !== 'submitted' && !waitsForTheDesk(request)) return wrongState(request);
  const dueAt = plusMinutes(command.at, PROVIDER_MINUTES);
  const { change, receipt } = moved(request, { command, to: 'fallback', reason, dueAt }, {}, ['hold']);
  return done({ changes: [change], receipt });
};

/** The provider has served it: out of which purchase, stands in the reason. Refuses: wrong_state. */
export const planServed = ({ request }: RequestFacts, command: Command, reason: string): Planned<Step> => {
  if (request.state !== 'fallback') return wrongState(request);
  const { change, receipt } = moved(request, { command, to: 'settled', reason });
  return done({ changes: [change], receipt });
};

/** Where an apology is all that is left. */
const sorryFrom: readonly RequestRecord['state'][] = ['accepted', 'confirmed', 'fallback'];

/** It does not take place, and that is the service's own fault. Refuses: wrong_state. */
export const planApology = (
  facts: RequestFacts,
  command: Command,
  { reason, releasedMinutes }: { reason: string; releasedMinutes?: number | undefined },
): Planned<Step> => {
  const { request } = facts;
  if (!waitsForTheDesk(request) && !sorryFrom.includes(request.state)) return wrongState(request);
  const { change, receipt } = moved(request, {
    command,
    to: 'cancelled_by_service',
    reason,
    ...(releasedMinutes === undefined ? {} : { facts: { releasedMinutes } }),
  });
  return done({ changes: [change, ...givenUp(facts)], receipt });
};
