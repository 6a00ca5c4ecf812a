/**
 * A request for help as it is kept. Every step of its life (`life.ts`) writes an event that holds the command's id, a
 * fingerprint of its content and its receipt. The same command sent again is found there and answers what it answered
 * first, however far the request has moved on.
 */
import type { ActedAs, OnBehalfOf } from '@time-bank/contracts/helping';
import type {
  AccountId,
  ActorId,
  CommandId,
  MemberId,
  RequestId,
  TransferId,
  VisitId,
} from '@time-bank/contracts/ids';
import type { Hold } from '@time-bank/contracts/ledger';
import type { Gender, Point } from '@time-bank/contracts/member';
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
import { type Instant, plusMinutes } from '@time-bank/contracts/time';
import type {
  Asked,
  CallbackReason,
  Proof,
  Rating,
  VisitPartState,
  VisitReport,
} from '@time-bank/contracts/visiting';
import type { DiaryChange } from './diary.ts';
import { mayLeadTo } from './life.ts';
import type { NoticeChange } from './notice.ts';

/** The id under which a step was commanded. */
export type StepId = CommandId | RequestId | VisitId | TransferId;

/** For whom staff acted, how they made sure who called, why, and the number of the recording. */
export type OnBehalf = Pick<OnBehalfOf, 'memberId' | 'check' | 'note' | 'recording'>;

/**
 * A command as every step needs it: its id, a fingerprint of its content, who gave it, by which way, and when; and,
 * where it was given in another's name, in which capacity. `device`: a mark of the device on which it was given, where
 * that matters.
 */
export interface Command {
  stepId: StepId;
  fingerprint: string;
  actorId: ActorId;
  channel: Channel;
  at: Instant;
  as?: ActedAs;
  onBehalf?: OnBehalf;
  device?: string;
}

/** One step of a request's life; written once. `from` is absent for the first; `point`: roughly where, if somebody agreed to say. */
export interface RequestEvent extends Command {
  from?: RequestState;
  receipt: Receipt;
  reason?: string;
  point?: Point;
}

/**
 * A request as it is kept. `version` grows by one with every step; `history` has the steps in order. `dueAt`: when the
 * schedule looks at it next, absent where nothing happens by itself; `told`: how often it has reminded or warned in the
 * present state. `persons`: 2 where two go together, else one. `volunteerId` and `secondId` have it now, with their
 * visits. `seriesId`: the series that it comes from; `follows`: the visit after which it was needed. `priority`: 1 or
 * more for whom an earlier request was left unfilled. `isWide`: the whole county may come, however far;
 * `organisationId`: which organisation was asked to send somebody. `hourOpenUntil`: a plan has chosen the hour and the
 * elder has not agreed to it; it may be any that ends by then.
 */
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
  dueAt?: Instant;
  told?: number;
  persons?: 2;
  volunteerId?: MemberId;
  visitId?: VisitId;
  secondId?: MemberId;
  secondVisitId?: VisitId;
  seriesId?: CommandId;
  follows?: RequestId;
  priority?: number;
  isWide?: true;
  organisationId?: AccountId;
  hourOpenUntil?: Instant;
  asked?: Asked;
  callbackReasons?: CallbackReason[];
  report?: VisitReport;
  ratings?: Rating[];
  history: RequestEvent[];
}

/**
 * One volunteer's part in a request. `servedMinutes` is what was measured, never rounded to a credit; where
 * nobody checked out (`checkedOutAt` is missing) what was planned. `proofs`: how it was shown that they were there.
 * `enteredBy`: whoever entered it afterwards. `withdrawnAt`: when they gave it back of their own accord.
 */
export interface VisitRecord {
  visitId: VisitId;
  state: VisitPartState;
  requestId: RequestId;
  volunteerId: MemberId;
  plannedStartAt: Instant;
  acceptedAt: Instant;
  checkedInAt?: Instant;
  checkedOutAt?: Instant;
  servedMinutes?: number;
  creditedMinutes?: number;
  proofs?: Proof[];
  enteredBy?: MemberId;
  withdrawnAt?: Instant;
  /** Wrong codes so far, and the fingerprint of the last try, so that a retry of the very same is not counted twice. */
  wrongCodes: number;
  lastWrongTry?: string;
}

/** A request with the visit of whoever has it, and of the second person. Parts that were given back are not among them. */
export interface RequestFacts {
  request: RequestRecord;
  visit?: VisitRecord;
  second?: VisitRecord;
}

/** The part of one volunteer in a request. */
export const partOf = (facts: RequestFacts, volunteerId: MemberId): VisitRecord | undefined =>
  [facts.visit, facts.second].find((part) => part?.volunteerId === volunteerId);

/** The parts of those who have it now, in the order in which they took it. */
export const partsOf = ({ visit, second }: RequestFacts): VisitRecord[] =>
  [visit, second].filter((part) => part !== undefined);

/** What is left of a request when nobody has it any more. */
export const nobodysAnyMore = ['volunteerId', 'visitId', 'secondId', 'secondVisitId'] as const;

/** Everybody who has it now, in the order in which they took it. */
export const volunteersOf = ({ volunteerId, secondId }: RequestRecord): MemberId[] =>
  [volunteerId, secondId].filter((id) => id !== undefined);

/** What the store is to write; a request moves only from the version that was read. */
export type CareChange =
  | { change: 'put_request'; request: RequestRecord }
  | { change: 'move_request'; request: RequestRecord; fromVersion: number }
  | { change: 'put_visit'; visit: VisitRecord }
  | { change: 'move_visit'; visit: VisitRecord }
  | DiaryChange
  | NoticeChange;

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

type Moved = { change: CareChange & { change: 'move_request' }; receipt: Receipt };

/** One step: where to, what its receipt says beside that, why, where, and when the schedule looks at it next. */
export interface StepTaken {
  command: Command;
  to: RequestState;
  facts?: Partial<Receipt>;
  reason?: string;
  point?: Point;
  dueAt?: Instant | undefined;
}

/** What a step can take away again. */
export type Clearable =
  | 'dueAt'
  | 'told'
  | 'hold'
  | 'note'
  | 'volunteerId'
  | 'visitId'
  | 'secondId'
  | 'secondVisitId'
  | 'asked'
  | 'hourOpenUntil'
  | 'callbackReasons';

const without = (request: RequestRecord, gone: readonly Clearable[]): RequestRecord => {
  const kept = { ...request };
  for (const name of gone) Reflect.deleteProperty(kept, name);
  return kept;
};

/**
 * The request one step on: what is due and what was told belong to the state that is left, and go with it. `also`
 * changes beside the state, `gone` is taken away. A step that the table of its life does not have is a bug.
 */
export const moved = (
  request: RequestRecord,
  step: StepTaken,
  also: Partial<RequestRecord> = {},
  gone: readonly Clearable[] = [],
): Moved => {
  const { command, to, facts, reason, point, dueAt } = step;
  if (to !== request.state && !mayLeadTo(request.state, to))
    throw new Error(`a request does not go from ${request.state} to ${to}`);
  const receipt: Receipt = { requestId: request.requestId, state: to, at: command.at, ...facts };
  const event: RequestEvent = {
    ...command,
    from: request.state,
    receipt,
    ...(reason === undefined ? {} : { reason }),
    ...(point === undefined ? {} : { point }),
  };
  return {
    change: {
      change: 'move_request',
      fromVersion: request.version,
      request: {
        ...without(request, ['dueAt', 'told', ...gone]),
        ...(dueAt === undefined ? {} : { dueAt }),
        ...also,
        state: to,
        version: request.version + 1,
        history: [...request.history, event],
      },
    },
    receipt,
  };
};

/** A change of a request that is no step of its life: a reminder was given, somebody was asked. */
export const touched = (
  request: RequestRecord,
  also: Partial<RequestRecord>,
  gone: readonly Clearable[] = [],
): CareChange & { change: 'move_request' } => ({
  change: 'move_request',
  fromVersion: request.version,
  request: { ...without(request, gone), ...also, version: request.version + 1 },
});

/** A new request: a draft, one that waits for a review, or one that is published at once. */
export const planPut = (
  command: Command,
  wanted: Omit<RequestRecord, 'version' | 'state' | 'history' | 'volunteerId' | 'visitId'>,
  state: 'draft' | 'submitted' | 'published',
  facts: Partial<Receipt> = {},
): Step => {
  const receipt: Receipt = { requestId: wanted.requestId, state, at: command.at, ...facts };
  return {
    changes: [
      {
        change: 'put_request',
        request: { ...wanted, version: 1, state, history: [{ ...command, receipt }] },
      },
    ],
    receipt,
  };
};

/** A new request, published at once. */
export const planPublish = (
  command: Command,
  wanted: Parameters<typeof planPut>[1],
  facts: Partial<Receipt> = {},
): Step => planPut(command, wanted, 'published', facts);

/** What can be taken back by whom: a visit that was begun and never ended only by the coordinator. */
const cancellable: Record<'byReceiver' | 'byCoordinator', readonly RequestState[]> = {
  byReceiver: ['published', 'accepted', 'confirmed'],
  byCoordinator: ['published', 'accepted', 'confirmed', 'in_service'],
};

/** What nobody was ever looked for: taken back, it is as if it had not been asked. */
const neverPublished: readonly RequestState[] = ['draft', 'submitted', 'rejected'];

/** The parts of a visit that will not be made, as they are left. */
export const givenUp = (facts: RequestFacts): CareChange[] =>
  partsOf(facts)
    .filter(({ checkedInAt }) => checkedInAt === undefined)
    .map((part) => ({ change: 'move_visit', visit: { ...part, state: 'withdrawn' } }));

/** Takes a request back. Refuses: not_cancellable. */
export const planCancel = (
  facts: RequestFacts,
  command: Command,
  reason: string,
  { by, releasedMinutes }: { by: keyof typeof cancellable; releasedMinutes?: number | undefined },
): Planned<Step> => {
  const { request } = facts;
  const isVoid = neverPublished.includes(request.state);
  if (!isVoid && !cancellable[by].includes(request.state)) return refused('not_cancellable');
  const { change, receipt } = moved(request, {
    command,
    to: isVoid ? 'void' : 'cancelled',
    reason,
    ...(releasedMinutes === undefined ? {} : { facts: { releasedMinutes } }),
  });
  return done({ changes: [change, ...givenUp(facts)], receipt });
};

/** How long the schedule waits for the desk before it asks again. */
const ASKED_AGAIN_MINUTES = 24 * 60;

/**
 * Closes a request that nobody took, or that only one of two took, who is free again; the desk decides what becomes of
 * it.
 * Refuses: not_cancellable where it does not wait for a volunteer.
 */
export const planUnfilled = (
  facts: RequestFacts,
  command: Command,
  releasedMinutes?: number,
): Planned<Step> => {
  if (facts.request.state !== 'published') return refused('not_cancellable');
  const { change, receipt } = moved(
    facts.request,
    {
      command,
      to: 'unfilled',
      reason: 'no volunteer before the planned start',
      dueAt: plusMinutes(command.at, ASKED_AGAIN_MINUTES),
      ...(releasedMinutes === undefined ? {} : { facts: { releasedMinutes } }),
    },
    {},
    [...nobodysAnyMore, 'asked'],
  );
  return done({ changes: [change, ...givenUp(facts)], receipt });
};
