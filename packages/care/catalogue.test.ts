import { ServiceCode } from '@time-bank/contracts/request';
import { describe, expect, it } from 'vitest';
import { type Order, checkOrder, isForProviders, payersOf, traitsIn, traitsOf } from './catalogue.ts';
import { services } from './service.ts';

const none = { regionalServices: [] };
const own = {
  regionalServices: [
    { code: 'Z01', words: { 'zh-Hans': '理发' }, like: 'A03', minMinutes: 20, maxMinutes: 45 },
  ],
};
const order = (change: Partial<Order> = {}): Order => ({
  serviceCode: 'A03',
  plannedStartAt: '2026-11-23T01:00:00.000Z',
  plannedMinutes: 60,
  abilityLevel: 0,
  paidBy: 'community',
  ...change,
});

describe('the catalogue', () => {
  it.each(ServiceCode.options)('%s has minutes that fit each other and a name in three languages', (code) => {
    const { minMinutes, defaultMinutes, maxMinutes, fromMinute, toMinute, levels, words } = services[code];
    expect(minMinutes).toBeLessThanOrEqual(defaultMinutes);
    expect(defaultMinutes).toBeLessThanOrEqual(maxMinutes);
    expect(fromMinute + maxMinutes).toBeLessThanOrEqual(toMinute);
    expect(levels[0]).toBeLessThanOrEqual(levels[1]);
    expect(Object.values(words).every((each) => each !== '')).toBe(true);
  });

  it('hours buy no professional and no group; groups are asked for as activities', () => {
    for (const code of ServiceCode.options) {
      const payers = payersOf(code, services[code]);
      if (services[code].madeBy !== 'volunteer') expect(payers, code).not.toContain('hours');
      if (services[code].madeBy === 'group') expect(payers, code).toEqual([]);
      expect(isForProviders(services[code]), code).toBe(services[code].madeBy === 'professional');
    }
  });

  it('duty for the time bank is nobody’s visit', () => {
    expect(payersOf('K01', services.K01)).toEqual([]);
    expect(payersOf('K02', services.K02)).toEqual([]);
  });
});

describe('an order', () => {
  it.each([
    ['by day', {}, undefined],
    ['at the very opening', { plannedStartAt: '2026-11-22T23:00:00.000Z' }, undefined],
    ['a minute before it', { plannedStartAt: '2026-11-22T22:59:00.000Z' }, 'outside_service_hours'],
    ['that ends at the very end', { plannedStartAt: '2026-11-23T12:00:00.000Z' }, undefined],
    ['that ends after it', { plannedStartAt: '2026-11-23T12:01:00.000Z' }, 'outside_service_hours'],
    [
      'of company in the middle of the night',
      { serviceCode: 'C01', plannedStartAt: '2026-11-22T17:00:00.000Z' },
      undefined,
    ],
    ['over midnight', { serviceCode: 'C01', plannedStartAt: '2026-11-22T15:30:00.000Z' }, undefined],
    [
      'of a visit at three in the night',
      { serviceCode: 'B01', plannedStartAt: '2026-11-22T19:00:00.000Z' },
      'outside_service_hours',
    ],
    [
      'to the doctor, before the counters open',
      { serviceCode: 'A04', plannedStartAt: '2026-11-22T21:30:00.000Z' },
      undefined,
    ],
    ['for the last level that it is meant for', { abilityLevel: 2 }, undefined],
    ['for one level further', { abilityLevel: 3 }, 'service_not_suited'],
    ['for somebody who was never assessed', { abilityLevel: undefined }, undefined],
    ['of the least minutes', { plannedMinutes: 15 }, undefined],
    ['of fewer', { plannedMinutes: 14 }, 'minutes_out_of_bounds'],
    ['of the most minutes', { plannedMinutes: 240 }, undefined],
    ['of more', { plannedMinutes: 241 }, 'minutes_out_of_bounds'],
    ['of a professional by the community', { serviceCode: 'A06' }, undefined],
    ['of a professional with hours', { serviceCode: 'A06', paidBy: 'hours' }, 'service_not_offered'],
    ['of a lecture', { serviceCode: 'G03' }, 'service_not_offered'],
    ["of the region's own that it has not", { serviceCode: 'Z01' }, 'service_not_offered'],
  ] as const)('%s', (_what, change, code) => {
    const checked = checkOrder(none, order(change));
    expect(checked.kind === 'refused' ? checked.refusal.code : undefined).toBe(code);
  });
});

describe("a service of the region's own", () => {
  it('is like another one but for what it says itself', () => {
    expect(traitsIn(own, 'Z01')).toMatchObject({
      words: { 'zh-Hans': '理发', 'zh-Hant': '理发', en: '理发' },
      risk: services.A03.risk,
      levels: services.A03.levels,
      minMinutes: 20,
      // An hour is usual elsewhere, and more than this one takes.
      defaultMinutes: 45,
      maxMinutes: 45,
    });
    expect(checkOrder(own, order({ serviceCode: 'Z01', plannedMinutes: 45 })).kind).toBe('done');
    expect(checkOrder(own, order({ serviceCode: 'Z01', plannedMinutes: 46 }))).toMatchObject({
      refusal: { code: 'minutes_out_of_bounds' },
    });
  });

  it('is gone where the region has dropped it, and what was ordered stays what it was', () => {
    expect(traitsIn(none, 'Z01')).toBeUndefined();
    expect(traitsOf(none, 'Z01')).toBe(services.Z01);
  });
});
