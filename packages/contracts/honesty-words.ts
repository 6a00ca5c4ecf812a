/** Why an item is shown for review, as one would ask about it: never as a reproach. */
import type { HonestyKind } from './confirming.ts';
import type { Words } from './words.ts';

type Figures = Readonly<Record<string, number>>;

const n = (figures: Figures, name: string): string => String(figures[name] ?? 0);

const sentences: Readonly<Record<HonestyKind, (figures: Figures) => Words>> = {
  overlapping: (f) => ({
    'zh-Hans': `同一个人的两次服务有${n(f, 'minutes')}分钟重叠`,
    'zh-Hant': `同一個人的兩次服務有${n(f, 'minutes')}分鐘重疊`,
    en: `two visits of one person share ${n(f, 'minutes')} minutes`,
  }),
  impossible_travel: (f) => ({
    'zh-Hans': `两家相距约${n(f, 'kilometres')}公里，中间只有${n(f, 'minutes')}分钟`,
    'zh-Hant': `兩家相距約${n(f, 'kilometres')}公里，中間只有${n(f, 'minutes')}分鐘`,
    en: `about ${n(f, 'kilometres')} km between two homes, and ${n(f, 'minutes')} minutes to get there`,
  }),
  ping_pong: (f) => ({
    'zh-Hans': `两个人互相服务：一方${n(f, 'there')}次，另一方${n(f, 'back')}次`,
    'zh-Hant': `兩個人互相服務：一方${n(f, 'there')}次，另一方${n(f, 'back')}次`,
    en: `two people visit each other: ${n(f, 'there')} times one way, ${n(f, 'back')} the other`,
  }),
  ring: (f) => ({
    'zh-Hans': `${n(f, 'people')}个人依次互相服务，共${n(f, 'minutes')}分钟`,
    'zh-Hant': `${n(f, 'people')}個人依次互相服務，共${n(f, 'minutes')}分鐘`,
    en: `${n(f, 'people')} people visit one another in a circle, ${n(f, 'minutes')} minutes in all`,
  }),
  round_numbers: (f) => ({
    'zh-Hans': `${n(f, 'visits')}次服务中有${n(f, 'round')}次正好是整半小时`,
    'zh-Hant': `${n(f, 'visits')}次服務中有${n(f, 'round')}次正好是整半小時`,
    en: `${n(f, 'round')} of ${n(f, 'visits')} visits took whole half hours to the minute`,
  }),
  near_cap: (f) => ({
    'zh-Hans': `有${n(f, 'days')}天接近每日上限（${n(f, 'cap')}分钟）`,
    'zh-Hant': `有${n(f, 'days')}天接近每日上限（${n(f, 'cap')}分鐘）`,
    en: `${n(f, 'days')} days close to the most of a day (${n(f, 'cap')} minutes)`,
  }),
  own_dealings: (f) => ({
    'zh-Hans': `${n(f, 'visits')}次服务由本人发布或确认`,
    'zh-Hant': `${n(f, 'visits')}次服務由本人發布或確認`,
    en: `${n(f, 'visits')} visits were posted or confirmed by whoever made them`,
  }),
  same_place: (f) => ({
    'zh-Hans': `${n(f, 'homes')}家相距较远，${n(f, 'visits')}次签到却在同一个位置`,
    'zh-Hant': `${n(f, 'homes')}家相距較遠，${n(f, 'visits')}次簽到卻在同一個位置`,
    en: `${n(f, 'homes')} homes far apart, and ${n(f, 'visits')} check-ins from one place`,
  }),
  same_device: (f) => ({
    'zh-Hans': `${n(f, 'people')}个人的${n(f, 'visits')}次签到来自同一台设备`,
    'zh-Hant': `${n(f, 'people')}個人的${n(f, 'visits')}次簽到來自同一台設備`,
    en: `${n(f, 'visits')} check-ins of ${n(f, 'people')} people came from one device`,
  }),
  confirmed_on_device: (f) => ({
    'zh-Hans': `有${n(f, 'visits')}次服务的确认来自志愿者签到用的设备`,
    'zh-Hant': `有${n(f, 'visits')}次服務的確認來自志願者簽到用的設備`,
    en: `${n(f, 'visits')} visits were confirmed on the device on which the volunteer had checked in`,
  }),
};

/** What was found, in one sentence of each language. */
export const honestyWords = (kind: HonestyKind, figures: Figures): Words => sentences[kind](figures);
