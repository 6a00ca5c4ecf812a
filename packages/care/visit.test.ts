import { CommandId, MemberId, RequestId, TransferId, VisitId } from '@time-bank/contracts/ids';
import { CommunityCode } from '@time-bank/contracts/region';
import type { RequestState } from '@time-bank/contracts/request';
import { plusMinutes } from '@time-bank/contracts/time';
import { defaults as policy } from '@time-bank/policy/catalogue';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command, RequestFacts, RequestRecord, VisitRecord } from './request.ts';
import { planCheckIn, planCheckOut } from './presence.ts';
import { planAccept, planConfirm } from './visit.ts';

const ELDER = MemberId.parse('mem_01KB2C3D4E5F6G7H8J9KMNPQRA');
const VOLUNTEER = MemberId.parse('mem_01KB2C3D4E5F6G7H8J9KMNPQRB');
const REQUEST = RequestId.parse('req_01KB2C3D4E5F6G7H8J9KMNPQRD');
const VISIT = VisitId.parse('vis_01KB2C3D4E5F6G7H8J9KMNPQRE');
const TRANSFER = TransferId.parse('trf_01KB2C3D4E5F6G7H8J9KMNPQRF');
const START = '2026-11-21T03:00:00.000Z';
const CODE = '123456';

const commandAt = (at: string, fingerprint = 'first'): Command => ({
  stepId: CommandId.parse('cmd_01KB2C3D4E5F6G7H8J9KMNPQRG'),
  fingerprint,
  actorId: VOLUNTEER,
  channel: 'web',
  at,
});

const requestIn = (state: RequestState, change: Partial<RequestRecord> = {}): RequestRecord => ({
  requestId: REQUEST,
  version: 2,
  state,
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
  history: [],
  ...change,
});

const aVisit = (change: Partial<VisitRecord> = {}): VisitRecord => ({
  visitId: VISIT,
  state: 'joined',
  requestId: REQUEST,
  volunteerId: VOLUNTEER,
  plannedStartAt: START,
  acceptedAt: plusMinutes(START, -600),
  wrongCodes: 0,
  ...change,
});

/** The code of a refusal, or the kind of any other outcome. */
const nameOf = (plan: ReturnType<typeof planCheckIn>): string => {
  if (plan.kind === 'wrong_code') return plan.wrong.refusal.code;
  return plan.kind === 'refused' ? plan.refusal.code : plan.kind;
};

/** A second after the last moment at which it can be taken. */
const AFTER_START = new Date(Date.parse(START) + policy.unfilledAfterMinutes * 60_000 + 1000).toISOString();

describe('taking a request: each row mends one thing of the row above', () => {
  const part = { visitId: VISIT, volunteerId: VOLUNTEER };
  it.each([
    {
      row: 'one’s own, overdue and not open',
      state: 'settled',
      receiverId: VOLUNTEER,
      at: AFTER_START,
      outcome: 'request_not_open',
    },
    {
      row: 'open, but one’s own and overdue',
      state: 'published',
      receiverId: VOLUNTEER,
      at: AFTER_START,
      outcome: 'request_not_open',
    },
    {
      row: 'in time, but one’s own',
      state: 'published',
      receiverId: VOLUNTEER,
      at: START,
      outcome: 'own_request',
    },
    { row: 'in time and another’s', state: 'published', receiverId: ELDER, at: START, outcome: 'done' },
  ] as const)('$row: $outcome', ({ state, receiverId, at, outcome }) => {
    expect(
      nameOf(planAccept(policy, { request: requestIn(state, { receiverId }) }, commandAt(at), part)),
    ).toBe(outcome);
  });

  it('makes a visit and names the volunteer on the request', () => {
    const plan = planAccept(policy, { request: requestIn('published') }, commandAt(START), part);
    expect(plan).toMatchObject({
      kind: 'done',
      value: {
        receipt: { state: 'accepted', visitId: VISIT },
        changes: [
          { change: 'move_request', request: { state: 'accepted', volunteerId: VOLUNTEER } },
          { change: 'put_visit', visit: aVisit({ acceptedAt: START }) },
        ],
      },
    });
  });
});

const checkIn = (facts: RequestFacts, { at = START, entered = CODE, fingerprint = 'first' } = {}) =>
  planCheckIn(policy, facts, commandAt(at, fingerprint), shows(entered === CODE));

/** What the volunteer shows: the elder's digits, or others. */
const shows = (isGood: boolean) => ({
  volunteerId: VOLUNTEER,
  key: { kind: 'code', isGood } as const,
  beside: [],
});
/** They leave without showing anything. */
const leaves = { volunteerId: VOLUNTEER, beside: [] };

describe('checking in: each row mends one thing of the row above', () => {
  const early = plusMinutes(START, -31);
  const late = plusMinutes(START, 121);
  const locked = aVisit({ wrongCodes: 5, lastWrongTry: 'another' });
  const accepted = requestIn('accepted');
  it.each([
    {
      row: 'not taken',
      facts: { request: requestIn('published') },
      at: early,
      entered: '0',
      outcome: 'not_accepted',
    },
    {
      row: 'taken, without a visit',
      facts: { request: accepted },
      at: early,
      entered: '0',
      outcome: 'not_accepted',
    },
    {
      row: 'too early',
      facts: { request: accepted, visit: locked },
      at: early,
      entered: '0',
      outcome: 'too_early_to_check_in',
    },
    {
      row: 'too late',
      facts: { request: accepted, visit: locked },
      at: late,
      entered: '0',
      outcome: 'too_late_to_check_in',
    },
    {
      row: 'five wrong codes',
      facts: { request: accepted, visit: locked },
      at: START,
      entered: '0',
      outcome: 'visit_code_locked',
    },
    {
      row: 'a wrong code',
      facts: { request: accepted, visit: aVisit() },
      at: START,
      entered: '0',
      outcome: 'visit_code_incorrect',
    },
    {
      row: 'the code of the card',
      facts: { request: accepted, visit: aVisit() },
      at: START,
      entered: CODE,
      outcome: 'done',
    },
  ])('$row: $outcome', ({ facts, at, entered, outcome }) => {
    expect(nameOf(checkIn(facts, { at, entered }))).toBe(outcome);
  });
});

describe('checking in', () => {
  const facts = { request: requestIn('accepted'), visit: aVisit() };

  it.each([
    { minutes: -31, outcome: 'too_early_to_check_in' },
    { minutes: -30, outcome: 'done' },
    { minutes: 0, outcome: 'done' },
    { minutes: 120, outcome: 'done' },
    { minutes: 121, outcome: 'too_late_to_check_in' },
  ])('$minutes minutes from the planned start: $outcome', ({ minutes, outcome }) => {
    expect(nameOf(checkIn(facts, { at: plusMinutes(START, minutes) }))).toBe(outcome);
  });

  it.each([
    { at: '2026-11-21T02:29:59.999Z', outcome: 'too_early_to_check_in' },
    { at: '2026-11-21T05:00:00.001Z', outcome: 'too_late_to_check_in' },
  ])('a thousandth of a second outside of the span counts: $outcome', ({ at, outcome }) => {
    expect(nameOf(checkIn(facts, { at }))).toBe(outcome);
  });

  it('is impossible without a good code', () => {
    const plan = planCheckIn(policy, facts, commandAt(START), shows(false));
    expect(nameOf(plan)).toBe('visit_code_incorrect');
  });

  it('begins the service time on the service’s own clock', () => {
    expect(checkIn(facts, { at: plusMinutes(START, 3) })).toMatchObject({
      value: {
        receipt: { state: 'in_service', visitId: VISIT, at: plusMinutes(START, 3) },
        changes: [{ change: 'move_request' }, { visit: { checkedInAt: plusMinutes(START, 3) } }],
      },
    });
  });
});

describe('a wrong code', () => {
  const accepted = requestIn('accepted');
  const tried = (visit: VisitRecord, fingerprint = 'first') =>
    checkIn({ request: accepted, visit }, { entered: '000000', fingerprint });

  it.each([
    { before: 0, left: 4 },
    { before: 3, left: 1 },
    { before: 4, left: 0 },
  ])('after $before others leaves $left tries and is written down', ({ before, left }) => {
    expect(tried(aVisit({ wrongCodes: before, lastWrongTry: 'another' }))).toEqual({
      kind: 'wrong_code',
      wrong: {
        refusal: { code: 'visit_code_incorrect', triesLeft: left },
        changes: [
          { change: 'move_request', fromVersion: 2, request: { ...accepted, version: 3 } },
          { change: 'move_visit', visit: aVisit({ wrongCodes: before + 1, lastWrongTry: 'first' }) },
        ],
      },
    });
  });

  it('sent twice counts once, and nothing is written again', () => {
    expect(tried(aVisit({ wrongCodes: 1, lastWrongTry: 'first' }))).toEqual({
      kind: 'wrong_code',
      wrong: { refusal: { code: 'visit_code_incorrect', triesLeft: 4 }, changes: [] },
    });
  });

  it('the fifth sent twice is still told as wrong; a sixth is told that the card is locked', () => {
    const five = aVisit({ wrongCodes: 5, lastWrongTry: 'first' });
    expect(tried(five)).toMatchObject({ wrong: { refusal: { triesLeft: 0 }, changes: [] } });
    expect(nameOf(tried(five, 'second'))).toBe('visit_code_locked');
  });

  it('five times locks out the right code too', () => {
    const facts = { request: accepted, visit: aVisit({ wrongCodes: 5, lastWrongTry: 'another' }) };
    expect(nameOf(checkIn(facts))).toBe('visit_code_locked');
  });

  it('does not stand in the way of the right one afterwards', () => {
    const facts = { request: accepted, visit: aVisit({ wrongCodes: 4, lastWrongTry: 'another' }) };
    expect(checkIn(facts)).toMatchObject({
      kind: 'done',
      value: { changes: [{ request: { state: 'in_service' } }, { visit: { wrongCodes: 4 } }] },
    });
  });
});

describe('checking out: each row mends one thing of the row above', () => {
  it.each([
    { row: 'not begun', state: 'accepted', visit: undefined, outcome: 'not_in_service' },
    { row: 'begun, without a visit', state: 'in_service', visit: undefined, outcome: 'not_in_service' },
    { row: 'without a check-in', state: 'in_service', visit: aVisit(), outcome: 'not_in_service' },
    {
      row: 'checked in',
      state: 'in_service',
      visit: aVisit({ state: 'checked_in', checkedInAt: START }),
      outcome: 'done',
    },
  ] as const)('$row: $outcome', ({ state, visit, outcome }) => {
    const facts = { request: requestIn(state), ...(visit === undefined ? {} : { visit }) };
    expect(nameOf(planCheckOut(policy, facts, commandAt(START), leaves))).toBe(outcome);
  });

  it.each([
    { at: START, served: 0 },
    { at: '2026-11-21T03:59:59.999Z', served: 59 },
    { at: '2026-11-21T04:00:00.000Z', served: 60 },
    { at: '2026-11-21T02:59:55.000Z', served: 0 },
  ])('at $at: $served whole minutes served', ({ at, served }) => {
    const facts = {
      request: requestIn('in_service'),
      visit: aVisit({ state: 'checked_in', checkedInAt: START }),
    };
    expect(planCheckOut(policy, facts, commandAt(at), leaves)).toMatchObject({
      value: {
        receipt: { state: 'pending_confirm', servedMinutes: served },
        changes: [{}, { visit: { checkedOutAt: at, servedMinutes: served } }, { change: 'put_notice' }],
      },
    });
  });
});

const confirm = (servedMinutes: number, plannedMinutes: number, heldMinutes?: number) => {
  const facts = {
    request: requestIn('pending_confirm', { plannedMinutes }),
    visit: aVisit({ servedMinutes }),
  };
  const plan = planConfirm(policy, facts, commandAt(START), { transferId: TRANSFER, heldMinutes });
  if (plan.kind !== 'done') throw new Error('the visit waits for a confirmation');
  return plan.value;
};

describe('confirming: each row mends one thing of the row above', () => {
  it.each([
    { row: 'not ended', state: 'in_service', visit: undefined, outcome: 'not_awaiting_confirmation' },
    {
      row: 'ended, without a visit',
      state: 'pending_confirm',
      visit: undefined,
      outcome: 'not_awaiting_confirmation',
    },
    {
      row: 'without a measured time',
      state: 'pending_confirm',
      visit: aVisit(),
      outcome: 'not_awaiting_confirmation',
    },
    { row: 'measured', state: 'pending_confirm', visit: aVisit({ servedMinutes: 0 }), outcome: 'done' },
  ] as const)('$row: $outcome', ({ state, visit, outcome }) => {
    const facts = { request: requestIn(state), ...(visit === undefined ? {} : { visit }) };
    expect(nameOf(planConfirm(policy, facts, commandAt(START), { transferId: TRANSFER }))).toBe(outcome);
  });
});

describe('what a confirmed visit credits', () => {
  it.each([
    { served: 20, planned: 60, held: undefined, credited: 0, released: undefined },
    { served: 29, planned: 60, held: undefined, credited: 0, released: undefined },
    { served: 39, planned: 60, held: undefined, credited: 30, released: undefined },
    { served: 60, planned: 60, held: undefined, credited: 60, released: undefined },
    { served: 89, planned: 60, held: undefined, credited: 60, released: undefined },
    { served: 90, planned: 60, held: undefined, credited: 90, released: undefined },
    { served: 480, planned: 60, held: undefined, credited: 90, released: undefined },
    { served: 20, planned: 60, held: 60, credited: 0, released: 60 },
    { served: 39, planned: 60, held: 60, credited: 30, released: 30 },
    { served: 60, planned: 60, held: 60, credited: 60, released: 0 },
    { served: 120, planned: 60, held: 60, credited: 60, released: 0 },
    { served: 120, planned: 45, held: 45, credited: 45, released: 0 },
  ])('$served of $planned planned, held $held: $credited, $released released', (row) => {
    const value = confirm(row.served, row.planned, row.held);
    expect(value.creditedMinutes).toBe(row.credited);
    expect(value.volunteerId).toBe(VOLUNTEER);
    expect(value.receipt).toEqual({
      requestId: REQUEST,
      state: 'settled',
      at: START,
      visitId: VISIT,
      transferId: TRANSFER,
      servedMinutes: row.served,
      creditedMinutes: row.credited,
      ...(row.released === undefined ? {} : { releasedMinutes: row.released }),
    });
  });

  it('is written on the visit beside what was served, which stays as it was measured', () => {
    expect(confirm(39, 60).changes[1]).toMatchObject({ visit: { servedMinutes: 39, creditedMinutes: 30 } });
  });

  it('is never more than was served or held, and what is released makes up the rest', () => {
    const minutes = fc.integer({ min: 0, max: 600 });
    const planned = fc.integer({ min: 15, max: 480 });
    fc.assert(
      fc.property(minutes, planned, (served, held) => {
        const { receipt, creditedMinutes } = confirm(served, held, held);
        expect(creditedMinutes).toBeLessThanOrEqual(Math.min(served, held));
        expect(creditedMinutes + (receipt.releasedMinutes ?? NaN)).toBe(held);
      }),
    );
  });
});

describe('what a confirmed visit of two credits where the receiver pays for each', () => {
  const each = { ...policy, twoPersonCharge: 'each' as const };
  const OTHER = MemberId.parse('mem_01KB2C3D4E5F6G7H8J9KMNPQRC');
  it.each([
    { served: [60, 60], held: 120, credited: [60, 60], released: 0 },
    { served: [39, 60], held: 120, credited: [30, 60], released: 30 },
    { served: [120, 30], held: 120, credited: [60, 30], released: 30 },
    { served: [10, 120], held: 120, credited: [0, 60], released: 60 },
    { served: [60, 90], held: undefined, credited: [60, 90], released: undefined },
  ] as const)('$served served, $held held: $credited', ({ served, held, credited, released }) => {
    const facts = {
      request: requestIn('pending_confirm', { persons: 2 }),
      visit: aVisit({ servedMinutes: served[0] }),
      second: aVisit({ volunteerId: OTHER, servedMinutes: served[1] }),
    };
    const plan = planConfirm(each, facts, commandAt(START), { transferId: TRANSFER, heldMinutes: held });
    expect(plan).toMatchObject({
      value: {
        creditedMinutes: credited[0],
        second: { volunteerId: OTHER, creditedMinutes: credited[1], isPaidByReceiver: held !== undefined },
      },
    });
    expect(plan.kind === 'done' && plan.value.receipt.releasedMinutes).toBe(released);
  });
});
