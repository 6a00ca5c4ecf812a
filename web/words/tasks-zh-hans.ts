/**
 * What the pages after the first say, in simplified Chinese, and a sentence for every refusal but those that only
 * some pages meet: theirs come with their own words.
 */
import type { HelpRefusal } from './help-zh-hans.ts';
import type { Gender, Language } from '@time-bank/contracts/member';
import type { RefusalCode } from '@time-bank/contracts/refusals';
import type { ShownState, StateNames } from '../components/state-words.ts';
import type { AccountsCatalogue } from './accounts-zh-hans.ts';
import type { GivingCatalogue } from './giving-zh-hans.ts';
import type { AfterRefusal } from './after-zh-hans.ts';
import type { HelpingRefusal } from './helping-zh-hans.ts';
import type { LifeRefusal } from './life-zh-hans.ts';
import type { MeRefusal } from './me-zh-hans.ts';
import type { PeopleRefusal } from './people-zh-hans.ts';
import type { Sentence } from './sentence.ts';
import type { SignInRefusal } from './sign-in-zh-hans.ts';
import { momentWords } from '../china-time.ts';
import { waitWords } from '../wait-words.ts';
import { zhHans } from './zh-hans.ts';

const { hours } = zhHans;

/** A refusal that is told wherever it comes from. */
export type CommonRefusal = Exclude<
  RefusalCode,
  | keyof GivingCatalogue['refusals']
  | keyof AccountsCatalogue['refusals']
  | SignInRefusal
  | HelpingRefusal
  | LifeRefusal
  | MeRefusal
  | PeopleRefusal
  | AfterRefusal
  | HelpRefusal
>;

const refusals: Record<CommonRefusal, Sentence> = {
  body_too_large: '写的内容太长了。请写短一点再试。',
  malformed_json: '没有发送成功。请刷新页面再试。',
  invalid_fields: '有的地方没有填对。请检查后再试。',
  not_signed_in: '请先登录。',
  sign_in_expired: '登录时间太久了。请重新登录。',
  missing_request_header: '没有发送成功。请刷新页面再试。',
  country_not_served: '这个号码收不到短信。请用大陆的手机号，或者打服务电话。',
  session_ended: '这次登录已经结束。请重新登录。',
  passkey_needed: '办这件事，请用通行密钥重新登录。',
  device_proof_needed: '这台手机现在不能动用时间。请退出后重新登录；还不行，就打服务电话。',
  device_not_trusted: ({ from }) =>
    from === undefined
      ? '这台手机还不能动用时间。请打服务电话。'
      : `这台手机是新用的，${momentWords(zhHans, from)}起才能动用时间。着急用，请打服务电话。`,
  rate_limited: ({ retryAfterSeconds }) => `按得太快了。请过${waitWords(hours, retryAfterSeconds)}再试。`,
  not_allowed: '您不能办这件事。有需要请打服务电话。',
  unknown_route: '没有找到这个页面。请回到首页。',
  unknown_region: '没有找到这个社区。请重新选择。',
  unknown_member: '没有找到这位老人。请重新选择。',
  unknown_request: '没有找到这次探访。请回到列表再看看。',
  unknown_visit: '没有找到这次探访。请回到列表再看看。',
  exists_with_different_content: '这件事已经办过，但内容不一样。请回到列表看看结果，再重新填写。',
  id_too_old: '这一步是一个多月前开始的，已经过期。请看看手机上的日期对不对，再重新填一次。',
  id_from_the_future: '手机上的日期不对，快了一天以上。请在手机“设置”里打开“自动确定日期和时间”，再试一次。',
  not_ready_to_serve: '您的资料不齐或者已经过期，现在还不能去。请打服务电话，我们帮您补齐。',
  consent_needed: '这要先得到您的同意。请在“我的”里打开“同意事项”。',
  starts_in_past: '这个时间已经过了。请选晚一点的时间。',
  starts_too_late: '这个时间太远了。请选近一点的日子。',
  not_receiving_care: '这位老人不在服务名单上。请选别的老人，或者先登记。',
  too_young_to_redeem: '您还没到可以用时间的年龄。存下的时间会一直留着。',
  request_not_open: '这次探访已经有人接了，或者已经取消。请看看别的探访。',
  own_request: '这是您自己要的探访，不能自己接。请看看别的探访。',
  not_eligible: '您现在还不能接这次探访。想知道原因，请打服务电话。',
  overlapping_visit: '这个时间您已有别的探访。请看看别的时间。',
  not_accepted: '这次探访现在不能签到。请回到“我的探访”看看。',
  too_early_to_check_in: '还没到时间。请在开始前不久再签到。',
  too_late_to_check_in: '已经过了签到时间。请打服务电话，我们帮您处理。',
  already_checked_in: '您已经签到了。',
  card_of_another_person: '这是别人的卡，请看看是不是走错了门。',
  visit_code_locked: '数字输错太多次了。请打服务电话，我们帮您签到。',
  visit_code_incorrect: (facts) =>
    facts.triesLeft === undefined
      ? '卡上的6位数字不对。请看着卡再输一次。'
      : `卡上的6位数字不对。请看着卡再输一次，还可以试${facts.triesLeft}次。`,
  not_in_service: '这次探访现在不能签退。请回到“我的探访”看看。',
  not_awaiting_confirmation: '这次探访现在不用确认。请回到列表看看。',
  not_cancellable: '探访已经开始或结束，不能取消。有需要请打服务电话。',
  unknown_policy_version: '没有找到这一版规定。请刷新页面再试。',
  unknown_account: '您还没有存时间的账户。请打服务电话，我们帮您开。',
  donate_only_account: '团体账户的时间只能捐出。请改为捐给公益时间池。',
  account_frozen: '账户已暂停使用，里面的时间还在。请打服务电话问问怎么办。',
  account_closed: '账户已经结清，不能再用。有疑问请打服务电话。',
  too_many_holds: '您的预约已经到上限。请等一次办完，或者先取消一次，再来约。',
  hold_not_open: '留出的时间已经处理过了。请回到首页看看余额。',
  insufficient_hours: (facts) =>
    facts.availableMinutes === undefined || facts.neededMinutes === undefined
      ? '时间不够。请选少一点。'
      : `时间不够：要用${hours(facts.neededMinutes)}，现在可用${hours(facts.availableMinutes)}。请选少一点。`,
  busy_try_again: '现在人多。请过一会儿再试一次。',
  unavailable: '服务暂时打不开。请过一会儿再试一次。',
  internal: '我们这边出了问题，不是您的错。请再试一次，还不行就打服务电话。',
};

const languages: Record<Language, string> = {
  cmn: '普通话',
  wanbei: '皖北话',
  yue: '粤语',
  wuu: '吴语',
  nan: '闽南话',
  hak: '客家话',
  eng: '英语',
  csl: '手语',
};

const genders: Record<Gender, string> = { female: '女', male: '男' };

const volunteerStates: Record<ShownState, string> = {
  waiting: '等审核',
  published: '正在找人',
  accepted: '已接单，等您上门',
  in_service: '正在探访',
  pending_confirm: '已签退，等老人确认',
  settled: '已完成',
  cancelled: '已取消',
  unfilled: '没有找到人',
  disputed: '申诉处理中',
  missed: '没有见到',
};

const receiverStates: Required<StateNames> = {
  draft: '存着，还没有交',
  rejected: '没有通过，可以改',
  waiting: '等社区审核',
  published: '正在找人',
  accepted: '有人来，已约好',
  in_service: '正在探访',
  pending_confirm: '等您确认',
  settled: '已完成',
  cancelled: '已取消',
  unfilled: '没有找到人',
  disputed: '申诉处理中',
  missed: '没有见到',
};

/** The words of the other pages, from which the other languages take their shape. */
export const tasksZhHans = {
  back: '返回',
  sending: '正在发送…',
  goOn: '下一步',
  today: '今天',
  tomorrow: '明天',
  languages,
  genders,
  familiar: (surname: string, gender: Gender) => surname + (gender === 'female' ? '阿姨' : '叔叔'),
  phone: '手机号',
  openRequests: '附近的探访',
  openRequestsEmpty: '附近现在没有要人的探访。请明天再来看看。',
  see: (what: string) => `查看${what}`,
  when: '时间',
  howLong: '多久',
  where: '地点',
  distance: '离您家',
  kilometres: (km: string) => `${km}公里`,
  wishes: '希望',
  wishLanguage: (name: string) => `会说${name}`,
  wishGender: (name: string) => `最好是${name}的`,
  note: '备注',
  who: '老人',
  service: '服务',
  paidWithHours: '用自己的时间换的',
  together: '几个人去',
  twoMissing: '要两个人一起去，还差两人',
  oneMissing: (who: string) => `要两个人一起去，${who}已经接了，还差一人`,
  familiarVolunteer: (surname: string, gender: Gender) => surname + (gender === 'female' ? '女士' : '先生'),
  accept: '接单',
  acceptHint: '接了以后，就能看到姓名、地址和电话。',
  acceptSure: '确定接这次探访吗？',
  acceptYes: '确定接单',
  notNow: '先不接',
  accepted: '接好了。请按时去。',
  visitsEmpty: '您还没有接探访。',
  volunteerStates,
  receiverStates,
  nextCheckIn: '去签到',
  nextCheckOut: '去签退',
  checkIn: '签到',
  checkInHint: '请老人拿出卡片，输入卡上的6位数字。',
  visitCode: '卡上的6位数字',
  visitCodeMissing: '请输入卡上的6位数字。',
  checkedIn: '签到好了。时间从现在算起。',
  checkOut: '签退',
  reportVisit: '没人应门，或写探访情况',
  checkedOut: '签退好了。老人确认后，时间就会存入。',
  served: '探访了',
  waiting: '等老人确认。确认后，时间会存到您的余额里。',
  credited: (amount: string) => `已存入${amount}`,
  name_: '姓名',
  call: (phone: string) => `打电话 ${phone}`,
  visitsNext: '接下来',
  visitsBefore: '以前的',
  received: '我的预约',
  receivedEmpty: '现在没有要确认的，也没有预约。',
  waitingForMe: '等您确认',
  toMend: '要您再看一看',
  arranged: '已安排',
  whoCame: '谁来的',
  whoComes: '谁来',
  nobodyYet: '还没有人接，我们正在找',
  came: '来的时间',
  stayed: '待了多久',
  confirmTitle: '请确认这次探访',
  confirmShort: '确认',
  confirmed: '确认好了，谢谢您。',
  notRight: '不对？不要确认，请打服务电话。',
  cancel: '取消预约',
  cancelWhy: '为什么取消？',
  cancelReasons: ['时间不合适', '身体不舒服', '家里有人了', '别的原因'],
  cancelWhyMissing: '请选一个原因。',
  cancelYes: '确定取消',
  cancelNo: '不取消',
  cancelled: '已经取消。',
  cancelledFree: (amount: string) => `已经取消，${amount}退回到您的余额。`,
  redeemWhatMissing: '请选一种帮助。',
  date: '哪一天',
  time: '几点',
  dateMissing: '请选哪一天。',
  timeMissing: '请选几点。',
  startWrong: '日子或时间没有填对。请重新选。',
  addressWrong: '地址没有填对。请写120个字以内。',
  noteWrong: '备注太长了。请写200个字以内。',
  chooseAgain: '请重新选一个。',
  howLongMissing: '请选要多久。',
  anyLanguage: '都可以',
  languageWish: '说什么话',
  genderWish: '男的还是女的来',
  noteHint: '比如：请敲门大声一点。',
  redeemCheck: '请看看对不对',
  listComma: '、',
  none: '没有',
  refusals,
};

/** The words of the pages after the first. */
export type TaskWords = typeof tasksZhHans;
