/**
 * Who is asking: from a bearer token, or from the cookies of a browser that says so in a header of its own. A browser
 * whose access token has run out gets the next one along the way, so that nobody is asked to sign in every ten minutes.
 */
import type { Refusal } from '@time-bank/contracts/refusals';
import { isStaffRole } from '@time-bank/contracts/role';
import type { SignedInActor } from '@time-bank/identity/actor';
import { readToken } from '@time-bank/identity/token';
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { refuse } from './answers.ts';
import type { Deps } from './deps.ts';
import { bearerOf, whyNotSpending } from './device.ts';
import { type AuditNote, type SightFromAbove, sightFromAbove, writeNotes } from './permit.ts';
import { countCall, isLook, tryLooking } from './rate-limit.ts';
import { Refused, orRefuse } from './refused.ts';
import { dropAccess, dropCookies, isCommand, ofBrowser, renew } from './session-cookies.ts';

export interface Env {
  /**
   * `notes`: what the audit log is to say of this call; written before the answer goes out. `sightFromAbove`: what
   * regions let be seen from above their county, there only for those who look from there. `notSpending`: why the
   * device moves no hours with this call; undefined where it may.
   */
  Variables: {
    actor: SignedInActor;
    notes: AuditNote[];
    sightFromAbove: SightFromAbove | undefined;
    notSpending: Refusal | undefined;
  };
}

type Work = Pick<Deps, 'keys' | 'ports'>;

const actorAsking = async (deps: Work, c: Context): Promise<SignedInActor> => {
  const nowMs = deps.ports.clock.nowMs();
  const bearer = bearerOf(c);
  if (bearer !== undefined) return orRefuse(await readToken(deps.keys, bearer, nowMs));
  const { access, refresh } = ofBrowser(c);
  const outcome = access === undefined ? undefined : await readToken(deps.keys, access, nowMs);
  if (outcome !== undefined && (outcome.kind !== 'refused' || refresh === undefined))
    return orRefuse(outcome);
  if (refresh === undefined) throw new Refused({ code: 'not_signed_in' });
  return orRefuse(await readToken(deps.keys, await renew(c, deps, refresh), nowMs));
};

/** Whether a session stands as it did when its token was signed. */
export const isOpen = async (
  ports: Pick<Deps['ports'], 'sessions'>,
  { memberId, signIn }: SignedInActor,
): Promise<boolean> => {
  const session = await ports.sessions.readNow(memberId, signIn.sessionId);
  return session !== undefined && session.endedAt === undefined;
};

/** What staff do to others ends with their sign-in, at once. Refuses: session_ended. */
const stillOpen = async (deps: Work, c: Context, actor: SignedInActor): Promise<void> => {
  if (!isCommand(c) || !actor.roles.some(({ role }) => isStaffRole(role))) return;
  if (await isOpen(deps.ports, actor)) return;
  dropCookies(c);
  throw new Refused({ code: 'session_ended' });
};

/**
 * The ledger has refused a token of before the last ending of sign-ins. Where this one was not meant, its owner need
 * not sign in again: the token alone is out of date, and the next one is good.
 */
const afterRefusal = async (deps: Work, c: Context, actor: SignedInActor): Promise<void> => {
  if (!(c.error instanceof Refused) || c.error.refusal.code !== 'session_ended') return;
  if (await isOpen(deps.ports, actor)) {
    dropAccess(c);
    c.res = refuse(c, { code: 'sign_in_expired' });
  } else dropCookies(c);
};

/**
 * Puts the actor into the context, and counts the call; of a look at files of others, in the store. Where two lists of
 * routes ask for it on one path, it is done once.
 * Refuses: not_signed_in, sign_in_expired, missing_request_header, session_ended, rate_limited.
 */
export const signedIn = (deps: Work & Pick<Deps, 'limits'>) =>
  createMiddleware<Env>(async (c, next) => {
    if (Object.hasOwn(c.var, 'actor')) return next();
    const actor = await actorAsking(deps, c);
    await countCall(deps, actor);
    await stillOpen(deps, c, actor);
    c.set('actor', actor);
    c.set('notes', []);
    c.set('notSpending', await whyNotSpending(c, deps, actor));
    c.set('sightFromAbove', await sightFromAbove(deps.ports, actor));
    await next();
    await afterRefusal(deps, c, actor);
    // Before the answer leaves: whoever sees a file is on record first. A refusal has passed the exit by now.
    // Where something broke, nothing is shown, and that is what the caller hears of.
    const isBroken = c.error !== undefined && !(c.error instanceof Refused);
    const enough = !isBroken && isLook(c, c.var.notes) ? await tryLooking(deps, actor) : undefined;
    await writeNotes(deps, actor, c.var.notes, enough ?? c.error).catch((error: unknown) => {
      if (!isBroken) throw error;
    });
    if (enough !== undefined) throw enough;
  });
