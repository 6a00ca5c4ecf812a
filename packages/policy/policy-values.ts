/**
 * The names and types of everything a region can decide. What each value may be, who may change it and why it
 * is so stands in the catalogue. There is no value for cash or a price: volunteers take no payment, and nothing
 * stands in for money (志愿服务条例 Arts 21, 37; 中国人民银行法 Art. 20).
 */
import type { GrantRule } from './grant-rule.ts';

/** How the rank of a candidate is put together: the most points each ground can give; they add up to 1,000. */
export interface MatchingWeights {
  readonly proximity: number;
  readonly freeTime: number;
  readonly continuity: number;
  readonly language: number;
  readonly gender: number;
  readonly reliability: number;
  readonly load: number;
}

/** Who may receive a person's hours as a gift, seen from the giver: "my parent". */
export type GiftRelation = 'spouse' | 'parent' | 'child' | 'grandparent' | 'grandchild' | 'friend';

/** When two people have to go, as the region may require it. */
export type TwoPersonCase =
  | 'first_visit'
  | 'dementia'
  | 'severe_disability'
  | 'bathing'
  | 'night'
  | 'other_gender_living_alone'
  | 'money_or_keys';

/** How presence at a visit is shown: the elder's card or a code that they read aloud, a call back, a point on the map, a picture. */
export type ProofKind = 'code' | 'call_back' | 'gps' | 'photo';

/** The tags of an elder's file that put them into a group of visits. */
export type VisitTag =
  | 'destitute'
  | 'minimum_living'
  | 'poor_disabled'
  | 'lost_only_child'
  | 'centenarian'
  | 'disabled'
  | 'low_income'
  | 'hardship';

/** The worth of an hour of one service against a plain hour: 50 to 200 percent, by the code of the service. */
export interface ServiceRate {
  readonly service: string;
  readonly percent: number;
}

/**
 * A service that a region has beside the country's: under one of the codes Z01 to Z12, with its own name, like one of the
 * catalogue's but for what it says otherwise. Minutes whole.
 */
export interface RegionalService {
  readonly code: string;
  readonly words: { readonly 'zh-Hans': string; readonly 'zh-Hant'?: string; readonly en?: string };
  readonly like: string;
  readonly defaultMinutes?: number;
  readonly minMinutes?: number;
  readonly maxMinutes?: number;
}

/** Everything a region can decide and everything that is locked, the unit last in each name. */
export interface PolicyValues {
  // Words
  readonly platformPublicName: string;
  readonly platformSubtitle: string;

  // Credit
  readonly coinsPerHour: number;
  readonly ledgerUnit: 'minute';
  readonly creditStepMinutes: number;
  readonly creditRounding: 'down' | 'half_up';
  readonly creditMinimumMinutes: number;
  readonly overPlanToleranceMinutes: number;
  readonly travelTimeCounts: false;
  readonly dailyCreditMinutesMax: number;
  readonly dailyServiceMinutesMax: number;
  readonly serviceRates: readonly ServiceRate[];

  // Balance
  readonly balanceCapMinutes: number;
  readonly overflowDefault: 'honour' | 'pool';
  /** 0: never. */
  readonly earnedExpiryMonths: number;
  readonly startMinutes: number;
  readonly overdraftMinutesMax: number;
  readonly holdDaysMax: number;
  readonly openHoldsMax: number;
  readonly correctionSecondPersonFromMinutes: number;
  readonly reversalShortfall: 'debt' | 'partial';
  readonly ledgerRetention: 'for_ever';

  // Redeeming
  readonly redeemAgeYears: number;
  readonly redeemHardshipAgeYears: number;
  readonly redeemAfterMinutes: number;
  readonly redeemAfterDays: number;
  readonly goodsExchangeAllowed: boolean;
  readonly benefitsExchangeAllowed: boolean;
  readonly interchangeReach: 'county' | 'city' | 'province';

  // Giving
  readonly giftRelations: readonly GiftRelation[];
  readonly giftYearMinutesMax: number;
  readonly giftReceiverMustReachRedeemAge: boolean;
  readonly giftMayBePassedOn: false;
  readonly bondsMax: number;
  readonly helperTermDaysMax: number;
  readonly donationAllowed: boolean;
  readonly groupHours: 'donate_only';
  readonly heirMonthsMax: number;
  readonly grantRules: readonly GrantRule[];
  readonly grantLevelFactorPercent: readonly [number, number, number, number, number];

  // Volunteers
  readonly volunteerAgeYearsMin: number;
  readonly minorsServing: 'group_only' | 'guardian_led';
  readonly recordCheckRequired: boolean;
  readonly baseTrainingMinutes: number;
  readonly insuranceFromRiskLevel: number;
  readonly loadLimitAgeYears: number;
  readonly loadLimitWeekMinutesMax: number;
  readonly noShowCountMax: number;
  readonly noShowWindowDays: number;
  readonly noShowPauseDays: number;
  readonly starHours: readonly number[];
  readonly certificatePublicityDays: number;

  // Visits on request
  readonly postAheadDaysMax: number;
  readonly checkInEarlyMinutes: number;
  readonly checkInLateMinutes: number;
  readonly visitCodeTriesMax: number;
  readonly regionalServices: readonly RegionalService[];
  /** After so many hours of silence the elder's side has agreed to whoever is to come. 0: nobody agrees by silence. */
  readonly personAgreedHours: number;
  readonly twoPersonCases: readonly TwoPersonCase[];
  /** What an elder pays where two go: for one of them, the community for the other, or for each. */
  readonly twoPersonCharge: 'once' | 'each';
  readonly proofKinds: readonly ProofKind[];
  readonly proofCountMin: number;
  readonly riskyProofCountMin: number;
  readonly gpsRequired: false;
  readonly freeCancelHours: number;
  readonly autoConfirmHours: number;
  readonly unfilledWarnHours: readonly number[];
  readonly unfilledAfterMinutes: number;
  readonly unfilledFallbackOn: boolean;
  readonly matching: MatchingWeights;
  /** Nobody is asked to go further from home. */
  readonly visitReachKilometresMax: number;
  /** What a visit and the way to the next one take at least of a volunteer's free time in the week's plan. */
  readonly planSeatMinutes: number;
  readonly askFirstCount: number;
  readonly askWaveMinutes: number;
  readonly asksPerWeekMax: number;
  /** Between these minutes of the day in China nothing goes out that can wait. */
  readonly quietFromMinute: number;
  readonly quietToMinute: number;

  // Voices
  readonly ratingLevels: number;
  readonly ratingInviteDays: number;
  readonly badRatingContactDays: number;
  readonly badRatingFixWorkingDays: number;
  readonly disputeDaysMax: number;
  readonly communityDisputeWorkingDays: number;
  readonly appealWorkingDaysMax: number;
  readonly countyDisputeWorkingDays: number;
  readonly blacklistYearsMin: number;
  readonly blacklistRepairAllowed: true;

  // Care visits
  /** Everybody of the group is visited at least once within each calendar period. */
  readonly highRiskVisitedEvery: 'day' | 'week';
  readonly keyVisitedEvery: 'day' | 'week' | 'month';
  readonly generalVisitedEvery: 'day' | 'week' | 'month' | 'quarter';
  /** Who is of high risk, where their file does not say: by tag, by age where nobody lives with them, by ability level. */
  readonly highRiskTags: readonly VisitTag[];
  readonly highRiskAloneAgeYears: number;
  readonly highRiskFromAbilityLevel: number;
  readonly keyTags: readonly VisitTag[];
  readonly newElderCounts: 'same_week' | 'next_week';
  readonly phoneVisitsInRowMax: number;
  readonly backEntryDaysMax: number;
  readonly visitAfterEventHours: number;
  readonly weatherVisitsOn: boolean;
  readonly emergencyAnswerSeconds: number;
  readonly emergencyOnSiteMinutes: number;

  // Records
  /** Whether staff with a reach above the county see what is personal. */
  readonly personalDetailAboveCounty: boolean;
  /** Until a further device of a person may move hours. */
  readonly newDeviceWaitHours: number;
  readonly logRetentionDaysMin: number;
}

/** The name of a value. */
export type ValueKey = keyof PolicyValues;
