/** Rows of the catalogue: volunteers, visits on request, and what people say afterwards. */
import type { RulesFor } from './value-rule.ts';
import { ladder, oneOf, other, someOf, whole, yesOrNo } from './value-kind.ts';
import { isMatchingWeights, isRegionalServices } from './value-shapes.ts';

/** Who may serve, what they need first, and what they earn beside hours. */
export const volunteerRules: RulesFor<
  | 'volunteerAgeYearsMin'
  | 'minorsServing'
  | 'recordCheckRequired'
  | 'baseTrainingMinutes'
  | 'insuranceFromRiskLevel'
  | 'loadLimitAgeYears'
  | 'loadLimitWeekMinutesMax'
  | 'noShowCountMax'
  | 'noShowWindowDays'
  | 'noShowPauseDays'
  | 'starHours'
  | 'certificatePublicityDays'
> = {
  volunteerAgeYearsMin: {
    ...whole(18, 18, 60, 'only_up'),
    level: 'city',
    unit: 'years',
    ground: 'Beijing 2022, Qingdao 2020, Shanghai 2026',
  },
  minorsServing: {
    ...oneOf('group_only', ['group_only', 'guardian_led']),
    level: 'city',
    unit: 'choice',
    ground: 'Shanghai 2026: in groups only; Beijing 2022: led by a guardian',
  },
  recordCheckRequired: {
    ...yesOrNo(true),
    level: 'city',
    unit: 'yes or no',
    ground: 'for service at home; Qingdao 2020, Nanjing 2024',
  },
  baseTrainingMinutes: {
    ...whole(120, 0, 2_400),
    level: 'county',
    unit: 'minutes',
    ground: 'a proposal; training first: Beijing 2022, Changning 2019',
  },
  insuranceFromRiskLevel: {
    ...whole(2, 2, 2),
    level: 'lock',
    unit: 'level',
    ground: '志愿服务条例 Art. 17: insured where bodily danger is possible',
  },
  loadLimitAgeYears: {
    ...whole(70, 60, 70, 'only_down'),
    level: 'city',
    unit: 'years',
    ground: '志愿服务条例 Art. 15: suited to age and body, no over-demand; the age is a proposal',
  },
  loadLimitWeekMinutesMax: {
    ...whole(600, 60, 600, 'only_down'),
    level: 'county',
    unit: 'minutes',
    ground: 'a proposal: ten hours a week from that age on',
  },
  noShowCountMax: { ...whole(3, 1, 10), level: 'county', unit: 'pieces', ground: 'a proposal' },
  noShowWindowDays: { ...whole(90, 7, 365), level: 'county', unit: 'days', ground: 'a proposal' },
  noShowPauseDays: { ...whole(30, 1, 180), level: 'county', unit: 'days', ground: 'a proposal' },
  starHours: {
    ...ladder([100, 300, 600, 1_000, 1_500], {
      kind: 'ascending',
      min: 1,
      max: 10_000,
      sizeMin: 5,
      sizeMax: 5,
    }),
    level: 'province',
    unit: 'hours',
    ground: '志愿服务记录办法, draft of 2012; Nanjing 1,000 and 1,500 for four and five stars',
  },
  certificatePublicityDays: {
    ...whole(7, 7, 7),
    level: 'lock',
    unit: 'days',
    ground: '民发〔2015〕149号: normally at least seven days, inside the organisation',
  },
};

/** How a request becomes a visit that is proved. */
export const requestRules: RulesFor<
  | 'postAheadDaysMax'
  | 'checkInEarlyMinutes'
  | 'checkInLateMinutes'
  | 'visitCodeTriesMax'
  | 'regionalServices'
  | 'personAgreedHours'
  | 'twoPersonCases'
  | 'twoPersonCharge'
  | 'proofKinds'
  | 'proofCountMin'
  | 'riskyProofCountMin'
  | 'gpsRequired'
  | 'freeCancelHours'
  | 'autoConfirmHours'
  | 'unfilledWarnHours'
  | 'unfilledAfterMinutes'
  | 'unfilledFallbackOn'
  | 'matching'
  | 'visitReachKilometresMax'
  | 'planSeatMinutes'
  | 'askFirstCount'
  | 'askWaveMinutes'
  | 'asksPerWeekMax'
  | 'quietFromMinute'
  | 'quietToMinute'
> = {
  postAheadDaysMax: { ...whole(60, 1, 365), level: 'county', unit: 'days', ground: 'a proposal' },
  checkInEarlyMinutes: { ...whole(30, 0, 120), level: 'county', unit: 'minutes', ground: 'a proposal' },
  checkInLateMinutes: { ...whole(120, 0, 480), level: 'county', unit: 'minutes', ground: 'a proposal' },
  visitCodeTriesMax: {
    ...whole(5, 1, 5, 'only_down'),
    level: 'county',
    unit: 'pieces',
    ground: 'a proposal: six digits, five tries, 1 in 200,000',
  },
  regionalServices: {
    ...other(
      [],
      '0 to 12 services Z01 to Z12 with a name, each like one of the catalogue',
      isRegionalServices,
    ),
    level: 'city',
    unit: 'rules',
    ground: 'Chengdu Pidu 2021 has 48 items of its own; the codes are a proposal',
  },
  personAgreedHours: {
    ...whole(0, 0, 72),
    level: 'county',
    unit: 'hours',
    ground: 'a proposal: without a word whoever opens the door agrees',
  },
  twoPersonCases: {
    ...someOf(
      ['first_visit', 'dementia', 'severe_disability', 'bathing'],
      [
        'first_visit',
        'dementia',
        'severe_disability',
        'bathing',
        'night',
        'other_gender_living_alone',
        'money_or_keys',
      ],
      0,
    ),
    level: 'county',
    unit: 'set',
    ground:
      'a proposal; no rule of two people was found in any scheme; at night where a county has people to send',
  },
  twoPersonCharge: {
    ...oneOf('once', ['once', 'each']),
    level: 'city',
    unit: 'choice',
    ground:
      'a proposal; no rule was found: who needs two is not to pay more, and the community pays the second',
  },
  proofKinds: {
    ...someOf(
      ['code', 'call_back', 'gps', 'photo'],
      ['code', 'call_back', 'gps', 'photo'],
      2,
      'only_narrower',
    ),
    level: 'county',
    unit: 'set',
    ground:
      'Beijing 2022 check-in and check-out; two ways at least, so that one needs no location (个人信息保护法 Art. 16)',
  },
  proofCountMin: { ...whole(1, 1, 2, 'only_up'), level: 'county', unit: 'pieces', ground: 'a proposal' },
  riskyProofCountMin: {
    ...whole(2, 1, 2),
    level: 'county',
    unit: 'pieces',
    ground: 'a proposal: for services of risk 2 and 3',
  },
  gpsRequired: {
    ...oneOf(false, [false]),
    level: 'lock',
    unit: 'yes or no',
    ground: '个人信息保护法 Arts 16, 29: where somebody is needs separate consent',
  },
  freeCancelHours: { ...whole(24, 0, 168), level: 'county', unit: 'hours', ground: 'a proposal' },
  autoConfirmHours: {
    ...whole(72, 24, 336),
    level: 'county',
    unit: 'hours',
    ground: 'a proposal, only with full proof',
  },
  unfilledWarnHours: {
    ...ladder([24, 2], { kind: 'descending', min: 1, max: 168, sizeMin: 0, sizeMax: 4 }),
    level: 'county',
    unit: 'hours',
    ground: 'a proposal: a day and two hours before the planned start',
  },
  unfilledAfterMinutes: {
    ...whole(15, 0, 120),
    level: 'county',
    unit: 'minutes',
    ground: 'a proposal: a quarter of an hour after the planned start nobody waits any longer',
  },
  unfilledFallbackOn: {
    ...yesOrNo(true),
    level: 'county',
    unit: 'yes or no',
    ground: 'Nanjing 2019 and Gulou 2019: somebody paid comes where no volunteer does',
  },
  matching: {
    ...other(
      {
        proximity: 300,
        freeTime: 250,
        continuity: 150,
        language: 100,
        gender: 50,
        reliability: 50,
        load: 100,
      },
      'seven weights of 0 to 1,000, together 1,000',
      isMatchingWeights,
    ),
    level: 'city',
    unit: 'points',
    ground: 'a proposal: closeness, free time, known face, language, gender wish, kept visits, load',
  },
  visitReachKilometresMax: {
    ...whole(15, 1, 100),
    level: 'county',
    unit: 'kilometres',
    ground:
      'a proposal: an hour and a half by bicycle there and back is the most that is asked of a volunteer',
  },
  planSeatMinutes: {
    ...whole(90, 45, 240),
    level: 'county',
    unit: 'minutes',
    ground: 'a proposal: an hour with the elder and half an hour for the way',
  },
  askFirstCount: {
    ...whole(3, 1, 10),
    level: 'county',
    unit: 'pieces',
    ground: 'a proposal: few at a time, so that whoever says yes is seldom told that it is taken',
  },
  askWaveMinutes: {
    ...whole(60, 5, 1_440),
    level: 'county',
    unit: 'minutes',
    ground: 'a proposal: time to see a message and to answer before others are asked',
  },
  asksPerWeekMax: {
    ...whole(5, 1, 21),
    level: 'county',
    unit: 'pieces',
    ground: 'a proposal: who is asked every day stops reading; 志愿服务条例 Art. 15: no over-demand',
  },
  quietFromMinute: {
    ...whole(1_260, 1_080, 1_260, 'only_down'),
    level: 'county',
    unit: 'minutes',
    ground: '通信短信息服务管理规定 2015: consent and no disturbance; the hours are a proposal',
  },
  quietToMinute: {
    ...whole(480, 480, 600, 'only_up'),
    level: 'county',
    unit: 'minutes',
    ground: '通信短信息服务管理规定 2015: consent and no disturbance; the hours are a proposal',
  },
};

/** Ratings, complaints and the list of organisations that broke trust. */
export const voiceRules: RulesFor<
  | 'ratingLevels'
  | 'ratingInviteDays'
  | 'badRatingContactDays'
  | 'badRatingFixWorkingDays'
  | 'disputeDaysMax'
  | 'communityDisputeWorkingDays'
  | 'appealWorkingDaysMax'
  | 'countyDisputeWorkingDays'
  | 'blacklistYearsMin'
  | 'blacklistRepairAllowed'
> = {
  ratingLevels: {
    ...whole(5, 5, 5),
    level: 'lock',
    unit: 'pieces',
    ground: '政务服务“好差评”: five levels, the last two are bad',
  },
  ratingInviteDays: { ...whole(3, 0, 14), level: 'county', unit: 'days', ground: 'Bozhou: after three days' },
  badRatingContactDays: {
    ...whole(1, 0, 1, 'only_down'),
    level: 'county',
    unit: 'days',
    ground: 'Zhejiang 2019: within a day',
  },
  badRatingFixWorkingDays: {
    ...whole(15, 1, 15, 'only_down'),
    level: 'county',
    unit: 'working days',
    ground: 'Sichuan 2020: 15 working days',
  },
  disputeDaysMax: {
    ...whole(15, 15, 90, 'only_up'),
    level: 'county',
    unit: 'days',
    ground:
      'a proposal: fifteen days after the hours were booked, as long as a bad rating may take to be put right',
  },
  communityDisputeWorkingDays: {
    ...whole(5, 1, 30),
    level: 'county',
    unit: 'working days',
    ground: 'a proposal: first the community',
  },
  appealWorkingDaysMax: {
    ...whole(5, 5, 15, 'only_up'),
    level: 'county',
    unit: 'working days',
    ground: 'a proposal: a week in which either side may ask the county; nothing moves before',
  },
  countyDisputeWorkingDays: {
    ...whole(15, 1, 60),
    level: 'county',
    unit: 'working days',
    ground: 'a proposal: then the county',
  },
  blacklistYearsMin: {
    ...whole(2, 2, 2),
    level: 'lock',
    unit: 'years',
    ground: '养老服务市场失信联合惩戒对象名单管理办法(试行) Art. 11',
  },
  blacklistRepairAllowed: {
    ...oneOf(true, [true]),
    level: 'lock',
    unit: 'yes or no',
    ground: '养老服务市场失信联合惩戒对象名单管理办法(试行) Art. 11',
  },
};
