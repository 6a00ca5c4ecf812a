/** Every step from every state: where it leads, where it is refused by name, and that no way of the table is without one. */
import { CommandId, MemberId, RequestId, TransferId, VisitId } from '@time-bank/contracts/ids';
import { CommunityCode } from '@time-bank/contracts/region';
import { type Planned, type RefusalCode, done, refused } from '@time-bank/contracts/refusals';
import { RequestState } from '@time-bank/contracts/request';
import { plusMinutes } from '@time-bank/contracts/time';
import { defaults as policy } from '@time-bank/policy/catalogue';
import { describe, expect, it } from 'vitest';
import { planAgree, planSomebodyElse, planWithdraw } from './agree.ts';
import { planCallback, planCalledInVain } from './confirm.ts';
import { isDisputable } from './dispute.ts';
import { leadsTo, mayLeadTo } from './life.ts';
import { planNoShow, planSecondTry } from './no-show.ts';
import {
  planAbort,
  planAfterAbort,
  planCheckIn,
  planCheckOut,
  planNeverEnded,
  planOverdueWord,
} from './presence.ts';
import { planRate } from './rating.ts';
import {
  type Command,
  type RequestFacts,
  type RequestRecord,
  type Step,
  type VisitRecord,
  moved,
  planCancel,
  planUnfilled,
} from './request.ts';
import { planLapse, planPublishReviewed, planReject, planRevise } from './review.ts';
import { planApology, planFallback, planPublishAgain, planServed, planServedWhileOpen } from './unfilled.ts';
import { planAccept, planConfirm } from './visit.ts';

const ELDER = MemberId.parse('mem_01KB2C3D4E5F6G7H8J9KMNPQRA');
const VOLUNTEER = MemberId.parse('mem_01KB2C3D4E5F6G7H8J9KMNPQRB');
const SECOND = MemberId.parse('mem_01KB2C3D4E5F6G7H8J9KMNPQRC');
const REQUEST = RequestId.parse('req_01KB2C3D4E5F6G7H8J9KMNPQRD');
const VISIT = VisitId.parse('vis_01KB2C3D4E5F6G7H8J9KMNPQRE');
const SECOND_VISIT = VisitId.parse('vis_01KB2C3D4E5F6G7H8J9KMNPQRF');
const START = '2026-11-21T03:00:00.000Z';

const commandAt = (at: string): Command => ({
  stepId: CommandId.parse('cmd_01KB2C3D4E5F6G7H8J9KMNPQRG'),
  fingerprint: 'of a command',
  actorId: ELDER,
  channel: 'web',
  at,
});
const before = commandAt(plusMinutes(START, -60));
const after = commandAt(plusMinutes(START, 60));

const part: VisitRecord = {
  visitId: VISIT,
  state: 'joined',
  requestId: REQUEST,
  volunteerId: VOLUNTEER,
  plannedStartAt: START,
  acceptedAt: START,
  wrongCodes: 0,
};
const second: VisitRecord = { ...part, visitId: SECOND_VISIT, volunteerId: SECOND };

const request: RequestRecord = {
  requestId: REQUEST,
  version: 1,
  state: 'draft',
  serviceCode: 'C01',
  receiverId: ELDER,
  receiver: { surname: '王', gender: 'female' },
  postedBy: ELDER,
  communityCode: CommunityCode.parse('341302001003'),
  plannedStartAt: START,
  plannedMinutes: 60,
  place: { address: '和平里1号楼' },
  wishes: { languages: [] },
  policyVersion: policy.version,
  dueAt: START,
  volunteerId: VOLUNTEER,
  visitId: VISIT,
  history: [],
};
const inState = (state: RequestState): RequestFacts => ({ request: { ...request, state }, visit: part });
const forTwo = (state: RequestState): RequestFacts => ({
  request: { ...request, state, persons: 2, secondId: SECOND, secondVisitId: SECOND_VISIT },
  visit: part,
  second,
});

/** A visit under way: its volunteer is there. */
const there: VisitRecord = { ...part, state: 'checked_in', checkedInAt: START };
const left: VisitRecord = { ...there, state: 'checked_out', checkedOutAt: after.at, servedMinutes: 60 };
const booked = (facts: RequestFacts): RequestRecord => ({
  ...facts.request,
  history: [{ ...after, receipt: { requestId: REQUEST, state: 'settled', at: after.at } }],
});
const nobodys = ({ request: { volunteerId: _volunteer, visitId: _visit, ...open } }: RequestFacts) => ({
  request: open,
});
const shown = { volunteerId: VOLUNTEER, beside: [] };
/** What a plan leaves where it is no wrong code. */
const withRightCode = (plan: ReturnType<typeof planCheckIn>): Planned<Step> => {
  if (plan.kind === 'wrong_code') throw new Error('the code was right');
  return plan;
};
const rate = (facts: RequestFacts, level: number): Planned<Step> =>
  planRate(policy, booked(facts), after, {
    by: 'receiver',
    raterId: ELDER,
    level,
    orderId: CommandId.parse('cmd_01KB2C3D4E5F6G7H8J9KMNPQRH'),
    isPutRight: true,
  });
/** She was not content, it was put right, and she is asked once more. */
const complained = (facts: RequestFacts): RequestFacts => ({
  request: {
    ...booked(facts),
    ratings: [{ by: 'receiver', level: 1, round: 1, at: after.at }],
  },
});
const rateAgain = (facts: RequestFacts): Planned<Step> =>
  planRate(policy, complained(facts).request, after, {
    by: 'receiver',
    raterId: ELDER,
    level: 5,
    orderId: CommandId.parse('cmd_01KB2C3D4E5F6G7H8J9KMNPQRH'),
    isPutRight: true,
  });
/** As the desk opens a dispute once it may be opened. */
const dispute = (facts: RequestFacts): Planned<Step> => {
  const asBooked = booked(facts);
  if (!isDisputable(policy, asBooked, after.at)) return refused('not_disputable');
  const { change, receipt } = moved(asBooked, { command: after, to: 'disputed' });
  return done({ changes: [change], receipt });
};

const reason = '有事';
const steps: Record<string, (facts: RequestFacts) => Planned<Step>> = {
  hand_in: (facts) => planRevise(facts, before, 'submitted', {}),
  keep_as_draft: (facts) => planRevise(facts, before, 'draft', {}),
  publish: (facts) => planPublishReviewed(facts, before),
  reject: (facts) => planReject(facts, before, { reason }),
  lapse: (facts) => planLapse(facts, after),
  take_back: (facts) => planCancel(facts, before, reason, { by: 'byReceiver' }),
  agree: (facts) => planAgree(policy, facts, before),
  somebody_else: (facts) => planSomebodyElse(facts, before, reason),
  withdraw_before: (facts) => planWithdraw(facts, before, { volunteerId: VOLUNTEER, reason }),
  withdraw_after: (facts) => planWithdraw(facts, after, { volunteerId: VOLUNTEER, reason }),
  volunteer_missing: (facts) => planNoShow(facts, after, { who: 'volunteer', reason }),
  elder_missing: (facts) => planNoShow(facts, after, { who: 'elder', reason }),
  too_early_to_miss: (facts) => planNoShow(facts, before, { who: 'volunteer', reason }),
  publish_again: (facts) => planPublishAgain(facts, after, { plannedStartAt: START, reason }),
  provider: (facts) => planFallback(facts, after, reason),
  served: (facts) => planServed(policy, facts, after, reason),
  served_while_open: (facts) =>
    planServedWhileOpen(policy, facts, after, { closing: after, sending: after, reason }),
  nobody_came: (facts) => planUnfilled(facts, after),
  accept: (facts) => planAccept(policy, nobodys(facts), before, { visitId: VISIT, volunteerId: VOLUNTEER }),
  check_in: (facts) =>
    withRightCode(
      planCheckIn(policy, facts, commandAt(START), { ...shown, key: { kind: 'code', isGood: true } }),
    ),
  check_out: (facts) => withRightCode(planCheckOut(policy, { ...facts, visit: there }, after, shown)),
  take_back_begun: (facts) => planCancel(facts, after, reason, { by: 'byCoordinator' }),
  abort: (facts) => planAbort({ ...facts, visit: there }, after, { volunteerId: VOLUNTEER, reason }),
  ask_after_abort: (facts) => planAfterAbort(facts, after),
  never_ended: (facts) => planNeverEnded({ ...facts, visit: there }, after),
  confirm: (facts) =>
    planConfirm(policy, { ...facts, visit: left }, after, {
      transferId: TransferId.parse('trf_01KB2C3D4E5F6G7H8J9KMNPQRJ'),
    }),
  call_back: (facts) => planCallback(facts, after, ['proof_missing']),
  call_in_vain: (facts) => planCalledInVain(facts, after, undefined),
  rate_well: (facts) => rate(facts, 5),
  rate_badly: (facts) => rate(facts, 1),
  rate_again: rateAgain,
  dispute,
  apologise: (facts) => planApology(facts, after, { reason }),
};

/** Where each step leads from the states that have it. From all others it is refused. */
const table: Record<string, Partial<Record<RequestState, RequestState>>> = {
  hand_in: { draft: 'submitted', rejected: 'submitted' },
  keep_as_draft: { draft: 'draft', rejected: 'draft' },
  publish: { submitted: 'published' },
  reject: { submitted: 'rejected' },
  lapse: { submitted: 'void' },
  take_back: {
    draft: 'void',
    submitted: 'void',
    rejected: 'void',
    published: 'cancelled',
    accepted: 'cancelled',
    confirmed: 'cancelled',
  },
  agree: { accepted: 'confirmed' },
  somebody_else: { accepted: 'published', confirmed: 'published' },
  withdraw_before: { published: 'published', accepted: 'published', confirmed: 'published' },
  withdraw_after: {
    published: 'published',
    accepted: 'cancelled_by_volunteer',
    confirmed: 'cancelled_by_volunteer',
  },
  volunteer_missing: { accepted: 'no_show_volunteer', confirmed: 'no_show_volunteer' },
  elder_missing: { accepted: 'no_show_elder', confirmed: 'no_show_elder' },
  too_early_to_miss: {},
  publish_again: { unfilled: 'published' },
  provider: { submitted: 'fallback', unfilled: 'fallback' },
  served: { fallback: 'settled' },
  served_while_open: { published: 'settled' },
  nobody_came: { published: 'unfilled' },
  accept: { published: 'accepted' },
  // In service: the second of two.
  check_in: { accepted: 'in_service', confirmed: 'in_service', in_service: 'in_service' },
  check_out: { in_service: 'pending_confirm' },
  take_back_begun: {
    draft: 'void',
    submitted: 'void',
    rejected: 'void',
    published: 'cancelled',
    accepted: 'cancelled',
    confirmed: 'cancelled',
    in_service: 'cancelled',
  },
  abort: { in_service: 'aborted' },
  ask_after_abort: { aborted: 'callback' },
  never_ended: { in_service: 'callback' },
  // In dispute: a decision that the visit stands.
  confirm: { pending_confirm: 'settled', callback: 'settled', disputed: 'settled' },
  call_back: { pending_confirm: 'callback' },
  call_in_vain: { pending_confirm: 'callback', callback: 'callback' },
  rate_well: { settled: 'rated', rated: 'rated', rectify: 'rated' },
  rate_badly: { settled: 'rated', rated: 'rated', rectify: 'rectify' },
  // Settled or rated again: by a decision in a dispute.
  rate_again: { settled: 'rated', rated: 'rated', rectify: 'rated' },
  dispute: {
    pending_confirm: 'disputed',
    callback: 'disputed',
    settled: 'disputed',
    rated: 'disputed',
    rectify: 'disputed',
  },
  apologise: {
    accepted: 'cancelled_by_service',
    confirmed: 'cancelled_by_service',
    unfilled: 'cancelled_by_service',
    fallback: 'cancelled_by_service',
  },
};

/** What a step is refused with where the request stands elsewhere; `wrong_state` where it is not among them. */
const refusals: Record<string, RefusalCode> = {
  take_back: 'not_cancellable',
  take_back_begun: 'not_cancellable',
  served_while_open: 'not_cancellable',
  nobody_came: 'not_cancellable',
  accept: 'request_not_open',
  check_in: 'not_accepted',
  check_out: 'not_in_service',
  abort: 'not_in_service',
  ask_after_abort: 'not_in_service',
  never_ended: 'not_in_service',
  confirm: 'not_awaiting_confirmation',
  call_back: 'not_awaiting_confirmation',
  call_in_vain: 'not_awaiting_confirmation',
  rate_well: 'not_ratable',
  rate_badly: 'not_ratable',
  rate_again: 'not_ratable',
  dispute: 'not_disputable',
};

const cells = Object.keys(steps).flatMap((step) =>
  RequestState.options.map((from): [string, RequestState, RequestState | 'refused'] => [
    step,
    from,
    table[step]?.[from] ?? 'refused',
  ]),
);

it.each(cells)('%s from %s: %s', (step, from, to) => {
  const outcome = steps[step]?.(inState(from));
  if (to === 'refused') {
    const code = refusals[step] ?? 'wrong_state';
    const refusal = code === 'wrong_state' ? { code, state: from } : { code };
    expect(outcome).toEqual({ kind: 'refused', refusal });
    return;
  }
  expect(outcome).toMatchObject({ kind: 'done', value: { receipt: { state: to } } });
});

/** Ways that a use case takes by itself: a decision that the visit does not stand, and the end of the time to say anything. */
const waysOfTheDesk = ['disputed reversed', 'settled closed', 'rated closed', 'rectify closed'];

it('every way of the table has a step, and no step goes where the table has no way', () => {
  const taken = cells.flatMap(([step, from, to]) => {
    const outcome = to === 'refused' ? undefined : steps[step]?.(inState(from));
    const history = outcome === undefined ? [] : (requestAfter(outcome)?.history ?? []);
    return history.flatMap((event) =>
      event.from === undefined || event.from === event.receipt.state
        ? []
        : [`${event.from} ${event.receipt.state}`],
    );
  });
  const ways = RequestState.options.flatMap((from) => leadsTo[from].map((to) => `${from} ${to}`));
  expect([...new Set([...taken, ...waysOfTheDesk])].sort()).toEqual([...ways].sort());
  expect(waysOfTheDesk.every((way) => !taken.includes(way))).toBe(true);
  expect(mayLeadTo('reversed', 'closed')).toBe(false);
});

const requestAfter = (planned: Planned<Step>): RequestRecord | undefined => {
  const change = planned.kind === 'done' ? planned.value.changes[0] : undefined;
  return change?.change === 'move_request' ? change.request : undefined;
};
const partsAfter = (planned: Planned<Step>): [MemberId, string][] =>
  planned.kind === 'done'
    ? planned.value.changes.flatMap((change): [MemberId, string][] =>
        change.change === 'move_visit' ? [[change.visit.volunteerId, change.visit.state]] : [],
      )
    : [];

describe('of two who go together', () => {
  it.each([
    ['the first', VOLUNTEER, SECOND],
    ['the second', SECOND, VOLUNTEER],
  ])('%s gives it back and the other one still goes', (_who, volunteerId, other) => {
    const planned = planWithdraw(forTwo('accepted'), before, { volunteerId, reason });
    expect(requestAfter(planned)).toMatchObject({ state: 'published', volunteerId: other });
    expect(requestAfter(planned)).not.toHaveProperty('secondId');
    expect(partsAfter(planned)).toEqual([[volunteerId, 'withdrawn']]);
  });

  it('after the start it is over for both', () => {
    const planned = planWithdraw(forTwo('accepted'), after, { volunteerId: SECOND, reason });
    expect(requestAfter(planned)?.state).toBe('cancelled_by_volunteer');
    expect(partsAfter(planned)).toEqual([
      [SECOND, 'withdrawn'],
      [VOLUNTEER, 'withdrawn'],
    ]);
  });

  it('where nobody came both have missed it, and where nobody was met neither has', () => {
    const missed = planNoShow(forTwo('confirmed'), after, { who: 'volunteer', reason });
    expect(partsAfter(missed)).toEqual([
      [VOLUNTEER, 'no_show'],
      [SECOND, 'no_show'],
    ]);
    expect(partsAfter(planNoShow(forTwo('confirmed'), after, { who: 'elder', reason }))).toEqual([]);
  });

  it('somebody else is wanted: both are free', () => {
    const planned = planSomebodyElse(forTwo('accepted'), before, undefined);
    expect(partsAfter(planned).map(([, state]) => state)).toEqual(['withdrawn', 'withdrawn']);
    expect(requestAfter(planned)).not.toHaveProperty('volunteerId');
  });
});

it('who has not taken it cannot give it back', () => {
  const planned = planWithdraw(inState('accepted'), before, { volunteerId: SECOND, reason });
  expect(planned).toMatchObject({ kind: 'refused', refusal: { code: 'wrong_state' } });
});

it('what a provider has served while it was open is one write, and its elder is asked how it was', () => {
  const served = steps['served_while_open']?.(inState('published'));
  expect(served).toMatchObject({
    kind: 'done',
    value: {
      changes: [{ change: 'move_request', fromVersion: 1 }, { change: 'move_visit' }],
      receipt: { state: 'settled' },
    },
  });
  const request = served === undefined ? undefined : requestAfter(served);
  expect(request?.version).toBe(4);
  expect(request?.history.map(({ receipt }) => receipt.state)).toEqual(['unfilled', 'fallback', 'settled']);
  expect(request?.dueAt).toBe(plusMinutes(after.at, policy.ratingInviteDays * 24 * 60));
});

it('a second try is a request of its own that comes first and costs nobody hours', () => {
  const first = { ...inState('accepted'), request: { ...inState('accepted').request, note: '门铃坏了' } };
  const requestId = RequestId.parse('req_01KB2C3D4E5F6G7H8J9KMNPQRK');
  const plannedStartAt = plusMinutes(START, 24 * 60);
  const { changes, receipt } = planSecondTry(first, after, {
    requestId,
    plannedStartAt,
    policyVersion: 'v2',
  });
  expect(receipt).toMatchObject({ requestId, state: 'published' });
  const [change] = changes;
  const put = change?.change === 'put_request' ? change.request : undefined;
  expect(put).toMatchObject({ follows: REQUEST, priority: 1, plannedStartAt, note: '门铃坏了', version: 1 });
  for (const gone of ['hold', 'volunteerId', 'dueAt', 'told']) expect(put).not.toHaveProperty(gone);
});

describe('a visit that nobody ends', () => {
  it('is told of seven times, then the hotline asks, and what was planned is the most that it counts', () => {
    const facts = { request: { ...inState('in_service').request, told: 6 }, visit: there, second };
    expect(planOverdueWord(facts, after.at)).toMatchObject({ told: 7 });
    expect(planOverdueWord({ ...facts, request: { ...facts.request, told: 7 } }, after.at)).toBeUndefined();
    const ended = planNeverEnded(facts, commandAt(plusMinutes(START, 8 * 24 * 60)));
    expect(requestAfter(ended)).toMatchObject({ state: 'callback', callbackReasons: ['not_ended'] });
    expect(partsAfter(ended)).toEqual([
      [VOLUNTEER, 'checked_out'],
      [SECOND, 'no_show'],
    ]);
    const change = ended.kind === 'done' ? ended.value.changes[1] : undefined;
    const visit = change?.change === 'move_visit' ? change.visit : undefined;
    expect(visit).toMatchObject({ servedMinutes: 60 });
    expect(visit).not.toHaveProperty('checkedOutAt');
  });
});
