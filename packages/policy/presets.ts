/**
 * What known schemes decided, ready to be adopted. A preset holds only what could be read and differs from the
 * defaults; everything else of a scheme is left at the default, and what was not read is said.
 */
import type { PresetId } from '@time-bank/contracts/policy';
import type { PolicyChange, PolicyDecision } from './policy-change.ts';
import type { ValueKey } from './policy-values.ts';

export type { PresetId } from '@time-bank/contracts/policy';

/**
 * A scheme: its title, the lowest level that may adopt it as a whole, its values, the source of each of them,
 * and what stays at the default although the scheme may say otherwise.
 */
export interface Preset {
  readonly title: string;
  readonly level: 'city';
  readonly values: PolicyDecision;
  readonly sources: Partial<Record<ValueKey, string>>;
  readonly notRead: string;
}

/** All presets. */
export const presets: Readonly<Record<PresetId, Preset>> = {
  nanjing: {
    title: '南京型',
    level: 'city',
    values: { overflowDefault: 'pool' },
    sources: {
      overflowDefault:
        '南京市养老服务时间银行实施方案(试行), 2019-07-17: above 1,500 hours mainly donated, or commended',
    },
    notRead:
      'cap, age, groups of grants and hours of groups are the defaults; the daily cap, the minutes granted a month and rounding were not read',
  },
  beijing: {
    title: '北京型',
    level: 'city',
    values: {
      balanceCapMinutes: 600_000,
      giftRelations: ['parent', 'child', 'grandparent', 'grandchild'],
      minorsServing: 'guardian_led',
    },
    sources: {
      balanceCapMinutes:
        '北京市养老服务时间银行实施方案(试行), 2022-06-01: 10,000 coins open a public care home, so as many can be kept; a cap was not read',
      giftRelations: '北京市养老服务时间银行实施方案(试行), 2022-06-01: direct relatives',
      minorsServing: '北京市养老服务时间银行实施方案(试行), 2022-06-01: pupils under 18 led by a guardian',
    },
    notRead: 'the public account, hours of groups, leaving and death, settlement between districts',
  },
  shanghai_2026: {
    title: '上海2026型',
    level: 'city',
    values: {
      platformPublicName: '沪助养老时光汇',
      redeemAgeYears: 65,
      benefitsExchangeAllowed: true,
      giftRelations: ['spouse', 'parent', 'child', 'grandparent', 'grandchild', 'friend'],
    },
    sources: {
      platformPublicName: '上海市“沪助养老时光汇”项目管理办法, in force 2026',
      redeemAgeYears: '上海市“沪助养老时光汇”项目管理办法, in force 2026: 65, in hardship 60',
      benefitsExchangeAllowed: '上海市“沪助养老时光汇”项目管理办法, in force 2026: services and benefits',
      giftRelations: '上海市“沪助养老时光汇”项目管理办法, in force 2026: relatives and friends',
    },
    notRead:
      'caps, grants and the list of benefits; interchange inside each district in 2027 and in the whole city in 2028 is for the province level to decide',
  },
  changning: {
    title: '长宁试点型',
    level: 'city',
    values: { dailyCreditMinutesMax: 120, balanceCapMinutes: 36_000 },
    sources: {
      dailyCreditMinutesMax: '上海长宁“时间银行”试点, 2019: two coins a day',
      balanceCapMinutes: '上海长宁“时间银行”试点, 2019: 600 coins a person',
    },
    notRead:
      'a district of a scheme, but both values are for a city to decide, so a city adopts it; that volunteers are 60 to 70, women from 50, has no value here',
  },
  guangzhou: {
    title: '广州公益型',
    level: 'city',
    values: { creditStepMinutes: 60, redeemAfterMinutes: 6_000, goodsExchangeAllowed: true },
    sources: {
      creditStepMinutes: '广州公益“时间银行”, 2019-08-26: whole points, a point an hour',
      redeemAfterMinutes: '广州公益“时间银行”, 2019-08-26: from one star, 100 hours',
      goodsExchangeAllowed: '广州公益“时间银行”, 2019-08-26: services and goods',
    },
    notRead: 'whether a part of an hour is dropped or rounded; it is dropped here, as by default',
  },
  suzhou_anhui: {
    title: '宿州周探访型',
    level: 'city',
    values: { keyVisitedEvery: 'week', generalVisitedEvery: 'week' },
    sources: {
      keyVisitedEvery:
        '宿州市健全基本养老服务体系促进养老服务高质量发展三年行动方案(征求意见稿), 2023-04-12: everybody weekly',
      generalVisitedEvery:
        '宿州市健全基本养老服务体系促进养老服务高质量发展三年行动方案(征求意见稿), 2023-04-12: everybody weekly',
    },
    notRead: 'any value of a time bank: the plan names it and gives no number',
  },
};

/** The change by which a region adopts a preset; `planChange` decides whether it may. */
export const changeOfPreset = (presetId: PresetId, decision: Omit<PolicyChange, 'values'>): PolicyChange => ({
  ...decision,
  values: presets[presetId].values,
});
