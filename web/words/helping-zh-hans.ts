/**
 * What is said of families, helpers and cards, in simplified Chinese: for the elder, the helper and the staff alike,
 * with the refusals that such pages meet.
 */
import type { BindingState, ConfirmedBy, HelperKind, HelperScope } from '@time-bank/contracts/helping';
import type { Sentence } from './sentence.ts';

/** The refusals of bindings, cards and what is kept of a person. */
export type HelpingRefusal =
  | 'home_visit_due'
  | 'service_not_offered'
  | 'service_not_suited'
  | 'outside_service_hours'
  | 'minutes_out_of_bounds'
  | 'unknown_file'
  | 'already_bound'
  | 'binding_not_open'
  | 'helper_limit_reached'
  | 'card_locked'
  | 'card_not_accepted'
  | 'changed_meanwhile'
  | 'wrong_step';

const scopes: Record<HelperScope, string> = {
  order: '约帮助、取消预约',
  confirm: '确认探访',
  see_balance: '看余额和明细',
  spend: '用时间约帮助',
};

const kinds: Record<HelperKind, string> = { family_proxy: '家人', guardian: '监护人' };

const states: Record<BindingState, string> = {
  proposed: '等工作人员核对',
  checked: '等老人同意',
  bound: '可以替老人办事',
  ended: '已解除',
  declined: '没有通过',
};

const confirmedBy: Record<ConfirmedBy, string> = {
  own_phone: '本人在手机上同意',
  card: '本人用卡同意',
  voice: '本人口头同意，工作人员在场',
};

const refusals: Record<HelpingRefusal, Sentence> = {
  home_visit_due: '前几次都是电话问候，这次要有人上门看看。',
  service_not_offered: '本地不这样提供这项服务。请换一项，或者打服务点电话。',
  service_not_suited: '这项服务不适合这位老人的身体情况。请打服务点电话商量。',
  outside_service_hours: '这项服务晚上不做。请换到白天。',
  minutes_out_of_bounds: '这项服务的时间太短或者太长。请改一下时长。',
  unknown_file: '没有找到这份资料。请回到列表再看看。',
  already_bound: '已经绑定了，或者正在等确认。请回到列表看看。',
  binding_not_open: '这件事已经办过，或者已经过期。请回到列表看看。',
  helper_limit_reached: '超过了说好的限度。请用少一点，或者请老人重新同意。',
  card_locked: '密码输错太多次，卡锁住了。请带上证件到社区服务点解锁。',
  card_not_accepted: ({ triesLeft }) =>
    triesLeft === undefined
      ? '卡或者密码不对。请看着卡再输一次。'
      : `卡或者密码不对。请看着卡再输一次，还可以试${triesLeft}次。`,
  changed_meanwhile: '这份资料刚刚改过了。请重新打开，再办一次。',
  wrong_step: '这一步现在不能办。请看看办到哪里了。',
};

/** The words of helpers and cards, from which the other languages take their shape. */
export const helpingZhHans = {
  scopes,
  kinds,
  states,
  confirmedBy,
  called: (surname: string, gender: 'female' | 'male') => surname + (gender === 'female' ? '女士' : '先生'),
  asHelper: (name: string, kind: string) => `${name}（${kind}）`,
  may: '可以办',
  until: '到什么时候',
  untilDay: (day: string) => `${day}为止`,
  spendMax: '最多可用',
  spendLeft: (left: string, all: string) => `${all}，还剩${left}`,
  state: '进度',
  consent: '同意方式',
  proof: '证明',
  document: '文件编号',
  notNow: '先不办',
  cardLost: '卡丢了，挂失',
  cardLostSure: '挂失以后，这张卡和上面的6个数字马上不能用。确定吗？',
  cardLostYes: '确定挂失',
  cardLostDone: '已经挂失，卡不能用了。请到社区服务点领新卡。',
  cardStates: { active: '正在用', lost: '已挂失', replaced: '已换新卡' },
  cardSince: (day: string) => `${day}领的`,
  cardLocked: '密码输错太多次，卡锁住了。请带上证件到社区服务点解锁。',
  noCard: '还没有卡。请到社区服务点领一张。',
  refusals,
};

/** What each language has to say of helpers and cards. */
export type HelpingCatalogue = typeof helpingZhHans;
