/**
 * A linkage card and its life: reported -> opened -> assessed -> dispatched -> closed. Each of the five societies does
 * its own part; every step is an event that holds its command, so that the same command answers the same for ever.
 */
import type { CommandId, MemberId, RequestId } from '@time-bank/contracts/ids';
import type {
  AssessLinkage,
  LinkageReceipt,
  LinkageState,
  LinkageStep,
  LinkageTask,
  NeedSource,
  Society,
} from '@time-bank/contracts/linkage';
import { type Outcome, type Planned, done, refused, replayed } from '@time-bank/contracts/refusals';
import type { ServiceCode } from '@time-bank/contracts/request';
import type { Instant } from '@time-bank/contracts/time';

/** One step; written once. */
export interface LinkageEvent {
  commandId: CommandId;
  fingerprint: string;
  step: LinkageStep['step'];
  society: Society;
  actorId: MemberId;
  at: Instant;
  state: LinkageState;
}

/** Something of a resource that went to the card. */
export interface LinkageGift {
  resourceId: CommandId;
  name: string;
  unit: string;
  quantity: number;
  at: Instant;
}

/** What a card says, beside where it is kept. `tasks` without the ones that are done by themselves. */
export interface LinkageFacts {
  elderId: MemberId;
  source: NeedSource;
  need: string;
  seenOn?: RequestId;
  state: LinkageState;
  tasks: LinkageTask[];
  finding?: string;
  serviceCode?: ServiceCode;
  plannedMinutes?: number;
  requestId?: RequestId;
  gifts: LinkageGift[];
  outcome?: string;
  history: LinkageEvent[];
}

/** Who does a step, under which command, when, for which society. */
export type LinkageCommand = Pick<LinkageEvent, 'commandId' | 'fingerprint' | 'society' | 'actorId' | 'at'>;

/** The most that happens on one card. */
const STEPS_MAX = 60;

/** What a step answered, from its event. */
export const linkageReceipt = (caseId: CommandId, { state, at }: LinkageEvent): LinkageReceipt => ({
  caseId,
  state,
  at,
});

/** The once-only check. Undefined where the step is new. Refuses: exists_with_different_content. */
export const stepDone = (
  caseId: CommandId,
  history: readonly LinkageEvent[],
  command: Pick<LinkageCommand, 'commandId' | 'fingerprint'>,
): Outcome<LinkageReceipt> | undefined => {
  const event = history.find(({ commandId }) => commandId === command.commandId);
  if (event === undefined) return undefined;
  return event.fingerprint === command.fingerprint
    ? replayed(linkageReceipt(caseId, event))
    : refused('exists_with_different_content');
};

const stepped = <F extends LinkageFacts>(
  facts: F,
  command: LinkageCommand,
  step: LinkageStep['step'],
  also: Partial<LinkageFacts> & { state: LinkageState },
): F => ({
  ...facts,
  ...also,
  history: [...facts.history, { ...command, step, state: also.state }],
});

const fromOneOf = (facts: LinkageFacts, states: readonly LinkageState[]) => {
  if (facts.state === 'closed' || facts.history.length >= STEPS_MAX) return refused('case_closed');
  return states.includes(facts.state) ? undefined : refused('wrong_step');
};

/** The community takes the card on. Refuses: wrong_step, case_closed. */
export const planOpen = <F extends LinkageFacts>(
  facts: F,
  command: LinkageCommand,
  tasks: readonly LinkageTask[],
): Planned<F> =>
  fromOneOf(facts, ['reported']) ??
  done(stepped(facts, command, 'opened', { state: 'opened', tasks: [...tasks] }));

/** A social worker says what would help; once more where things have changed. Refuses: wrong_step, case_closed. */
export const planAssess = <F extends LinkageFacts>(
  facts: F,
  command: LinkageCommand,
  { finding, serviceCode, plannedMinutes }: Pick<AssessLinkage, 'finding' | 'serviceCode' | 'plannedMinutes'>,
): Planned<F> =>
  fromOneOf(facts, ['opened', 'assessed']) ??
  done(stepped(facts, command, 'assessed', { state: 'assessed', finding, serviceCode, plannedMinutes }));

/** An organisation asks for the visit; again where nobody took it. Refuses: wrong_step, case_closed. */
export const planDispatch = <F extends LinkageFacts>(
  facts: F,
  command: LinkageCommand,
  requestId: RequestId,
): Planned<F> =>
  fromOneOf(facts, ['assessed', 'dispatched']) ??
  done(stepped(facts, command, 'dispatched', { state: 'dispatched', requestId }));

/** Something of a resource goes to the card. Refuses: case_closed. */
export const planGift = <F extends LinkageFacts>(
  facts: F,
  command: LinkageCommand,
  gift: Omit<LinkageGift, 'at'>,
): Planned<F> =>
  fromOneOf(facts, ['reported', 'opened', 'assessed', 'dispatched']) ??
  done(
    stepped(facts, command, 'resource', {
      state: facts.state,
      gifts: [...facts.gifts, { ...gift, at: command.at }],
    }),
  );

/** Ends the card. Refuses: case_closed. */
export const planClose = <F extends LinkageFacts>(
  facts: F,
  command: LinkageCommand,
  outcome: string,
): Planned<F> =>
  fromOneOf(facts, ['reported', 'opened', 'assessed', 'dispatched']) ??
  done(stepped(facts, command, 'closed', { state: 'closed', outcome }));

const doneBy: Record<Society, LinkageStep['step'] | undefined> = {
  community: 'closed',
  social_worker: 'assessed',
  organisation: 'dispatched',
  // A volunteer's part is the visit, which has a record of its own.
  volunteer: undefined,
  charity: 'resource',
};

/** Whether a society has done its part; `isVisited`: whether the visit that was asked for has been made. */
export const isTaskDone = (
  facts: Pick<LinkageFacts, 'history'>,
  society: Society,
  isVisited: boolean,
): boolean =>
  society === 'volunteer' ? isVisited : facts.history.some(({ step }) => step === doneBy[society]);
