/**
 * The one way in which a route asks for leave. What the table marks as audited is noted, and every refusal of
 * authority; the notes are in the audit log before the answer leaves.
 */
import type { AuditEvent } from '@time-bank/desk/audit-event';
import { policyNow } from '@time-bank/desk/policy-of';
import type { Ports } from '@time-bank/desk/ports';
import type { Actor } from '@time-bank/identity/actor';
import { type Grant, type Subject, grant } from '@time-bank/identity/grant';
import { type Action, rules } from '@time-bank/identity/rules';
import type { RegionCode } from '@time-bank/contracts/region';
import { civilDateOf, instantOf } from '@time-bank/contracts/time';
import type { Context } from 'hono';
import type { Env } from './actor.ts';
import { Refused, orRefuse } from './refused.ts';

/** An event before it has an id and an instant. */
export type AuditNote = Omit<AuditEvent, 'eventId' | 'at' | 'actorId'>;

/** Whether a place lets those above its county see what is personal. */
export type SightFromAbove = (place: RegionCode) => boolean;

const COUNTY_DIGITS = 6;

/**
 * What the regions have decided about sight from above the county; read only for actors who look from there, so that
 * nobody else waits for it.
 */
export const sightFromAbove = async (
  ports: Pick<Ports, 'clock' | 'policies'>,
  { roles }: Pick<Actor, 'roles'>,
): Promise<SightFromAbove | undefined> => {
  if (roles.every(({ region }) => region.length >= COUNTY_DIGITS)) return undefined;
  const today = civilDateOf(instantOf(ports.clock.nowMs()));
  const book = await ports.policies.readBook();
  return (place) => book.inForce(place, today).personalDetailAboveCounty;
};

const placeOf = ({ region, communityCode }: Subject): RegionCode | undefined => region ?? communityCode;

/** Where it was: where the subject lies; of one that is not there, where whoever asked has a role. */
const whereOf = (subject: Subject, actor: Actor): Pick<AuditNote, 'region'> => {
  const place = placeOf(subject) ?? actor.roles[0]?.region;
  return place === undefined ? {} : { region: place };
};

/**
 * Leave for `action` on `subject`; `thing`: the id of what it is, for the log. Without leave the route ends.
 * What moves one's own hours, or an elder's as their helper, asks for a device that may, here and nowhere else.
 * Refuses: not_allowed, or the answer that a missing subject gets; device_proof_needed, device_not_trusted.
 */
export const permitted = <A extends Action>(
  c: Context<Env>,
  action: A,
  subject: Subject = {},
  thing?: string,
): Grant<A> => {
  const { actor, notes, notSpending, sightFromAbove: isOpen } = c.var;
  const place = placeOf(subject);
  const isOpenAboveCounty = place !== undefined && isOpen?.(place) === true;
  const outcome = grant(actor, action, { ...subject, ...(isOpenAboveCounty ? { isOpenAboveCounty } : {}) });
  const about = subject.memberId ?? subject.receiverId;
  const note = {
    action,
    ...whereOf(subject, actor),
    ...(about === undefined ? {} : { about }),
    ...(thing === undefined ? {} : { subject: thing }),
  };
  if (outcome.kind === 'refused') {
    notes.push({ ...note, outcome: 'refused', code: outcome.refusal.code, channel: 'web' });
    return orRefuse(outcome);
  }
  const permit = orRefuse(outcome);
  const isByDevice = rules[action].spends === true && permit.via.relation !== 'own_region';
  if (isByDevice && notSpending !== undefined) {
    notes.push({ ...note, outcome: 'refused', code: notSpending.code, channel: 'web' });
    throw new Refused(notSpending);
  }
  if (isOnRecord(permit)) {
    notes.push({ ...note, outcome: 'done', as: permit.via.holder, channel: permit.channel });
  }
  return permit;
};

/** Volunteers see nobody in a request that is open; whoever reads masked is on record whatever they read. */
const isOnRecord = ({ action, via, isMasked }: Grant<Action>): boolean =>
  isMasked || (rules[action].audited === true && via.relation !== 'own' && via.holder !== 'volunteer');

/** What is written of a call: of one without authority that alone; of one that a rule refused, by which. */
const endedWith = (notes: readonly AuditNote[], error: Error | undefined): readonly AuditNote[] => {
  const refusals = notes.filter(({ outcome }) => outcome === 'refused');
  if (refusals.length > 0) return refusals;
  if (!(error instanceof Refused)) return notes;
  const { code } = error.refusal;
  return notes.map((note) => ({ ...note, outcome: 'refused', code }));
};

/** How long the region of a note keeps its log, whole days; as long as every log where it belongs to none. */
const keptDays = async (
  ports: Pick<Ports, 'clock' | 'policies'>,
  region: RegionCode | undefined,
): Promise<number | undefined> =>
  region === undefined ? undefined : (await policyNow(ports, region)).logRetentionDaysMin;

/**
 * Writes the notes of one call, once: `notes` is empty afterwards. `error`: what the call ended with.
 * Throws Unavailable where the log cannot be written: then nothing is shown.
 */
export const writeNotes = async (
  { ports }: { ports: Pick<Ports, 'clock' | 'ids' | 'auditLog' | 'policies'> },
  actor: Actor,
  notes: AuditNote[],
  error?: Error,
): Promise<void> => {
  const at = instantOf(ports.clock.nowMs());
  await Promise.all(
    endedWith(notes.splice(0), error).map(async (note) => {
      const event = { ...note, eventId: ports.ids.event(), at, actorId: actor.memberId };
      await ports.auditLog.append(event, await keptDays(ports, note.region));
    }),
  );
};
