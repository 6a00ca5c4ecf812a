/** What the pages of linkage cards say, in simplified Chinese. */
import type { LinkageState, LinkageStep, NeedSource, Society } from '@time-bank/contracts/linkage';
import type { RefusalCode } from '@time-bank/contracts/refusals';
import type { Sentence } from './sentence.ts';

/** What is said otherwise here than elsewhere. */
type OwnRefusal = Extract<
  RefusalCode,
  'unknown_case' | 'unknown_file' | 'wrong_step' | 'case_closed' | 'resource_short'
>;

const refusals: Record<OwnRefusal, Sentence> = {
  unknown_case: '没有找到这张工单。请回到列表再看看。',
  unknown_file: '没有找到这份物资，或者不是给这里的。请另选一种。',
  wrong_step: '这一步现在不能办，也可能上次发布的探访还没有结束。请看看办到哪里了。',
  case_closed: '这张工单已经办结。有新的需要，请另开一张。',
  resource_short: '剩下的不够，或者今天不能用。请少给一点，或者换一种。',
};

const societies: Record<Society, string> = {
  community: '社区',
  social_worker: '社工',
  organisation: '社会组织',
  volunteer: '志愿者',
  charity: '公益慈善',
};

const sources: Record<NeedSource, string> = {
  visit: '探访时看到',
  family: '家人说的',
  elder: '老人自己说的',
  counter: '到社区当面说的',
  hotline: '打热线说的',
  service_point: '在服务站说的',
};

const states: Record<LinkageState, string> = {
  reported: '等社区受理',
  opened: '等社工评估',
  assessed: '等安排探访',
  dispatched: '探访已发布',
  closed: '已办结',
};

const next: Record<LinkageState, string> = {
  reported: '下一步：社区受理，给各方分派任务。',
  opened: '下一步：社工上门评估。',
  assessed: '下一步：社会组织或者社区发布探访。',
  dispatched: '下一步：探访办完以后，写上结果，办结工单。',
  closed: '这张工单已经办结，不用再办。',
};

const steps: Record<LinkageStep['step'], string> = {
  reported: '报告需要',
  opened: '受理，分派任务',
  assessed: '评估',
  dispatched: '发布探访',
  resource: '给物资',
  closed: '办结',
};

/** The words of these pages, from which the other languages take their shape. */
export const linkageZhHans = {
  title: '联动工单',
  hint: '老人有了新的需要，就开一张工单。社区、社工、社会组织、志愿者、公益慈善各办一件，办到哪里都看得到。',
  societies,
  sources,
  states,
  next,
  steps,
  // The list
  report: '报告一个需要',
  source: '怎么知道的',
  need: '需要什么',
  needHint: '例如：腿脚不便，买菜困难。',
  needMissing: '请写上需要什么。',
  reportSend: '开一张工单',
  reported: '工单开好了，请受理并分派任务。',
  open: '没有办结的工单',
  none: '工单都办结了。',
  state: '办到哪里',
  since: '报告时间',
  undone: '还没有办的',
  between: '、',
  see: '打开工单',
  // One card
  card: (name: string) => `${name}的工单`,
  service: '评估的服务',
  finding: '评估结果',
  outcome: '办理结果',
  toVisit: '看这次探访',
  toPerson: '看老人的资料',
  tasks: '各方的任务',
  tasksNone: '还没有分派任务。',
  task: (society: string, what: string) => `${society}：${what}`,
  done: '已办',
  toDo: '等办',
  gifts: '给了什么',
  giftsNone: '还没有给物资。',
  gift: (name: string, quantity: number, unit: string) => `${name}${String(quantity)}${unit}`,
  history: '办理经过',
  // Its steps
  openHint: '要哪一方办，就写上要办什么，不用的留空。社工、社会组织和捐赠方会收到通知。',
  taskFor: (society: string) => `${society}要办什么`,
  taskMissing: '请至少给一方写上任务。',
  openSend: '受理并分派',
  assessFinding: '看到什么，怎样帮最好',
  findingMissing: '请写上看到什么、怎样帮最好。',
  assessSend: '交评估结果',
  dispatchHint: '按评估的服务和时长发布，附近的志愿者会看到。',
  dispatchSend: '发布这次探访',
  resource: '给什么',
  resourcesNone: '现在没有可以给的物资。',
  left: (name: string, donor: string, left: string, day: string) =>
    `${name}（${donor}），还有${left}，${day}到期`,
  quantity: '给多少',
  quantityMissing: '请填要给多少，是整数，不能多过剩下的。',
  giveSend: '记下这份物资',
  closeHint: '办结以后不能再改，有新的需要要另开一张。',
  closeOutcome: '结果怎么样',
  outcomeMissing: '请写上结果怎么样。',
  closeSend: '办结这张工单',
  said: {
    opened: '已经受理，任务分派好了。',
    assessed: '评估结果已经记下。',
    dispatched: '探访已经发布，志愿者会看到。',
    resource: '这份物资已经记下。',
    closed: '工单已经办结。',
  },
  refusals,
};

/** What each language has to say here. */
export type LinkageCatalogue = typeof linkageZhHans;
