/** The one place where outcomes become HTTP: refusal to status, unknown error to an id and nothing else. */
import type { ErrorAnswer, Outcome, Refusal, RefusalCode } from '@time-bank/contracts/refusals';
import { InvalidCursor, Unavailable } from '@time-bank/desk/ports';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { routePath } from 'hono/route';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type * as z from 'zod/mini';
import type { Deps } from './deps.ts';
import { Refused } from './refused.ts';

/** Seconds after which a client may try again when the service was not there. */
const RETRY_AFTER_SECONDS = 5;

/** Every refusal has a status and a sentence. What is foreign and what is missing answer alike. */
export const answers: Record<RefusalCode, { status: ContentfulStatusCode; sentence: string }> = {
  body_too_large: { status: 413, sentence: 'The message is larger than 64 KiB.' },
  malformed_json: { status: 400, sentence: 'The message is not JSON.' },
  invalid_fields: { status: 400, sentence: 'Some fields are missing, unknown or out of bounds.' },
  not_signed_in: { status: 401, sentence: 'Sign in first.' },
  sign_in_expired: { status: 401, sentence: 'The sign-in has ended. Sign in again.' },
  missing_request_header: {
    status: 403,
    sentence: 'A browser must send the header X-Time-Bank with every command.',
  },
  code_not_accepted: { status: 401, sentence: 'The code is wrong, used, or too old. Ask for a new one.' },
  too_many_codes: { status: 429, sentence: 'This number has had its codes for today.' },
  try_later: { status: 429, sentence: 'Too many tries. Wait, then try again.' },
  country_not_served: { status: 422, sentence: 'Messages are not sent to numbers of this country.' },
  session_ended: { status: 401, sentence: 'This sign-in was ended. Sign in again.' },
  passkey_needed: { status: 403, sentence: 'Staff sign in with a passkey as well.' },
  passkey_not_accepted: { status: 401, sentence: 'The passkey was not accepted. Try again.' },
  device_proof_needed: {
    status: 401,
    sentence: 'Hours move only from a device that shows its own key with the command.',
  },
  device_not_trusted: { status: 403, sentence: 'This device may look, and not move hours yet.' },
  signature_not_accepted: {
    status: 401,
    sentence: 'The signature is not right, or it is of another time. Sign the message again.',
  },
  rate_limited: { status: 429, sentence: 'Too many calls. Wait a little.' },
  not_allowed: { status: 403, sentence: 'Your roles do not allow this.' },
  unknown_route: { status: 404, sentence: 'There is nothing at this address.' },
  unknown_region: { status: 404, sentence: 'There is no such region.' },
  unknown_member: { status: 404, sentence: 'There is no such person.' },
  unknown_request: { status: 404, sentence: 'There is no such request.' },
  unknown_visit: { status: 404, sentence: 'There is no such visit.' },
  unknown_transfer: { status: 404, sentence: 'There is no such line on the statement.' },
  unknown_pool: { status: 404, sentence: 'There is no such pool.' },
  unknown_document: { status: 404, sentence: 'There is no such document.' },
  unknown_case: { status: 404, sentence: 'There is no such case.' },
  unknown_file: { status: 404, sentence: 'There is no such record.' },
  unknown_session: { status: 404, sentence: 'There is no such sign-in.' },
  exists_with_different_content: { status: 409, sentence: 'This id was used before, for something else.' },
  id_too_old: {
    status: 409,
    sentence: 'This id was made more than 31 days ago. Send the command with a new id.',
  },
  id_from_the_future: {
    status: 409,
    sentence: 'This id was made by a clock that is more than a day ahead. Set the clock, then use a new id.',
  },
  changed_meanwhile: { status: 409, sentence: 'Somebody has changed this meanwhile. Look again first.' },
  phone_taken: { status: 409, sentence: 'The number belongs to another person of the time bank.' },
  role_not_grantable: { status: 403, sentence: 'You cannot give or end this role in this region.' },
  already_bound: { status: 409, sentence: 'These two people are bound already.' },
  binding_not_open: { status: 409, sentence: 'The binding does not wait for this step, or has ended.' },
  helper_limit_reached: { status: 409, sentence: 'This is more than the helper may spend.' },
  card_locked: { status: 409, sentence: 'Too many wrong numbers. The card is locked; staff can unlock it.' },
  card_not_accepted: {
    status: 422,
    sentence: 'The card or its number is not right, or it was reported lost.',
  },
  link_not_accepted: { status: 422, sentence: 'The link was used, is too old, or is not one of ours.' },
  wrong_step: { status: 409, sentence: 'This step does not follow from where things stand.' },
  not_ready_to_serve: { status: 409, sentence: "The volunteer's papers are not in order for this visit." },
  consent_needed: { status: 409, sentence: 'This needs the consent of the person first.' },
  not_a_portrait: {
    status: 422,
    sentence: 'This is no small JPEG with nothing but the picture in it.',
  },
  merge_not_possible: { status: 409, sentence: 'These two records cannot be joined as they are.' },
  undo_too_late: { status: 409, sentence: 'This can be undone for 30 days only.' },
  erasure_blocked: { status: 409, sentence: 'The record cannot be erased yet.' },
  case_closed: { status: 409, sentence: 'The case is closed.' },
  resource_short: { status: 409, sentence: 'There is not so much left of this resource.' },
  starts_in_past: { status: 422, sentence: 'The planned start has passed.' },
  starts_too_late: { status: 422, sentence: 'The planned start is too far ahead.' },
  not_receiving_care: { status: 422, sentence: 'This person is not registered as a resident.' },
  service_not_offered: { status: 422, sentence: 'The region does not offer this service in this way.' },
  service_not_suited: {
    status: 422,
    sentence: 'This service is not meant for how much help the person needs.',
  },
  outside_service_hours: { status: 422, sentence: 'This service is not offered at that time of the day.' },
  minutes_out_of_bounds: { status: 422, sentence: 'This service takes more, or less, time than that.' },
  too_young_to_redeem: {
    status: 422,
    sentence: 'Hours can be redeemed from the age that the region has set.',
  },
  rule_never_fires: { status: 422, sentence: 'This rule has no date at all.' },
  date_not_in_series: { status: 422, sentence: 'The series has no such date to come.' },
  activity_full: { status: 409, sentence: 'The list of this activity is full.' },
  request_not_open: { status: 409, sentence: 'The request no longer waits for a volunteer.' },
  own_request: { status: 409, sentence: 'Nobody visits themselves.' },
  not_eligible: { status: 409, sentence: 'This volunteer cannot make this visit.' },
  overlapping_visit: { status: 409, sentence: 'Another visit is planned at that time.' },
  home_visit_due: {
    status: 409,
    sentence: 'The last visits were calls: somebody has to go there next.',
  },
  not_accepted: { status: 409, sentence: 'The visit is not waiting to begin.' },
  already_checked_in: { status: 409, sentence: 'You have checked in already, perhaps on another phone.' },
  too_early_to_check_in: {
    status: 409,
    sentence: 'Check-in is not open yet: it opens shortly before the planned start.',
  },
  too_late_to_check_in: {
    status: 409,
    sentence: 'Check-in has closed. Call the coordinator.',
  },
  not_in_service: { status: 409, sentence: 'The visit has not begun, or has ended already.' },
  visit_code_locked: { status: 409, sentence: 'Too many wrong codes. Call the coordinator.' },
  card_of_another_person: {
    status: 409,
    sentence: 'This card belongs to somebody else. Is it the right house?',
  },
  visit_code_incorrect: { status: 422, sentence: 'This is not the code on the card.' },
  already_reported: { status: 409, sentence: 'What was found on this visit has been written down.' },
  back_entry_too_late: { status: 409, sentence: 'The visit is too long ago to be entered.' },
  not_awaiting_confirmation: { status: 409, sentence: 'The visit is not waiting to be confirmed.' },
  not_ratable: { status: 409, sentence: 'This visit cannot be rated now.' },
  already_rated: { status: 409, sentence: 'This side has said what it thinks of the visit.' },
  not_disputable: { status: 409, sentence: 'This visit cannot be disputed, or not any more.' },
  not_cancellable: { status: 409, sentence: 'The visit has begun or the request is closed.' },
  wrong_state: { status: 409, sentence: 'This cannot be done with the request as it stands.' },
  fallback_off: { status: 409, sentence: 'No paid provider stands in for volunteers in this region.' },
  unknown_policy_version: { status: 404, sentence: 'There is no such version of the rules.' },
  donation_not_allowed: { status: 422, sentence: 'The region does not take donations of hours.' },
  same_account: { status: 422, sentence: 'Giver and receiver are the same account.' },
  unknown_account: { status: 404, sentence: 'There is no such account.' },
  donate_only_account: { status: 409, sentence: "Hours of an organisation's account can only be donated." },
  account_frozen: { status: 409, sentence: 'The account is frozen.' },
  account_not_frozen: { status: 409, sentence: 'The account is not frozen.' },
  account_closed: { status: 409, sentence: 'The account is closed.' },
  not_family: {
    status: 422,
    sentence:
      'The receiver is not bound to this account as family, or not in a relation that the region allows.',
  },
  too_many_bonds: { status: 409, sentence: 'The account has as many family ties as the region allows.' },
  receiver_too_young: {
    status: 422,
    sentence: 'The receiver has not reached the age at which family may receive.',
  },
  gift_year_cap_reached: {
    status: 409,
    sentence: 'The gifts of this year would be above what the region allows.',
  },
  too_many_holds: { status: 409, sentence: 'The account has as many open holds as the region allows.' },
  too_many_grants: { status: 409, sentence: 'The account has as many open grants as it can carry.' },
  hold_not_open: {
    status: 409,
    sentence: 'The hours set aside for this request have been used or released.',
  },
  hold_lapsed: { status: 409, sentence: 'The time for which the hours were set aside is over.' },
  holds_open: { status: 409, sentence: 'The account still has hours set aside.' },
  grant_not_open: { status: 409, sentence: 'The grant has been used or has gone back to its pool.' },
  not_reversible: { status: 422, sentence: 'A line of this kind cannot be taken back like that.' },
  already_reversed: { status: 409, sentence: 'The line has been taken back already.' },
  nothing_to_reverse: { status: 409, sentence: 'Nothing is left of what the line brought.' },
  second_person_needed: { status: 403, sentence: 'A second person on the staff has to decide this.' },
  debt_open: { status: 409, sentence: 'The account still owes hours.' },
  insufficient_hours: { status: 409, sentence: 'There are not enough hours on the account.' },
  unknown_receiver: { status: 404, sentence: 'There is no such account to receive the hours.' },
  receiver_cannot_receive: { status: 409, sentence: 'The account of the receiver is not open.' },
  cap_reached: { status: 409, sentence: 'The account has reached the most it may hold.' },
  pool_short: { status: 409, sentence: 'There are not enough hours in the pool.' },
  document_used: { status: 409, sentence: 'The document has been used already.' },
  purchase_used_up: { status: 409, sentence: 'The purchase does not have so many hours left.' },
  busy_try_again: { status: 503, sentence: 'Somebody else was faster. Send the same again.' },
  unavailable: { status: 503, sentence: 'The service is away for a moment. Send the same again.' },
  internal: { status: 500, sentence: 'Something went wrong on our side. Nothing was half written.' },
};

/** Answers a refusal. */
export const refuse = (c: Context, refusal: Refusal, errorId?: string): Response => {
  const { status, sentence } = answers[refusal.code];
  const wait = refusal.retryAfterSeconds ?? (status === 503 ? RETRY_AFTER_SECONDS : undefined);
  if (wait !== undefined) c.header('Retry-After', String(wait));
  const body: ErrorAnswer = {
    error: { ...refusal, message: sentence, ...(errorId === undefined ? {} : { errorId }) },
  };
  return c.json(body, status);
};

/** True where the same command was answered before, whether it was done or refused. */
const isHit = (outcome: Outcome<unknown>): boolean =>
  outcome.kind === 'replayed' || (outcome.kind === 'refused' && outcome.isReplay === true);

/** Answers what was done, through its schema, or leaves with the refusal; a replay of either says that it is one. */
export const present = <T extends object, S extends ContentfulStatusCode>(
  c: Context,
  schema: z.ZodMiniType<T>,
  outcome: Outcome<T>,
  status: S,
) => {
  if (isHit(outcome)) c.header('Idempotency-Hit', 'true');
  if (outcome.kind === 'refused') throw new Refused(outcome.refusal);
  return c.json<T, S>(schema.parse(outcome.value), status);
};

/** Where it happened, without the message: that may quote what a person wrote. */
const framesOf = ({ stack, message }: Error): string | undefined =>
  stack
    ?.replace(message, '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');

/** The exit for everything that was thrown. */
export const onError =
  (deps: Pick<Deps, 'log' | 'newErrorId'>) =>
  (error: Error, c: Context): Response => {
    if (error instanceof Refused) return refuse(c, error.refusal);
    if (error instanceof InvalidCursor) {
      return refuse(c, { code: 'invalid_fields', details: [{ property: 'cursor', message: error.message }] });
    }
    if (error instanceof HTTPException && error.status === 400) return refuse(c, { code: 'malformed_json' });
    const errorId = deps.newErrorId();
    if (error instanceof Unavailable) {
      deps.log({ event: 'unavailable', errorId, route: routePath(c, -1) });
      return refuse(c, { code: 'unavailable' }, errorId);
    }
    deps.log({ event: 'internal', errorId, name: error.name, stack: framesOf(error) });
    return refuse(c, { code: 'internal' }, errorId);
  };
