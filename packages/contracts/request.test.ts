import { describe, expect, it } from 'vitest';
import { AmountMinutes, BalanceMinutes } from './minutes.ts';
import { CancelRequest, CheckIn, ConfirmVisit, PostRequest, RedeemHours } from './request.ts';

const ULID = '01KB2C3D4E5F6G7H8J9KMNPQRS';
const redemption = {
  requestId: `req_${ULID}`,
  serviceCode: 'C01',
  plannedStartAt: '2026-11-21T03:00:00.000Z',
  plannedMinutes: 60,
  wishes: { languages: [] },
};
const post = { ...redemption, receiverId: `mem_${ULID}` };

it('the least and the most that a request may say are taken', () => {
  expect(RedeemHours.safeParse(redemption).success).toBe(true);
  const most = {
    ...post,
    plannedMinutes: 480,
    wishes: { languages: ['cmn', 'yue', 'wuu', 'hak'], gender: 'female' },
    place: { address: '路'.repeat(120), point: { latitude: 33.6, longitude: 116.9 } },
    note: '请'.repeat(200),
  };
  expect(PostRequest.safeParse(most).success).toBe(true);
});

describe('a request is not taken', () => {
  it.each([
    { why: 'for 14 minutes', change: { plannedMinutes: 14 } },
    { why: 'for 481 minutes', change: { plannedMinutes: 481 } },
    { why: 'for half a minute more', change: { plannedMinutes: 60.5 } },
    { why: 'for minutes in words', change: { plannedMinutes: '60' } },
    { why: 'for a service that is not offered', change: { serviceCode: 'Z99' } },
    { why: 'at a time without a zone', change: { plannedStartAt: '2026-11-21T03:00:00' } },
    { why: 'with five languages', change: { wishes: { languages: ['cmn', 'yue', 'wuu', 'nan', 'hak'] } } },
    { why: 'with an unknown wish', change: { wishes: { languages: [], age: 30 } } },
    { why: 'with a note of 201 characters', change: { note: '请'.repeat(201) } },
    { why: 'with an address of 121', change: { place: { address: '路'.repeat(121) } } },
    { why: 'with an address of blanks', change: { place: { address: '  ' } } },
    { why: 'with another kind of id', change: { requestId: `vis_${ULID}` } },
    { why: 'with a field that nobody asked for', change: { state: 'settled' } },
    { why: 'without wishes', change: { wishes: undefined } },
    { why: 'with a note that is nothing', change: { note: null } },
  ])('$why', ({ change }) => {
    expect(PostRequest.safeParse({ ...post, ...change }).success).toBe(false);
  });

  it('by a member for somebody else', () => {
    expect(RedeemHours.safeParse(post).success).toBe(false);
  });
});

it.each([
  { what: 'a check-in with five digits', ok: CheckIn, body: { commandId: `cmd_${ULID}`, code: '12345' } },
  { what: 'a check-in with letters', ok: CheckIn, body: { commandId: `cmd_${ULID}`, code: '12345a' } },
  {
    what: 'a confirmation that says how much',
    ok: ConfirmVisit,
    body: { transferId: `trf_${ULID}`, amount: 9 },
  },
  {
    what: 'a cancellation without a reason',
    ok: CancelRequest,
    body: { commandId: `cmd_${ULID}`, reason: ' ' },
  },
  {
    what: 'a cancellation of 201 characters',
    ok: CancelRequest,
    body: { commandId: `cmd_${ULID}`, reason: 'x'.repeat(201) },
  },
])('$what is not taken', ({ ok, body }) => {
  expect(ok.safeParse(body).success).toBe(false);
});

it.each([
  { minutes: 0, moves: false, stands: true },
  { minutes: 1, moves: true, stands: true },
  { minutes: 1440, moves: true, stands: true },
  { minutes: 1441, moves: false, stands: true },
  { minutes: -1, moves: false, stands: false },
  { minutes: 0.5, moves: false, stands: false },
  { minutes: 2 ** 53, moves: false, stands: false },
])('$minutes minutes may move: $moves, may stand on an account: $stands', ({ minutes, moves, stands }) => {
  expect(AmountMinutes.safeParse(minutes).success).toBe(moves);
  expect(BalanceMinutes.safeParse(minutes).success).toBe(stands);
});
