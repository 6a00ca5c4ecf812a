/**
 * Somebody was not there. Who it was the desk finds out on the telephone; a clock alone decides it for nobody. What a
 * volunteer missed or gave back late counts for a while and can end in a pause and a training; the desk hears of it with
 * them and can end it at once. It never costs minutes, and nothing at all counts against an elder: who takes visits back
 * late again and again may need something, and the desk is given a hint.
 * Source: domain R-45; 志愿服务条例 Art. 22; 个人信息保护法 Art. 24.
 */
import { type Planned, done } from '@time-bank/contracts/refusals';
import {
  type CivilDate,
  type Instant,
  civilDateOf,
  msOf,
  plusDays,
  plusMinutes,
} from '@time-bank/contracts/time';
import type { Policy } from '@time-bank/policy/policy';
import { hasBegun, isLate } from './agree.ts';
import { isTaken } from './life.ts';
import {
  type CareChange,
  type Command,
  type RequestFacts,
  type Step,
  type VisitRecord,
  type RequestRecord,
  moved,
  partsOf,
  planPut,
} from './request.ts';
import { wrongState } from './wrong-state.ts';

/** The desk has found out who was not there, from the planned start on. Refuses: wrong_state. */
export const planNoShow = (
  facts: RequestFacts,
  command: Command,
  {
    who,
    reason,
    releasedMinutes,
  }: {
    who: 'volunteer' | 'elder';
    reason: string;
    releasedMinutes?: number | undefined;
  },
): Planned<Step> => {
  const { request } = facts;
  if (!isTaken(request.state) || !hasBegun(request, command.at)) return wrongState(request);
  const { change, receipt } = moved(request, {
    command,
    to: who === 'volunteer' ? 'no_show_volunteer' : 'no_show_elder',
    reason,
    ...(releasedMinutes === undefined ? {} : { facts: { releasedMinutes } }),
  });
  const missed =
    who === 'volunteer'
      ? partsOf(facts).map((part): CareChange => ({
          change: 'move_visit',
          visit: { ...part, state: 'no_show' },
        }))
      : [];
  return done({ changes: [change, ...missed], receipt });
};

/**
 * Somebody else is to come instead: a request of its own, published at once, that comes first. What was set aside for the
 * first is free again; the community keeps the promise. `policyVersion`: the rules in force now.
 */
export const planSecondTry = (
  { request }: RequestFacts,
  command: Command,
  { requestId, ...again }: Pick<RequestRecord, 'requestId' | 'plannedStartAt' | 'policyVersion'>,
): Step => {
  const { serviceCode, receiverId, receiver, postedBy, communityCode } = request;
  const { plannedMinutes, place, wishes, note, persons, seriesId } = request;
  return planPut(
    { ...command, stepId: requestId },
    {
      ...again,
      requestId,
      serviceCode,
      receiverId,
      receiver,
      postedBy,
      communityCode,
      plannedMinutes,
      place,
      wishes,
      ...(note === undefined ? {} : { note }),
      ...(persons === undefined ? {} : { persons }),
      ...(seriesId === undefined ? {} : { seriesId }),
      follows: request.requestId,
      priority: 1,
    },
    'published',
  );
};

/** What is known of the visits that somebody had taken on. */
export type TakenOn = Pick<VisitRecord, 'state' | 'plannedStartAt' | 'withdrawnAt'>;

/** The rules about those who do not come. */
export type NoShowRules = Pick<
  Policy,
  'noShowCountMax' | 'noShowWindowDays' | 'noShowPauseDays' | 'freeCancelHours'
>;

/** A visit that nobody came to weighs as much as three that were given back late. */
const NO_SHOW_POINTS = 3;

const pointsOf = (rules: NoShowRules, part: TakenOn): number => {
  if (part.state === 'no_show') return NO_SHOW_POINTS;
  if (part.state !== 'withdrawn' || part.withdrawnAt === undefined) return 0;
  // Given back when it had begun already, it is as if nobody had come.
  if (msOf(part.withdrawnAt) >= msOf(part.plannedStartAt)) return NO_SHOW_POINTS;
  return isLate(rules, part.plannedStartAt, part.withdrawnAt) ? 1 : 0;
};

/** True where a visit that was not made counts: nobody came, or it was given back late. */
export const countsAsMissing = (rules: NoShowRules, part: TakenOn): boolean => pointsOf(rules, part) > 0;

/**
 * The last day of the pause that somebody's missed visits ask for at `at`; undefined where they ask for none. `pausedOn`:
 * when they paused for it last; what lies before has had its consequence.
 */
export const pauseFor = (
  rules: NoShowRules,
  parts: readonly TakenOn[],
  { at, pausedOn = '' }: { at: Instant; pausedOn?: CivilDate | undefined },
): CivilDate | undefined => {
  const since = plusMinutes(at, -rules.noShowWindowDays * 24 * 60);
  const points = parts
    .filter(({ plannedStartAt }) => msOf(plannedStartAt) > msOf(since))
    .filter(({ plannedStartAt }) => civilDateOf(plannedStartAt) > pausedOn)
    .reduce((sum, part) => sum + pointsOf(rules, part), 0);
  return points >= rules.noShowCountMax * NO_SHOW_POINTS
    ? plusDays(civilDateOf(at), rules.noShowPauseDays)
    : undefined;
};

/** True for an end that the elder's side made of a visit that somebody had taken, too late to find them another. */
const isLateCancel = (
  rules: NoShowRules,
  { receiverId, plannedStartAt, history }: RequestRecord,
): boolean => {
  const end = history.at(-1);
  if (end?.receipt.state !== 'cancelled' || end.from === undefined || !isTaken(end.from)) return false;
  const isByElder =
    end.actorId === receiverId ||
    end.onBehalf !== undefined ||
    end.as === 'family_proxy' ||
    end.as === 'guardian';
  return isByElder && isLate(rules, plannedStartAt, end.at);
};

/** True where the desk is given a hint about an elder who takes a visit back late at `at`: every so many times in the window. */
export const isHintDue = (rules: NoShowRules, before: readonly RequestRecord[], at: Instant): boolean => {
  const since = plusMinutes(at, -rules.noShowWindowDays * 24 * 60);
  const times = before.filter(
    (request) => isLateCancel(rules, request) && msOf(request.plannedStartAt) > msOf(since),
  ).length;
  return (times + 1) % rules.noShowCountMax === 0;
};
