/** Two who go together, a code at the end, and nobody who is kept inside. */
import { defaults } from '@time-bank/policy/catalogue';
import { CommandId, MemberId, RequestId, VisitId } from '@time-bank/contracts/ids';
import { CommunityCode } from '@time-bank/contracts/region';
import { plusMinutes } from '@time-bank/contracts/time';
import { describe, expect, it } from 'vitest';
import { planAbort, planCheckIn, planCheckOut } from './presence.ts';
import type { Command, RequestFacts, RequestRecord, VisitRecord } from './request.ts';

const START = '2026-11-21T03:00:00.000Z';
const [ELDER, ONE, TWO] = ['A', 'B', 'C'].map((end) => MemberId.parse(`mem_01KB2C3D4E5F6G7H8J9KMNPQR${end}`));
if (ELDER === undefined || ONE === undefined || TWO === undefined) throw new Error('three people');

const partOf = (volunteerId: MemberId, end: string, change: Partial<VisitRecord> = {}): VisitRecord => ({
  visitId: VisitId.parse(`vis_01KB2C3D4E5F6G7H8J9KMNPQR${end}`),
  state: 'joined',
  requestId: RequestId.parse('req_01KB2C3D4E5F6G7H8J9KMNPQRD'),
  volunteerId,
  plannedStartAt: START,
  acceptedAt: START,
  wrongCodes: 0,
  ...change,
});
const request: RequestRecord = {
  requestId: RequestId.parse('req_01KB2C3D4E5F6G7H8J9KMNPQRD'),
  version: 3,
  state: 'accepted',
  serviceCode: 'A03',
  receiverId: ELDER,
  receiver: { surname: '王', gender: 'female' },
  postedBy: ELDER,
  communityCode: CommunityCode.parse('341302001003'),
  plannedStartAt: START,
  plannedMinutes: 60,
  place: { address: '和平里1号楼' },
  wishes: { languages: [] },
  policyVersion: defaults.version,
  persons: 2,
  history: [],
};
const commandAt = (minutes: number): Command => ({
  stepId: CommandId.parse('cmd_01KB2C3D4E5F6G7H8J9KMNPQRG'),
  fingerprint: 'first',
  actorId: ELDER,
  channel: 'web',
  at: plusMinutes(START, minutes),
});
const there = { state: 'checked_in', checkedInAt: START } as const;
const key = { kind: 'code', isGood: true } as const;
const leaves = (volunteerId: MemberId) => ({ volunteerId, beside: [] });
const inService = (second: Partial<VisitRecord>): RequestFacts => ({
  request: { ...request, state: 'in_service' },
  visit: partOf(ONE, 'E', there),
  second: partOf(TWO, 'F', second),
});

describe('two who go together', () => {
  it('each begins for themselves', () => {
    const plan = planCheckIn(defaults, inService({}), commandAt(5), { ...leaves(TWO), key });
    expect(plan).toMatchObject({
      value: {
        receipt: { state: 'in_service' },
        changes: [{}, { visit: { volunteerId: TWO, state: 'checked_in' } }],
      },
    });
  });

  it('the visit goes on until the last has left', () => {
    const first = planCheckOut(defaults, inService(there), commandAt(30), leaves(ONE));
    expect(first).toMatchObject({ value: { receipt: { state: 'in_service', servedMinutes: 30 } } });
    const gone = inService(there);
    const left: RequestFacts = {
      ...gone,
      visit: partOf(ONE, 'E', { state: 'checked_out', checkedInAt: START }),
    };
    expect(planCheckOut(defaults, left, commandAt(60), leaves(TWO))).toMatchObject({
      value: { receipt: { state: 'pending_confirm', servedMinutes: 60 } },
    });
  });

  it('who never came is written down as such when the other leaves', () => {
    expect(planCheckOut(defaults, inService({}), commandAt(60), leaves(ONE))).toMatchObject({
      value: {
        receipt: { state: 'pending_confirm' },
        changes: [{}, { visit: { volunteerId: ONE } }, { visit: { volunteerId: TWO, state: 'no_show' } }, {}],
      },
    });
  });

  it('danger ends it for both, with the minutes that each was there', () => {
    const facts = inService({ state: 'checked_in', checkedInAt: plusMinutes(START, 10) });
    expect(planAbort(facts, commandAt(25), { volunteerId: TWO, reason: 'danger' })).toMatchObject({
      value: {
        receipt: { state: 'aborted', servedMinutes: 15 },
        changes: [{}, { visit: { servedMinutes: 25 } }, { visit: { servedMinutes: 15 } }, {}],
      },
    });
  });
});

describe('a code at the end', () => {
  it('that is wrong is counted and told, and without one nobody is kept', () => {
    const facts = inService({ state: 'checked_out' });
    const wrong = { ...leaves(ONE), key: { kind: 'code', isGood: false } as const };
    expect(planCheckOut(defaults, facts, commandAt(60), wrong)).toMatchObject({
      kind: 'wrong_code',
      wrong: { refusal: { code: 'visit_code_incorrect', triesLeft: 4 } },
    });
    expect(planCheckOut(defaults, facts, commandAt(60), leaves(ONE))).toMatchObject({ kind: 'done' });
  });
});
