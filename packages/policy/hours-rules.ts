/** Rows of the catalogue: what the platform is called, how minutes are credited, kept and redeemed. */
import type { RulesFor } from './value-rule.ts';
import { line, oneOf, other, whole, yesOrNo } from './value-kind.ts';
import { isServiceRates } from './value-shapes.ts';

/** The name of the platform. */
export const wordRules: RulesFor<'platformPublicName' | 'platformSubtitle'> = {
  platformPublicName: {
    ...line('养老服务互助时间平台', 40, '银行'),
    level: 'city',
    unit: 'words',
    ground: '商业银行法 Art. 11: no 银行 in the name; Nanjing and Shanghai renamed theirs',
  },
  platformSubtitle: {
    ...line('时间银行模式', 40, '\n'),
    level: 'city',
    unit: 'words',
    ground: 'a proposal: the word people know stands under the name, not in it',
  },
};

/** How minutes served become minutes credited. */
export const creditRules: RulesFor<
  | 'coinsPerHour'
  | 'ledgerUnit'
  | 'creditStepMinutes'
  | 'creditRounding'
  | 'creditMinimumMinutes'
  | 'overPlanToleranceMinutes'
  | 'travelTimeCounts'
  | 'dailyCreditMinutesMax'
  | 'dailyServiceMinutesMax'
  | 'serviceRates'
> = {
  coinsPerHour: {
    ...whole(1, 1, 12),
    level: 'city',
    unit: 'coins',
    ground: 'Beijing 2022, Shanghai, Haikou, Guangzhou: one coin an hour; Nansha showed 12',
  },
  ledgerUnit: {
    ...oneOf('minute', ['minute']),
    level: 'lock',
    unit: 'choice',
    ground: 'by design; Wuhan Dongting 2017 counts minutes',
  },
  creditStepMinutes: {
    ...whole(30, 1, 60),
    level: 'city',
    unit: 'minutes',
    ground: 'a proposal; Guangzhou whole hours, Wuhan Dongting single minutes',
  },
  creditRounding: {
    ...oneOf('down', ['down', 'half_up']),
    level: 'city',
    unit: 'choice',
    ground: 'a proposal; no official rule of a large scheme could be read',
  },
  creditMinimumMinutes: { ...whole(30, 0, 60), level: 'city', unit: 'minutes', ground: 'a proposal' },
  overPlanToleranceMinutes: {
    ...whole(30, 0, 120),
    level: 'county',
    unit: 'minutes',
    ground: 'a proposal: more wants a coordinator',
  },
  travelTimeCounts: {
    ...oneOf(false, [false]),
    level: 'lock',
    unit: 'yes or no',
    ground: '志愿服务记录办法, draft note of 2012: the way there and back is not service time',
  },
  dailyCreditMinutesMax: {
    ...whole(240, 30, 1_440),
    level: 'city',
    unit: 'minutes',
    ground: 'a proposal; Shanghai Changning 2019 two coins a day',
  },
  dailyServiceMinutesMax: {
    ...whole(240, 30, 1_440),
    level: 'city',
    unit: 'minutes',
    ground: 'a proposal for the health of older volunteers; 志愿服务条例 Art. 15: fit for age and body',
  },
  serviceRates: {
    ...other([], '0 to 100 services, each 50 to 200 percent; 100 where none is named', isServiceRates),
    level: 'city',
    unit: 'percent',
    ground:
      'an hour is an hour; coefficients exist in Chengdu Pidu 2021 and Nanjing Qinhuai; bounds a proposal',
  },
};

/** What may stand on an account, and what is put right how. */
export const balanceRules: RulesFor<
  | 'balanceCapMinutes'
  | 'overflowDefault'
  | 'earnedExpiryMonths'
  | 'startMinutes'
  | 'overdraftMinutesMax'
  | 'holdDaysMax'
  | 'openHoldsMax'
  | 'correctionSecondPersonFromMinutes'
  | 'reversalShortfall'
  | 'ledgerRetention'
> = {
  balanceCapMinutes: {
    ...whole(90_000, 600, 600_000),
    level: 'city',
    unit: 'minutes',
    ground: 'Nanjing 2019, Guangzhou 2019: 1,500 hours; Changning 2019: 600',
  },
  overflowDefault: {
    ...oneOf('honour', ['honour', 'pool']),
    level: 'city',
    unit: 'choice',
    ground: 'after Nanjing 2019: donation or commendation; the person is asked first',
  },
  earnedExpiryMonths: {
    ...whole(0, 0, 1_200),
    level: 'city',
    unit: 'months',
    ground: 'no expiry was found in any scheme, so 0: never; the promise is for decades',
  },
  startMinutes: {
    ...whole(0, 0, 600),
    level: 'city',
    unit: 'minutes',
    ground: 'a proposal: hours without service swell the pool; Hangzhou Xihu 2021 gave 5 points',
  },
  overdraftMinutesMax: {
    ...whole(0, 0, 600),
    level: 'city',
    unit: 'minutes',
    ground: 'a proposal; Fuzhou Cangxia 2017 let members borrow',
  },
  holdDaysMax: {
    ...whole(30, 1, 90),
    level: 'county',
    unit: 'days',
    ground: 'a proposal: a hold that nobody used lapses this long after the planned end',
  },
  openHoldsMax: {
    ...whole(6, 6, 6),
    level: 'lock',
    unit: 'pieces',
    ground: 'by design: the open holds of an account are read at once',
  },
  correctionSecondPersonFromMinutes: {
    ...whole(120, 1, 120, 'only_down'),
    level: 'county',
    unit: 'minutes',
    ground: 'a proposal; Wuhan Dongting 2017 has every deposit checked by two',
  },
  reversalShortfall: {
    ...oneOf('debt', ['debt', 'partial']),
    level: 'city',
    unit: 'choice',
    ground: 'a proposal: what a reversal cannot take back is owed, or stays with the person',
  },
  ledgerRetention: {
    ...oneOf('for_ever', ['for_ever']),
    level: 'lock',
    unit: 'choice',
    ground: 'the promise is for decades; on closing the name goes, the rows stay',
  },
};

/** When and for what hours may be redeemed. */
export const redeemRules: RulesFor<
  | 'redeemAgeYears'
  | 'redeemHardshipAgeYears'
  | 'redeemAfterMinutes'
  | 'redeemAfterDays'
  | 'goodsExchangeAllowed'
  | 'benefitsExchangeAllowed'
  | 'interchangeReach'
> = {
  redeemAgeYears: {
    ...whole(60, 60, 80),
    level: 'city',
    unit: 'years',
    ground: 'Nanjing 2019, Beijing 2022, Qingdao 2020: 60; Shanghai 2026: 65; 老年人权益保障法 Art. 2',
  },
  redeemHardshipAgeYears: {
    ...whole(60, 50, 80),
    level: 'city',
    unit: 'years',
    ground: 'Shanghai 2026: 60 in special hardship',
  },
  redeemAfterMinutes: {
    ...whole(0, 0, 60_000),
    level: 'city',
    unit: 'minutes',
    ground: 'Guangzhou 2019: 100 hours; Hongkou 2019: 100 hours or a year; Yaohua 2017: 20 hours',
  },
  redeemAfterDays: {
    ...whole(0, 0, 3_650),
    level: 'city',
    unit: 'days',
    ground: 'Hongkou 2019: 100 hours or a year; one of the two is enough',
  },
  goodsExchangeAllowed: {
    ...yesOrNo(false),
    level: 'city',
    unit: 'yes or no',
    ground: 'Chengdu Pidu 2021 services only; Guangzhou 2019 goods too',
  },
  benefitsExchangeAllowed: {
    ...yesOrNo(false),
    level: 'city',
    unit: 'yes or no',
    ground: 'Shanghai 2026: services and benefits',
  },
  interchangeReach: {
    ...oneOf('city', ['county', 'city', 'province']),
    level: 'province',
    unit: 'choice',
    ground: 'Nanjing 2020 and Beijing 2022 city-wide; Shanghai 2026 in stages',
  },
};
