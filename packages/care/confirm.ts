/**
 * What happens to a visit that waits for a word: the elder's side is reminded, and when the time is over it counts by
 * itself only where it is fully shown that it took place and nothing speaks against it; else somebody calls.
 * Source: README "Confirming".
 */
import { type Planned, type Refusal, done, refused } from '@time-bank/contracts/refusals';
import { type Instant, instantOf, msOf, plusMinutes } from '@time-bank/contracts/time';
import type { CallbackReason } from '@time-bank/contracts/visiting';
import type { Policy } from '@time-bank/policy/policy';
import { waitsForAWord } from './life.ts';
import { type ProofRules, isProofComplete } from './proof.ts';
import {
  type CareChange,
  type Command,
  type RequestFacts,
  type RequestRecord,
  type Step,
  type VisitRecord,
  moved,
  touched,
} from './request.ts';

/** After so many hours the elder's side is reminded, as long as the waiting is not over before. */
const reminderHours = [24, 48, 72];
/** A reminder that goes out when the waiting would end has so many hours to be read. */
const LAST_WORD_HOURS = 2;
/** The schedule looks at what waits at least this often, so that the lists of the desk need not read further ahead. */
export const LOOK_HOURS = 24;
/** From then on it stands among the forgotten. */
const FORGOTTEN_HOURS = 48;

const HOUR_MINUTES = 60;

/** Since when a visit waits: its check-out, or its end by other means. */
export const waitsSince = ({ history, plannedStartAt }: RequestRecord): Instant =>
  history.findLast(({ receipt, from }) => receipt.state === 'pending_confirm' && from !== 'pending_confirm')
    ?.at ??
  history.find(({ receipt }) => receipt.state === 'callback')?.at ??
  plannedStartAt;

/** True for a visit that has waited for two days. */
export const isForgotten = (request: RequestRecord, now: Instant): boolean =>
  msOf(plusMinutes(waitsSince(request), FORGOTTEN_HOURS * HOUR_MINUTES)) <= msOf(now);

const remindersOf = ({ autoConfirmHours }: Pick<Policy, 'autoConfirmHours'>): number[] =>
  reminderHours.filter((hours) => hours <= autoConfirmHours);

/** After so many hours the waiting is over. */
const waitingHoursOf = ({ autoConfirmHours }: Pick<Policy, 'autoConfirmHours'>): number =>
  reminderHours.includes(autoConfirmHours) ? autoConfirmHours + LAST_WORD_HOURS : autoConfirmHours;

/** What is to be done about a visit that waits, at `now`: nothing yet, a reminder, or an end of the waiting. */
export type WordDue = { kind: 'wait' | 'end' } | { kind: 'remind'; told: number };

/** Reminders that were missed are not made up for: one word says it. */
export const wordDue = (
  policy: Pick<Policy, 'autoConfirmHours'>,
  request: RequestRecord,
  now: Instant,
): WordDue => {
  const hours = (msOf(now) - msOf(waitsSince(request))) / (HOUR_MINUTES * 60_000);
  if (hours >= waitingHoursOf(policy)) return { kind: 'end' };
  const told = remindersOf(policy).filter((each) => each <= hours).length;
  return told > (request.told ?? 0) ? { kind: 'remind', told } : { kind: 'wait' };
};

/** When the schedule looks at it next: at the next reminder or the end of the waiting, a day from now at the latest. */
export const nextLookAt = (
  policy: Pick<Policy, 'autoConfirmHours'>,
  request: RequestRecord,
  now: Instant,
): Instant => {
  const since = waitsSince(request);
  const ahead = [...remindersOf(policy), waitingHoursOf(policy)]
    .map((hours) => msOf(plusMinutes(since, hours * HOUR_MINUTES)))
    .filter((ms) => ms > msOf(now));
  return instantOf(Math.min(...ahead, msOf(plusMinutes(now, LOOK_HOURS * HOUR_MINUTES))));
};

/** When somebody was at work, on the service's own clock. */
export interface Stretch {
  from: Instant;
  until: Instant;
}

/** The time that a part took; undefined where it was not begun and ended. */
export const stretchOf = ({ checkedInAt, checkedOutAt }: VisitRecord): Stretch | undefined =>
  checkedInAt === undefined || checkedOutAt === undefined
    ? undefined
    : { from: checkedInAt, until: checkedOutAt };

/** True where two stretches share time; one may begin in the very moment in which the other ends. */
export const areAtOnce = (one: Stretch, other: Stretch): boolean =>
  msOf(one.from) < msOf(other.until) && msOf(other.from) < msOf(one.until);

const reasonsOf = (
  policy: ProofRules & Pick<Policy, 'overPlanToleranceMinutes'>,
  request: RequestRecord,
  part: VisitRecord,
  elsewhere: readonly Stretch[],
): CallbackReason[] => {
  const own = stretchOf(part);
  const isTooLong = (part.servedMinutes ?? 0) > request.plannedMinutes + policy.overPlanToleranceMinutes;
  return [
    ...(isProofComplete(policy, request, part) ? [] : ['proof_missing' as const]),
    ...(own !== undefined && elsewhere.some((each) => areAtOnce(own, each)) ? ['overlapping' as const] : []),
    ...(isTooLong ? ['too_long' as const] : []),
    ...(part.enteredBy === undefined ? [] : ['back_entry' as const]),
  ];
};

/**
 * Why somebody has to call before a visit counts; nothing where it may count by itself. `elsewhere`: when its volunteers
 * were at other visits.
 */
export const reasonsToCall = (
  policy: ProofRules & Pick<Policy, 'overPlanToleranceMinutes'>,
  facts: RequestFacts,
  elsewhere: readonly Stretch[],
): CallbackReason[] => {
  const { request, visit, second } = facts;
  const parts = [visit, second].filter((part) => part !== undefined);
  const wasAborted = request.history.some(({ receipt }) => receipt.state === 'aborted');
  const found: CallbackReason[] = [
    ...parts.flatMap((part) => reasonsOf(policy, request, part, elsewhere)),
    ...(wasAborted ? (['aborted'] as const) : []),
    ...(request.callbackReasons ?? []),
  ];
  return [...new Set(found)];
};

/** The waiting ends with a call by the hotline. Refuses: not_awaiting_confirmation. */
export const planCallback = (
  { request }: RequestFacts,
  command: Command,
  reasons: readonly CallbackReason[],
): Planned<Step> => {
  if (request.state !== 'pending_confirm') return refused('not_awaiting_confirmation');
  const { change, receipt } = moved(
    request,
    { command, to: 'callback', dueAt: plusMinutes(command.at, LOOK_HOURS * HOUR_MINUTES) },
    { callbackReasons: [...reasons] },
  );
  return done({ changes: [change], receipt });
};

/** Nobody answered: it is tried again the next day. Refuses: not_awaiting_confirmation. */
export const planCalledInVain = (
  { request }: RequestFacts,
  command: Command,
  reason: string | undefined,
): Planned<Step> => {
  if (!waitsForAWord(request.state)) return refused('not_awaiting_confirmation');
  const reasons = [...new Set<CallbackReason>([...(request.callbackReasons ?? []), 'no_answer'])];
  const { change, receipt } = moved(
    request,
    {
      command,
      to: 'callback',
      dueAt: plusMinutes(command.at, LOOK_HOURS * HOUR_MINUTES),
      ...(reason === undefined ? {} : { reason }),
    },
    { callbackReasons: reasons, told: (request.state === 'callback' ? (request.told ?? 0) : 0) + 1 },
  );
  return done({ changes: [change], receipt });
};

/**
 * What the six digits of a card say of a visit: nothing where they are right; else a refusal, and the try written down.
 * The tries are those of the visit, at the door and afterwards together.
 * Gives the refusals visit_code_locked, visit_code_incorrect.
 */
export const planWrongWord = (
  { visitCodeTriesMax }: Pick<Policy, 'visitCodeTriesMax'>,
  { request, visit }: RequestFacts,
  command: Pick<Command, 'fingerprint'>,
  isRight: boolean,
): { refusal: Refusal; changes: CareChange[] } | undefined => {
  if (visit === undefined) return undefined;
  if (visit.wrongCodes >= visitCodeTriesMax) return { refusal: { code: 'visit_code_locked' }, changes: [] };
  if (isRight) return undefined;
  const wrongCodes = visit.wrongCodes + 1;
  const refusal: Refusal = { code: 'visit_code_incorrect', triesLeft: visitCodeTriesMax - wrongCodes };
  return {
    refusal,
    changes: [
      touched(request, {}),
      { change: 'move_visit', visit: { ...visit, wrongCodes, lastWrongTry: command.fingerprint } },
    ],
  };
};
