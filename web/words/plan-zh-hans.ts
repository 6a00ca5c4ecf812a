/** What is said about the week's plan in simplified Chinese, from which the other languages take their shape. */
import type { PlanPhase, SentState, WeekPlanState } from '@time-bank/contracts/week-plan';

const states: Record<WeekPlanState, string> = {
  queued: '正在排班…',
  planning: '正在排班…',
  ready: '排好了，还没有发出',
  stopped: '已停止，什么也没有发出',
  failed: '没有排成，请再排一次',
  sending: '正在发出…',
  sent: '已经发出',
};

const sent: Record<SentState, string> = {
  waiting: '还没有发出',
  sent: '已通知',
  taken_otherwise: '已有别人接了',
  not_possible: '发不出去，请再排一次',
};

const phases: Record<Exclude<PlanPhase, 'arranging'>, string> = {
  improving: '正在调整，尽量多排上几次',
  searching: '正在找最好的安排',
  timing: '正在定每次的时间',
};

/** The words of the plan, from which the other languages take their shape. */
export const planZhHans = {
  title: '一键排班',
  intro: '把这一周要探访的老人和有空的志愿者一次排好。先看，再发出。',
  make: '排这一周',
  makeAgain: '按上面的要求再排一次',
  stop: '停止',
  send: '发出这份安排',
  sendSure: (count: number) =>
    `给志愿者和老人发出${String(count)}次探访。发出以后可以再排，但每次变动都会通知本人。`,
  sendYes: '确定发出',
  notNow: '先不发',
  print: '打印',
  csv: '下载表格',
  thisWeek: '本周',
  nextWeek: '下周',
  states,
  sent,
  arranged: (done: number, all: number) => `已安排 ${String(done)} / ${String(all)}`,
  sentOf: (done: number, all: number) => `已发出 ${String(done)} / ${String(all)}`,
  phases,
  fallen: (count: number) => `${String(count)}次没有发出去`,
  fallenWhy: '志愿者那时已有别的安排，或情况变了。可以只把这些再排一次，其他的不变。',
  planFallen: '把这些再排一次',
  covered: (covered: number, wanted: number) => `要探访${String(wanted)}次，排上${String(covered)}次`,
  best: '这已经是这些志愿者能做到的最多。',
  bound: (bound: number) => `这些志愿者最多能做${String(bound)}次。`,
  figures: (faces: string, wishes: string, km: string) =>
    `熟人上门${faces}，心愿满足${wishes}，路上共${km}公里`,
  gaps: '还没有人去的老人',
  noGaps: '每位老人都有人去。',
  pairs: '安排',
  nothing: '这一周没有要安排的探访。',
  open: '看看这次探访',
  elder: '老人',
  volunteer: '志愿者',
  when: '时间',
  why: '理由',
  lock: '定下这一对',
  forbid: '不要这一对',
  settled: (locked: number, forbidden: number) => `定下${String(locked)}对，不要${String(forbidden)}对。`,
  clear: '清除这些选择',
  chooseCommunity: '请先选一个社区。',
  made: '收到。排好以后会显示在下面。',
  percent: (share: number) => `${String(Math.round(share * 100))}%`,
};

/** What each language has to say about the plan. */
export type PlanCatalogue = typeof planZhHans;
