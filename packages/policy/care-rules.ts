/** Rows of the catalogue: care visits, emergencies, who sees personal detail, and how long logs are kept. */
import type { RulesFor } from './value-rule.ts';
import { oneOf, whole, yesOrNo } from './value-kind.ts';

/** How often elders are looked in on, and how fast somebody comes. A lower level may only ask for more visits. */
export const careRules: RulesFor<
  | 'highRiskVisitedEvery'
  | 'keyVisitedEvery'
  | 'generalVisitedEvery'
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
