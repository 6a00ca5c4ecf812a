/**
 * Every reason for which the service says no, in order of precedence: where several hold, the first in this
 * list is given. Mirrors: the API's answers, the web's sentences in three languages; a house test compares them.
 */
import * as z from 'zod/mini';
import { Instant } from './time.ts';

/** All codes, in order of precedence. */
export const refusalCodes = [
  // The message itself
  'body_too_large',
  'malformed_json',
  'invalid_fields',
  // Who is asking
  'not_signed_in',
  'sign_in_expired',
  'missing_request_header',
  'code_not_accepted',
  'too_many_codes',
  'try_later',
  'country_not_served',
  'session_ended',
  'passkey_needed',
  'passkey_not_accepted',
  'device_proof_needed',
  'device_not_trusted',
  'signature_not_accepted',
  'rate_limited',
  'not_allowed',
  // What is asked about; someone else's answers the same as none
  'unknown_route',
  'unknown_region',
  'unknown_member',
  'unknown_request',
  'unknown_visit',
  'unknown_transfer',
  'unknown_pool',
  'unknown_document',
  'unknown_case',
  'unknown_file',
  'unknown_session',
  // Seen before
  'exists_with_different_content',
  // The id is of another time
  'id_too_old',
  'id_from_the_future',
  // Rules of people
  'changed_meanwhile',
  'phone_taken',
  'role_not_grantable',
  'already_bound',
  'binding_not_open',
  'helper_limit_reached',
  'card_locked',
  'card_not_accepted',
  'link_not_accepted',
  'wrong_step',
  'not_ready_to_serve',
  'consent_needed',
  'not_a_portrait',
  'merge_not_possible',
  'undo_too_late',
  'erasure_blocked',
  'case_closed',
  'resource_short',
  // Rules of posting
  'starts_in_past',
  'starts_too_late',
  'not_receiving_care',
  'service_not_offered',
  'service_not_suited',
  'outside_service_hours',
  'minutes_out_of_bounds',
  'too_young_to_redeem',
  'rule_never_fires',
  'date_not_in_series',
  'activity_full',
  // Rules of visiting
  'request_not_open',
  'own_request',
  'not_eligible',
  'overlapping_visit',
  'home_visit_due',
  'not_accepted',
  'already_checked_in',
  'too_early_to_check_in',
  'too_late_to_check_in',
  'not_in_service',
  'visit_code_locked',
  'card_of_another_person',
  'visit_code_incorrect',
  'already_reported',
  'back_entry_too_late',
  'not_awaiting_confirmation',
  'not_ratable',
  'already_rated',
  'not_disputable',
  'not_cancellable',
  'wrong_state',
  'fallback_off',
  // Rules of the ledger
  'unknown_policy_version',
  'donation_not_allowed',
  'same_account',
  'unknown_account',
  'donate_only_account',
  'account_frozen',
  'account_not_frozen',
  'account_closed',
  'not_family',
  'too_many_bonds',
  'receiver_too_young',
  'gift_year_cap_reached',
  'too_many_holds',
  'too_many_grants',
  'hold_not_open',
  'hold_lapsed',
  'holds_open',
  'grant_not_open',
  'not_reversible',
  'already_reversed',
  'nothing_to_reverse',
  'second_person_needed',
  'debt_open',
  'insufficient_hours',
  'unknown_receiver',
  'receiver_cannot_receive',
  'cap_reached',
  'pool_short',
  'document_used',
  'purchase_used_up',
  // The service
  'busy_try_again',
  'unavailable',
  'internal',
] as const;

/** A stable word for a refusal; never renamed once published. */
export const RefusalCode = z.enum(refusalCodes);
export type RefusalCode = z.infer<typeof RefusalCode>;

/** A field that was refused: where it stands, and why. */
export const FieldProblem = z.strictObject({ property: z.string(), message: z.string() });
export type FieldProblem = z.infer<typeof FieldProblem>;

/**
 * A refusal: the code, and the facts that the person asking may see. `availableMinutes` and `neededMinutes`, whole,
 * go with `insufficient_hours`; `triesLeft` with codes and cards; `retryAfterSeconds`, whole, with `try_later` and
 * `rate_limited`; `from` (when it will be possible) with `device_not_trusted`; `reasons`, stable words, with
 * `not_ready_to_serve` and `erasure_blocked`; `state` (where it stands) with `wrong_state`.
 */
export const Refusal = z.strictObject({
  code: RefusalCode,
  details: z.exactOptional(z.array(FieldProblem)),
  availableMinutes: z.exactOptional(z.int()),
  neededMinutes: z.exactOptional(z.int()),
  triesLeft: z.exactOptional(z.int()),
  retryAfterSeconds: z.exactOptional(z.int()),
  from: z.exactOptional(Instant),
  reasons: z.exactOptional(z.array(z.string())),
  state: z.exactOptional(z.string()),
});
export type Refusal = z.infer<typeof Refusal>;

/** The body of every answer that is not a success. */
export const ErrorAnswer = z.strictObject({
  error: z.strictObject({
    ...Refusal.shape,
    message: z.string(),
    errorId: z.exactOptional(z.string()),
  }),
});
export type ErrorAnswer = z.infer<typeof ErrorAnswer>;

/**
 * What a use case answers: done, done before with the same content, or refused; `isReplay` where it was refused
 * before, too. Bugs throw.
 */
export type Outcome<T> =
  | { kind: 'done'; value: T }
  | { kind: 'replayed'; value: T }
  | { kind: 'refused'; refusal: Refusal; isReplay?: true };

/** What a plan is: something to do, or a refusal. Nothing was done yet. */
export type Planned<T> = Exclude<Outcome<T>, { kind: 'replayed' }>;

/** The outcome of something that was done now. */
export const done = <T>(value: T): { kind: 'done'; value: T } => ({ kind: 'done', value });
/** The outcome of something that was done before, with the same content. */
export const replayed = <T>(value: T): Outcome<T> => ({ kind: 'replayed', value });
/** The outcome of something that was not done, and why. */
export const refused = (
  code: RefusalCode,
  facts: Omit<Refusal, 'code'> = {},
): { kind: 'refused'; refusal: Refusal } => ({
  kind: 'refused',
  refusal: { code, ...facts },
});

/** The first of several refusals by precedence. */
export const firstByPrecedence = (refusals: readonly Refusal[]): Refusal | undefined =>
  [...refusals].sort((a, b) => refusalCodes.indexOf(a.code) - refusalCodes.indexOf(b.code))[0];
