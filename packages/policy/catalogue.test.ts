import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogue, defaults, isValueKey, valueKeys } from './catalogue.ts';
import { planChange } from './plan-change.ts';
import { policyBook } from './policy-book.ts';
import type { ValueKey } from './policy-values.ts';
import type { Bounds } from './value-kind.ts';

const rows: readonly [ValueKey, unknown, string, string, string, unknown][] = [
  [
    'platformPublicName',
    '养老服务互助时间平台',
    'words',
    'city',
    'any',
    { kind: 'text', lengthMax: 40, without: '银行' },
  ],
  [
    'platformSubtitle',
    '时间银行模式',
    'words',
    'city',
    'any',
    { kind: 'text', lengthMax: 40, without: '\n' },
  ],
  ['coinsPerHour', 1, 'coins', 'city', 'any', { kind: 'whole', min: 1, max: 12 }],
  ['ledgerUnit', 'minute', 'choice', 'lock', 'any', { kind: 'choice', choices: ['minute'] }],
  ['creditStepMinutes', 30, 'minutes', 'city', 'any', { kind: 'whole', min: 1, max: 60 }],
  ['creditRounding', 'down', 'choice', 'city', 'any', { kind: 'choice', choices: ['down', 'half_up'] }],
  ['creditMinimumMinutes', 30, 'minutes', 'city', 'any', { kind: 'whole', min: 0, max: 60 }],
  ['overPlanToleranceMinutes', 30, 'minutes', 'county', 'any', { kind: 'whole', min: 0, max: 120 }],
  ['travelTimeCounts', false, 'yes or no', 'lock', 'any', { kind: 'choice', choices: [false] }],
  ['dailyCreditMinutesMax', 240, 'minutes', 'city', 'any', { kind: 'whole', min: 30, max: 1440 }],
  ['dailyServiceMinutesMax', 240, 'minutes', 'city', 'any', { kind: 'whole', min: 30, max: 1440 }],
  [
    'serviceRates',
    [],
    'percent',
    'city',
    'any',
    { kind: 'other', says: '0 to 100 services, each 50 to 200 percent; 100 where none is named' },
  ],
  ['balanceCapMinutes', 90000, 'minutes', 'city', 'any', { kind: 'whole', min: 600, max: 600000 }],
  ['overflowDefault', 'honour', 'choice', 'city', 'any', { kind: 'choice', choices: ['honour', 'pool'] }],
  ['earnedExpiryMonths', 0, 'months', 'city', 'any', { kind: 'whole', min: 0, max: 1200 }],
  ['startMinutes', 0, 'minutes', 'city', 'any', { kind: 'whole', min: 0, max: 600 }],
  ['overdraftMinutesMax', 0, 'minutes', 'city', 'any', { kind: 'whole', min: 0, max: 600 }],
  ['holdDaysMax', 30, 'days', 'county', 'any', { kind: 'whole', min: 1, max: 90 }],
  ['openHoldsMax', 6, 'pieces', 'lock', 'any', { kind: 'whole', min: 6, max: 6 }],
  [
    'correctionSecondPersonFromMinutes',
    120,
    'minutes',
    'county',
    'only_down',
    { kind: 'whole', min: 1, max: 120 },
  ],
  ['reversalShortfall', 'debt', 'choice', 'city', 'any', { kind: 'choice', choices: ['debt', 'partial'] }],
  ['ledgerRetention', 'for_ever', 'choice', 'lock', 'any', { kind: 'choice', choices: ['for_ever'] }],
  ['redeemAgeYears', 60, 'years', 'city', 'any', { kind: 'whole', min: 60, max: 80 }],
  ['redeemHardshipAgeYears', 60, 'years', 'city', 'any', { kind: 'whole', min: 50, max: 80 }],
  ['redeemAfterMinutes', 0, 'minutes', 'city', 'any', { kind: 'whole', min: 0, max: 60000 }],
  ['redeemAfterDays', 0, 'days', 'city', 'any', { kind: 'whole', min: 0, max: 3650 }],
  ['goodsExchangeAllowed', false, 'yes or no', 'city', 'any', { kind: 'choice', choices: [true, false] }],
  ['benefitsExchangeAllowed', false, 'yes or no', 'city', 'any', { kind: 'choice', choices: [true, false] }],
  [
    'interchangeReach',
    'city',
    'choice',
    'province',
    'any',
    { kind: 'choice', choices: ['county', 'city', 'province'] },
  ],
  [
    'giftRelations',
    ['spouse', 'parent', 'child', 'grandparent', 'grandchild'],
    'set',
    'city',
    'any',
    {
      kind: 'set',
      choices: ['spouse', 'parent', 'child', 'grandparent', 'grandchild', 'friend'],
      sizeMin: 0,
    },
  ],
  ['giftYearMinutesMax', 12000, 'minutes', 'city', 'any', { kind: 'whole', min: 0, max: 90000 }],
  [
    'giftReceiverMustReachRedeemAge',
    true,
    'yes or no',
    'city',
    'any',
    { kind: 'choice', choices: [true, false] },
  ],
  ['giftMayBePassedOn', false, 'yes or no', 'lock', 'any', { kind: 'choice', choices: [false] }],
  ['bondsMax', 8, 'pieces', 'lock', 'any', { kind: 'whole', min: 8, max: 8 }],
  ['helperTermDaysMax', 365, 'days', 'county', 'only_down', { kind: 'whole', min: 1, max: 365 }],
  ['donationAllowed', true, 'yes or no', 'city', 'any', { kind: 'choice', choices: [true, false] }],
  ['groupHours', 'donate_only', 'choice', 'city', 'any', { kind: 'choice', choices: ['donate_only'] }],
  ['heirMonthsMax', 12, 'months', 'city', 'any', { kind: 'whole', min: 1, max: 36 }],
  [
    'grantRules',
    [
      {
        ruleId: 'eighty_alone',
        ageYearsMin: 80,
        livingSituations: ['alone', 'empty_nest'],
        minutesPerPeriod: 120,
        period: 'month',
        carriesOver: false,
      },
      {
        ruleId: 'sixty_low_income_alone',
        ageYearsMin: 60,
        ageYearsMax: 79,
        livingSituations: ['alone', 'empty_nest'],
        tags: ['low_income'],
        abilityLevels: [1, 2, 3, 4],
        minutesPerPeriod: 120,
        period: 'month',
        carriesOver: false,
      },
    ],
    'rules',
    'county',
    'any',
    { kind: 'other', says: '0 to 12 rules, 1 to 6,000 minutes a month or a quarter' },
  ],
  [
    'grantLevelFactorPercent',
    [100, 100, 150, 200, 200],
    'percent',
    'county',
    'any',
    { kind: 'other', says: 'five factors of 0 to 500, for ability levels 0 to 4' },
  ],
  ['volunteerAgeYearsMin', 18, 'years', 'city', 'only_up', { kind: 'whole', min: 18, max: 60 }],
  [
    'minorsServing',
    'group_only',
    'choice',
    'city',
    'any',
    { kind: 'choice', choices: ['group_only', 'guardian_led'] },
  ],
  ['recordCheckRequired', true, 'yes or no', 'city', 'any', { kind: 'choice', choices: [true, false] }],
  ['baseTrainingMinutes', 120, 'minutes', 'county', 'any', { kind: 'whole', min: 0, max: 2400 }],
  ['insuranceFromRiskLevel', 2, 'level', 'lock', 'any', { kind: 'whole', min: 2, max: 2 }],
  ['loadLimitAgeYears', 70, 'years', 'city', 'only_down', { kind: 'whole', min: 60, max: 70 }],
  ['loadLimitWeekMinutesMax', 600, 'minutes', 'county', 'only_down', { kind: 'whole', min: 60, max: 600 }],
  ['noShowCountMax', 3, 'pieces', 'county', 'any', { kind: 'whole', min: 1, max: 10 }],
  ['noShowWindowDays', 90, 'days', 'county', 'any', { kind: 'whole', min: 7, max: 365 }],
  ['noShowPauseDays', 30, 'days', 'county', 'any', { kind: 'whole', min: 1, max: 180 }],
  [
    'starHours',
    [100, 300, 600, 1000, 1500],
    'hours',
    'province',
    'any',
    { kind: 'ascending', min: 1, max: 10000, sizeMin: 5, sizeMax: 5 },
  ],
  ['certificatePublicityDays', 7, 'days', 'lock', 'any', { kind: 'whole', min: 7, max: 7 }],
  ['postAheadDaysMax', 60, 'days', 'county', 'any', { kind: 'whole', min: 1, max: 365 }],
  ['checkInEarlyMinutes', 30, 'minutes', 'county', 'any', { kind: 'whole', min: 0, max: 120 }],
  ['checkInLateMinutes', 120, 'minutes', 'county', 'any', { kind: 'whole', min: 0, max: 480 }],
  ['visitCodeTriesMax', 5, 'pieces', 'county', 'only_down', { kind: 'whole', min: 1, max: 5 }],
  [
    'regionalServices',
    [],
    'rules',
    'city',
    'any',
    { kind: 'other', says: '0 to 12 services Z01 to Z12 with a name, each like one of the catalogue' },
  ],
  ['personAgreedHours', 0, 'hours', 'county', 'any', { kind: 'whole', min: 0, max: 72 }],
  [
    'twoPersonCases',
    ['first_visit', 'dementia', 'severe_disability', 'bathing'],
    'set',
    'county',
    'any',
    {
      kind: 'set',
      choices: [
        'first_visit',
        'dementia',
        'severe_disability',
        'bathing',
        'night',
        'other_gender_living_alone',
        'money_or_keys',
      ],
      sizeMin: 0,
    },
  ],
  ['twoPersonCharge', 'once', 'choice', 'city', 'any', { kind: 'choice', choices: ['once', 'each'] }],
  [
    'proofKinds',
    ['code', 'call_back', 'gps', 'photo'],
    'set',
    'county',
    'only_narrower',
    { kind: 'set', choices: ['code', 'call_back', 'gps', 'photo'], sizeMin: 2 },
  ],
  ['proofCountMin', 1, 'pieces', 'county', 'only_up', { kind: 'whole', min: 1, max: 2 }],
  ['riskyProofCountMin', 2, 'pieces', 'county', 'any', { kind: 'whole', min: 1, max: 2 }],
  ['gpsRequired', false, 'yes or no', 'lock', 'any', { kind: 'choice', choices: [false] }],
  ['freeCancelHours', 24, 'hours', 'county', 'any', { kind: 'whole', min: 0, max: 168 }],
  ['autoConfirmHours', 72, 'hours', 'county', 'any', { kind: 'whole', min: 24, max: 336 }],
  [
    'unfilledWarnHours',
    [24, 2],
    'hours',
    'county',
    'any',
    { kind: 'descending', min: 1, max: 168, sizeMin: 0, sizeMax: 4 },
  ],
  ['unfilledAfterMinutes', 15, 'minutes', 'county', 'any', { kind: 'whole', min: 0, max: 120 }],
  ['unfilledFallbackOn', true, 'yes or no', 'county', 'any', { kind: 'choice', choices: [true, false] }],
  [
    'matching',
    {
      proximity: 300,
      freeTime: 250,
      continuity: 150,
      language: 100,
      gender: 50,
      reliability: 50,
      load: 100,
    },
    'points',
    'city',
    'any',
    { kind: 'other', says: 'seven weights of 0 to 1,000, together 1,000' },
  ],
  ['visitReachKilometresMax', 15, 'kilometres', 'county', 'any', { kind: 'whole', min: 1, max: 100 }],
  ['planSeatMinutes', 90, 'minutes', 'county', 'any', { kind: 'whole', min: 45, max: 240 }],
  ['askFirstCount', 3, 'pieces', 'county', 'any', { kind: 'whole', min: 1, max: 10 }],
  ['askWaveMinutes', 60, 'minutes', 'county', 'any', { kind: 'whole', min: 5, max: 1440 }],
  ['asksPerWeekMax', 5, 'pieces', 'county', 'any', { kind: 'whole', min: 1, max: 21 }],
  ['quietFromMinute', 1260, 'minutes', 'county', 'only_down', { kind: 'whole', min: 1080, max: 1260 }],
  ['quietToMinute', 480, 'minutes', 'county', 'only_up', { kind: 'whole', min: 480, max: 600 }],
  ['ratingLevels', 5, 'pieces', 'lock', 'any', { kind: 'whole', min: 5, max: 5 }],
  ['ratingInviteDays', 3, 'days', 'county', 'any', { kind: 'whole', min: 0, max: 14 }],
  ['badRatingContactDays', 1, 'days', 'county', 'only_down', { kind: 'whole', min: 0, max: 1 }],
  ['badRatingFixWorkingDays', 15, 'working days', 'county', 'only_down', { kind: 'whole', min: 1, max: 15 }],
  ['disputeDaysMax', 15, 'days', 'county', 'only_up', { kind: 'whole', min: 15, max: 90 }],
  ['communityDisputeWorkingDays', 5, 'working days', 'county', 'any', { kind: 'whole', min: 1, max: 30 }],
  ['appealWorkingDaysMax', 5, 'working days', 'county', 'only_up', { kind: 'whole', min: 5, max: 15 }],
  ['countyDisputeWorkingDays', 15, 'working days', 'county', 'any', { kind: 'whole', min: 1, max: 60 }],
  ['blacklistYearsMin', 2, 'years', 'lock', 'any', { kind: 'whole', min: 2, max: 2 }],
  ['blacklistRepairAllowed', true, 'yes or no', 'lock', 'any', { kind: 'choice', choices: [true] }],
  [
    'highRiskVisitedEvery',
    'week',
    'period',
    'city',
    'only_down',
    { kind: 'choice', choices: ['day', 'week'] },
  ],
  [
    'keyVisitedEvery',
    'month',
    'period',
    'city',
    'only_down',
    { kind: 'choice', choices: ['day', 'week', 'month'] },
  ],
  [
    'generalVisitedEvery',
    'quarter',
    'period',
    'city',
    'only_down',
    { kind: 'choice', choices: ['day', 'week', 'month', 'quarter'] },
  ],
  [
    'highRiskTags',
    ['destitute', 'poor_disabled', 'lost_only_child', 'centenarian', 'hardship'],
    'set',
    'city',
    'any',
    {
      kind: 'set',
      choices: [
        'destitute',
        'minimum_living',
        'poor_disabled',
        'lost_only_child',
        'centenarian',
        'disabled',
        'low_income',
        'hardship',
      ],
      sizeMin: 0,
    },
  ],
  ['highRiskAloneAgeYears', 80, 'years', 'city', 'only_down', { kind: 'whole', min: 60, max: 80 }],
  ['highRiskFromAbilityLevel', 3, 'level', 'city', 'only_down', { kind: 'whole', min: 1, max: 3 }],
  [
    'keyTags',
    ['minimum_living', 'disabled', 'low_income'],
    'set',
    'city',
    'any',
    {
      kind: 'set',
      choices: [
        'destitute',
        'minimum_living',
        'poor_disabled',
        'lost_only_child',
        'centenarian',
        'disabled',
        'low_income',
        'hardship',
      ],
      sizeMin: 0,
    },
  ],
  [
    'newElderCounts',
    'next_week',
    'choice',
    'city',
    'any',
    { kind: 'choice', choices: ['same_week', 'next_week'] },
  ],
  ['phoneVisitsInRowMax', 2, 'pieces', 'county', 'any', { kind: 'whole', min: 0, max: 5 }],
  ['backEntryDaysMax', 14, 'days', 'county', 'any', { kind: 'whole', min: 1, max: 30 }],
  ['visitAfterEventHours', 24, 'hours', 'city', 'only_down', { kind: 'whole', min: 1, max: 24 }],
  ['weatherVisitsOn', true, 'yes or no', 'county', 'any', { kind: 'choice', choices: [true, false] }],
  ['emergencyAnswerSeconds', 30, 'seconds', 'county', 'any', { kind: 'whole', min: 5, max: 120 }],
  ['emergencyOnSiteMinutes', 30, 'minutes', 'county', 'any', { kind: 'whole', min: 5, max: 120 }],
  [
    'personalDetailAboveCounty',
    false,
    'yes or no',
    'city',
    'any',
    { kind: 'choice', choices: [true, false] },
  ],
  ['newDeviceWaitHours', 72, 'hours', 'county', 'any', { kind: 'whole', min: 0, max: 168 }],
  ['logRetentionDaysMin', 1095, 'days', 'county', 'only_up', { kind: 'whole', min: 1095, max: 36500 }],
];

describe('the catalogue', () => {
  it('has exactly these values, in this order', () => {
    expect(valueKeys).toEqual(rows.map(([key]) => key));
  });

  it.each(rows)(
    '%s is %j by default, in %s, decided down to %s, moved %s below',
    (key, value, unit, level, direction, bounds) => {
      const rule = catalogue[key];
      expect({
        value: rule.default,
        unit: rule.unit,
        level: rule.level,
        direction: rule.direction,
        bounds: rule.bounds,
      }).toEqual({
        value,
        unit,
        level,
        direction,
        bounds,
      });
      expect(defaults[key]).toEqual(value);
    },
  );

  it.each(valueKeys)('%s has a ground', (key) => {
    expect(catalogue[key].ground).toMatch(
      /a proposal|by design|\d{4}|Art|the promise|weak source|Bozhou|“好差评”/,
    );
  });

  it('stands in the README with every value', () => {
    const readme = readFileSync(new URL('./README.md', import.meta.url), 'utf8');
    expect(valueKeys.filter((key) => !readme.includes(`\`${key}\``))).toEqual([]);
  });

  it('has no value for cash or a price', () => {
    expect(valueKeys.filter((key) => /cash|price|yuan|fee/i.test(key))).toEqual([]);
  });

  it.each(rows.filter(([, , , , direction]) => direction !== 'any'))(
    '%s starts at the loosest value it may have',
    (key, value, _unit, _level, direction) => {
      const { bounds } = catalogue[key];
      if (bounds.kind === 'whole') expect(value).toBe(direction === 'only_up' ? bounds.min : bounds.max);
      else if (bounds.kind === 'choice') expect(value).toBe(bounds.choices.at(-1));
      else if (bounds.kind === 'set') expect(value).toEqual(bounds.choices);
      else expect.unreachable();
    },
  );

  it('knows its names, and no name that every object has', () => {
    expect(isValueKey('balanceCapMinutes')).toBe(true);
    expect(isValueKey('cashExchange')).toBe(false);
    expect(isValueKey('version')).toBe(false);
    expect(isValueKey('toString')).toBe(false);
  });

  it('calls the defaults by the first version', () => {
    expect(defaults.version).toBe('20260101.0');
  });
});

/** The values at the edges of the bounds, and those just beyond. */
const edges = (bounds: Bounds): { inside: unknown[]; outside: unknown[] } => {
  switch (bounds.kind) {
    case 'whole':
      return {
        inside: [bounds.min, bounds.max],
        outside: [bounds.min - 1, bounds.max + 1, bounds.min + 0.5, String(bounds.min), null, undefined, NaN],
      };
    case 'choice':
      return {
        inside: [...bounds.choices],
        outside: ['no such choice', 0, 1, null, undefined, [...bounds.choices]],
      };
    case 'set':
      return {
        inside: [[...bounds.choices], bounds.choices.slice(0, bounds.sizeMin)],
        outside: [
          [...bounds.choices, bounds.choices[0]],
          [...bounds.choices.slice(1), 'no such choice'],
          ...(bounds.sizeMin > 0 ? [bounds.choices.slice(0, bounds.sizeMin - 1)] : []),
          bounds.choices[0],
          null,
          {},
        ],
      };
    case 'ascending':
    case 'descending': {
      const turned = (list: number[]) => (bounds.kind === 'ascending' ? list : list.toReversed());
      const run = (from: number, size: number) =>
        turned(Array.from({ length: size }, (_, index) => from + index));
      const { min, max, sizeMin, sizeMax } = bounds;
      return {
        inside: [run(min, sizeMax), run(max - sizeMax + 1, sizeMax), run(min, sizeMin)],
        outside: [
          run(min - 1, sizeMax),
          run(max - sizeMax + 2, sizeMax),
          run(min, sizeMax + 1),
          ...(sizeMin > 0 ? [run(min, sizeMin - 1)] : []),
          run(min, sizeMax).toReversed(),
          Array.from({ length: sizeMax }, () => min),
          'list',
          null,
        ],
      };
    }
    case 'text':
      return {
        inside: ['一', '一'.repeat(bounds.lengthMax)],
        outside: ['', '一'.repeat(bounds.lengthMax + 1), `一${bounds.without}一`, ' 一', '一 ', 1, null],
      };
    case 'other':
      return { inside: [], outside: [null, 1, 'text', {}, [null]] };
  }
};

describe('bounds', () => {
  const judged = (key: ValueKey, value: unknown): string => {
    const proposal = {
      number: 1,
      region: '52',
      values: { [key]: value },
      validFrom: '2026-03-01',
      author: 'mem_a',
      approver: 'mem_b',
      publishedAt: '2026-03-01T00:00:00.000Z',
      reason: 'a test',
    };
    const planned = planChange(policyBook([]), proposal, '2026-03-01');
    return planned.kind === 'accepted' ? 'accepted' : planned.problems.map(({ code }) => code).join();
  };
  const open = valueKeys.filter((key) => catalogue[key].level !== 'lock');
  const inside = open.flatMap((key) => edges(catalogue[key].bounds).inside.map((value) => ({ key, value })));
  const outside = open.flatMap((key) =>
    edges(catalogue[key].bounds).outside.map((value) => ({ key, value })),
  );
  const locked = valueKeys.filter((key) => catalogue[key].level === 'lock');

  it.each(inside)('$key may be $value', ({ key, value }) => {
    const same = JSON.stringify(value) === JSON.stringify(catalogue[key].default);
    expect(judged(key, value)).toBe(same ? 'nothing_changes' : 'accepted');
  });

  it.each(outside)('$key may not be $value', ({ key, value }) => {
    expect(judged(key, value)).toBe('out_of_bounds');
  });

  it.each(locked)('%s is changed by nobody, not even to what it is', (key) => {
    expect(judged(key, catalogue[key].default)).toBe('locked');
    expect(judged(key, 'anything')).toBe('locked');
  });
});
