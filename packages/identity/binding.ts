/**
 * A binding of a helper to an elder, step by step: proposed -> checked (by staff) -> bound (by the elder's word) ->
 * ended; or declined on the way. A family helper is bound within a scope and for a year at most; a guardian by a
 * document and until its end. Nothing here writes: each step says what the binding is afterwards, or refuses.
 */
import type { BindingState, ConfirmedBy, HelperTerms } from '@time-bank/contracts/helping';
import type { FileId, MemberId } from '@time-bank/contracts/ids';
import { type Planned, done, refused } from '@time-bank/contracts/refusals';
import {
  type CivilDate,
  type Instant,
  ageOn,
  civilDateOf,
  plusMinutes,
  startOfDay,
} from '@time-bank/contracts/time';
import type { BindingFacts } from './grant.ts';

/** A helper is of age. */
const HELPER_AGE_YEARS = 18;
const DAY_MINUTES = 24 * 60;

/** A binding of `otherId`, the helper, to `memberId`, the elder. `spentMinutes`: spent by the helper so far, whole. */
export interface Binding {
  memberId: MemberId;
  otherId: MemberId;
  state: BindingState;
  terms: HelperTerms;
  proposedBy: MemberId;
  checkedBy?: MemberId;
  checkedAt?: Instant;
  confirmed?: { by: ConfirmedBy; at: Instant; witnessId?: MemberId };
  ended?: { by: MemberId; at: Instant; reason: string };
  spentMinutes: number;
}

/** True on the days on which the helper may act: `until` is the last of them. */
export const isBindingInForce = (
  { state, terms }: Pick<Binding, 'state' | 'terms'>,
  today: CivilDate,
): boolean => state === 'bound' && today <= terms.until;

/** True while two people are bound or on the way to it. */
const isOpen = (binding: Binding, today: CivilDate): boolean =>
  today <= binding.terms.until && ['proposed', 'checked', 'bound'].includes(binding.state);

/** What a binding is to the table of permissions. */
export const bindingFactsOf = (
  binding: Pick<Binding, 'otherId' | 'terms'>,
  bindingId: FileId,
): BindingFacts => ({
  bindingId,
  helperId: binding.otherId,
  kind: binding.terms.kind,
  scopes: binding.terms.scopes,
});

const wrong = (property: string, message: string) =>
  refused('invalid_fields', { details: [{ property, message }] });

/** The last day on which a family helper's binding may end, `daysMax` days from today. */
export const lastDayOf = (today: CivilDate, daysMax: number): CivilDate =>
  civilDateOf(plusMinutes(startOfDay(today), daysMax * DAY_MINUTES));

/**
 * Proposes a binding. `termDaysMax`: for family helpers, of the elder's region. `others`: bindings of the elder.
 * Refuses: invalid_fields (of the same person, over already or too long, the helper not of age), already_bound.
 */
export const planPropose = (
  wanted: Pick<Binding, 'memberId' | 'otherId' | 'terms' | 'proposedBy'>,
  facts: { today: CivilDate; termDaysMax: number; helperBirthDate: CivilDate; others: readonly Binding[] },
): Planned<Binding> => {
  const { memberId, otherId, terms } = wanted;
  const { today, termDaysMax, helperBirthDate, others } = facts;
  if (memberId === otherId) return wrong('helperId', 'is the elder');
  if (terms.until < today) return wrong('terms.until', 'has passed');
  if (terms.kind === 'family_proxy' && terms.until > lastDayOf(today, termDaysMax)) {
    return wrong('terms.until', `is more than ${String(termDaysMax)} days ahead`);
  }
  if (ageOn(helperBirthDate, today) < HELPER_AGE_YEARS) return wrong('helperId', 'is not of age');
  const isThere = others.some((other) => other.otherId === otherId && isOpen(other, today));
  if (isThere) return refused('already_bound');
  return done({ ...wanted, state: 'proposed', spentMinutes: 0 });
};

/** Whether two say yes or no. */
export type Decision = 'accept' | 'decline';

const isPartyTo = ({ memberId, otherId }: Binding, who: MemberId): boolean =>
  who === memberId || who === otherId;

/** Staff have looked at the proof. Refuses: not_allowed (in an affair of their own), binding_not_open. */
export const planCheck = (
  binding: Binding,
  { by, at, decision }: { by: MemberId; at: Instant; decision: Decision },
): Planned<Binding> => {
  if (isPartyTo(binding, by)) return refused('not_allowed');
  if (binding.state !== 'proposed' || !isOpen(binding, civilDateOf(at))) return refused('binding_not_open');
  const checked = { ...binding, checkedBy: by, checkedAt: at };
  return done({ ...checked, state: decision === 'accept' ? 'checked' : 'declined' });
};

/**
 * The elder says yes or no. `by`: how; `actorId`: who writes it down, the elder themself for `own_phone`, and for
 * `voice` the witness, who is not the one who checked the binding.
 * Refuses: not_allowed (the helper writes it, or on the elder's phone somebody else), binding_not_open,
 * second_person_needed.
 */
export const planConfirm = (
  binding: Binding,
  word: { by: ConfirmedBy; actorId: MemberId; at: Instant; decision: Decision },
): Planned<Binding> => {
  const { by, actorId, at, decision } = word;
  const isElder = actorId === binding.memberId;
  if (actorId === binding.otherId || isElder !== (by === 'own_phone')) return refused('not_allowed');
  if (binding.state !== 'checked' || !isOpen(binding, civilDateOf(at))) return refused('binding_not_open');
  if (by === 'voice' && actorId === binding.checkedBy) return refused('second_person_needed');
  const confirmed = { by, at, ...(by === 'own_phone' ? {} : { witnessId: actorId }) };
  return done({ ...binding, confirmed, state: decision === 'accept' ? 'bound' : 'declined' });
};

/** Ends a binding at once, or takes it back before it began. Refuses: binding_not_open. */
export const planEnd = (
  binding: Binding,
  ended: { by: MemberId; at: Instant; reason: string },
): Planned<Binding> =>
  ['ended', 'declined'].includes(binding.state)
    ? refused('binding_not_open')
    : done({ ...binding, ended, state: 'ended' });

/**
 * Minutes that a helper spends for their elder, counted in the very write that sets them aside. Holds if the binding
 * is in force on `on` and has not spent more than `limitMinutes` with them; without a limit (a guardian's) they are
 * counted only. What comes back of a hold does not come back to the limit.
 */
export interface HelperSpending {
  change: 'spend_by_helper';
  elderId: MemberId;
  bindingId: FileId;
  amountMinutes: number;
  limitMinutes?: number;
  on: CivilDate;
}

/** The spending of `amountMinutes` (whole, above 0) under a binding. */
export const spendingOf = (
  { memberId, terms }: Pick<Binding, 'memberId' | 'terms'>,
  spending: { bindingId: FileId; amountMinutes: number; on: CivilDate },
): HelperSpending => ({
  change: 'spend_by_helper',
  elderId: memberId,
  ...spending,
  ...(terms.kind === 'guardian' ? {} : { limitMinutes: terms.spendMinutesMax }),
});

/** Why a spending is not possible under a binding as it stands; undefined where it is. */
export const refusedSpending = (
  binding: (Pick<Binding, 'state' | 'spentMinutes'> & { until: CivilDate }) | undefined,
  { amountMinutes, limitMinutes, on }: HelperSpending,
): 'binding_not_open' | 'helper_limit_reached' | undefined => {
  if (binding?.state !== 'bound' || binding.until < on) return 'binding_not_open';
  return binding.spentMinutes + amountMinutes > (limitMinutes ?? Infinity)
    ? 'helper_limit_reached'
    : undefined;
};
