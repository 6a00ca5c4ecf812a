/** What is said after a visit, in traditional Chinese: confirming, rating, complaining, and what staff look at. */
import type {
  CallBackOutcome,
  ComplaintKind,
  DisputeOutcome,
  DisputeState,
  VisitSide,
} from '@time-bank/contracts/confirming';
import type { CallbackReason } from '@time-bank/contracts/visiting';
import type { AfterCatalogue, AfterRefusal } from './after-zh-hans.ts';
import type { Sentence } from './sentence.ts';

const refusals: Record<AfterRefusal, Sentence> = {
  link_not_accepted: '這個連結已經用過、過期了，或者不完整。請讓社區再發一個。',
  not_ratable: '這次服務現在不能評價。',
  already_rated: '您已經評價過了，謝謝。',
  not_disputable: '這次服務現在不能投訴：已經投訴過，或者時間過了。請打服務點電話。',
};

/** From 5 down to 1. */
const levels: Readonly<Record<number, string>> = {
  5: '非常滿意',
  4: '滿意',
  3: '基本滿意',
  2: '不滿意',
  1: '非常不滿意',
};

const complaints: Record<ComplaintKind, string> = {
  did_not_happen: '沒有來過',
  wrong_time: '時間不對',
  conduct: '態度或做法不好',
  other: '別的問題',
};

const sides: Record<VisitSide, string> = { receiver: '服務對象', volunteer: '志願者' };

const outcomes: Record<DisputeOutcome, string> = { stands: '服務成立', reversed: '服務不成立' };

const disputeStates: Record<DisputeState, string> = {
  open: '等社區決定',
  decided: '社區已決定，可以申請區裡再看',
  appealed: '等區裡決定',
  ended: '已經結束',
};

const reasons: Record<CallbackReason, string> = {
  proof_missing: '到訪證明不全',
  no_answer: '上次沒人接',
  overlapping: '和另一次服務時間重疊',
  too_long: '比約定長很多',
  aborted: '中途停止',
  flagged: '需要多看一眼',
  back_entry: '事後補錄',
  not_ended: '沒有簽退，時長按約定算',
};

const calls: Record<CallBackOutcome, string> = {
  confirmed: '來過',
  did_not_happen: '沒來過',
  no_answer: '沒人接',
};

/** What is said after a visit in traditional Chinese. */
export const afterZhHant: AfterCatalogue = {
  rate: '評價這次服務',
  rateVolunteer: '評價這次探訪',
  rateQuestion: '您覺得怎麼樣？',
  rateWords: '想說的話（可以不寫）',
  rateMissing: '請選一個。',
  rateSend: '提交評價',
  rated: '謝謝您，已經收到。',
  ratedBadly: '已經收到。社區會在一天內聯繫您。',
  levels,
  complain: '我有意見',
  complainTitle: '投訴這次服務',
  complainHint: '社區會聽兩邊的說法，五個工作日內決定。在那之前，這次的時間先凍結。',
  complainWhat: '是什麼問題？',
  complainWords: '請說說經過',
  complainMissing: '請寫幾句經過。',
  complainSend: '提交投訴',
  complained: '已經收到，社區會處理。',
  complaints,
  sides,
  outcomes,
  disputeStates,
  dispute: '投訴',
  disputes: '投訴處理',
  disputesEmpty: '現在沒有要處理的投訴。',
  countyList: '區裡要決定的',
  communityList: '社區要決定的',
  complainedBy: (side: string) => `${side}提出`,
  answerOf: '對方的說法',
  appealOf: '申請再看的理由',
  dueBy: (day: string) => `最晚${day}`,
  overdue: '已經超過期限',
  frozen: (frozen: string, all: string) => `已凍結${frozen}，共${all}`,
  nothingFrozen: '時間還沒有記入，先不記。',
  answer: '我的說法',
  answerSend: '提交說法',
  appeal: '請區裡再看',
  appealSend: '提交申請',
  said: '已經收到。',
  decide: '決定',
  decideReason: '理由（兩邊都會看到）',
  decideSend: '寫下決定',
  decided: '已經寫下，兩邊都會收到通知。',
  confirmList: '等確認的服務',
  confirmEmpty: '沒有等確認的服務。',
  forgotten: '兩天沒有人確認',
  reminded: (times: number) => `已提醒${String(times)}次`,
  waitsSince: (when: string) => `${when}結束`,
  digits: '老人念出的六位數字',
  digitsSend: '確認來過',
  digitsMissing: '請寫六位數字。',
  confirmed: '已經確認，時間已記入。',
  link: '給家人一個確認連結',
  linkHint: '連結三天內有效，只能用一次。請發給老人的家人，不要發給去服務的人。',
  linkSend: '生成連結',
  linkMade: '連結已生成：',
  callbacks: '回訪名單',
  callbacksEmpty: '沒有要回訪的服務。',
  called: (times: number) => `已打過${String(times)}次`,
  callWhat: '老人怎麼說？',
  calls,
  callWords: '備註（可以不寫）',
  callSend: '記下來',
  callDone: '已經記下。',
  reasons,
  reviewItems: '需要看一看的',
  reviewHint: '這些只是提問，不是結論。看過以後寫下怎麼處理，時間不會自動扣除。',
  reviewEmpty: '沒有需要看的。',
  reviewWhat: '怎麼處理？',
  reviewReason: '理由',
  reviewMissing: '請寫明理由。',
  reviewSend: '寫下來',
  reviewed: '已經寫下。',
  dismissed: '沒有問題',
  followedUp: '繼續瞭解',
  workOrders: '差評整改',
  workOrdersEmpty: '沒有要整改的。',
  contactBy: (day: string) => `${day}前聯繫`,
  fixBy: (day: string) => `${day}前解決`,
  workStep: '做了什麼？',
  contacted: '已聯繫',
  fixed: '已解決',
  workWords: '情況',
  workSend: '記下來',
  people: (names: string) => `涉及：${names}`,
  openRequest: '看這次服務',
  linkTitle: '請確認一次服務',
  linkWhat: (service: string, receiver: string) => `${receiver}家裡：${service}`,
  linkWho: (volunteer: string) => `${volunteer}志願者來過`,
  linkLong: (minutes: string) => `共${minutes}`,
  linkYes: '是的，來過',
  linkNo: '如果沒有來過，請不要點，請打服務點電話。',
  linkDone: '謝謝，已經確認。',
  refusals,
};
