/** Rows of the catalogue: gifts, donations and grants. */
import type { RulesFor } from './value-rule.ts';
import { oneOf, other, someOf, whole, yesOrNo } from './value-kind.ts';
import { isGrantRules, isLevelFactors } from './value-shapes.ts';

/** Hours that go from a person to another, or to the pool. */
export const giftRules: RulesFor<
  | 'giftRelations'
  | 'giftYearMinutesMax'
  | 'giftReceiverMustReachRedeemAge'
  | 'giftMayBePassedOn'
  | 'bondsMax'
  | 'helperTermDaysMax'
  | 'donationAllowed'
  | 'groupHours'
  | 'heirMonthsMax'
> = {
  giftRelations: {
    ...someOf(
      ['spouse', 'parent', 'child', 'grandparent', 'grandchild'],
      ['spouse', 'parent', 'child', 'grandparent', 'grandchild', 'friend'],
      0,
    ),
    level: 'city',
    unit: 'set',
    ground:
      'Nanjing Gulou 2018 spouse and direct relatives, Beijing 2022 direct relatives; Shanghai 2026 friends',
  },
  giftYearMinutesMax: {
    ...whole(12_000, 0, 90_000),
    level: 'city',
    unit: 'minutes',
    ground: 'a proposal: 200 hours a year',
  },
  giftReceiverMustReachRedeemAge: {
    ...yesOrNo(true),
    level: 'city',
    unit: 'yes or no',
    ground: 'Nanjing Gulou 2018: relatives aged 60 and over',
  },
  giftMayBePassedOn: {
    ...oneOf(false, [false]),
    level: 'lock',
    unit: 'yes or no',
    ground: 'by design, against trading in hours',
  },
  bondsMax: {
    ...whole(8, 8, 8),
    level: 'lock',
    unit: 'pieces',
    ground: 'by design: the relatives bound to a person are read at once',
  },
  helperTermDaysMax: {
    ...whole(365, 1, 365, 'only_down'),
    level: 'county',
    unit: 'days',
    ground: 'a proposal: what a relative may do for an elder is said anew every year',
  },
  donationAllowed: {
    ...yesOrNo(true),
    level: 'city',
    unit: 'yes or no',
    ground: 'Nanjing 2019, Guangzhou 2019, Shanghai 2026',
  },
  groupHours: {
    ...oneOf('donate_only', ['donate_only']),
    level: 'city',
    unit: 'choice',
    ground: 'Nanjing 2019: hours of groups can only be donated at first; no other choice exists yet',
  },
  heirMonthsMax: {
    ...whole(12, 1, 36),
    level: 'city',
    unit: 'months',
    ground: 'a proposal; no rule of inheritance was found in any scheme',
  },
};

/** Hours for elders who could not earn them. */
export const grantRules: RulesFor<'grantRules' | 'grantLevelFactorPercent'> = {
  grantRules: {
    ...other(
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
      '0 to 12 rules, 1 to 6,000 minutes a month or a quarter',
      isGrantRules,
    ),
    level: 'county',
    unit: 'rules',
    ground: 'groups: Nanjing 2019, Qingdao 2020; 120 minutes a month without carry-over: a proposal',
  },
  grantLevelFactorPercent: {
    ...other(
      [100, 100, 150, 200, 200],
      'five factors of 0 to 500, for ability levels 0 to 4',
      isLevelFactors,
    ),
    level: 'county',
    unit: 'percent',
    ground: 'Suzhou (Anhui) 2023 ties help to the assessment; the factors: a proposal',
  },
};
