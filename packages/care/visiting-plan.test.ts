/** Whose turn it is, how often, and from when on. */
import { defaults } from '@time-bank/policy/catalogue';
import { describe, expect, it } from 'vitest';
import {
  type Contact,
  type VisitHistory,
  type VisitedElder,
  countsIn,
  needsHomeVisit,
  tierOf,
  wantedVisits,
} from './visiting-plan.ts';

const anElder = (change: Partial<VisitedElder> = {}): VisitedElder => ({ tags: [], age: 70, ...change });
const nothing: VisitHistory = { contacts: [], events: [], alerts: [] };
const at = (day: string, isByPhone = false): Contact => ({ at: `${day}T02:00:00.000Z`, isByPhone });
const WEEK = '2026-W47';
const want = (elder: VisitedElder, history: Partial<VisitHistory> = {}, week = WEEK, rules = defaults) =>
  wantedVisits(rules, elder, { ...nothing, ...history }, week);

describe('the group of an elder', () => {
  it.each([
    { row: 'nothing is known', elder: {}, tier: 'general' },
    { row: 'lives alone at 70', elder: { livingSituation: 'alone' }, tier: 'key' },
    { row: 'lives alone at 79', elder: { livingSituation: 'alone', age: 79 }, tier: 'key' },
    { row: 'lives alone at 80', elder: { livingSituation: 'alone', age: 80 }, tier: 'high' },
    { row: 'with family at 90', elder: { livingSituation: 'with_family', age: 90 }, tier: 'general' },
    { row: 'has lost some ability', elder: { abilityLevel: 1 }, tier: 'key' },
    { row: 'has lost most of it', elder: { abilityLevel: 3 }, tier: 'high' },
    { row: 'is destitute', elder: { tags: ['destitute'] }, tier: 'high' },
    { row: 'has a low income', elder: { tags: ['low_income'] }, tier: 'key' },
    {
      row: 'is destitute, but the file says otherwise',
      elder: { tags: ['destitute'], visitTier: 'key' },
      tier: 'key',
    },
  ] as const)('$row: $tier', ({ elder, tier }) => {
    expect(tierOf(defaults, anElder(elder))).toBe(tier);
  });
});

describe('how often', () => {
  it('those at high risk once in each week, whatever happened before', () => {
    const elder = anElder({ visitTier: 'high' });
    expect(want(elder, { contacts: [at('2026-11-15')] })).toMatchObject([
      { cause: 'tier', from: '2026-11-15T16:00:00.000Z', before: '2026-11-22T16:00:00.000Z' },
    ]);
  });

  it('every day where the region says so', () => {
    const rules = { ...defaults, highRiskVisitedEvery: 'day' } as const;
    expect(want(anElder({ visitTier: 'high' }), {}, WEEK, rules)).toHaveLength(7);
  });

  it('once in a month: in its last weeks, unless somebody has been there', () => {
    const elder = anElder({ visitTier: 'key' });
    expect(want(elder, {}, '2026-W45')).toHaveLength(0);
    expect(want(elder, {}, '2026-W47')).toHaveLength(1);
    expect(want(elder, { contacts: [at('2026-11-03')] }, '2026-W47')).toHaveLength(0);
    expect(want(elder, { contacts: [at('2026-10-30')] }, '2026-W47')).toHaveLength(1);
  });

  it('a week that ends in the next month asks for this month’s visit while there is time', () => {
    const [visit] = want(anElder({ visitTier: 'key' }), {}, '2026-W49');
    expect(visit).toMatchObject({ from: '2026-11-29T16:00:00.000Z', before: '2026-11-30T16:00:00.000Z' });
  });

  it('once in a quarter', () => {
    const elder = anElder({ visitTier: 'general' });
    expect(want(elder, {}, '2026-W47')).toHaveLength(0);
    expect(want(elder, {}, '2026-W51')).toHaveLength(1);
    expect(want(elder, { contacts: [at('2026-10-02')] }, '2026-W51')).toHaveLength(0);
    expect(want(elder, { contacts: [at('2026-09-30')] }, '2026-W51')).toHaveLength(1);
  });

  it('across the end of a year weeks and months stay apart', () => {
    const key = anElder({ visitTier: 'key' });
    expect(want(key, {}, '2026-W53')[0]?.before).toBe('2026-12-31T16:00:00.000Z');
    expect(want(key, { contacts: [at('2026-12-30')] }, '2027-W03')).toHaveLength(1);
  });
});

describe('after something great', () => {
  it('somebody comes within a day, and not by telephone', () => {
    const events = [{ kind: 'discharge', at: '2026-11-18T03:00:00.000Z' } as const];
    expect(want(anElder(), { events })).toEqual([
      {
        cause: 'event',
        serviceCode: 'B01',
        from: '2026-11-18T03:00:00.000Z',
        before: '2026-11-19T03:00:00.000Z',
        mayBePhone: false,
      },
    ]);
  });

  it('on a Sunday evening it is the next week’s visit', () => {
    const events = [{ kind: 'fall', at: '2026-11-22T12:00:00.000Z' } as const];
    expect(want(anElder(), { events }, '2026-W47')).toEqual([]);
    expect(want(anElder(), { events }, '2026-W48')).toHaveLength(1);
  });
});

describe('in extreme weather', () => {
  const alerts = [{ from: '2026-11-21', until: '2026-11-24' }];

  it('everybody is looked in on, in each week that it touches', () => {
    expect(want(anElder(), { alerts })).toMatchObject([
      {
        cause: 'weather',
        serviceCode: 'B03',
        from: '2026-11-20T16:00:00.000Z',
        before: '2026-11-22T16:00:00.000Z',
      },
    ]);
    expect(want(anElder(), { alerts }, '2026-W48')).toHaveLength(1);
    expect(want(anElder(), { alerts }, '2026-W46')).toHaveLength(0);
  });

  it('nobody where the region leaves it out', () => {
    expect(want(anElder(), { alerts }, WEEK, { ...defaults, weatherVisitsOn: false })).toEqual([]);
  });
});

describe('calls', () => {
  const elder = anElder({ visitTier: 'high' });

  it('do, until there were as many in a row as the region allows', () => {
    const calls = [at('2026-11-04', true), at('2026-11-11', true)];
    expect(want(elder, { contacts: calls.slice(0, 1) })).toMatchObject([{ mayBePhone: true }]);
    expect(want(elder, { contacts: calls })).toMatchObject([{ mayBePhone: false }]);
    expect(want(elder, { contacts: [...calls, at('2026-11-12')] })).toMatchObject([{ mayBePhone: true }]);
  });

  it('never do where the region allows none', () => {
    const none = { ...defaults, phoneVisitsInRowMax: 0 };
    expect(want(elder, {}, WEEK, none)).toMatchObject([{ mayBePhone: false }]);
    expect(needsHomeVisit(none, [])).toBe(true);
  });
});

describe('who comes in mid-week', () => {
  const thursday = anElder({ visitTier: 'high', since: '2026-11-19' });

  it('is wanted at once, from the day on which they came', () => {
    expect(want(thursday)).toMatchObject([{ from: '2026-11-18T16:00:00.000Z' }]);
    expect(want(thursday, {}, '2026-W46')).toEqual([]);
  });

  it('counts from the next week on, or from this one where the region says so', () => {
    const same = { ...defaults, newElderCounts: 'same_week' } as const;
    expect([countsIn(defaults, thursday, '2026-W47'), countsIn(defaults, thursday, '2026-W48')]).toEqual([
      false,
      true,
    ]);
    expect([countsIn(same, thursday, '2026-W46'), countsIn(same, thursday, '2026-W47')]).toEqual([
      false,
      true,
    ]);
  });

  it('on a Monday has a whole week', () => {
    expect(countsIn(defaults, anElder({ since: '2026-11-16' }), WEEK)).toBe(true);
    expect(countsIn(defaults, anElder({ since: '2026-11-17' }), WEEK)).toBe(false);
  });
});
