/** The one place where outcomes become HTTP: refusal to status, unknown error to an id and nothing else. */
import type { ErrorAnswer, Outcome, Refusal, RefusalCode } from '@time-bank/contracts/refusals';
import { InvalidCursor, Unavailable } from '@time-bank/desk/ports';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
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
  not_allowed: { status: 403, sentence: 'Your roles do not allow this.' },
  unknown_route: { status: 404, sentence: 'There is nothing at this address.' },
  unknown_region: { status: 404, sentence: 'There is no such region.' },
  unknown_member: { status: 404, sentence: 'There is no such person.' },
  unknown_request: { status: 404, sentence: 'There is no such request.' },
  unknown_visit: { status: 404, sentence: 'There is no such visit.' },
  exists_with_different_content: { status: 409, sentence: 'This id was used before, for something else.' },
  starts_in_past: { status: 422, sentence: 'The planned start has passed.' },
  starts_too_late: { status: 422, sentence: 'The planned start is too far ahead.' },
  not_receiving_care: { status: 422, sentence: 'This person is not registered as a resident.' },
  too_young_to_redeem: {
    status: 422,
    sentence: 'Hours can be redeemed from the age that the region has set.',
  },
  request_not_open: { status: 409, sentence: 'The request no longer waits for a volunteer.' },
  own_request: { status: 409, sentence: 'Nobody visits themselves.' },
  not_eligible: { status: 409, sentence: 'This volunteer cannot make this visit.' },
  overlapping_visit: { status: 409, sentence: 'Another visit is planned at that time.' },
  not_accepted: { status: 409, sentence: 'The visit is not waiting to begin.' },
  too_early_to_check_in: {
    status: 409,
    sentence: 'Check-in is not open yet: it opens shortly before the planned start.',
  },
  too_late_to_check_in: {
    status: 409,
    sentence: 'Check-in has closed. Call the coordinator.',
  },
  visit_code_locked: { status: 409, sentence: 'Too many wrong codes. Call the coordinator.' },
  visit_code_incorrect: { status: 422, sentence: 'This is not the code on the card.' },
  not_in_service: { status: 409, sentence: 'The visit has not begun, or has ended already.' },
  not_awaiting_confirmation: { status: 409, sentence: 'The visit is not waiting to be confirmed.' },
  not_cancellable: { status: 409, sentence: 'The visit has begun or the request is closed.' },
  unknown_account: { status: 404, sentence: 'There is no such account.' },
  insufficient_hours: { status: 409, sentence: 'There are not enough hours on the account.' },
  cap_reached: { status: 409, sentence: 'The account has reached the most it may hold.' },
  hold_not_open: {
    status: 409,
    sentence: 'The hours set aside for this request have been used or released.',
  },
  busy_try_again: { status: 503, sentence: 'Somebody else was faster. Send the same again.' },
  unavailable: { status: 503, sentence: 'The service is away for a moment. Send the same again.' },
  internal: { status: 500, sentence: 'Something went wrong on our side. Nothing was half written.' },
};

/** Answers a refusal. */
export const refuse = (c: Context, refusal: Refusal, errorId?: string): Response => {
  const { status, sentence } = answers[refusal.code];
  if (status === 503) c.header('Retry-After', String(RETRY_AFTER_SECONDS));
  const body: ErrorAnswer = {
    error: { ...refusal, message: sentence, ...(errorId === undefined ? {} : { errorId }) },
  };
  return c.json(body, status);
};

/** Answers what was done, through its schema; a replay says that it is one. */
export const present = <T extends object, S extends ContentfulStatusCode>(
  c: Context,
  schema: z.ZodMiniType<T>,
  outcome: Outcome<T>,
  status: S,
) => {
  if (outcome.kind === 'refused') throw new Refused(outcome.refusal);
  if (outcome.kind === 'replayed') c.header('Idempotency-Hit', 'true');
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
      deps.log({ event: 'unavailable', errorId, route: c.req.path.replaceAll(/_[0-9A-Z]{26}/g, '_…') });
      return refuse(c, { code: 'unavailable' }, errorId);
    }
    deps.log({ event: 'internal', errorId, name: error.name, stack: framesOf(error) });
    return refuse(c, { code: 'internal' }, errorId);
  };
