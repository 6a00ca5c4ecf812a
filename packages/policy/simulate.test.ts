import { describe, expect, it } from 'vitest';
import { defaults } from './catalogue.ts';
import { policyBook } from './policy-book.ts';
import type { PolicyChange } from './policy-change.ts';
import type { Policy } from './policy.ts';
import { accountsNamedMax, simulate, simulateChange, type SimulationSubject } from './simulate.ts';

const person = (accountId: string, more: Partial<SimulationSubject> = {}): SimulationSubject => ({
  accountId,
  region: '341302001003',
  ageYears: 70,
  spendableMinutes: 0,
  heldMinutes: 0,
  hasOpenHolds: false,
  giftedThisYearMinutes: 0,
  ...more,
});

const step = (after: Partial<Policy>, subjects: SimulationSubject[], before: Partial<Policy> = {}) =>
  simulate({
    before: () => ({ ...defaults, ...before }),
    after: () => ({ ...defaults, ...before, ...after }),
    subjects,
  });

describe('a simulation', () => {
  it('finds nobody where nothing changes', () => {
    const rich = person('a', { spendableMinutes: 99_999, giftedThisYearMinutes: 99_999, hasOpenHolds: true });
    expect(step({}, [rich])).toEqual({ subjectCount: 1, touchedCount: 0, rows: [] });
  });

  it('finds who is above a new cap, what is held included', () => {
    const people = [
      person('at', { spendableMinutes: 35_000, heldMinutes: 1_000 }),
      person('above', { spendableMinutes: 35_001, heldMinutes: 1_000 }),
      person('before', { spendableMinutes: 90_001 }),
      person('empty'),
    ];
    expect(step({ balanceCapMinutes: 36_000 }, people)).toEqual({
      subjectCount: 4,
      touchedCount: 2,
      rows: [
        { key: 'balanceCapMinutes', effect: 'above_cap', turn: 'begins', count: 1, accountIds: ['above'] },
        { key: 'balanceCapMinutes', effect: 'above_cap', turn: 'more', count: 1, accountIds: ['before'] },
      ],
    });
  });

  it('finds who is above a cap no longer, or by less', () => {
    const people = [
      person('freed', { spendableMinutes: 36_001 }),
      person('eased', { spendableMinutes: 90_001 }),
    ];
    expect(step({ balanceCapMinutes: 90_000 }, people, { balanceCapMinutes: 36_000 }).rows).toEqual([
      { key: 'balanceCapMinutes', effect: 'above_cap', turn: 'ends', count: 1, accountIds: ['freed'] },
      { key: 'balanceCapMinutes', effect: 'above_cap', turn: 'less', count: 1, accountIds: ['eased'] },
    ]);
  });

  it('finds who may redeem no longer because of the age, and who may now', () => {
    const people = [
      person('a', { ageYears: 59 }),
      person('b', { ageYears: 60 }),
      person('c', { ageYears: 64, tags: ['low_income'] }),
      person('d', { ageYears: 65 }),
      person('e', { ageYears: 62, tags: ['hardship'] }),
    ];
    expect(step({ redeemAgeYears: 65 }, people).rows).toEqual([
      { key: 'redeemAgeYears', effect: 'may_redeem', turn: 'ends', count: 2, accountIds: ['b', 'c'] },
    ]);
    expect(step({ redeemAgeYears: 60 }, people, { redeemAgeYears: 65 }).rows).toEqual([
      { key: 'redeemAgeYears', effect: 'may_redeem', turn: 'begins', count: 2, accountIds: ['b', 'c'] },
    ]);
    expect(step({ redeemHardshipAgeYears: 58 }, [person('x', { ageYears: 58, tags: ['hardship'] })])).toEqual(
      {
        subjectCount: 1,
        touchedCount: 1,
        rows: [
          {
            key: 'redeemHardshipAgeYears',
            effect: 'may_redeem',
            turn: 'begins',
            count: 1,
            accountIds: ['x'],
          },
        ],
      },
    );
  });

  it('puts down to each of two values what it does after the other', () => {
    const people = [person('x', { ageYears: 63, tags: ['hardship'] }), person('y', { ageYears: 63 })];
    const result = step({ redeemAgeYears: 65, redeemHardshipAgeYears: 62 }, people, {
      redeemHardshipAgeYears: 70,
    });
    expect(result.rows.map(({ key, turn, accountIds }) => [key, turn, accountIds])).toEqual([
      ['redeemAgeYears', 'ends', ['x', 'y']],
      ['redeemHardshipAgeYears', 'begins', ['x']],
    ]);
    expect(result.touchedCount).toBe(2);
  });

  it('finds who is granted more, less, now, and no longer', () => {
    const rule = {
      ruleId: 'r',
      ageYearsMin: 60,
      minutesPerPeriod: 120,
      period: 'month',
      carriesOver: false,
    } as const;
    const old = { grantRules: [{ ...rule, ageYearsMax: 79 }] };
    const people = [person('young', { ageYears: 70 }), person('old', { ageYears: 80, abilityLevel: 3 })];
    const seen = (grantRules: Policy['grantRules']) =>
      step({ grantRules }, people, old).rows.map(({ key, effect, turn, accountIds }) => [
        key,
        effect,
        turn,
        accountIds,
      ]);
    expect(seen([rule])).toEqual([['grantRules', 'granted', 'begins', ['old']]]);
    expect(seen([])).toEqual([['grantRules', 'granted', 'ends', ['young']]]);
    expect(seen([{ ...rule, ageYearsMax: 79, minutesPerPeriod: 121 }])).toEqual([
      ['grantRules', 'granted', 'more', ['young']],
    ]);
    expect(seen([{ ...rule, ageYearsMax: 79, period: 'quarter' }])).toEqual([
      ['grantRules', 'granted', 'less', ['young']],
    ]);
    expect(
      step({ grantLevelFactorPercent: [100, 100, 150, 150, 200] }, people, { grantRules: [rule] }).rows,
    ).toEqual([
      { key: 'grantLevelFactorPercent', effect: 'granted', turn: 'less', count: 1, accountIds: ['old'] },
    ]);
  });

  it('finds gifts beyond a new cap, and holds that lapse at another time', () => {
    const people = [
      person('at', { giftedThisYearMinutes: 6_000, hasOpenHolds: true }),
      person('beyond', { giftedThisYearMinutes: 6_001 }),
    ];
    expect(step({ giftYearMinutesMax: 6_000, holdDaysMax: 10 }, people)).toEqual({
      subjectCount: 2,
      touchedCount: 2,
      rows: [
        { key: 'holdDaysMax', effect: 'hold_days', turn: 'less', count: 1, accountIds: ['at'] },
        {
          key: 'giftYearMinutesMax',
          effect: 'gifts_beyond_cap',
          turn: 'begins',
          count: 1,
          accountIds: ['beyond'],
        },
      ],
    });
  });

  it('counts everybody and names the first hundred', () => {
    const people = Array.from({ length: 101 }, (_, index) =>
      person(`acc${String(index)}`, { spendableMinutes: 700 }),
    );
    const { rows, touchedCount, subjectCount } = step({ balanceCapMinutes: 600 }, people);
    expect([subjectCount, touchedCount, rows.length, rows[0]?.count]).toEqual([101, 101, 1, 101]);
    expect(accountsNamedMax).toBe(100);
    expect(rows[0]?.accountIds).toEqual(people.slice(0, 100).map(({ accountId }) => accountId));
  });

  it('counts a person once who is touched twice', () => {
    const both = person('x', { spendableMinutes: 700, ageYears: 61 });
    const { rows, touchedCount } = step({ balanceCapMinutes: 600, redeemAgeYears: 65 }, [both]);
    expect([rows.length, touchedCount]).toEqual([2, 1]);
  });

  it('asks once for each region', () => {
    const asked: string[] = [];
    const policyIn = (region: string) => {
      asked.push(region);
      return defaults;
    };
    const subjects = [person('a'), person('b'), person('c', { region: '340102001001' })];
    simulate({ before: policyIn, after: policyIn, subjects });
    expect(asked.sort()).toEqual(['340102001001', '340102001001', '341302001003', '341302001003']);
  });
});

it('a change touches only those who live where it holds and nothing nearer says otherwise', () => {
  const county: PolicyChange = {
    number: 1,
    region: '341302',
    values: { holdDaysMax: 20 },
    validFrom: '2026-03-01',
    author: 'mem_a',
    approver: 'mem_b',
    publishedAt: '2026-03-01T00:00:00.000Z',
    reason: 'decided',
  };
  const city = { ...county, number: 2, region: '3413', values: { holdDaysMax: 10 }, validFrom: '2026-04-01' };
  const people = [
    person('own', { hasOpenHolds: true }),
    person('below', { region: '341321001001', hasOpenHolds: true }),
    person('elsewhere', { region: '340102001001', hasOpenHolds: true }),
  ];
  expect(simulateChange(policyBook([county]), city, people)).toEqual({
    subjectCount: 3,
    touchedCount: 1,
    rows: [{ key: 'holdDaysMax', effect: 'hold_days', turn: 'less', count: 1, accountIds: ['below'] }],
  });
});
