import { accountOf, idMaker } from '@time-bank/contracts/ids';
import type { RequestState } from '@time-bank/contracts/request';
import { plusMinutes } from '@time-bank/contracts/time';
import { describe, expect, it } from 'vitest';
import {
  type DisputeFacts,
  actBefore,
  decidedOutcome,
  isDisputable,
  planAnswer,
  planAppeal,
  planDecide,
} from './dispute.ts';
import type { RequestEvent, RequestRecord } from './request.ts';
import { CommunityCode } from '@time-bank/contracts/region';

const ids = idMaker(() => Date.parse('2026-11-21T02:00:00Z'));
const rules = {
  disputeDaysMax: 15,
  communityDisputeWorkingDays: 5,
  appealWorkingDaysMax: 5,
  countyDisputeWorkingDays: 15,
};
const AT = '2026-11-21T02:00:00.000Z';
const [elder, volunteer, coordinator, officer] = [ids.member(), ids.member(), ids.member(), ids.member()];
const [requestId, caseId] = [ids.request(), ids.command()];

const event = (state: RequestState, at = AT): RequestEvent => ({
  stepId: ids.command(),
  fingerprint: 'f',
  actorId: elder,
  channel: 'web',
  at,
  receipt: { requestId, state, at },
});
const aRequest = (state: RequestState, history: RequestEvent[]): RequestRecord => ({
  requestId,
  version: 7,
  state,
  serviceCode: 'C01',
  receiverId: elder,
  receiver: { surname: '王', gender: 'female' },
  postedBy: elder,
  communityCode: CommunityCode.parse('341302001003'),
  plannedStartAt: AT,
  plannedMinutes: 60,
  place: { address: '和平里' },
  wishes: { languages: [] },
  policyVersion: 'v',
  history,
});

describe('a visit can be disputed', () => {
  const late = plusMinutes(AT, 15 * 24 * 60);
  it.each([
    ['while it waits for a word', 'pending_confirm', [], AT, true],
    ['while somebody is to call, however long', 'callback', [], plusMinutes(AT, 90 * 24 * 60), true],
    ['on the fifteenth day after it was booked', 'settled', [event('settled')], late, true],
    ['not a minute after', 'rated', [event('settled')], plusMinutes(late, 1), false],
    ['while a bad rating is put right', 'rectify', [event('settled')], AT, true],
    ['not before it was made', 'accepted', [], AT, false],
    ['not where nobody came', 'no_show_volunteer', [], AT, false],
    ['not when it is closed', 'closed', [event('settled')], AT, false],
    ['not twice', 'settled', [event('settled'), event('disputed'), event('settled')], AT, false],
  ] as const)('%s', (_, state, history, at, expected) => {
    expect(isDisputable(rules, aRequest(state, [...history]), at)).toBe(expected);
  });
});

const open: DisputeFacts = {
  requestId,
  elderId: elder,
  concerns: [elder, volunteer],
  by: 'receiver',
  complaint: 'did_not_happen',
  words: '没有来过',
  level: 1,
  state: 'open',
  dueAt: '2026-11-27T15:59:59.999Z',
  credits: [{ accountId: accountOf(volunteer), lineId: ids.transfer(), minutes: 60 }],
  decisions: [],
  acts: [],
};
const command = (actorId = coordinator, at = AT) => ({
  commandId: ids.command(),
  fingerprint: 'g',
  actorId,
  at,
});
const decision = { outcome: 'reversed', reason: '没有签到' } as const;
const said = (by: 'receiver' | 'volunteer') => ({ by, words: '我去了' });
const valueOf = <T>(plan: { kind: 'done'; value: T } | { kind: 'refused'; refusal: unknown }): T => {
  if (plan.kind === 'refused') throw new Error(JSON.stringify(plan.refusal));
  return plan.value;
};
const codeOf = (plan: { kind: 'done' } | { kind: 'refused'; refusal: { code: string } }): string =>
  plan.kind === 'refused' ? plan.refusal.code : plan.kind;

const decided = valueOf(planDecide(rules, open, command(), decision));
const appealed = valueOf(planAppeal(rules, decided, command(volunteer), said('volunteer')));
const ended = valueOf(planDecide(rules, appealed, command(officer), { ...decision, outcome: 'stands' }));

describe('who may say what, when', () => {
  it.each([
    ['open', open, ['done', 'wrong_step', 'done']],
    ['decided', decided, ['wrong_step', 'done', 'wrong_step']],
    ['appealed', appealed, ['wrong_step', 'wrong_step', 'done']],
    ['ended', ended, ['case_closed', 'case_closed', 'case_closed']],
  ] as const)('%s: answer, appeal, decide', (_, facts, expected) => {
    expect([
      codeOf(planAnswer(facts, command(volunteer), said('volunteer'))),
      codeOf(planAppeal(rules, facts, command(volunteer), said('volunteer'))),
      codeOf(planDecide(rules, facts, command(officer), decision)),
    ]).toEqual(expected);
  });

  it('only the other side answers, and once', () => {
    expect(codeOf(planAnswer(open, command(elder), said('receiver')))).toBe('wrong_step');
    const answered = valueOf(planAnswer(open, command(volunteer), said('volunteer')));
    expect(codeOf(planAnswer(answered, command(volunteer), said('volunteer')))).toBe('wrong_step');
  });

  it('an appeal is in time on the last instant of the fifth working day, and too late after it', () => {
    expect(decided.dueAt).toBe('2026-11-27T15:59:59.999Z');
    expect(codeOf(planAppeal(rules, decided, command(elder, decided.dueAt), said('receiver')))).toBe('done');
    const after = plusMinutes(decided.dueAt, 1);
    expect(codeOf(planAppeal(rules, decided, command(elder, after), said('receiver')))).toBe('wrong_step');
  });

  it('the county has fifteen working days, and whoever decided first does not decide again', () => {
    expect(appealed).toMatchObject({ level: 2, dueAt: '2026-12-11T15:59:59.999Z' });
    expect(codeOf(planDecide(rules, appealed, command(coordinator), decision))).toBe('second_person_needed');
    expect(decidedOutcome(ended)).toBe('stands');
    expect(ended.decisions.map(({ level }) => level)).toEqual([1, 2]);
  });
});

it('a command is answered as it was the first time, however far the dispute has come', () => {
  const first = command();
  const once = valueOf(planDecide(rules, open, first, decision));
  const later = valueOf(planAppeal(rules, once, command(elder), said('receiver')));
  expect(actBefore(caseId, later, first)).toMatchObject({
    kind: 'replayed',
    value: { caseId, state: 'decided', at: AT },
  });
  expect(actBefore(caseId, later, { ...first, fingerprint: 'other' })).toMatchObject({
    refusal: { code: 'exists_with_different_content' },
  });
  expect(actBefore(caseId, later, command())).toBeUndefined();
});
