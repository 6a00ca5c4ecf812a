/**
 * Whom to ask for a visit, and when: the few most likely first, twice as many each time that nobody has said yes, and
 * sooner the nearer the visit is. Nobody is asked twice for one visit, nobody more often in a week than the region
 * allows, and nobody at night. No clock: the same facts ask the same people. Ground: asking everybody at once fills a
 * visit soonest and wears a volunteer out soonest; whoever reads "taken already" a few times stops reading.
 */
import type { MemberId } from '@time-bank/contracts/ids';
import {
  type Instant,
  civilDateOf,
  minuteOfDay,
  msOf,
  plusDays,
  plusMinutes,
  startOfDay,
} from '@time-bank/contracts/time';
import type { Policy } from '@time-bank/policy/policy';
import { type Ranked, isFreeThen } from './candidates.ts';

/** The region's rules for asking. */
export type WaveRules = Pick<
  Policy,
  'askFirstCount' | 'askWaveMinutes' | 'asksPerWeekMax' | 'quietFromMinute' | 'quietToMinute'
>;

/** The waves that were sent: the last one, when, and everybody who was asked. */
export interface Sent {
  wave: number;
  at: Instant;
  to: readonly MemberId[];
}

/** Of whom a volunteer's week of asks is known, and whether they want to be asked at all. */
export interface AskFacts {
  asksInWeek: number;
  isSilent: boolean;
}

/** As many as one request ever reaches. */
export const ASKED_MAX = 60;
/** As many waves as one request ever has. */
export const WAVES_MAX = 20;
/** Between two waves there are an eighth of the time that is left, and never less than this. */
const WAVE_MINUTES_MIN = 5;
const SHARE_OF_TIME_LEFT = 8;

/** The first instant from `at` on at which people may be told of something that is not urgent. */
const outOfNight = ({ quietFromMinute, quietToMinute }: WaveRules, at: Instant): Instant => {
  const minute = minuteOfDay(at);
  if (minute >= quietToMinute && minute < quietFromMinute) return at;
  const day = civilDateOf(at);
  const morning = minute < quietToMinute ? day : plusDays(day, 1);
  return plusMinutes(startOfDay(morning), quietToMinute);
};

/** When the wave after `sent` is due; undefined where there is none: the visit begins before it, or enough were asked. */
export const nextWaveAt = (
  rules: WaveRules,
  sent: Sent,
  { plannedStartAt }: { plannedStartAt: Instant },
): Instant | undefined => {
  if (sent.wave >= WAVES_MAX || sent.to.length >= ASKED_MAX) return undefined;
  const leftMinutes = (msOf(plannedStartAt) - msOf(sent.at)) / 60_000;
  const share = Math.max(WAVE_MINUTES_MIN, Math.floor(leftMinutes / SHARE_OF_TIME_LEFT));
  const at = outOfNight(rules, plusMinutes(sent.at, Math.min(rules.askWaveMinutes, share)));
  return msOf(at) < msOf(plannedStartAt) ? at : undefined;
};

/** How many the wave of this number asks: the first few, then twice as many each time. */
export const sizeOfWave = ({ askFirstCount }: WaveRules, wave: number): number =>
  askFirstCount * 2 ** (wave - 1);

/**
 * Whom the next wave asks, best first: of those ranked who have said nothing against this time, were not asked yet,
 * have had fewer asks this week than the region allows, and have not stopped them.
 */
export const whomToAsk = (
  rules: WaveRules,
  sent: Sent | undefined,
  ranked: readonly Ranked[],
  factsOf: (volunteerId: MemberId) => AskFacts,
): MemberId[] => {
  const asked = new Set(sent?.to);
  const count = Math.min(sizeOfWave(rules, (sent?.wave ?? 0) + 1), ASKED_MAX - asked.size);
  const mayBeAsked = (candidate: Ranked): boolean => {
    const { asksInWeek, isSilent } = factsOf(candidate.volunteerId);
    return (
      isFreeThen(candidate) &&
      !asked.has(candidate.volunteerId) &&
      !isSilent &&
      asksInWeek < rules.asksPerWeekMax
    );
  };
  return ranked
    .filter(mayBeAsked)
    .slice(0, count)
    .map(({ volunteerId }) => volunteerId);
};
