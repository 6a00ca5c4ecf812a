/**
 * What both sides say of a visit, in five levels; the last two are bad. A bad word opens a work order: whoever said it is
 * spoken to within a day, it is put right within so many working days, and they are asked once more, and once only.
 * Source: README "Rating"; 政务服务“好差评”.
 */
import type {
  VisitSide,
  WorkOrderReceipt,
  WorkOrderState,
  WorkOrderStep,
} from '@time-bank/contracts/confirming';
import type { CommandId, MemberId, RequestId } from '@time-bank/contracts/ids';
import { SYSTEM } from '@time-bank/contracts/ids';
import { type Outcome, type Planned, done, refused, replayed } from '@time-bank/contracts/refusals';
import { type Instant, msOf, plusMinutes } from '@time-bank/contracts/time';
import type { Rating } from '@time-bank/contracts/visiting';
import type { Policy } from '@time-bank/policy/policy';
import { wasMade } from './life.ts';
import { type Command, type RequestRecord, type Step, moved } from './request.ts';
import { daysAfter, workingDaysAfter } from './working-days.ts';

/** 不满意 and 非常不满意. */
export const isBad = ({ level }: Pick<Rating, 'level'>): boolean => level <= 2;

/** The step that books the hours; a dispute may have it again. Undefined where they never were. */
export const settledAt = ({ history }: Pick<RequestRecord, 'history'>): Instant | undefined =>
  history.findLast(({ receipt }) => receipt.state === 'settled')?.at;

/** From when on nothing can be said of a visit any more: neither a rating nor a dispute. */
export const closesAt = (
  { disputeDaysMax }: Pick<Policy, 'disputeDaysMax'>,
  request: Pick<RequestRecord, 'history'>,
): Instant | undefined => {
  const at = settledAt(request);
  return at === undefined ? undefined : plusMinutes(at, disputeDaysMax * 24 * 60);
};

/** What was done about a bad rating, under which command. */
export interface WorkOrderAct {
  commandId: CommandId;
  fingerprint: string;
  step: WorkOrderStep;
  words: string;
  actorId: MemberId;
  at: Instant;
  state: WorkOrderState;
}

/** A work order, beside where it is kept. `concerns`: both sides of the visit, who do not put it right themselves. */
export interface WorkOrderFacts {
  requestId: RequestId;
  elderId: MemberId;
  by: VisitSide;
  raterId: MemberId;
  concerns: MemberId[];
  level: number;
  words?: string;
  contactBy: Instant;
  fixBy: Instant;
  state: WorkOrderState;
  steps: WorkOrderAct[];
}

/** What somebody says of a visit, and on which side they are. `orderId`: the id that a work order would have. */
export interface Word {
  by: VisitSide;
  raterId: MemberId;
  level: number;
  words?: string | undefined;
  orderId: CommandId;
  /** What was complained of before was put right: the follow-up may be given. */
  isPutRight: boolean;
}

/** A rating that has been decided, and the work order that it opens. */
export interface Rated extends Step {
  order?: WorkOrderFacts;
}

const ratable: readonly RequestRecord['state'][] = ['settled', 'rated', 'rectify'];

const roundOf = (ratings: readonly Rating[], { by, isPutRight }: Word): Planned<1 | 2> => {
  const own = ratings.filter((rating) => rating.by === by);
  const [first] = own;
  if (first === undefined) return done(1);
  return own.length === 1 && isBad(first) && isPutRight ? done(2) : refused('already_rated');
};

/** True while somebody who was not content has not been asked, or has not said, whether it was put right. */
const isOpenFor = (ratings: readonly Rating[], by: VisitSide): boolean => {
  const own = ratings.filter((rating) => rating.by === by);
  const [first] = own;
  return first !== undefined && isBad(first) && own.length === 1;
};

const orderOf = (
  policy: Pick<Policy, 'badRatingContactDays' | 'badRatingFixWorkingDays'>,
  { requestId, receiverId, volunteerId, secondId }: RequestRecord,
  { by, raterId, level, words }: Word,
  at: Instant,
): WorkOrderFacts => ({
  requestId,
  elderId: receiverId,
  by,
  raterId,
  concerns: [receiverId, volunteerId, secondId].filter((id) => id !== undefined),
  level,
  ...(words === undefined ? {} : { words }),
  contactBy: daysAfter(at, policy.badRatingContactDays),
  fixBy: workingDaysAfter(at, policy.badRatingFixWorkingDays),
  state: 'open',
  steps: [],
});

/** A step of the service after a step of a person, written together with it. */
const then = (first: Step, orderId: CommandId, command: Command, dueAt: Instant): Step => {
  const [change] = first.changes;
  if (change?.change !== 'move_request') throw new Error('a rating moves a request');
  const next = moved(change.request, {
    command: {
      stepId: orderId,
      fingerprint: command.fingerprint,
      actorId: SYSTEM,
      channel: 'job',
      at: command.at,
    },
    to: 'rectify',
    dueAt,
  });
  return {
    changes: [{ ...next.change, fromVersion: change.fromVersion }],
    receipt: first.receipt,
  };
};

/**
 * One side says how it was. A bad word opens a work order and leaves the request with it until it is put right and the
 * same side has been asked again.
 * Refuses: not_ratable (nothing was booked, or its time is over), already_rated.
 */
export const planRate = (
  policy: Pick<Policy, 'badRatingContactDays' | 'badRatingFixWorkingDays' | 'disputeDaysMax'>,
  request: RequestRecord,
  command: Command,
  word: Word,
): Planned<Rated> => {
  const ends = closesAt(policy, request);
  if (!ratable.includes(request.state) || ends === undefined) return refused('not_ratable');
  const before = request.ratings ?? [];
  const round = roundOf(before, word);
  if (round.kind === 'refused') return round;
  const rating: Rating = {
    by: word.by,
    level: word.level,
    ...(word.words === undefined ? {} : { words: word.words }),
    round: round.value,
    at: command.at,
  };
  const ratings = [...before, rating];
  const isWaiting = isOpenFor(ratings, 'receiver') || isOpenFor(ratings, 'volunteer');
  const opens = round.value === 1 && isBad(rating);
  const order = opens ? { order: orderOf(policy, request, word, command.at) } : {};
  if (request.state === 'rectify') {
    // Another work order may be open, or be opened now; the follow-up after the last one ends it.
    const to = isWaiting ? 'rectify' : 'rated';
    const dueAt = isWaiting ? request.dueAt : laterOf(ends, command.at);
    const { change, receipt } = moved(request, { command, to, dueAt }, { ratings });
    return done({ changes: [change], receipt, ...order });
  }
  // Whoever has not said anything yet is asked when it is due, as before.
  const asked = request.told === undefined ? {} : { told: request.told };
  const { change, receipt } = moved(
    request,
    { command, to: 'rated', dueAt: request.dueAt ?? ends },
    { ratings, ...asked },
  );
  const step = { changes: [change], receipt };
  if (order.order === undefined) return done(step);
  return done({ ...then(step, word.orderId, command, order.order.contactBy), ...order });
};

const laterOf = (one: Instant, other: Instant): Instant => (msOf(one) > msOf(other) ? one : other);

/** What a step answered, from what was written of it. */
export const workOrderReceipt = (caseId: CommandId, { state, at }: WorkOrderAct): WorkOrderReceipt => ({
  caseId,
  state,
  at,
});

/** The once-only check. Undefined where the step is new. Refuses: exists_with_different_content. */
export const stepBefore = (
  caseId: CommandId,
  { steps }: Pick<WorkOrderFacts, 'steps'>,
  act: Pick<WorkOrderAct, 'commandId' | 'fingerprint'>,
): Outcome<WorkOrderReceipt> | undefined => {
  const before = steps.find(({ commandId }) => commandId === act.commandId);
  if (before === undefined) return undefined;
  return before.fingerprint === act.fingerprint
    ? replayed(workOrderReceipt(caseId, before))
    : refused('exists_with_different_content');
};

/** What was done about it. Refuses: wrong_step (they were spoken to already), case_closed. */
export const planWorkOrderStep = <F extends WorkOrderFacts>(
  facts: F,
  act: Omit<WorkOrderAct, 'state'>,
): Planned<F> => {
  if (facts.state === 'ended') return refused('case_closed');
  if (act.step === 'contacted' && facts.state === 'contacted') return refused('wrong_step');
  const state = act.step === 'fixed' ? 'ended' : 'contacted';
  return done({ ...facts, state, steps: [...facts.steps, { ...act, state }] });
};

/** By when something has to be done about a work order: first a word, then that it is put right. */
export const workOrderDueAt = ({ state, contactBy, fixBy }: WorkOrderFacts): Instant =>
  state === 'open' ? contactBy : fixBy;

/** How content the receivers of some visits are. */
export interface Contentment {
  visits: number;
  rated: number;
  satisfied: number;
  byLevel: number[];
}

/** Counts what receivers said of visits that were made; the last word of each counts. */
export const contentmentOf = (requests: readonly Pick<RequestRecord, 'state' | 'ratings'>[]): Contentment => {
  const made = requests.filter(({ state }) => wasMade(state));
  const levels = made.flatMap(
    ({ ratings = [] }) => ratings.findLast(({ by }) => by === 'receiver')?.level ?? [],
  );
  return {
    visits: made.length,
    rated: levels.length,
    satisfied: levels.filter((level) => level >= 3).length,
    byLevel: [1, 2, 3, 4, 5].map((level) => levels.filter((each) => each === level).length),
  };
};
