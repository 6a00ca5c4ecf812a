/**
 * A call for help and its life, as one table: who may be told next, and by when. The ladder goes up by the clock: whoever
 * looks at it, whenever, sees the rung on which it truly stands. Source: README "Emergencies".
 */
import type {
  EmergencyAct,
  EmergencyReceipt,
  EmergencyRung,
  EmergencySource,
  EmergencyState,
  EmergencyStep,
  HandedTo,
} from '@time-bank/contracts/emergency';
import { emergencyRungs } from '@time-bank/contracts/emergency';
import type { ActorId, CommandId, MemberId, RequestId } from '@time-bank/contracts/ids';
import { type Outcome, type Planned, done, refused, replayed } from '@time-bank/contracts/refusals';
import type { Channel } from '@time-bank/contracts/request';
import { type Instant, instantOf, msOf, plusMinutes } from '@time-bank/contracts/time';

/** One thing that happened; written once. `rung`: who was told. `isJoined`: a call that was the same as the one before. */
export interface EmergencyEvent {
  commandId: CommandId;
  fingerprint: string;
  step: EmergencyStep['step'];
  actorId: ActorId;
  channel: Channel;
  at: Instant;
  state: EmergencyState;
  rung?: EmergencyRung;
  to?: HandedTo;
  words?: string;
}

/**
 * What is kept of a call. `calls`: how often it was called, the first time included. `told`: the highest rung that has
 * been told, `toldPeople`: everybody beside the desk who has been. `isFlooded`: a device was turned away.
 */
export interface EmergencyFacts {
  elderId: MemberId;
  source: EmergencySource;
  words?: string;
  requestId?: RequestId;
  state: EmergencyState;
  openedAt: Instant;
  calls: number;
  isFlooded: boolean;
  told: EmergencyRung;
  toldPeople: MemberId[];
  answeredAt?: Instant;
  onSiteAt?: Instant;
  history: EmergencyEvent[];
}

/** Who does a step, under which command, when, by which way. */
export type EmergencyCommand = Pick<
  EmergencyEvent,
  'commandId' | 'fingerprint' | 'actorId' | 'channel' | 'at'
>;

/** What a region has decided: seconds until somebody answers, minutes until somebody is there. */
export interface EmergencyTimes {
  emergencyAnswerSeconds: number;
  emergencyOnSiteMinutes: number;
}

/** Where each state leads; a review follows every ending, also that of a mistake, which staff may doubt. */
export const emergencyLeadsTo: Readonly<Record<EmergencyState, readonly EmergencyState[]>> = {
  open: ['answered', 'mistaken'],
  answered: ['dispatched', 'on_site', 'handed_over', 'reviewed', 'mistaken'],
  dispatched: ['on_site', 'handed_over', 'mistaken'],
  on_site: ['handed_over', 'reviewed'],
  handed_over: ['reviewed'],
  mistaken: ['answered', 'reviewed'],
  reviewed: ['closed'],
  closed: [],
};

/** Somebody is still needed: a further call is the same one. */
export const isLive = (state: EmergencyState): boolean =>
  state === 'open' || state === 'answered' || state === 'dispatched' || state === 'on_site';

/** The most that is written of one call beside what staff do: further calls are counted, not listed. */
const CALLS_LISTED_MAX = 20;

/** What a step answered, from its event. */
export const emergencyReceipt = (
  caseId: CommandId,
  { state, at, step }: EmergencyEvent,
): EmergencyReceipt => ({ caseId, state, at, isJoined: step === 'called_again' });

/** The once-only check. Undefined where the step is new. Refuses: exists_with_different_content. */
export const emergencyStepDone = (
  caseId: CommandId,
  history: readonly EmergencyEvent[],
  command: Pick<EmergencyCommand, 'commandId' | 'fingerprint'>,
): Outcome<EmergencyReceipt> | undefined => {
  const event = history.find(({ commandId }) => commandId === command.commandId);
  if (event === undefined) return undefined;
  return event.fingerprint === command.fingerprint
    ? replayed(emergencyReceipt(caseId, event))
    : refused('exists_with_different_content');
};

const stepped = <F extends EmergencyFacts>(
  facts: F,
  event: EmergencyEvent,
  also: Partial<EmergencyFacts> = {},
): F => ({ ...facts, ...also, state: event.state, history: [...facts.history, event] });

/** Staff do the next thing. Refuses: wrong_step, case_closed. */
export const planMove = <F extends EmergencyFacts>(
  facts: F,
  command: EmergencyCommand,
  { act, to, words }: { act: EmergencyAct; to?: HandedTo | undefined; words?: string | undefined },
): Planned<F> => {
  if (facts.state === 'closed') return refused('case_closed');
  if (!emergencyLeadsTo[facts.state].includes(act)) return refused('wrong_step');
  const event: EmergencyEvent = {
    ...command,
    step: act,
    state: act,
    ...(to === undefined ? {} : { to }),
    ...(words === undefined ? {} : { words }),
  };
  return done(
    stepped(facts, event, {
      // The first answer and the first arrival are what is measured.
      ...(act === 'answered' && facts.answeredAt === undefined ? { answeredAt: command.at } : {}),
      ...(act === 'on_site' ? { onSiteAt: command.at } : {}),
    }),
  );
};

/** Whoever called says that it was a mistake. Refuses: wrong_step, case_closed. */
export const planMistake = <F extends EmergencyFacts>(facts: F, command: EmergencyCommand): Planned<F> => {
  if (facts.state === 'closed') return refused('case_closed');
  if (!emergencyLeadsTo[facts.state].includes('mistaken')) return refused('wrong_step');
  return done(stepped(facts, { ...command, step: 'mistaken', state: 'mistaken' }));
};

/** A further call while somebody is still needed; the first ones are listed, all are counted. */
export const planAgain = <F extends EmergencyFacts>(
  facts: F,
  command: EmergencyCommand,
  words?: string,
): F => {
  const event: EmergencyEvent = {
    ...command,
    step: 'called_again',
    state: facts.state,
    ...(words === undefined ? {} : { words }),
  };
  const calls = facts.calls + 1;
  return facts.calls >= CALLS_LISTED_MAX ? { ...facts, calls } : stepped(facts, event, { calls });
};

const indexOf = (rung: EmergencyRung): number => emergencyRungs.indexOf(rung);

const plusSeconds = (at: Instant, seconds: number): Instant => instantOf(msOf(at) + seconds * 1000);

/**
 * When each rung is told. While nobody has answered, each `emergencyAnswerSeconds` after the one before; once somebody
 * has, family and township `emergencyOnSiteMinutes` after the opening and the county as much later again, until somebody is
 * there.
 */
const tellingTimes = ({ state, openedAt }: EmergencyFacts, times: EmergencyTimes): Instant[] => {
  if (state === 'open') {
    return emergencyRungs.map((_, index) => plusSeconds(openedAt, index * times.emergencyAnswerSeconds));
  }
  if (state !== 'answered' && state !== 'dispatched') return [];
  const lateAt = plusMinutes(openedAt, times.emergencyOnSiteMinutes);
  return [openedAt, lateAt, lateAt, plusMinutes(lateAt, times.emergencyOnSiteMinutes)];
};

/** The rung on which a call stands at `now`, told or not; it never goes down. */
export const rungAt = (facts: EmergencyFacts, times: EmergencyTimes, now: Instant): EmergencyRung => {
  const due = tellingTimes(facts, times).filter((at) => msOf(at) <= msOf(now)).length - 1;
  return emergencyRungs[Math.max(due, indexOf(facts.told))] ?? facts.told;
};

/** When the next rung is told; undefined where nobody follows, or somebody has come. */
export const nextRungAt = (facts: EmergencyFacts, times: EmergencyTimes, now: Instant): Instant | undefined =>
  tellingTimes(facts, times)[indexOf(rungAt(facts, times, now)) + 1];

/** The rungs that are due at `now` and have not been told. */
export const rungsToTell = (facts: EmergencyFacts, times: EmergencyTimes, now: Instant): EmergencyRung[] =>
  emergencyRungs.slice(indexOf(facts.told) + 1, indexOf(rungAt(facts, times, now)) + 1);

/** The longest that whoever has been told is left in peace while nobody has come. */
const AGAIN_MINUTES_MAX = 24 * 60;

/**
 * When everybody is told again, for the whole ladder has been told and nobody is there: as long after the last word as
 * somebody may take to come, then twice as long each time, a day at most. Undefined where rungs are left, or somebody has
 * come.
 */
export const againAt = (
  { state, told, history }: EmergencyFacts,
  { emergencyOnSiteMinutes }: EmergencyTimes,
): Instant | undefined => {
  if (told !== 'county' || (state !== 'open' && state !== 'answered' && state !== 'dispatched'))
    return undefined;
  const words = history.filter(({ step, rung }) => step === 'told' && rung === told);
  const last = words.at(-1);
  if (last === undefined) return undefined;
  return plusMinutes(last.at, Math.min(AGAIN_MINUTES_MAX, emergencyOnSiteMinutes * 2 ** (words.length - 1)));
};

/** A rung has been told. */
export const planTold = <F extends EmergencyFacts>(
  facts: F,
  command: EmergencyCommand,
  told: { rung: EmergencyRung; people: readonly MemberId[] },
): F =>
  stepped(
    facts,
    { ...command, step: 'told', state: facts.state, rung: told.rung },
    { told: told.rung, toldPeople: [...new Set([...facts.toldPeople, ...told.people])] },
  );

/** How long it took until somebody answered and until somebody was there: whole seconds and minutes, rounded down. */
export const emergencyFigures = ({
  openedAt,
  answeredAt,
  onSiteAt,
}: EmergencyFacts): { answerSeconds?: number; onSiteMinutes?: number } => ({
  ...(answeredAt === undefined
    ? {}
    : { answerSeconds: Math.floor((msOf(answeredAt) - msOf(openedAt)) / 1000) }),
  ...(onSiteAt === undefined
    ? {}
    : { onSiteMinutes: Math.floor((msOf(onSiteAt) - msOf(openedAt)) / 60_000) }),
});
