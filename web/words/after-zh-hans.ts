/** What is said after a visit, in simplified Chinese: confirming, rating, complaining, and what staff look at. */
import type {
  CallBackOutcome,
  ComplaintKind,
  DisputeOutcome,
  DisputeState,
  VisitSide,
} from '@time-bank/contracts/confirming';
import type { CallbackReason } from '@time-bank/contracts/visiting';
import type { Sentence } from './sentence.ts';

/** The refusals that only these pages meet. */
export type AfterRefusal = 'link_not_accepted' | 'not_ratable' | 'already_rated' | 'not_disputable';

const refusals: Record<AfterRefusal, Sentence> = {
  link_not_accepted: '这个链接已经用过、过期了，或者不完整。请让社区再发一个。',
  not_ratable: '这次服务现在不能评价。',
  already_rated: '您已经评价过了，谢谢。',
  not_disputable: '这次服务现在不能投诉：已经投诉过，或者时间过了。请打服务点电话。',
};

/** From 5 down to 1. */
const levels: Readonly<Record<number, string>> = {
  5: '非常满意',
  4: '满意',
  3: '基本满意',
  2: '不满意',
  1: '非常不满意',
};

const complaints: Record<ComplaintKind, string> = {
  did_not_happen: '没有来过',
  wrong_time: '时间不对',
  conduct: '态度或做法不好',
  other: '别的问题',
};

const sides: Record<VisitSide, string> = { receiver: '服务对象', volunteer: '志愿者' };

const outcomes: Record<DisputeOutcome, string> = { stands: '服务成立', reversed: '服务不成立' };

const disputeStates: Record<DisputeState, string> = {
  open: '等社区决定',
  decided: '社区已决定，可以申请区里再看',
  appealed: '等区里决定',
  ended: '已经结束',
};

const reasons: Record<CallbackReason, string> = {
  proof_missing: '到访证明不全',
  no_answer: '上次没人接',
  overlapping: '和另一次服务时间重叠',
  too_long: '比约定长很多',
  aborted: '中途停止',
  flagged: '需要多看一眼',
  back_entry: '事后补录',
  not_ended: '没有签退，时长按约定算',
};

const calls: Record<CallBackOutcome, string> = {
  confirmed: '来过',
  did_not_happen: '没来过',
  no_answer: '没人接',
};

/** The words of what comes after a visit, from which the other languages take their shape. */
export const afterZhHans = {
  rate: '评价这次服务',
  rateVolunteer: '评价这次探访',
  rateQuestion: '您觉得怎么样？',
  rateWords: '想说的话（可以不写）',
  rateMissing: '请选一个。',
  rateSend: '提交评价',
  rated: '谢谢您，已经收到。',
  ratedBadly: '已经收到。社区会在一天内联系您。',
  levels,
  complain: '我有意见',
  complainTitle: '投诉这次服务',
  complainHint: '社区会听两边的说法，五个工作日内决定。在那之前，这次的时间先冻结。',
  complainWhat: '是什么问题？',
  complainWords: '请说说经过',
  complainMissing: '请写几句经过。',
  complainSend: '提交投诉',
  complained: '已经收到，社区会处理。',
  complaints,
  sides,
  outcomes,
  disputeStates,
  dispute: '投诉',
  disputes: '投诉处理',
  disputesEmpty: '现在没有要处理的投诉。',
  countyList: '区里要决定的',
  communityList: '社区要决定的',
  complainedBy: (side: string) => `${side}提出`,
  answerOf: '对方的说法',
  appealOf: '申请再看的理由',
  dueBy: (day: string) => `最晚${day}`,
  overdue: '已经超过期限',
  frozen: (frozen: string, all: string) => `已冻结${frozen}，共${all}`,
  nothingFrozen: '时间还没有记入，先不记。',
  answer: '我的说法',
  answerSend: '提交说法',
  appeal: '请区里再看',
  appealSend: '提交申请',
  said: '已经收到。',
  decide: '决定',
  decideReason: '理由（两边都会看到）',
  decideSend: '写下决定',
  decided: '已经写下，两边都会收到通知。',
  confirmList: '等确认的服务',
  confirmEmpty: '没有等确认的服务。',
  forgotten: '两天没有人确认',
  reminded: (times: number) => `已提醒${String(times)}次`,
  waitsSince: (when: string) => `${when}结束`,
  digits: '老人念出的六位数字',
  digitsSend: '确认来过',
  digitsMissing: '请写六位数字。',
  confirmed: '已经确认，时间已记入。',
  link: '给家人一个确认链接',
  linkHint: '链接三天内有效，只能用一次。请发给老人的家人，不要发给去服务的人。',
  linkSend: '生成链接',
  linkMade: '链接已生成：',
  callbacks: '回访名单',
  callbacksEmpty: '没有要回访的服务。',
  called: (times: number) => `已打过${String(times)}次`,
  callWhat: '老人怎么说？',
  calls,
  callWords: '备注（可以不写）',
  callSend: '记下来',
  callDone: '已经记下。',
  reasons,
  reviewItems: '需要看一看的',
  reviewHint: '这些只是提问，不是结论。看过以后写下怎么处理，时间不会自动扣除。',
  reviewEmpty: '没有需要看的。',
  reviewWhat: '怎么处理？',
  reviewReason: '理由',
  reviewMissing: '请写明理由。',
  reviewSend: '写下来',
  reviewed: '已经写下。',
  dismissed: '没有问题',
  followedUp: '继续了解',
  workOrders: '差评整改',
  workOrdersEmpty: '没有要整改的。',
  contactBy: (day: string) => `${day}前联系`,
  fixBy: (day: string) => `${day}前解决`,
  workStep: '做了什么？',
  contacted: '已联系',
  fixed: '已解决',
  workWords: '情况',
  workSend: '记下来',
  people: (names: string) => `涉及：${names}`,
  openRequest: '看这次服务',
  linkTitle: '请确认一次服务',
  linkWhat: (service: string, receiver: string) => `${receiver}家里：${service}`,
  linkWho: (volunteer: string) => `${volunteer}志愿者来过`,
  linkLong: (minutes: string) => `共${minutes}`,
  linkYes: '是的，来过',
  linkNo: '如果没有来过，请不要点，请打服务点电话。',
  linkDone: '谢谢，已经确认。',
  refusals,
};

/** The same words in any language. */
export type AfterCatalogue = typeof afterZhHans;
