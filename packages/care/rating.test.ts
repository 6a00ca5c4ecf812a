import { type CommandId, idMaker } from '@time-bank/contracts/ids';
import { CommunityCode } from '@time-bank/contracts/region';
import type { RequestState } from '@time-bank/contracts/request';
import { plusMinutes } from '@time-bank/contracts/time';
import type { Rating } from '@time-bank/contracts/visiting';
import { describe, expect, it } from 'vitest';
import { type Word, contentmentOf, planRate, planWorkOrderStep, workOrderDueAt } from './rating.ts';
import type { Command, RequestEvent, RequestRecord } from './request.ts';

const ids = idMaker(() => Date.parse('2026-11-21T02:00:00Z'));
const policy = { badRatingContactDays: 1, badRatingFixWorkingDays: 15, disputeDaysMax: 15 };
/** Saturday, ten in the morning in China. */
const BOOKED = '2026-11-21T02:00:00.000Z';
const [elder, volunteer] = [ids.member(), ids.member()];
const requestId = ids.request();

const booked: RequestEvent = {
  stepId: ids.transfer(),
  fingerprint: 'f',
  actorId: elder,
  channel: 'web',
  at: BOOKED,
  from: 'pending_confirm',
  receipt: { requestId, state: 'settled', at: BOOKED },
};
const aRequest = (state: RequestState, ratings?: Rating[]): RequestRecord => ({
  requestId,
  version: 7,
  state,
  serviceCode: 'C01',
  receiverId: elder,
  receiver: { surname: '王', gender: 'female' },
  postedBy: elder,
  communityCode: CommunityCode.parse('341302001003'),
  plannedStartAt: '2026-11-21T01:00:00.000Z',
  plannedMinutes: 60,
  place: { address: '和平里' },
  wishes: { languages: [] },
  policyVersion: 'v',
  volunteerId: volunteer,
  dueAt: plusMinutes(BOOKED, 3 * 24 * 60),
  history: [booked],
  ...(ratings === undefined ? {} : { ratings }),
});
const command = (at = BOOKED): Command => ({
  stepId: ids.command(),
  fingerprint: 'g',
  actorId: elder,
  channel: 'web',
  at,
});
const orderId: CommandId = ids.command();
const word = (level: number, also: Partial<Word> = {}): Word => ({
  by: 'receiver',
  raterId: elder,
  level,
  orderId,
  isPutRight: false,
  ...also,
});
const rating = (by: Rating['by'], level: number, round: 1 | 2 = 1): Rating => ({
  by,
  level,
  round,
  at: BOOKED,
});

const after = (request: RequestRecord, said: Word) => {
  const plan = planRate(policy, request, command(), said);
  if (plan.kind === 'refused') return plan.refusal.code;
  const [change] = plan.value.changes;
  return change?.change === 'move_request' ? change.request : undefined;
};

describe.each([
  ['draft', 'not_ratable'],
  ['published', 'not_ratable'],
  ['pending_confirm', 'not_ratable'],
  ['callback', 'not_ratable'],
  ['disputed', 'not_ratable'],
  ['reversed', 'not_ratable'],
  ['closed', 'not_ratable'],
] as const)('a visit that is %s', (state, refusal) => {
  it('is not rated', () => {
    expect(after(aRequest(state), word(5))).toBe(refusal);
  });
});

describe('a good word', () => {
  it.each([3, 4, 5])('of %i is kept, and the other side is still asked when it is due', (level) => {
    expect(after(aRequest('settled'), word(level))).toMatchObject({
      state: 'rated',
      version: 8,
      dueAt: plusMinutes(BOOKED, 3 * 24 * 60),
      ratings: [{ by: 'receiver', level, round: 1 }],
    });
  });

  it('is said once by each side', () => {
    const rated = aRequest('rated', [rating('receiver', 5)]);
    expect(after(rated, word(4))).toBe('already_rated');
    expect(after(rated, word(4, { by: 'volunteer' }))).toMatchObject({ state: 'rated' });
  });
});

describe('a bad word', () => {
  it.each([1, 2])('of %i writes two steps at once: rated, and then to be put right', (level) => {
    const request = aRequest('settled');
    const plan = planRate(policy, request, command(), word(level, { words: '迟到' }));
    expect(plan).toMatchObject({
      kind: 'done',
      value: {
        receipt: { state: 'rated' },
        order: {
          level,
          words: '迟到',
          state: 'open',
          // The end of Sunday in China, and of the fifteenth working day: Friday, 11 December.
          contactBy: '2026-11-22T15:59:59.999Z',
          fixBy: '2026-12-11T15:59:59.999Z',
        },
        changes: [
          { fromVersion: 7, request: { state: 'rectify', version: 9, dueAt: '2026-11-22T15:59:59.999Z' } },
        ],
      },
    });
    const [change] = plan.kind === 'done' ? plan.value.changes : [];
    const events = change?.change === 'move_request' ? change.request.history.slice(-2) : [];
    expect(events.map(({ receipt }) => receipt.state)).toEqual(['rated', 'rectify']);
    expect(events.map(({ actorId }) => actorId)).toEqual([elder, 'system']);
  });

  it('has one follow-up, once it was put right, and that is the last word, good or bad', () => {
    const open = aRequest('rectify', [rating('receiver', 1)]);
    expect(after(open, word(5))).toBe('already_rated');
    expect(after(open, word(1, { isPutRight: true }))).toMatchObject({ state: 'rated' });
    const over = aRequest('rated', [rating('receiver', 1), rating('receiver', 1, 2)]);
    expect(after(over, word(5, { isPutRight: true }))).toBe('already_rated');
  });

  it('of the other side keeps the request open beyond the first follow-up', () => {
    const both = aRequest('rectify', [rating('receiver', 1), rating('volunteer', 2)]);
    expect(after(both, word(4, { isPutRight: true }))).toMatchObject({ state: 'rectify' });
  });
});

describe('a work order', () => {
  const plan = planRate(policy, aRequest('settled'), command(), word(1));
  const order = plan.kind === 'done' ? plan.value.order! : undefined!;
  const act = (step: 'contacted' | 'fixed') => ({
    commandId: ids.command(),
    fingerprint: 'h',
    step,
    words: '已道歉',
    actorId: ids.member(),
    at: BOOKED,
  });

  it('is due for a word first, then for being put right', () => {
    expect(workOrderDueAt(order)).toBe(order.contactBy);
    const spoken = planWorkOrderStep(order, act('contacted'));
    expect(spoken).toMatchObject({ value: { state: 'contacted' } });
    if (spoken.kind === 'done') {
      expect(workOrderDueAt(spoken.value)).toBe(order.fixBy);
      expect(planWorkOrderStep(spoken.value, act('contacted'))).toMatchObject({
        refusal: { code: 'wrong_step' },
      });
    }
  });

  it('ends when it is put right, with or without a word before', () => {
    const fixed = planWorkOrderStep(order, act('fixed'));
    expect(fixed).toMatchObject({ value: { state: 'ended' } });
    if (fixed.kind === 'done') {
      expect(planWorkOrderStep(fixed.value, act('fixed'))).toMatchObject({
        refusal: { code: 'case_closed' },
      });
    }
  });
});

it('contentment counts visits that were made, and the last word of each receiver', () => {
  expect(
    contentmentOf([
      aRequest('rated', [rating('receiver', 1), rating('receiver', 4, 2)]),
      aRequest('rated', [rating('volunteer', 1), rating('receiver', 2)]),
      aRequest('settled'),
      aRequest('cancelled'),
      aRequest('reversed', [rating('receiver', 5)]),
    ]),
  ).toEqual({ visits: 3, rated: 2, satisfied: 1, byLevel: [0, 1, 0, 1, 0] });
});
