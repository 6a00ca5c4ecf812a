import { describe, expect, it } from 'vitest';
import { planChange, policyProblems } from './plan-change.ts';
import { policyBook } from './policy-book.ts';
import type { PolicyChange, PolicyProposal } from './policy-change.ts';

const today = '2026-03-10';
const published: PolicyChange = {
  number: 1,
  region: '3413',
  values: { correctionSecondPersonFromMinutes: 60, heirMonthsMax: 6, proofKinds: ['code', 'call_back'] },
  validFrom: '2026-02-01',
  author: 'mem_a',
  approver: 'mem_b',
  publishedAt: '2026-02-01T01:00:00.000Z',
  reason: 'council of January',
};
const book = policyBook([published]);

const proposal = (more: Partial<PolicyProposal> = {}): PolicyProposal => ({
  number: 2,
  region: '3413',
  values: { heirMonthsMax: 9 },
  validFrom: today,
  author: 'mem_a',
  approver: 'mem_b',
  publishedAt: '2026-03-10T01:00:00.000Z',
  reason: 'council of March',
  ...more,
});

const problems = (more: Partial<PolicyProposal>) => {
  const planned = planChange(book, proposal(more), today);
  return planned.kind === 'rejected' ? planned.problems : [];
};

describe('a proposal is accepted', () => {
  it('as it is written', () => {
    expect(planChange(book, proposal(), today)).toEqual({ kind: 'accepted', change: proposal() });
  });

  it.each([
    ['for a later day', { validFrom: '2027-01-01' }],
    ['in the last millisecond of the day', { publishedAt: '2026-03-10T15:59:59.999Z' }],
    ['for a province', { region: '34' }],
    ['for a county, where the county may', { region: '341302', values: { holdDaysMax: 10 } }],
    ['tighter than above', { region: '341302', values: { correctionSecondPersonFromMinutes: 59 } }],
    ['looser than itself before', { values: { correctionSecondPersonFromMinutes: 120 } }],
    ['a narrower set', { region: '3401', values: { proofKinds: ['gps', 'code'] } }],
  ])('%s', (_name, more) => {
    expect(problems(more)).toEqual([]);
  });
});

describe('a proposal is rejected', () => {
  it.each([
    ['not_a_region', { region: '' }],
    ['not_a_region', { region: '341' }],
    ['not_a_date', { validFrom: '2026-02-30' }],
    ['not_a_date', { validFrom: '20260401' }],
    ['not_a_date', { publishedAt: 'today' }],
    ['valid_from_in_the_past', { validFrom: '2026-03-09', publishedAt: '2026-03-09T01:00:00.000Z' }],
    ['valid_from_in_the_past', { publishedAt: '2026-03-10T16:00:00.000Z' }],
    ['person_missing', { author: '' }],
    ['person_missing', { approver: '' }],
    ['same_person', { approver: 'mem_a' }],
    ['reason_missing', { reason: '' }],
    ['reason_missing', { reason: ' \n' }],
    ['number_out_of_order', { number: 1 }],
    ['number_out_of_order', { number: 3 }],
    ['nothing_changes', { values: {} }],
    ['nothing_changes', { values: { heirMonthsMax: 6 } }],
    ['nothing_changes', { values: { heirMonthsMax: 6, holdDaysMax: 30 } }],
    ['nothing_changes', { values: { proofKinds: ['call_back', 'code'] } }],
    ['nothing_changes', { values: { groupHours: 'donate_only' } }],
  ])('%s: %j', (code, more) => {
    expect(problems(more)).toEqual([{ code }]);
  });

  it.each([
    ['unknown_value', 'cashPerHour', 12, '34'],
    ['unknown_value', 'version', '20260101.0', '34'],
    ['unknown_value', 'toString', 1, '34'],
    ['locked', 'giftMayBePassedOn', true, '34'],
    ['locked', 'openHoldsMax', 6, '34'],
    ['out_of_bounds', 'heirMonthsMax', 37, '34'],
    ['out_of_bounds', 'heirMonthsMax', 37, '341302'],
    ['level_too_low', 'heirMonthsMax', 9, '341302'],
    ['level_too_low', 'interchangeReach', 'county', '3413'],
    ['level_too_low', 'holdDaysMax', 9, '341302001'],
    ['level_too_low', 'correctionSecondPersonFromMinutes', 61, '341302001003'],
    ['may_only_tighten', 'correctionSecondPersonFromMinutes', 61, '341302'],
    ['may_only_tighten', 'proofKinds', ['code', 'gps'], '341302'],
  ])('%s: %s as %j in %s', (code, key, value, region) => {
    expect(problems({ region, values: { [key]: value } })).toEqual([{ code, key }]);
  });

  it('by what is in force above on the day from which it would hold', () => {
    const next: PolicyChange = {
      ...published,
      number: 2,
      values: { correctionSecondPersonFromMinutes: 90 },
      validFrom: '2026-05-01',
    };
    const later = policyBook([published, next]);
    const county = proposal({
      number: 3,
      region: '341302',
      values: { correctionSecondPersonFromMinutes: 80 },
    });
    expect(planChange(later, { ...county, validFrom: '2026-04-30' }, today)).toEqual({
      kind: 'rejected',
      problems: [{ code: 'may_only_tighten', key: 'correctionSecondPersonFromMinutes' }],
    });
    expect(planChange(later, { ...county, validFrom: '2026-05-01' }, today).kind).toBe('accepted');
  });

  it('with nothing said of level and direction where there is no region', () => {
    expect(problems({ region: '', values: { heirMonthsMax: 9, openHoldsMax: 1 } })).toEqual([
      { code: 'not_a_region' },
      { code: 'locked', key: 'openHoldsMax' },
    ]);
  });

  it('with all problems in order of precedence, one for each value', () => {
    const values = {
      correctionSecondPersonFromMinutes: 61,
      heirMonthsMax: 9,
      holdDaysMax: 91,
      ledgerUnit: 'hour',
      cashPerHour: 12,
    };
    const wrong = {
      region: '341302',
      values,
      validFrom: '2026-03-01',
      author: '',
      approver: '',
      reason: '',
      number: 9,
    };
    expect(problems(wrong)).toEqual([
      { code: 'unknown_value', key: 'cashPerHour' },
      { code: 'locked', key: 'ledgerUnit' },
      { code: 'out_of_bounds', key: 'holdDaysMax' },
      { code: 'level_too_low', key: 'heirMonthsMax' },
      { code: 'may_only_tighten', key: 'correctionSecondPersonFromMinutes' },
      { code: 'valid_from_in_the_past' },
      { code: 'person_missing' },
      { code: 'same_person' },
      { code: 'reason_missing' },
      { code: 'number_out_of_order' },
    ]);
    expect(problems({ ...wrong, region: 'x', validFrom: 'y' }).map(({ code }) => code)).toEqual([
      'not_a_region',
      'not_a_date',
      'unknown_value',
      'locked',
      'out_of_bounds',
      'person_missing',
      'same_person',
      'reason_missing',
      'number_out_of_order',
    ]);
  });
});

it('the reasons are these, in this order', () => {
  expect(policyProblems).toEqual([
    'not_a_region',
    'not_a_date',
    'unknown_value',
    'locked',
    'out_of_bounds',
    'level_too_low',
    'may_only_tighten',
    'valid_from_in_the_past',
    'person_missing',
    'same_person',
    'reason_missing',
    'number_out_of_order',
    'nothing_changes',
  ]);
});
