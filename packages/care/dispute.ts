/**
 * A dispute about a visit, on two levels: the community decides, and where either side does not accept that within the
 * time for it, the county. Until then the minutes are frozen, and nothing is decided by silence but that a decision
 * stands. Source: README "Disputes".
 */
import type {
  ComplaintKind,
  DisputeOutcome,
  DisputeReceipt,
  DisputeState,
  VisitSide,
} from '@time-bank/contracts/confirming';
import type { AccountId, CommandId, MemberId, RequestId, TransferId } from '@time-bank/contracts/ids';
import { type Outcome, type Planned, done, refused, replayed } from '@time-bank/contracts/refusals';
import { type Instant, msOf } from '@time-bank/contracts/time';
import type { Policy } from '@time-bank/policy/policy';
import { waitsForAWord } from './life.ts';
import { closesAt } from './rating.ts';
import type { RequestRecord } from './request.ts';
import { workingDaysAfter } from './working-days.ts';

/** What a visit brought to one volunteer, by which line; `frozen`: what of it was still there to be held. */
export interface DisputedCredit {
  accountId: AccountId;
  lineId: TransferId;
  minutes: number;
  frozen?: { holdId: TransferId; minutes: number };
}

/** What was decided, on which level, by whom. */
export interface DisputeDecision {
  level: 1 | 2;
  outcome: DisputeOutcome;
  reason: string;
  actorId: MemberId;
  at: Instant;
}

/** A command that a dispute has seen, and where it left it. */
export interface DisputeAct {
  commandId: CommandId;
  fingerprint: string;
  state: DisputeState;
  at: Instant;
}

/**
 * A dispute, beside where it is kept. `concerns`: both sides, who decide nothing; `credits`: nothing where the visit had
 * not been credited; `dueAt`: by when somebody decides, or until when either side may appeal.
 */
export interface DisputeFacts {
  requestId: RequestId;
  elderId: MemberId;
  concerns: MemberId[];
  by: VisitSide;
  complaint: ComplaintKind;
  words: string;
  level: 1 | 2;
  state: DisputeState;
  dueAt: Instant;
  credits: DisputedCredit[];
  answer?: { words: string; at: Instant };
  appeal?: { by: VisitSide; words: string; at: Instant };
  decisions: DisputeDecision[];
  acts: DisputeAct[];
}

/** The rules of a region about disputes. */
export type DisputeRules = Pick<
  Policy,
  'disputeDaysMax' | 'communityDisputeWorkingDays' | 'appealWorkingDaysMax' | 'countyDisputeWorkingDays'
>;

const wasDisputed = ({ history }: RequestRecord): boolean =>
  history.some(({ receipt }) => receipt.state === 'disputed');

/** True where either side may dispute a visit: once, while it waits for a word, or for some days after it was booked. */
export const isDisputable = (rules: DisputeRules, request: RequestRecord, at: Instant): boolean => {
  if (wasDisputed(request)) return false;
  if (waitsForAWord(request.state)) return true;
  const ends = closesAt(rules, request);
  const isBooked = request.state === 'settled' || request.state === 'rated' || request.state === 'rectify';
  return isBooked && ends !== undefined && msOf(at) <= msOf(ends);
};

/** The case behind a request in dispute, or that was: the step that disputed it has the case's id. */
export const disputeOf = ({ history }: Pick<RequestRecord, 'history'>): string | undefined =>
  history.findLast(({ receipt, from }) => receipt.state === 'disputed' && from !== 'disputed')?.stepId;

/** Who has the last word while a dispute stands where it does. */
export const dueBy = (rules: DisputeRules, state: DisputeState, at: Instant): Instant => {
  if (state === 'decided') return workingDaysAfter(at, rules.appealWorkingDaysMax);
  return workingDaysAfter(
    at,
    state === 'appealed' ? rules.countyDisputeWorkingDays : rules.communityDisputeWorkingDays,
  );
};

/** What a command on a dispute answered. */
export const disputeReceipt = (caseId: CommandId, { state, at }: DisputeAct): DisputeReceipt => ({
  caseId,
  state,
  at,
});

/** A command on a dispute. */
export type DisputeCommand = Omit<DisputeAct, 'state'> & { actorId: MemberId };

/** The once-only check. Undefined where the command is new. Refuses: exists_with_different_content. */
export const actBefore = (
  caseId: CommandId,
  { acts }: Pick<DisputeFacts, 'acts'>,
  command: Pick<DisputeAct, 'commandId' | 'fingerprint'>,
): Outcome<DisputeReceipt> | undefined => {
  const before = acts.find(({ commandId }) => commandId === command.commandId);
  if (before === undefined) return undefined;
  return before.fingerprint === command.fingerprint
    ? replayed(disputeReceipt(caseId, before))
    : refused('exists_with_different_content');
};

const acted = <F extends DisputeFacts>(facts: F, command: DisputeCommand, also: Partial<DisputeFacts>): F => {
  const { commandId, fingerprint, at } = command;
  const next = { ...facts, ...also };
  return { ...next, acts: [...facts.acts, { commandId, fingerprint, state: next.state, at }] };
};

/** The other side answers, once, before it is decided. Refuses: wrong_step, case_closed. */
export const planAnswer = <F extends DisputeFacts>(
  facts: F,
  command: DisputeCommand,
  said: { by: VisitSide; words: string },
): Planned<F> => {
  if (facts.state === 'ended') return refused('case_closed');
  if (facts.state !== 'open' || facts.answer !== undefined || said.by === facts.by)
    return refused('wrong_step');
  return done(acted(facts, command, { answer: { words: said.words, at: command.at } }));
};

/** Either side asks the county, while there is time. Refuses: wrong_step (nothing is decided yet, or it is too late), case_closed. */
export const planAppeal = <F extends DisputeFacts>(
  rules: DisputeRules,
  facts: F,
  command: DisputeCommand,
  said: { by: VisitSide; words: string },
): Planned<F> => {
  if (facts.state === 'ended') return refused('case_closed');
  if (facts.state !== 'decided' || msOf(command.at) > msOf(facts.dueAt)) return refused('wrong_step');
  return done(
    acted(facts, command, {
      state: 'appealed',
      level: 2,
      dueAt: dueBy(rules, 'appealed', command.at),
      appeal: { ...said, at: command.at },
    }),
  );
};

/**
 * The community decides, and either side may appeal; or the county decides, and that is the end. Whoever decided first
 * does not decide again. Refuses: wrong_step (it is not this level's turn), case_closed, second_person_needed.
 */
export const planDecide = <F extends DisputeFacts>(
  rules: DisputeRules,
  facts: F,
  command: DisputeCommand,
  decision: { outcome: DisputeOutcome; reason: string },
): Planned<F> => {
  const { state, level, decisions } = facts;
  if (state === 'ended') return refused('case_closed');
  if (state === 'decided') return refused('wrong_step');
  if (decisions.some(({ actorId }) => actorId === command.actorId)) return refused('second_person_needed');
  const next = level === 1 ? 'decided' : 'ended';
  return done(
    acted(facts, command, {
      state: next,
      dueAt: level === 1 ? dueBy(rules, next, command.at) : command.at,
      decisions: [...decisions, { ...decision, level, actorId: command.actorId, at: command.at }],
    }),
  );
};

/** The decision that holds: the last one. */
export const decidedOutcome = ({ decisions }: Pick<DisputeFacts, 'decisions'>): DisputeOutcome | undefined =>
  decisions.at(-1)?.outcome;
