/** What is said about a community's week and about a visit as it is made, in simplified Chinese; the others take their shape from it. */
import type { AlarmFound, AlarmKind } from '@time-bank/contracts/alarm';
import type { GapReason, WantedCause } from '@time-bank/contracts/coverage';
import type { VisitTier } from '@time-bank/contracts/elder-file';
import type { ChecklistGroup, Finding, VisitResult } from '@time-bank/contracts/visiting';

const tiers: Record<VisitTier, string> = { high: '重点（高风险）', key: '重点', general: '一般' };
const causes: Record<WantedCause, string> = { tier: '定期探访', event: '重大变故后', weather: '恶劣天气' };
const gaps: Record<GapReason, string> = {
  not_asked: '还没有发布',
  nobody_yet: '发布了，还没有人接',
  fell_through: '原来的探访没有成',
};
const groups: Record<ChecklistGroup, string> = {
  health: '身体和心情',
  safety: '水电气和居家安全',
  hygiene: '卫生和环境',
  family: '家人和邻居',
  needs: '需要什么帮助',
};
const findings: Record<Finding, string> = {
  fine: '好',
  watch: '要留意',
  problem: '有问题',
  not_seen: '没看到',
};
const results: Record<VisitResult, string> = {
  normal: '一切正常',
  referral: '有需要，请社区跟进',
  danger: '有危险',
  not_met: '没有见到老人',
};
const alarmKinds: Record<AlarmKind, string> = { not_met: '没有见到老人', danger: '有危险' };
const found: Record<AlarmFound, string> = {
  well: '平安在家',
  away: '外出',
  in_hospital: '住院',
  needs_help: '需要帮助',
  moved: '搬走了',
  died: '去世',
};

/** The words of the week, of alarms and of what was found. */
export const weekZhHans = {
  tiers,
  causes,
  gaps,
  groups,
  findings,
  results,
  alarmKinds,
  found,
  // The board
  showOnly: '只看',
  all: '全部',
  onlyGaps: '没人去的',
  onlyPlanned: '已安排的',
  onlyVisited: '已探访的',
  onlyHigh: '高风险的',
  wanted: '应访',
  done: '已访',
  lastContact: '上次见到',
  daysAgo: (days: number) => (days === 0 ? '今天' : `${String(days)}天前`),
  never: '没有记录',
  dueBy: (moment: string) => `${moment}前要去`,
  mayBePhone: '可以打电话',
  cameOn: (day: string) => `${day}起住在这里`,
  movedAway: '本周搬走的老人',
  movedTo: (place: string, visited: number) =>
    `搬到${place}${visited === 0 ? '' : `，搬走前探访过${String(visited)}次`}`,
  csv: '下载表格',
  plan: '一键排班',
  alarms: '安全警报',
  rates: (week: string, help: string) => `周探访率 ${week} · 探访帮扶率 ${help}`,
  share: (met: number, of: number) => (of === 0 ? '—' : `${String(met)}/${String(of)}`),
  nobodyShown: '没有这样的老人。',
  tick: '到访打勾、写时间',
  visitsDone: (done: number, wanted: number) => `应访${String(wanted)}次，还差${String(done)}次没有安排`,
  // What was found
  report: '写探访情况',
  reportHint: '五个方面各选一项，最后选结果。',
  result: '这次探访的结果',
  note: '说明',
  noteHint: '结果不是“一切正常”时要写几个字。',
  noteMissing: '请写几个字。',
  send: '提交',
  reported: '记下了，谢谢您。',
  missing: '请选一项。',
  dangerFirst: '有危险先打120，再提交。',
  call120: '拨打120',
  closedDoor: '没有人应门',
  closedDoorHint: '请再敲一次门，打一次电话。还是没有人，请在这里说一声，社区马上派人去看。',
  abort: '中断探访',
  abortHint: '已经服务的时间照实记下，热线会打电话问情况。',
  abortReasons: { danger: '有危险', refused: '老人不让进', unwell: '身体不舒服', other: '别的原因' },
  aborted: '已中断，热线会联系您。',
  helpCalled: '已中断，也已为老人呼救，值班人员马上处理。情况危急请先打120。',
  secondCode: '签退密码',
  secondCodeHint: '这项服务要两种证明。请老人念一次热线给的密码，填在这里。',
  leave: '签退',
  left: '已签退。',
  // Alarms
  alarmsIntro: '没有见到老人的，一天之内要有人再去看。看清楚了才能关。',
  noAlarms: '没有警报。',
  overdue: '超过一天了',
  since: (moment: string) => `${moment}报警`,
  looked: '邻居、居委会或家人看过',
  lookedHint: '谁去看的，看到什么？',
  lookedSend: '记下',
  again: '再去一次',
  againHint: '一天之内再去一次。',
  inTwoHours: '两小时后',
  tomorrow: '明天上午',
  close: '关闭警报',
  foundWhat: '看到的情况',
  closeSend: '关闭',
  saved: '记下了。',
};

/** What each language has to say about a week. */
export type WeekCatalogue = typeof weekZhHans;
