import { idMaker } from '@time-bank/contracts/ids';
import { CommunityCode } from '@time-bank/contracts/region';
import { plusMinutes } from '@time-bank/contracts/time';
import type { Proof } from '@time-bank/contracts/visiting';
import { describe, expect, it } from 'vitest';
import { areAtOnce, isForgotten, nextLookAt, reasonsToCall, wordDue } from './confirm.ts';
import type { RequestFacts, RequestRecord, VisitRecord } from './request.ts';

const ids = idMaker(() => Date.parse('2026-11-21T02:00:00Z'));
const LEFT = '2026-11-21T02:00:00.000Z';
const [elder, volunteer, requestId, visitId] = [ids.member(), ids.member(), ids.request(), ids.visit()];
const hours = (count: number): string => plusMinutes(LEFT, count * 60);

const waiting = (told?: number, also: Partial<RequestRecord> = {}): RequestRecord => ({
  requestId,
  version: 5,
  state: 'pending_confirm',
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
  visitId,
  history: [
    {
      stepId: ids.command(),
      fingerprint: 'f',
      actorId: volunteer,
      channel: 'web',
      at: LEFT,
      from: 'in_service',
      receipt: { requestId, state: 'pending_confirm', at: LEFT },
    },
  ],
  ...(told === undefined ? {} : { told }),
  ...also,
});

describe('what is due about a visit that waits', () => {
  it.each([
    ['after 23 hours', 72, 23, undefined, { kind: 'wait' }],
    ['after a day', 72, 24, undefined, { kind: 'remind', told: 1 }],
    ['after a day, once reminded', 72, 30, 1, { kind: 'wait' }],
    ['after two days', 72, 48, 1, { kind: 'remind', told: 2 }],
    [
      'after two days, with the first reminder missed: one word says it',
      72,
      48,
      undefined,
      { kind: 'remind', told: 2 },
    ],
    ['after three days', 72, 72, 2, { kind: 'remind', told: 3 }],
    ['after three days, once reminded: it is given time to be read', 72, 73, 3, { kind: 'wait' }],
    ['two hours after the last reminder', 72, 74, 3, { kind: 'end' }],
    ['when the time is over, with every reminder missed', 72, 74, undefined, { kind: 'end' }],
    ['when the time of a region is over that is no reminder', 60, 60, 2, { kind: 'end' }],
    ['three days where a region gives five', 120, 72, 2, { kind: 'remind', told: 3 }],
    ['four days where a region gives five', 120, 96, 3, { kind: 'wait' }],
    ['a day where a region gives no more', 24, 24, undefined, { kind: 'remind', told: 1 }],
    ['two hours later, where a region gives a day', 24, 26, 1, { kind: 'end' }],
  ] as const)('%s', (_, autoConfirmHours, passed, told, due) => {
    expect(wordDue({ autoConfirmHours }, waiting(told), hours(passed))).toEqual(due);
  });

  it.each([
    ['at the first reminder', 72, 0, 24],
    ['at the second', 72, 24, 48],
    ['at the third', 72, 48, 72],
    ['when the third has been read', 72, 72, 74],
    ['at the end of the time', 60, 48, 60],
    ['a day from now where nothing is due for longer', 336, 80, 104],
  ])('is looked at next %s', (_, autoConfirmHours, passed, next) => {
    expect(nextLookAt({ autoConfirmHours }, waiting(), hours(passed))).toBe(hours(next));
  });

  it('is forgotten after two days, not a minute before', () => {
    expect(isForgotten(waiting(), plusMinutes(hours(48), -1))).toBe(false);
    expect(isForgotten(waiting(), hours(48))).toBe(true);
  });
});

describe('why somebody calls before a visit counts', () => {
  const policy = {
    proofKinds: ['code', 'call_back', 'gps'] as const,
    proofCountMin: 1,
    riskyProofCountMin: 2,
    overPlanToleranceMinutes: 30,
  };
  const code: Proof = { kind: 'code', at: LEFT, moment: 'check_in', isGood: true };
  const part = (also: Partial<VisitRecord> = {}): VisitRecord => ({
    visitId,
    state: 'checked_out',
    requestId,
    volunteerId: volunteer,
    plannedStartAt: '2026-11-21T01:00:00.000Z',
    acceptedAt: '2026-11-20T01:00:00.000Z',
    checkedInAt: '2026-11-21T01:00:00.000Z',
    checkedOutAt: LEFT,
    servedMinutes: 60,
    proofs: [code],
    wrongCodes: 0,
    ...also,
  });
  const reasons = (facts: RequestFacts, elsewhere = [] as { from: string; until: string }[]) =>
    reasonsToCall(policy, facts, elsewhere);

  it('nothing where it is fully shown and nothing speaks against it', () => {
    expect(reasons({ request: waiting(), visit: part() })).toEqual([]);
  });

  it.each([
    ['nothing shows it', { proofs: [] }, ['proof_missing']],
    [
      'what was shown speaks against it',
      { proofs: [code, { ...code, kind: 'gps', isGood: false }] },
      ['proof_missing'],
    ],
    ['it took more than half an hour longer than planned', { servedMinutes: 91 }, ['too_long']],
    ['somebody entered it afterwards', { enteredBy: elder }, ['back_entry']],
  ] as const)('%s', (_, also, found) => {
    expect(reasons({ request: waiting(), visit: part(also as Partial<VisitRecord>) })).toEqual(found);
  });

  it('half an hour longer is not too long', () => {
    expect(reasons({ request: waiting(), visit: part({ servedMinutes: 90 }) })).toEqual([]);
  });

  it('its volunteer was at another visit in the same minutes; in the minute after it is no reason', () => {
    const facts = { request: waiting(), visit: part() };
    expect(reasons(facts, [{ from: '2026-11-21T01:30:00.000Z', until: hours(1) }])).toEqual(['overlapping']);
    expect(reasons(facts, [{ from: LEFT, until: hours(1) }])).toEqual([]);
  });

  it('a service of risk needs two ways of showing it', () => {
    expect(reasons({ request: waiting(0, { serviceCode: 'A03' }), visit: part() })).toEqual([
      'proof_missing',
    ]);
  });

  it('the second of two people counts as much as the first, and each reason is named once', () => {
    const second = part({ visitId: ids.visit(), proofs: [] });
    expect(reasons({ request: waiting(), visit: part({ proofs: [] }), second })).toEqual(['proof_missing']);
  });

  it('a look at many visits has raised a question', () => {
    expect(reasons({ request: waiting(0, { callbackReasons: ['flagged'] }), visit: part() })).toEqual([
      'flagged',
    ]);
  });
});

it('two stretches that touch do not share time', () => {
  const one = { from: hours(0), until: hours(1) };
  expect(areAtOnce(one, { from: hours(1), until: hours(2) })).toBe(false);
  expect(areAtOnce(one, { from: plusMinutes(hours(1), -1), until: hours(2) })).toBe(true);
});
