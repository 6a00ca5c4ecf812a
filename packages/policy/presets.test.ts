import { describe, expect, it } from 'vitest';
import { defaults } from './catalogue.ts';
import { planChange } from './plan-change.ts';
import { policyBook } from './policy-book.ts';
import { diffOf } from './policy-difference.ts';
import { changeOfPreset, type PresetId, presets } from './presets.ts';

const relatives = ['spouse', 'parent', 'child', 'grandparent', 'grandchild'];
const rows: readonly [PresetId, string, object][] = [
  ['nanjing', '南京型', { overflowDefault: 'pool' }],
  [
    'beijing',
    '北京型',
    {
      balanceCapMinutes: 600_000,
      giftRelations: ['parent', 'child', 'grandparent', 'grandchild'],
      minorsServing: 'guardian_led',
    },
  ],
  [
    'shanghai_2026',
    '上海2026型',
    {
      platformPublicName: '沪助养老时光汇',
      redeemAgeYears: 65,
      benefitsExchangeAllowed: true,
      giftRelations: [...relatives, 'friend'],
    },
  ],
  ['changning', '长宁试点型', { dailyCreditMinutesMax: 120, balanceCapMinutes: 36_000 }],
  [
    'guangzhou',
    '广州公益型',
    { creditStepMinutes: 60, redeemAfterMinutes: 6_000, goodsExchangeAllowed: true },
  ],
  ['suzhou_anhui', '宿州周探访型', { keyVisitedEvery: 'week', generalVisitedEvery: 'week' }],
];

const decision = {
  number: 1,
  region: '3413',
  validFrom: '2026-03-10',
  author: 'mem_a',
  approver: 'mem_b',
  publishedAt: '2026-03-10T01:00:00.000Z',
  reason: 'adopted',
};

it('the presets are these', () => {
  expect(Object.keys(presets)).toEqual(rows.map(([presetId]) => presetId));
});

describe.each(rows)('the preset %s', (presetId, title, values) => {
  const preset = presets[presetId];

  it('has its title, its values and nothing else', () => {
    expect(preset.title).toBe(title);
    expect(preset.level).toBe('city');
    expect(preset.values).toEqual(values);
  });

  it('has a source with its year for every value, and says what was not read', () => {
    expect(Object.keys(preset.sources).sort()).toEqual(Object.keys(values).sort());
    for (const source of Object.values(preset.sources)) expect(source).toMatch(/20\d\d.*/);
    expect(preset.notRead.length).toBeGreaterThan(20);
  });

  it('differs from the defaults in every value', () => {
    const changed = diffOf(defaults, { ...defaults, ...preset.values }).map(({ key }) => key);
    expect(changed.sort()).toEqual(Object.keys(values).sort());
  });

  it('is adopted by a city, and then holds in its counties', () => {
    const change = changeOfPreset(presetId, decision);
    expect(change).toEqual({ ...decision, values });
    expect(planChange(policyBook([]), change, '2026-03-10')).toEqual({ kind: 'accepted', change });
    expect(policyBook([change]).inForce('341302', '2026-03-10')).toMatchObject(values);
  });

  it('is not adopted by a county', () => {
    const planned = planChange(
      policyBook([]),
      changeOfPreset(presetId, { ...decision, region: '310105' }),
      '2026-03-10',
    );
    expect(planned.kind === 'rejected' && planned.problems.map(({ code }) => code)).toEqual(
      Object.keys(values).map(() => 'level_too_low'),
    );
  });
});
