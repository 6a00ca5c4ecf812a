/**
 * How often one may call. Three counts, none of which two callers share, so that nobody waits for somebody else:
 * - by address, for what needs no sign-in; in the store, so that another instance knows of it;
 * - by person, for looks at files of others; in the store: this is what a stolen sign-in of staff would be used for;
 * - by person, for every call; in the memory of this process only, for a balance is one read and one round trip, and
 *   a count in the store would double both. Somebody who meets n instances has n times as much: it keeps a broken
 *   page from doing harm, and is no fence.
 * What all callers together may do is the gateway's (cdk/api.ts).
 */
import { instantOf } from '@time-bank/contracts/time';
import type { RateLimits } from '@time-bank/desk/ports';
import type { Actor } from '@time-bank/identity/actor';
import { memoryRateLimits } from '@time-bank/store/memory-rate-limits';
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { networkMark } from './caller-address.ts';
import type { Deps } from './deps.ts';
import type { AuditNote } from './permit.ts';
import { Refused } from './refused.ts';
import { isCommand } from './session-cookies.ts';

/** So many calls in a window of so many seconds. */
export interface Limit {
  max: number;
  seconds: number;
}

/** What is counted by address. */
export type OpenDoor = 'code' | 'sign_in' | 'question' | 'refresh' | 'look' | 'device';

/** All limits of the door. */
export interface CallLimits {
  byAddress: Readonly<Record<OpenDoor, Limit>>;
  /** Looks of a person at files of others, granted or not. */
  looks: Limit;
  /** All calls of a person on one instance. */
  calls: Limit;
}

const TEN_MINUTES = 10 * 60;

/**
 * Networks of telephones and service points put many people behind one address, so these numbers are what the busiest
 * of them needs, with room: the budgets of a number and a device are far smaller, and are the desk's.
 */
export const usualLimits: CallLimits = {
  byAddress: {
    // A bus of elders at a service point. Every code costs money to send.
    code: { max: 30, seconds: TEN_MINUTES },
    // Two tries for each of them. With five tries for a code, this is no way to guess one.
    sign_in: { max: 60, seconds: TEN_MINUTES },
    // A page asks once when it is opened; each question is a write.
    question: { max: 120, seconds: TEN_MINUTES },
    // A device renews its sign-in every ten minutes; a whole hospital may stand behind one address.
    refresh: { max: 600, seconds: TEN_MINUTES },
    // Monitors and witnesses ask once a minute; each answer reads the tables.
    look: { max: 120, seconds: 60 },
    // A provider sends for all of its devices from one address; each device has a limit of its own.
    device: { max: 3_000, seconds: TEN_MINUTES },
  },
  // One every six seconds, a whole hour long, is more than anybody reads; 20,000 elders would take a day and a half.
  looks: { max: 600, seconds: 60 * 60 },
  // A page makes ten calls when it is opened, and nobody opens one every two seconds.
  calls: { max: 300, seconds: 60 },
};

/** Which routes need no sign-in, and what they count as. */
export const openDoors: Readonly<Record<string, OpenDoor>> = {
  'GET /api/health': 'look',
  'GET /api/checkpoint': 'look',
  'GET /api/sign-in/ways': 'look',
  'POST /api/sign-in/codes': 'code',
  'POST /api/sign-in': 'sign_in',
  'POST /api/sign-in/passkey/options': 'question',
  'POST /api/sign-in/passkey': 'sign_in',
  'POST /api/sign-in/outside/start': 'question',
  'POST /api/sign-in/outside': 'sign_in',
  'POST /api/sessions/refresh': 'refresh',
  'POST /api/sign-out': 'refresh',
  'POST /api/device-events': 'device',
  'GET /api/calendar.ics': 'look',
  'POST /api/notices/links': 'question',
  'POST /api/notices/stops': 'question',
  'POST /api/confirm-links/look': 'question',
  'POST /api/confirm-links/confirm': 'sign_in',
};

type Counting = Pick<Deps, 'limits'> & { ports: Pick<Deps['ports'], 'clock' | 'rateLimits'> };

/** A refusal where there is nothing left to take. */
const tryTaking = async (
  counts: RateLimits,
  key: string,
  limit: Limit,
  nowMs: number,
): Promise<Refused | undefined> => {
  const taken = await counts.take(key, limit, instantOf(nowMs));
  if (taken.isTaken) return undefined;
  return new Refused({ code: 'rate_limited', retryAfterSeconds: taken.retryAfterSeconds });
};

/** Counts calls of routes that need no sign-in by the address that they come from. Refuses: rate_limited. */
export const limitAddresses = (deps: Counting & Pick<Deps, 'keys' | 'addressOf'>) => {
  const markOf = networkMark(deps.keys);
  const { byAddress } = deps.limits ?? usualLimits;
  return createMiddleware(async (c, next) => {
    // Whoever asks for the headers of an answer alone has it made all the same.
    const method = c.req.method === 'HEAD' ? 'GET' : c.req.method;
    const door = openDoors[`${method} ${c.req.path}`];
    if (door !== undefined) {
      const key = `address#${door}#${markOf(deps.addressOf(c))}`;
      const refused = await tryTaking(deps.ports.rateLimits, key, byAddress[door], deps.ports.clock.nowMs());
      if (refused !== undefined) throw refused;
    }
    await next();
  });
};

/** Counts of one process, shared by all apps in it. */
const callsHere = memoryRateLimits();

/** Counts a call of a person in this process. Refuses: rate_limited. */
export const countCall = async (deps: Counting, { memberId }: Actor): Promise<void> => {
  const { calls } = deps.limits ?? usualLimits;
  const refused = await tryTaking(callsHere, `calls#${memberId}`, calls, deps.ports.clock.nowMs());
  if (refused !== undefined) throw refused;
};

/** Looks that are sent like commands, for what they say has no place in an address. */
const looksInBodies: readonly AuditNote['action'][] = ['find_member', 'read_by_card'];

/** True for a call that looks at what is another's, with leave or without. */
export const isLook = (c: Context, notes: readonly AuditNote[]): boolean =>
  notes.length > 0 && (!isCommand(c) || notes.some(({ action }) => looksInBodies.includes(action)));

/** Counts a person's look at the file of somebody else; a refusal where they have had enough of them. */
export const tryLooking = (deps: Counting, { memberId }: Actor): Promise<Refused | undefined> => {
  const { looks } = deps.limits ?? usualLimits;
  return tryTaking(deps.ports.rateLimits, `looks#${memberId}`, looks, deps.ports.clock.nowMs());
};
