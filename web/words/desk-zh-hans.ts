/** What the coordinator's pages say, in simplified Chinese. */
import type { LivingSituation } from '@time-bank/contracts/member';
import type { RequestState } from '@time-bank/contracts/request';

const livingSituations: Record<LivingSituation, string> = {
  alone: '独居',
  empty_nest: '空巢',
  left_behind: '留守',
  with_family: '与家人同住',
};

const states: Record<RequestState, string> = {
  published: '没人接',
  accepted: '已接单',
  in_service: '正在探访',
  pending_confirm: '等确认',
  settled: '已完成',
  cancelled: '已取消',
  unfilled: '没有找到人',
};

/** The words of the desk, from which the other languages take their shape. */
export const deskZhHans = {
  post: '发布探访',
  posted: '已发布。',
  seeIt: '查看这次探访',
  list: '社区的探访',
  listEmpty: '还没有探访。',
  week: '每周探访',
  people: '居民和帮手',
  community: '社区',
  allCommunities: '全部社区',
  chooseCommunity: '要发布探访，请先在上面选一个社区。',
  elder: '老人',
  findElder: '找老人',
  findElderHint: '输入姓名或地址的几个字',
  elderFound: (count: number) => `找到${count}位`,
  elderMissing: '请选一位老人。',
  noPhone: '没有手机',
  elderAge: (age: number) => `${age}岁`,
  minutes: '多少分钟',
  minutesMissing: '请填15到480之间的分钟数。',
  place: '地点',
  placeHint: '不写就是在老人家里。',
  candidates: '合适的志愿者',
  candidatesEmpty: '没有找到合适的志愿者。请打电话问问附近的人，或者换个时间。',
  considered: (count: number) => `看过${count}位志愿者，合适的排在前面。`,
  score: (score: number) => `合适程度 ${score}`,
  volunteer: '志愿者',
  cancel: '取消探访',
  cancelReasons: ['老人不方便', '时间要改', '已另外安排', '别的原因'],
  cancelled: '探访已取消。',
  confirm: '代为确认',
  confirmHint: '老人没有手机。请先当面或打电话问过老人，再确认。',
  confirmSure: '老人说对，确认',
  confirmed: '已确认，时间存入志愿者的余额。',
  waitingElder: '等老人在手机上确认。',
  covered: (visited: number, all: number) => `本周${all}位老人，已探访${visited}位`,
  coveredThen: (visited: number, all: number) => `这一周${all}位老人，已探访${visited}位`,
  uncovered: (count: number) => `还有${count}位没有安排`,
  allCovered: '每位老人都有安排。',
  visited: '已探访',
  planned: '已安排',
  unplanned: '未安排',
  previousWeek: '上一周',
  nextWeek: '下一周',
  weekOf: (from: string, to: string) => `${from}至${to}`,
  print: '打印',
  person: '姓名',
  situation: '情况',
  state: '进度',
  visits: '探访',
  arrange: '去安排',
  arrangeFor: (name: string) => `给${name}安排`,
  livingSituations,
  states,
  groups: {
    toDo: (count: number) => `要处理（${count}）`,
    underWay: (count: number) => `已安排（${count}）`,
    over: (count: number) => `已结束（${count}）`,
  },
  abilityLevels: ['能力完好', '轻度失能', '中度失能', '重度失能', '完全失能'],
  weekEmpty: '这个社区还没有登记老人。',
};

/** What each language has to say to a coordinator. */
export type DeskCatalogue = typeof deskZhHans;
