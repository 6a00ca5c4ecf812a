/**
 * A request for help and its life:
 *
 *   published -> accepted -> in_service -> pending_confirm -> settled
 *   published -> unfilled              (nobody took it in time)
 *   published | accepted -> cancelled  (by the receiver or the coordinator)
 *
 * Every step writes an event that holds the command's id, a fingerprint of its content and its receipt. The same
 * command sent again is found there and answers what it answered first, however far the request has moved on.
 */
import type { ActedAs, OnBehalfOf } from '@time-bank/contracts/helping';
import type { ActorId, CommandId, MemberId, RequestId, TransferId, VisitId } from '@time-bank/contracts/ids';
import type { Hold } from '@time-bank/contracts/ledger';
import type { Gender } from '@time-bank/contracts/member';
import type { CommunityCode } from '@time-bank/contracts/region';
import { type Outcome, type Planned, done, refused, replayed } from '@time-bank/contracts/refusals';
import type {
  Channel,
  Place,
  Receipt,
  RequestState,
  ServiceCode,
  Wishes,
} from '@time-bank/contracts/request';
import type { Instant } from '@time-bank/contracts/time';
import type { DiaryChange } from './diary.ts';

/** The id under which a step was commanded. */
export type StepId = CommandId | RequestId | VisitId | TransferId;

/** For whom staff acted, how they made sure who called, why, and the number of the recording. */
export type OnBehalf = Pick<OnBehalfOf, 'memberId' | 'check' | 'note' | 'recording'>;

/**
 * A command as every step needs it: its id, a fingerprint of its content, who gave it, by which way, and when; and,
 * where it was given in another's name, in which capacity.
 */
export interface Command {
  stepId: StepId;
  fingerprint: string;
  actorId: ActorId;
  channel: Channel;
  at: Instant;
  as?: ActedAs;
  onBehalf?: OnBehalf;
}

/** One step of a request's life; written once. `from` is absent for the first. */
export interface RequestEvent extends Command {
  from?: RequestState;
  receipt: Receipt;
  reason?: string;
}

/** A request as it is kept. `version` grows by one with every step; `history` has the steps in order. */
export interface RequestRecord {
  requestId: RequestId;
  version: number;
  state: RequestState;
  serviceCode: ServiceCode;
  receiverId: MemberId;
  /** How strangers see the receiver; kept here so that a list needs no look at each person. */
  receiver: { surname: string; gender: Gender };
  postedBy: MemberId;
  communityCode: CommunityCode;
  plannedStartAt: Instant;
  plannedMinutes: number;
  place: Place;
  wishes: Wishes;
  note?: string;
  /** What was set aside to pay for it; absent where the community pays (visits). */
  hold?: Hold;
  policyVersion: string;
  volunteerId?: MemberId;
  history: RequestEvent[];
}

/** One volunteer's part in a request. `servedMinutes` is what was measured, never rounded to a credit. */
export interface VisitRecord {
  visitId: VisitId;
  requestId: RequestId;
  volunteerId: MemberId;
  plannedStartAt: Instant;
  acceptedAt: Instant;
  checkedInAt?: Instant;
  checkedOutAt?: Instant;
  servedMinutes?: number;
  creditedMinutes?: number;
  /** Wrong codes so far, and the fingerprint of the last try, so that a retry of the very same is not counted twice. */
  wrongCodes: number;
  lastWrongTry?: string;
}

/** A request with the visit that belongs to it. */
export interface RequestFacts {
  request: RequestRecord;
  visit?: VisitRecord;
}

/** What the store is to write; a request moves only from the version that was read. */
export type CareChange =
  | { change: 'put_request'; request: RequestRecord }
  | { change: 'move_request'; request: RequestRecord; fromVersion: number }
  | { change: 'put_visit'; visit: VisitRecord }
  | { change: 'move_visit'; visit: VisitRecord }
  | DiaryChange;

/** A step that has been decided: what to write, and what to answer once it is written. */
export interface Step {
  changes: CareChange[];
  receipt: Receipt;
}

/**
 * The once-only check, before any check of state: a retry of a success stays a success.
 * Undefined where the step is new. Refuses: exists_with_different_content.
 */
export const alreadyDone = (
  history: readonly RequestEvent[],
  command: Pick<Command, 'stepId' | 'fingerprint'>,
): Outcome<Receipt> | undefined => {
  const event = history.find((past) => past.stepId === command.stepId);
  if (event === undefined) return undefined;
  return event.fingerprint === command.fingerprint
    ? replayed(event.receipt)
    : refused('exists_with_different_content');
};

/** The request one step on. */
export const moved = (
  request: RequestRecord,
  step: { command: Command; to: RequestState; facts?: Partial<Receipt>; reason?: string },
  also: Partial<RequestRecord> = {},
): { change: CareChange & { change: 'move_request' }; receipt: Receipt } => {
  const { command, to, facts, reason } = step;
  const receipt: Receipt = { requestId: request.requestId, state: to, at: command.at, ...facts };
  const event: RequestEvent = {
    ...command,
    from: request.state,
    receipt,
    ...(reason === undefined ? {} : { reason }),
  };
  return {
    change: {
      change: 'move_request',
      fromVersion: request.version,
      request: {
        ...request,
        ...also,
        state: to,
        version: request.version + 1,
        history: [...request.history, event],
      },
    },
    receipt,
  };
};

/** A new request, published at once: visits of this catalogue are of low risk and need no review. */
export const planPublish = (
  command: Command,
  wanted: Omit<RequestRecord, 'version' | 'state' | 'history' | 'volunteerId'>,
  facts: Partial<Receipt> = {},
): Step => {
  const receipt: Receipt = { requestId: wanted.requestId, state: 'published', at: command.at, ...facts };
  return {
    changes: [
      {
        change: 'put_request',
        request: { ...wanted, version: 1, state: 'published', history: [{ ...command, receipt }] },
      },
    ],
    receipt,
  };
};

/** What can be taken back by whom: a visit that was begun and never ended only by the coordinator. */
const cancellable = {
  byReceiver: ['published', 'accepted'],
  byCoordinator: ['published', 'accepted', 'in_service'],
};

/** Takes a request back. Refuses: not_cancellable. */
export const planCancel = (
  facts: RequestFacts,
  command: Command,
  reason: string,
  { by, releasedMinutes }: { by: keyof typeof cancellable; releasedMinutes?: number | undefined },
): Planned<Step> => {
  const { request } = facts;
  if (!cancellable[by].includes(request.state)) return refused('not_cancellable');
  const { change, receipt } = moved(request, {
    command,
    to: 'cancelled',
    reason,
    ...(releasedMinutes === undefined ? {} : { facts: { releasedMinutes } }),
  });
  return done({ changes: [change], receipt });
};

/** Closes a request that nobody took. Refuses: not_cancellable where it does not wait for a volunteer. */
export const planUnfilled = (
  facts: RequestFacts,
  command: Command,
  releasedMinutes?: number,
): Planned<Step> => {
  if (facts.request.state !== 'published') return refused('not_cancellable');
  const { change, receipt } = moved(facts.request, {
    command,
    to: 'unfilled',
    reason: 'no volunteer before the planned start',
    ...(releasedMinutes === undefined ? {} : { facts: { releasedMinutes } }),
  });
  return done({ changes: [change], receipt });
};
