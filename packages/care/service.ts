/**
 * The catalogue: what can be asked for, and what each service asks of whoever makes it. The one place in which the risk
 * of a service stands. Source: README "Services" (no national list of codes was found, so the codes are a proposal);
 * 志愿服务条例 Arts 15 to 17; DB3201/T 1164-2023 for bathing.
 */
import type { ServiceCode } from '@time-bank/contracts/request';
import type { ProofKind } from '@time-bank/contracts/visiting';
import type { Words } from '@time-bank/contracts/words';

/** Who may be sent: any volunteer, a group of an organisation, a professional alone. */
export type MadeBy = 'volunteer' | 'group' | 'professional';

/**
 * `risk` 1 to 3: from 2 on bodily danger is possible. `isHeavy`: too much for whoever is old. `isGroup`: made by a group
 * at a place of its own. `licence`: its name, where the law asks for one. Minutes whole; `persons`: how many always go.
 * `isVisit`: it looks after somebody and is paid by the community. `isRemote`: by telephone. `levels`: the ability
 * levels of elders for whom it is meant. `fromMinute`, `toMinute`: the hours of the day within which it begins and ends.
 * `proofs`: what can show that it took place, where the region takes it.
 */
export interface ServiceTraits {
  words: Words;
  risk: 1 | 2 | 3;
  madeBy: MadeBy;
  isHeavy: boolean;
  isGroup: boolean;
  isVisit: boolean;
  isRemote: boolean;
  licence?: string;
  training?: string;
  persons: 1 | 2;
  defaultMinutes: number;
  minMinutes: number;
  maxMinutes: number;
  levels: readonly [min: number, max: number];
  fromMinute: number;
  toMinute: number;
  proofs: readonly ProofKind[];
}

const words = (zhHans: string, zhHant: string, en: string): Words => ({
  'zh-Hans': zhHans,
  'zh-Hant': zhHant,
  en,
});

const usual = {
  risk: 1,
  madeBy: 'volunteer',
  isHeavy: false,
  isGroup: false,
  isVisit: false,
  isRemote: false,
  persons: 1,
  defaultMinutes: 60,
  minMinutes: 15,
  maxMinutes: 240,
  levels: [0, 4],
  fromMinute: 0,
  toMinute: 24 * 60,
  proofs: ['code', 'card', 'spoken_code', 'call_back', 'gps', 'photo'],
} as const satisfies Omit<ServiceTraits, 'words'>;

/** By daylight: shops and offices are open, and nobody carries buckets past the neighbours' bedrooms. */
const byDay = { fromMinute: 7 * 60, toMinute: 21 * 60 } as const;

/** Where only a voice was there, a place or a picture of it shows nothing. */
const byVoice = { isRemote: true, proofs: ['code', 'spoken_code', 'call_back'] } as const;

/** The way to a hospital begins before its counters open. */
const fromDawn = { fromMinute: 5 * 60, toMinute: 22 * 60 } as const;

const service = (
  names: [zhHans: string, zhHant: string, en: string],
  traits: Partial<Omit<ServiceTraits, 'words'>> = {},
): ServiceTraits => ({ ...usual, words: words(...names), ...traits });

/** Of those a region fills: its own name stands in its rules. */
const regional = (number: number): ServiceTraits =>
  service([`本地服务${String(number)}`, `本地服務${String(number)}`, `Local service ${String(number)}`]);

/** By the code of the service. */
export const services: Readonly<Record<ServiceCode, ServiceTraits>> = {
  A01: service(['助餐', '助餐', 'Help with meals'], byDay),
  A02: service(['助洁', '助潔', 'Help with cleaning'], { ...byDay, risk: 2, isHeavy: true, maxMinutes: 180 }),
  A03: service(['助行', '助行', 'Company on the way'], { ...byDay, risk: 2, levels: [0, 2] }),
  A04: service(['助医', '助醫', 'To the doctor, fetching medicine'], {
    ...fromDawn,
    risk: 2,
    defaultMinutes: 120,
  }),
  A05: service(['助急', '助急', 'Small urgent errands']),
  A06: service(['助浴', '助浴', 'Help with bathing'], {
    risk: 3,
    madeBy: 'professional',
    isHeavy: true,
    persons: 2,
    training: '助浴',
  }),
  B01: service(['居家探访', '居家探訪', 'Home visit'], { ...byDay, isVisit: true }),
  B02: service(['电话问候', '電話問候', 'Telephone call'], {
    ...byDay,
    ...byVoice,
    isVisit: true,
    defaultMinutes: 15,
    minMinutes: 15,
    maxMinutes: 60,
  }),
  B03: service(['恶劣天气探访', '惡劣天氣探訪', 'Visit in bad weather'], {
    ...byDay,
    isVisit: true,
    defaultMinutes: 30,
  }),
  C01: service(['陪聊', '陪聊', 'Company and talk']),
  C02: service(['读书读报', '讀書讀報', 'Reading aloud']),
  C03: service(['生命故事', '生命故事', 'Life story']),
  C04: service(['心理疏导', '心理疏導', 'Counselling'], { licence: '心理咨询' }),
  D01: service(['代购', '代購', 'Shopping'], byDay),
  D02: service(['代办代缴', '代辦代繳', 'Paperwork and bills'], { ...byDay, risk: 2 }),
  E01: service(['智能设备指导', '智能設備指導', 'Help with a smartphone'], byDay),
  E02: service(['防诈骗讲解', '防詐騙講解', 'About fraud'], byDay),
  E03: service(['居家安全检查', '居家安全檢查', 'Safety check at home'], { ...byDay, training: '居家安全' }),
  F01: service(['文体活动', '文體活動', 'Culture and sport'], {
    ...byDay,
    isGroup: true,
    madeBy: 'group',
    defaultMinutes: 90,
  }),
  F02: service(['摄影摄像', '攝影攝像', 'Photographs'], byDay),
  G01: service(['法律咨询', '法律諮詢', 'Legal advice'], { ...byDay, licence: '法律职业资格' }),
  G02: service(['健康科普', '健康科普', 'About health'], { ...byDay, isGroup: true, madeBy: 'group' }),
  G03: service(['培训讲座', '培訓講座', 'Lecture'], {
    ...byDay,
    isGroup: true,
    madeBy: 'group',
    defaultMinutes: 90,
  }),
  H01: service(['护理', '護理', 'Nursing'], { risk: 3, madeBy: 'professional', licence: '护士执业' }),
  H02: service(['康复', '康復', 'Rehabilitation'], { risk: 3, madeBy: 'professional', licence: '康复治疗' }),
  H03: service(['喘息服务', '喘息服務', 'Respite care'], {
    risk: 3,
    madeBy: 'professional',
    defaultMinutes: 240,
    maxMinutes: 480,
  }),
  J01: service(['站点活动', '站點活動', 'Activity at a service point'], {
    ...byDay,
    isGroup: true,
    madeBy: 'group',
    defaultMinutes: 90,
  }),
  J02: service(['机构团体服务', '機構團體服務', 'Group service in an institution'], {
    ...byDay,
    isGroup: true,
    madeBy: 'group',
    defaultMinutes: 90,
  }),
  K01: service(['平台值守', '平台值守', 'Duty at the desk'], {
    isRemote: true,
    defaultMinutes: 120,
    maxMinutes: 480,
  }),
  K02: service(['探访协调', '探訪協調', 'Coordination of visits'], {
    isRemote: true,
    defaultMinutes: 120,
    maxMinutes: 480,
  }),
  Z01: regional(1),
  Z02: regional(2),
  Z03: regional(3),
  Z04: regional(4),
  Z05: regional(5),
  Z06: regional(6),
  Z07: regional(7),
  Z08: regional(8),
  Z09: regional(9),
  Z10: regional(10),
  Z11: regional(11),
  Z12: regional(12),
};
