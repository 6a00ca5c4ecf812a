/**
 * A safety alarm and its life: open until somebody says what was found. Nobody may close it who has not had somebody
 * look: a second visit that was asked for, or a neighbour, the committee or the family. Source: README "Alarms".
 */
import type { AlarmAct, AlarmFound, AlarmKind, AlarmReceipt } from '@time-bank/contracts/alarm';
import type { ActorId, CommandId, MemberId, RequestId } from '@time-bank/contracts/ids';
import { type Outcome, type Planned, done, refused, replayed } from '@time-bank/contracts/refusals';
import { type Instant, msOf, plusMinutes } from '@time-bank/contracts/time';

/** What an alarm says, beside where it is kept. `requestId`: the visit that gave it. */
export interface AlarmFacts {
  alarm: AlarmKind;
  elderId: MemberId;
  requestId?: RequestId;
  openedBy: ActorId;
  openedAt: Instant;
  dueAt: Instant;
  told: number;
  state: 'open' | 'closed';
  acts: AlarmAct[];
}

/** Who does a step, under which command, when. */
export type AlarmCommand = Pick<AlarmAct, 'commandId' | 'fingerprint' | 'by' | 'at'>;

/** By when somebody goes there again. */
export const SECOND_TRY_MINUTES = 24 * 60;

/** The most that happens on one alarm. */
const ACTS_MAX = 40;

/** An alarm as it is given. */
export const newAlarm = (
  facts: Pick<AlarmFacts, 'alarm' | 'elderId' | 'requestId' | 'openedBy' | 'openedAt'>,
): AlarmFacts => ({
  ...facts,
  dueAt: plusMinutes(facts.openedAt, SECOND_TRY_MINUTES),
  told: 0,
  state: 'open',
  acts: [],
});

const receiptOf = (caseId: CommandId, act: AlarmAct): AlarmReceipt => ({
  caseId,
  state: act.step === 'closed' ? 'closed' : 'open',
  at: act.at,
});

/** The once-only check. Undefined where the step is new. Refuses: exists_with_different_content. */
export const alarmStepDone = (
  caseId: CommandId,
  { acts }: Pick<AlarmFacts, 'acts'>,
  command: Pick<AlarmCommand, 'commandId' | 'fingerprint'>,
): Outcome<AlarmReceipt> | undefined => {
  const act = acts.find(({ commandId }) => commandId === command.commandId);
  if (act === undefined) return undefined;
  return act.fingerprint === command.fingerprint
    ? replayed(receiptOf(caseId, act))
    : refused('exists_with_different_content');
};

/** What a step says: a second visit, a check, or the end. */
export type AlarmStep =
  | { step: 'second_try'; requestId: RequestId; plannedStartAt: Instant }
  | { step: 'checked'; note: string }
  | { step: 'closed'; note: string; found: AlarmFound };

const partsOf = (step: AlarmStep): Pick<AlarmAct, 'step' | 'note' | 'found' | 'requestId'> => {
  switch (step.step) {
    case 'second_try':
      return { step: 'second_try', requestId: step.requestId };
    case 'checked':
      return { step: 'checked', note: step.note };
    case 'closed':
      return { step: 'closed', note: step.note, found: step.found };
  }
};

/**
 * A step on an alarm. Refuses: wrong_step (closed before anybody looked, or a second visit later than a day after the
 * alarm), case_closed.
 */
export const planAlarmStep = <F extends AlarmFacts>(
  facts: F,
  command: AlarmCommand,
  step: AlarmStep,
): Planned<F> => {
  if (facts.state === 'closed' || facts.acts.length >= ACTS_MAX) return refused('case_closed');
  const isLate =
    step.step === 'second_try' &&
    msOf(step.plannedStartAt) > msOf(plusMinutes(facts.openedAt, SECOND_TRY_MINUTES));
  if (isLate || (step.step === 'closed' && facts.acts.length === 0)) return refused('wrong_step');
  return done({
    ...facts,
    state: step.step === 'closed' ? 'closed' : 'open',
    acts: [...facts.acts, { ...command, ...partsOf(step) }],
  });
};

/** What the newest step of an alarm answers. */
export const alarmReceipt = (caseId: CommandId, { acts }: Pick<AlarmFacts, 'acts'>): AlarmReceipt => {
  const act = acts.at(-1);
  if (act === undefined) throw new Error('a step was taken');
  return receiptOf(caseId, act);
};
