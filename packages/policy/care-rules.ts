/** Rows of the catalogue: care visits, emergencies, who sees personal detail, and how long logs are kept. */
import type { RulesFor } from './value-rule.ts';
import { oneOf, someOf, whole, yesOrNo } from './value-kind.ts';

const tags = [
  'destitute',
  'minimum_living',
  'poor_disabled',
  'lost_only_child',
  'centenarian',
  'disabled',
  'low_income',
  'hardship',
] as const;

/** How often elders are looked in on, and how fast somebody comes. A lower level may only ask for more visits. */
export const careRules: RulesFor<
  | 'highRiskVisitedEvery'
  | 'keyVisitedEvery'
  | 'generalVisitedEvery'
  | 'highRiskTags'
  | 'highRiskAloneAgeYears'
  | 'highRiskFromAbilityLevel'
  | 'keyTags'
  | 'newElderCounts'
  | 'phoneVisitsInRowMax'
  | 'backEntryDaysMax'
  | 'visitAfterEventHours'
  | 'weatherVisitsOn'
  | 'emergencyAnswerSeconds'
  | 'emergencyOnSiteMinutes'
> = {
  highRiskVisitedEvery: {
    ...oneOf('week', ['day', 'week'], 'only_down'),
    level: 'city',
    unit: 'period',
    ground: 'Inner Mongolia 2022: high risk weekly',
  },
  keyVisitedEvery: {
    ...oneOf('month', ['day', 'week', 'month'], 'only_down'),
    level: 'city',
    unit: 'period',
    ground: 'Inner Mongolia 2022: key persons monthly; Suzhou (Anhui) 2023: weekly',
  },
  generalVisitedEvery: {
    ...oneOf('quarter', ['day', 'week', 'month', 'quarter'], 'only_down'),
    level: 'city',
    unit: 'period',
    ground: 'Inner Mongolia 2022: others quarterly; Suzhou (Anhui) 2023: weekly',
  },
  highRiskTags: {
    ...someOf(['destitute', 'poor_disabled', 'lost_only_child', 'centenarian', 'hardship'], tags, 0),
    level: 'city',
    unit: 'set',
    ground: 'Suzhou (Anhui) 2023: whoever is in special hardship weekly; Dezhou Art. 20',
  },
  highRiskAloneAgeYears: {
    ...whole(80, 60, 80, 'only_down'),
    level: 'city',
    unit: 'years',
    ground: 'Inner Mongolia 2022: 80 and over, alone, with an empty nest or left behind',
  },
  highRiskFromAbilityLevel: {
    ...whole(3, 1, 3, 'only_down'),
    level: 'city',
    unit: 'level',
    ground: 'a proposal: severe and complete loss of ability by GB/T 42195-2022',
  },
  keyTags: {
    ...someOf(['minimum_living', 'disabled', 'low_income'], tags, 0),
    level: 'city',
    unit: 'set',
    ground: 'Inner Mongolia 2022: 60 and over with a disability, in poverty',
  },
  newElderCounts: {
    ...oneOf('next_week', ['same_week', 'next_week']),
    level: 'city',
    unit: 'choice',
    ground: 'a proposal: who comes in mid-week is visited at once and counts from the first whole week',
  },
  phoneVisitsInRowMax: {
    ...whole(2, 0, 5),
    level: 'county',
    unit: 'pieces',
    ground: 'a proposal: a voice shows neither the house nor the face',
  },
  backEntryDaysMax: {
    ...whole(14, 1, 30),
    level: 'county',
    unit: 'days',
    ground: 'a proposal: paper is entered while people remember; Wuhan Dongting: two check',
  },
  visitAfterEventHours: {
    ...whole(24, 1, 24, 'only_down'),
    level: 'city',
    unit: 'hours',
    ground: 'Inner Mongolia 2022: within 24 hours of a great change',
  },
  weatherVisitsOn: {
    ...yesOrNo(true),
    level: 'county',
    unit: 'yes or no',
    ground: 'Qinghai 2022: more often in extreme weather and at festivals',
  },
  emergencyAnswerSeconds: {
    ...whole(30, 5, 120),
    level: 'county',
    unit: 'seconds',
    ground: 'Guangzhou Yuexiu: a weak source',
  },
  emergencyOnSiteMinutes: {
    ...whole(30, 5, 120),
    level: 'county',
    unit: 'minutes',
    ground: 'Quanzhou 2014: on site within 30 minutes',
  },
};

/** From how high above people may be seen, when a further device may move hours, how long logs are kept at least. */
export const recordRules: RulesFor<
  'personalDetailAboveCounty' | 'newDeviceWaitHours' | 'logRetentionDaysMin'
> = {
  personalDetailAboveCounty: {
    ...yesOrNo(false),
    level: 'city',
    unit: 'yes or no',
    ground: 'no personal detail above the county by default: a proposal; 个人信息保护法 Art. 6',
  },
  newDeviceWaitHours: {
    ...whole(72, 0, 168),
    level: 'county',
    unit: 'hours',
    ground: 'a proposal: time to notice a stolen number; a trusted device or a passkey ends the wait',
  },
  logRetentionDaysMin: {
    ...whole(1_095, 1_095, 36_500, 'only_up'),
    level: 'county',
    unit: 'days',
    ground: 'three years; 网络安全法 Art. 21 asks for six months at least',
  },
};
