/**
 * What the desk says of visits that were forgotten, of events and weather, of telephone calls about a visit, and of changes
 * to help that comes again and again; in simplified Chinese.
 */
import type { RefusalCode } from '@time-bank/contracts/refusals';
import type { MajorEventKind } from '@time-bank/contracts/visiting';
import type { Sentence } from './sentence.ts';

/** What is said otherwise here than elsewhere, by page. */
export type EntriesPage = 'entry' | 'event' | 'call' | 'series';

const refusals = {
  entry: {
    unknown_member: '没有找到这位老人或志愿者。请重新选择。',
    unknown_case: '没有找到这条补录。请重新打开看看。',
    starts_too_late: '这次探访还没有结束，不能补录。请检查日期和时间。',
    own_request: '老人和志愿者不能是同一个人。请重新选择。',
    not_eligible: '这个人还不是志愿者，不能给他记探访。请先登记志愿者。',
    case_closed: '这条补录已经有人决定了。请重新打开看看。',
    overlapping_visit: '那个时间老人或志愿者已经有别的探访。请检查日期和时间。',
    back_entry_too_late: '这次探访过去太久，不能再补录。',
    second_person_needed: '自己补录的要由同事来批准。请交给另一位同事。',
  },
  event: {
    unknown_member: '没有找到这位老人。请重新选择。',
    starts_too_late: '这个时间还没有到。请填已经发生的时间。',
  },
  call: {
    not_accepted: '这次探访没有人要去，或者已经结束了，不用密码。',
    not_in_service: '这次探访还没有开始，或者已经办完，不用再记电话。请重新打开看看。',
  },
  series: {
    unknown_case: '没有找到这项定期服务。请重新打开看看。',
    case_closed: '这项定期服务已经停止，不能再改。',
    starts_in_past: '这个时间已经过去了。请选以后的时间。',
    starts_too_late: '这个时间太远了，还不能改到那么后面。请选近一点的日子。',
  },
} satisfies Record<EntriesPage, Partial<Record<RefusalCode, Sentence>>>;

const kinds: Record<MajorEventKind, string> = {
  discharge: '出院回家',
  fall: '摔倒',
  bereavement: '亲人去世',
  other: '其他大事',
};

/** The words of these pages, from which the other languages take their shape. */
export const entriesZhHans = {
  // Visits that were forgotten
  entries: '补录探访',
  entriesHint: '去过了、当时没有在手机上记的探访，在这里补。要由另一位同事批准，热线再问过老人，时间才记入。',
  entryNew: '补录一次',
  others: '志愿者不在名单里',
  chosen: (name: string) => `去的人：${name}`,
  elderMissing: '请选一位老人。',
  volunteerMissing: '请选去的志愿者。',
  day: '哪一天去的',
  dayMissing: '请填哪一天。',
  arrivedAt: '几点到',
  leftAt: '几点走',
  clocksWrong: '请填几点到、几点走。走要晚于到，最少15分钟，最多8小时。',
  why: '当时为什么没有记',
  whys: {
    forgot: '忘了',
    phone: '手机没电或没带',
    signal: '没有信号',
    paper: '当时用纸记的',
    other: '别的原因',
  },
  whyMissing: '请选为什么没有记。',
  proof: '凭什么知道去过',
  proofHint: '例如：登记表第几号、谁签的字、谁看见的。',
  proofMissing: '请写上凭什么知道去过。',
  grounds: (why: string, proof: string) => `${why}。${proof}`,
  enter: '提交，等同事批准',
  entered: '已经提交，等另一位同事批准。',
  waiting: '等批准的补录',
  waitingNone: '没有等批准的补录。',
  visitedBy: (elder: string, volunteer: string) => `${volunteer}去看${elder}`,
  span: (moment: string, clock: string, long: string) => `${moment}到${clock}，共${long}`,
  evidence: '说明',
  enteredAt: '补录时间',
  ownEntry: '这是您自己补录的，要由另一位同事来批准。',
  approve: '属实，批准',
  decline: '不属实，不批',
  approveSure: '批准以后，热线会打电话问老人，老人说来过，时间才记入。确定吗？',
  declineSure: '不批准，这次探访就不算。确定吗？',
  approveYes: '确定批准',
  declineYes: '确定不批',
  notNow: '先不决定',
  approved: '已经批准，已放进回访名单。',
  declined: '没有批准，已经记下。',
  // Events and weather
  events: '变故和天气',
  event: '老人家里出了大事',
  eventHint: '出院、摔倒、亲人去世以后，要尽快有人上门。记下以后，这位老人会排在最前面。',
  eventWhat: '什么事',
  kinds,
  eventDay: '哪一天',
  eventAt: '几点',
  eventMissing: '请填哪一天、几点。',
  note: '记下来',
  noted: (name: string) => `已经记下。请马上给${name}安排探访。`,
  arrange: '去安排探访',
  arrangeFor: (name: string) => `给${name}安排探访`,
  weather: '恶劣天气',
  weatherHint: '高温、寒潮、大雪、暴雨的那几天，社区里每位老人都要有人看一看，打电话也算。',
  weatherFrom: '从哪天',
  weatherUntil: '到哪天',
  weatherMissing: '请填从哪天到哪天，最多三十天。',
  declare: '发布天气提醒',
  declared: '已经发布。这几天要看的老人都排进了“每周探访”。',
  soon: '要尽快去的老人',
  soonNone: '没有因为变故或天气要去的老人。',
  soonMore: (count: number) => `还有${String(count)}位，请到“每周探访”里看。`,
  causes: { event: '大事以后', weather: '恶劣天气' },
  dueBy: (moment: string) => `最晚${moment}`,
  mayBePhone: '打电话也算',
  toWeek: '看每周探访',
  // The telephone
  wentAfterAll: '其实去过了？去补录',
  spoken: '给老人一个上门密码',
  spokenHint: '老人的卡丢了，或者要两样证明时用。密码只能用一次，请打电话念给老人本人，不要告诉志愿者。',
  spokenMake: '生成密码',
  spokenSay: (volunteer: string) =>
    `“请拿笔记一下。等会儿${volunteer}志愿者上门，您把这六个数字念给他听。别的人来问，不要说。”`,
  spokenUntil: (clock: string) => `${clock}以前有效`,
  call: (volunteer: string) => `打电话问${volunteer}来了没有`,
  callHint: '请打给老人，或者打给家里别的人，不要打给志愿者。',
  sayNow: (volunteer: string) => `“您好，我是社区的。${volunteer}志愿者现在在您家里吗？”`,
  sayThen: (volunteer: string, moment: string) =>
    `“您好，我是社区的。${moment}，${volunteer}志愿者去过您家里吗？”`,
  heard: '电话里怎么说',
  isThere: '在，人到了',
  isNotThere: '不在，没有来',
  wasThere: '来过',
  wasNotThere: '没有来过',
  heardMissing: '请选电话里怎么说。',
  record: '记下这个电话',
  recorded: '电话已经记下。',
  // Changes of a series
  next: (when: string) => `下一次：${when}`,
  change: '改这一次',
  see: '看这次探访',
  newDay: (when: string) => `${when}这次，改到哪天`,
  newClock: '几点',
  changeMissing: '请填改到哪天、几点。',
  changeHint: '只改这一次。已经接单的志愿者会收到通知，要重新找人。',
  changeYes: '改到这个时间',
  changed: '这一次已经改了时间。',
  skipSure: (when: string) => `${when}这次不来了。已经接单的志愿者会收到通知。确定吗？`,
  skipYes: '确定这次不来',
  keep: '不改',
  pause: '暂停一段时间',
  pauseHint: '住院、去子女家住的时候用。这几天都不来，以后照常。',
  pauseFrom: '从哪天起不来',
  pauseUntil: '到哪天为止',
  pauseMissing: '请填从哪天到哪天。',
  paused: '已经暂停，到期以后照常。',
  pauses: (from: string, until: string) => `${from}到${until}暂停`,
  // From the desk
  urgent: '紧急和安全',
  forMe: '等我处理的',
  doubts: '投诉和更正',
  regular: '定期和活动',
  refusals,
};

/** What each language has to say here. */
export type EntriesCatalogue = typeof entriesZhHans;
