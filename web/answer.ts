/** What came of asking the service: done, refused with a reason, or nobody reached. */
import type { FieldProblem, Refusal, RefusalCode } from '@time-bank/contracts/refusals';
import type { Sentences } from './words/sentence.ts';

/** Done with a value, refused, or nobody reached: the network is away, or the service did not answer in time. */
export type Answer<Value> =
  { kind: 'done'; value: Value } | { kind: 'refused'; refusal: Refusal } | { kind: 'unreachable' };

/** An answer without success. */
export type Failure = Exclude<Answer<never>, { kind: 'done' }>;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

// The list of codes is the service's; one that this edition has no sentence for is read as `internal`.
const isRefusalCode = (code: unknown): code is RefusalCode => typeof code === 'string';

const figure = <Name extends string>(
  error: Record<string, unknown>,
  name: Name,
): { [N in Name]?: number } => {
  const value = error[name];
  const found: { [N in Name]?: number } = {};
  if (typeof value === 'number') found[name] = value;
  return found;
};

// The service's own sentences are for programmers; the fields are what a form needs.
const isFieldProblem = (detail: unknown): detail is FieldProblem =>
  isRecord(detail) && typeof detail.property === 'string';

const detailsIn = (error: Record<string, unknown>): { details?: FieldProblem[] } =>
  Array.isArray(error.details) ? { details: error.details.filter(isFieldProblem) } : {};

/** The refusal in the body of an answer; `internal` where the body makes no sense. */
export const refusalIn = (body: unknown): Refusal => {
  const error = isRecord(body) && isRecord(body.error) ? body.error : {};
  return {
    code: isRefusalCode(error.code) ? error.code : 'internal',
    ...figure(error, 'availableMinutes'),
    ...figure(error, 'neededMinutes'),
    ...figure(error, 'triesLeft'),
    ...figure(error, 'retryAfterSeconds'),
    ...(typeof error.from === 'string' ? { from: error.from } : {}),
    ...detailsIn(error),
  };
};

interface JsonResponse<Value> {
  ok: boolean;
  json: () => Promise<Value>;
}

/** What came of `asked`; `valueOf` takes the value from a response that says that it was done. */
export const answerWith = async <Asked extends JsonResponse<unknown>, Value>(
  asked: Promise<Asked>,
  valueOf: (response: Asked) => Promise<Value>,
): Promise<Answer<Value>> => {
  try {
    const response = await asked;
    if (response.ok) return { kind: 'done', value: await valueOf(response) };
    return { kind: 'refused', refusal: refusalIn(await response.json()) };
  } catch {
    return { kind: 'unreachable' };
  }
};

/** What came of `asked`, which answers with JSON of a known shape. */
export const answerOf = <Value>(asked: Promise<JsonResponse<Value>>): Promise<Answer<Value>> =>
  answerWith(asked, (response) => response.json());

/** The failure in a sentence that says what to do next. */
export const sentenceOf = (words: Sentences, failure: Failure): string => {
  if (failure.kind === 'unreachable') return words.unreachable;
  const sentence = words.refusals[failure.refusal.code] ?? words.refusals.internal;
  return typeof sentence === 'string' ? sentence : sentence(failure.refusal);
};

const SIGN_IN_FIRST: readonly RefusalCode[] = ['not_signed_in', 'sign_in_expired', 'session_ended'];

/** True where nobody is signed in. */
export const isSignInMissing = (failure: Failure): boolean =>
  failure.kind === 'refused' && SIGN_IN_FIRST.includes(failure.refusal.code);
