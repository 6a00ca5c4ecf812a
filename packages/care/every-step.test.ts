/** Every step beside the visit itself, from every state: where it leads, and where it is refused by name. */
import { CommandId, MemberId, RequestId, VisitId } from '@time-bank/contracts/ids';
import { CommunityCode } from '@time-bank/contracts/region';
import type { Planned } from '@time-bank/contracts/refusals';
import { RequestState } from '@time-bank/contracts/request';
import { plusMinutes } from '@time-bank/contracts/time';
import { defaults as policy } from '@time-bank/policy/catalogue';
import { describe, expect, it } from 'vitest';
import { planAgree, planSomebodyElse, planWithdraw } from './agree.ts';
import { mayLeadTo } from './life.ts';
import { planNoShow } from './no-show.ts';
import {
  type Command,
  type RequestFacts,
  type RequestRecord,
  type Step,
  type VisitRecord,
  planCancel,
} from './request.ts';
import { planLapse, planPublishReviewed, planReject, planRevise } from './review.ts';
import { planApology, planFallback, planPublishAgain, planServed } from './unfilled.ts';

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
  served: (facts) => planServed(facts, after, reason),
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
  apologise: {
    accepted: 'cancelled_by_service',
    confirmed: 'cancelled_by_service',
    unfilled: 'cancelled_by_service',
    fallback: 'cancelled_by_service',
  },
};

const cells = Object.keys(steps).flatMap((step) =>
  RequestState.options.map((from): [string, RequestState, RequestState | 'refused'] => [
    step,
    from,
    table[step]?.[from] ?? 'refused',
  ]),
);

it.each(cells)('%s from %s: %s', (step, from, to) => {
  const planned = steps[step]?.(inState(from));
  if (to === 'refused') {
    const expected =
      step === 'take_back' ? { code: 'not_cancellable' } : { code: 'wrong_state', state: from };
    expect(planned).toEqual({ kind: 'refused', refusal: expected });
    return;
  }
  expect(planned).toMatchObject({ kind: 'done', value: { receipt: { state: to } } });
  expect(from === to || mayLeadTo(from, to)).toBe(true);
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

it('one that a provider has served already asks nothing of the desk any more', () => {
  const { dueAt: _dueAt, ...served } = { ...request, state: 'unfilled' as const };
  for (const planned of [
    planPublishAgain({ request: served }, after, { plannedStartAt: START, reason }),
    planFallback({ request: served }, after, reason),
    planApology({ request: served }, after, { reason }),
  ])
    expect(planned).toMatchObject({ kind: 'refused', refusal: { code: 'wrong_state', state: 'unfilled' } });
});
