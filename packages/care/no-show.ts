/**
 * Somebody was not there. Who it was the desk finds out on the telephone; a clock alone decides it for nobody. What a
 * volunteer missed counts for a while and can end in a pause that a person has to decide; it never costs minutes, and
 * nothing at all counts against an elder.
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
  moved,
  partsOf,
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

/** The last day of the pause that somebody's missed visits ask for at `at`; undefined where they ask for none. */
export const pauseFor = (
  rules: NoShowRules,
  parts: readonly TakenOn[],
  at: Instant,
): CivilDate | undefined => {
  const since = plusMinutes(at, -rules.noShowWindowDays * 24 * 60);
  const points = parts
    .filter(({ plannedStartAt }) => msOf(plannedStartAt) > msOf(since))
    .reduce((sum, part) => sum + pointsOf(rules, part), 0);
  return points >= rules.noShowCountMax * NO_SHOW_POINTS
    ? plusDays(civilDateOf(at), rules.noShowPauseDays)
    : undefined;
};
