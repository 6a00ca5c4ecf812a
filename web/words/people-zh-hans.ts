/** What the staff's pages on people say, in simplified Chinese, with the refusals that only staff meet on people. */
import type { CallerCheck, StaffedChannel } from '@time-bank/contracts/helping';
import type { PersonCheck } from '@time-bank/contracts/sign-in';
import type { NotReady, RunningOut, VolunteerState } from '@time-bank/contracts/volunteering';
import type { Sentence } from './sentence.ts';

/** The refusals that only the staff's pages on people meet. */
export type PeopleRefusal =
  | 'already_reported'
  | 'back_entry_too_late'
  | 'unknown_case'
  | 'phone_taken'
  | 'role_not_grantable'
  | 'merge_not_possible'
  | 'undo_too_late'
  | 'erasure_blocked'
  | 'case_closed'
  | 'resource_short';

const refusals: Record<PeopleRefusal, Sentence> = {
  already_reported: '这次探访的情况已经记下了。',
  back_entry_too_late: '这次探访过去太久，不能再补录。',
  unknown_case: '没有找到这张工单。请回到列表再看看。',
  phone_taken: '这个手机号已经登记给别人了。请核对号码。',
  role_not_grantable: '这个身份不由您来定。请找上一级办理。',
  merge_not_possible: '这两个人的资料不能合并。请核对是不是同一个人。',
  undo_too_late: '合并超过30天，不能再分开。',
  erasure_blocked: '现在还不能删除：账户没有结清，或者有探访没办完。请先办完。',
  case_closed: '这张工单已经办结。请另开一张。',
  resource_short: '剩下的不够了。请少用一点，或者换一种。',
};

const channels: Record<StaffedChannel, string> = { counter: '本人到服务点', hotline: '打电话来' };

const checks: Record<CallerCheck, string> = {
  card: '看过卡',
  id_document: '看过证件',
  call_back: '回拨登记的电话',
  known_in_person: '认识本人',
};

const personChecks: Record<PersonCheck, string> = {
  identity_document: '看过证件',
  known_in_person: '认识本人',
  family_present: '家人在场',
  card: '看过卡',
};

const volunteerStates: Record<VolunteerState, string> = {
  applied: '等站点审核',
  site_checked: '等县（区）审核',
  county_checked: '等培训',
  trained: '可以启用',
  active: '正在服务',
  paused: '暂停',
  left: '已退出',
  declined: '没有通过',
};

const notReady: Record<NotReady, string> = {
  not_active: '还没启用',
  paused: '暂停中',
  record_check_missing: '缺无犯罪记录核查',
  record_check_failed: '无犯罪记录核查没通过',
  record_check_expired: '无犯罪记录核查过期',
  training_missing: '缺培训',
  training_expired: '培训过期',
  insurance_expired: '保险过期',
  licence_missing: '缺证书',
  minor_group_only: '未成年人，只能集体去',
  load_limit: '去得太多，要歇一歇',
  do_not_pair: '和这位老人不能搭配',
};

const papers: Record<RunningOut['what'], string> = {
  record_check: '无犯罪记录核查',
  training: '培训',
  licence: '证书',
  insurance: '保险',
  guardian_consent: '监护人同意书',
};

/** The words of the staff's pages on people, from which the other languages take their shape. */
export const peopleZhHans = {
  title: '居民和帮手',
  intro: '先找到人，再办事。看过谁的资料都会记下来，本人看得到。',
  find: '找人',
  open: (name: string) => `给${name}办事`,
  waiting: '等办的帮手申请',
  waitingEmpty: '没有等办的申请。',
  pair: (elder: string, helper: string) => `${helper}替${elder}办事`,
  checkYes: '核对无误',
  checkYesSure: '您看过证明，关系属实，可以请老人同意了吗？',
  checkYesYes: '核对无误，请老人同意',
  checkNo: '不通过',
  checkNoSure: '不通过，这份申请就结束了。确定吗？',
  checkNoYes: '确定不通过',
  checked: '核对好了，等老人同意。',
  checkedNo: '这份申请没有通过。',
  byVoice: '老人口头同意',
  byVoiceSure: '您当面或在电话里听到老人本人说同意，愿意作证吗？会写上您是证人。',
  byVoiceYes: '我听到了，老人同意',
  byCard: '用卡同意',
  byCardHint: '请老人拿出卡，自己输入密码。',
  cardCode: '卡上的6位数字',
  cardPin: '卡的密码（4到6位）',
  cardWrong: '请填卡上的6位数字和4到6位密码。',
  confirmed: '老人同意了，帮手可以办事了。',
  helpersOf: '帮手',
  noHelpers: '没有帮手。',
  addHelper: '登记帮手',
  addHelperHint: '帮手也要是成员。先用帮手的手机号找到他。',
  helper: '帮手',
  proposed: '登记好了，等同事核对。',
  endBinding: '替老人解除',
  endBindingDone: '已经解除，帮手不能再办事。',
  behalf: '谁来办的',
  channel: '怎么来的',
  channels,
  check: '怎么确认是本人',
  checks,
  note: '办什么，为什么',
  noteMissing: '请写一句话，200个字以内。',
  checkMissing: '请选怎么确认是本人。',
  recording: '录音编号（没有不填）',
  cards: '卡',
  noCards: '没有发过新卡。',
  issueCard: '发一张新卡',
  issueHint: '请老人当面自己定一个密码，不要替老人定。旧卡马上不能用。',
  newPin: '密码（4到6位数字）',
  pinMissing: '请填4到6位数字。',
  issued: '新卡发好了。请打印下面这张卡，交给本人。',
  issuedAgain: '卡已经发过，码只显示一次。要打印，请再发一张。',
  printCard: '打印卡',
  cardTitle: '探访卡',
  cardLine: '有人来探访，给他看这6个数字。',
  cardLoss: (phone: string) => `卡丢了，请打 ${phone}`,
  lostFor: '替本人挂失',
  signIns: '登录',
  endSignIns: '结束所有登录',
  endSignInsHint: '手机丢了、被骗了，马上办。所有手机和电脑都要重新登录。',
  endSignInsReason: '为什么结束',
  endSignInsYes: '确定全部结束',
  endSignInsDone: '已经全部结束。',
  recover: '换登记的手机号',
  recoverHint: '本人要在场。换好以后，要等一段时间才能动用时间，旧号码会收到通知。',
  newPhone: '新的手机号',
  newPhoneMissing: '请输入11位手机号。',
  personChecks,
  recoverYes: '确定换号',
  recovered: (when: string) => `换好了。${when}起可以动用时间。`,
  enrol: '发登记码（工作人员第一把通行密钥）',
  enrolHint: '当面交给本人，不要发短信或微信。',
  enrolled: (until: string) => `登记码如下，只显示这一次，${until}前有效。`,
  enter: '登记新人',
  enterHint: '没有手机也能登记，一样是正式成员。',
  name: '姓名',
  nameMissing: '请填姓名，40个字以内。',
  phoneOptional: '手机号（没有不填）',
  birth: '出生日期',
  birthMissing: '请填出生日期。',
  gender: '性别',
  genderMissing: '请选性别。',
  address: '住址',
  addressMissing: '请填住址，120个字以内。',
  situation: '怎么住',
  unknownYet: '还不清楚',
  entered: (name: string) => `${name}登记好了。`,
  volunteers: '志愿者审核',
  volunteersIntro: '等着审核的排在前面。材料过期的，自动不再派单。',
  volunteersEmpty: '这里没有志愿者。',
  volunteerStates,
  notReady,
  papers,
  runsOut: (what: string, day: string) => `${what}：${day}到期`,
  ranOut: (what: string, day: string) => `! ${what}：${day}已到期`,
  ageOf: (age: number) => `${age}岁`,
  siteYes: '站点通过',
  siteNo: '站点不通过',
  siteSure: (name: string) => `${name}的申请，站点审核通过吗？`,
  siteNoSure: (name: string) => `${name}的申请不通过，确定吗？`,
  start: '启用',
  startSure: (name: string) => `${name}可以开始服务了吗？`,
  decided: '办好了。',
  yes: '确定',
  wishes: '资料更正和删除',
  wishesEmpty: '没有等答复的。',
  wishDue: (day: string) => `${day}以前要答复`,
  answerDone: '办好了',
  answerNo: '不能办',
  answerWords: '答复本人的话',
  answerMissing: '请写上答复，300个字以内。',
  answered: '已经答复。',
  erasureSure: '删除以后不能恢复。确定吗？',
  refusals,
};

/** What each language has to say to staff about people. */
export type PeopleCatalogue = typeof peopleZhHans;
