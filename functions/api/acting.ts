/** In whose name a command is given: one's own, an elder's by a bound helper, or a caller's by staff. */
import type { ForWhom, OnBehalfOf } from '@time-bank/contracts/helping';
import type { MemberId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import type { Outcome } from '@time-bank/contracts/refusals';
import { civilDateOf, instantOf } from '@time-bank/contracts/time';
import { isOfStaff } from '@time-bank/desk/command';
import type { Ports } from '@time-bank/desk/ports';
import { bindingsOf } from '@time-bank/desk/subject-bindings';
import { type Grant, type Subject, grant } from '@time-bank/identity/grant';
import { type Action, type Holder, rules } from '@time-bank/identity/rules';
import type { Context } from 'hono';
import { type Env, isOpen } from './actor.ts';
import { permitted } from './permit.ts';
import { Refused } from './refused.ts';

/** Whoever sits at a counter or a telephone acts for callers only, and says for whom. */
const actForCallers: readonly Holder[] = ['counter', 'hotline'];

const wrong = (property: string, message: string): Refused =>
  new Refused({ code: 'invalid_fields', details: [{ property, message }] });

/** How staff made sure who called stands in the audit log, beside what they did. */
const noteCaller = (c: Context<Env>, action: Action, { check, recording }: OnBehalfOf): void => {
  const note = c.var.notes.findLast((each) => each.action === action && each.outcome === 'done');
  if (note !== undefined) Object.assign(note, { check, ...(recording === undefined ? {} : { recording }) });
};

/**
 * Whether the leave is of the kind that the message claims: a helper's for a helper, staff's for staff. `ownerId`:
 * whose affair it is.
 * Refuses: invalid_fields (staff of a counter or hotline do not say for whom, or it is somebody else), not_allowed.
 */
export const actingFor = (
  c: Context<Env>,
  { action, via }: Grant<Action>,
  forWhom: ForWhom | undefined,
  ownerId: MemberId,
): void => {
  if (forWhom === undefined) {
    if (via.relation === 'own_region' && actForCallers.includes(via.holder)) {
      throw wrong('forWhom', 'says who called, and how that was checked');
    }
    return;
  }
  if (forWhom.memberId !== ownerId) throw wrong('forWhom.memberId', 'is somebody else');
  const isStaff = isOfStaff(forWhom);
  if (via.relation !== (isStaff ? 'own_region' : 'bound')) throw new Refused({ code: 'not_allowed' });
  if (isStaff) noteCaller(c, action, forWhom);
};

const isForHelpers = (action: Action): boolean =>
  'family_proxy' in rules[action].may || 'guardian' in rules[action].may;

/** True for leave that a binding would not widen: of staff, or in an affair of one's own. A volunteer sees less than a helper. */
const hasMoreLeave = (plain: Outcome<Grant<Action>>): boolean =>
  plain.kind !== 'refused' && (plain.value.via.relation === 'own' || plain.value.via.holder !== 'volunteer');

/**
 * Leave for something that a helper may do for their elder, too. The elder's bindings are read only for whoever says
 * that they act as a helper, or would have no leave without; where the subject names bindings, these alone count.
 * Refuses: not_allowed, or the answer that a missing subject gets; device_proof_needed, device_not_trusted;
 * session_ended.
 */
export const permittedFor = async <A extends Action>(
  c: Context<Env>,
  ports: Pick<Ports, 'clock' | 'personFiles' | 'sessions'>,
  action: A,
  { subject, forWhom, thing }: { subject: Subject; forWhom?: ForWhom | undefined; thing?: string },
): Promise<Grant<A>> => {
  const elderId = subject.memberId ?? subject.receiverId;
  const asHelper = forWhom !== undefined && !isOfStaff(forWhom);
  const mayNeed =
    elderId !== undefined &&
    elderId !== c.var.actor.memberId &&
    subject.bindings === undefined &&
    isForHelpers(action);
  if (!mayNeed || (!asHelper && hasMoreLeave(grant(c.var.actor, action, subject)))) {
    return permitted(c, action, subject, thing);
  }
  const bindings = await bindingsOf(ports, elderId, civilDateOf(instantOf(ports.clock.nowMs())));
  const permit = permitted(c, action, { ...subject, bindings }, thing);
  const isSpending = permit.via.relation === 'bound' && rules[action].spends === true;
  if (isSpending && !(await isOpen(ports, c.var.actor))) throw new Refused({ code: 'session_ended' });
  return permit;
};

/** What an elder is to the table of permissions. */
export const subjectOfElder = (elder: Member | undefined): Subject => {
  if (elder === undefined) return {};
  const { memberId, communityCode } = elder;
  return { memberId, communityCode, concerns: [memberId] };
};
