/** What is said of a request beside the visit itself, in simplified Chinese: asked for, reviewed, agreed, given back. */
import type { Sentence } from './sentence.ts';

/** The refusals of a step that does not follow, and of a provider where none stands in. */
export type LifeRefusal = 'wrong_state' | 'fallback_off';

const refusals: Record<LifeRefusal, Sentence> = {
  wrong_state: '这件事现在不能这样办了，可能刚刚有了变化。请重新打开看看。',
  fallback_off: '本地没有开通请机构代替志愿者。请换个时间再找，或者向老人道歉。',
};

/** The words of a request's life, from which the other languages take their shape. */
export const lifeZhHans = {
  agree: '好，就请他来',
  agreeHint: '有人愿意来了。您同意吗？不说也可以，开门就算同意。',
  agreed: '好的，已经告诉他了。',
  somebodyElse: '想换一个人',
  somebodyElseSure: '我们会另外找人，不会说是您不愿意。确定换吗？',
  somebodyElseYes: '确定换人',
  notNow: '先不换',
  changed: '好的，正在另外找人。',
  whyRejected: '没有通过的原因',
  withTwo: '这次要两个人一起去。',
  oneMore: '已有一人，还差一人。',
  goesAlong: '同去的人',
  withdraw: '我去不了了',
  withdrawWhy: '为什么去不了？',
  withdrawReasons: ['自己不舒服', '家里有急事', '时间冲突', '路上耽误'],
  withdrawYes: '告诉社区',
  withdrawNo: '还是去',
  withdrawn: '已经告诉社区和老人。谢谢您早说。',
  review: '待审核',
  reviewHint: '居民自己提出的请求，先看看再发布。',
  reviewEmpty: '现在没有等待审核的请求。',
  publish: '发布',
  published: '已发布，志愿者可以看到了。',
  reject: '退回',
  rejectWhy: '为什么退回？对方会看到。',
  rejectMissing: '请写明原因。',
  rejected: '已退回，原因已告诉对方。',
  noShow: '有人没到',
  noShowHint: '打过电话、弄清楚以后再选。老人没见到人会马上发出安全提醒。',
  noShowVolunteer: '志愿者没来',
  noShowElder: '没见到老人',
  noShowWhy: '了解到的情况',
  insteadHint: '还要有人去的话，填上什么时候；不用就空着。',
  noShowYes: '记下来',
  noShowDone: '已经记下。',
  unfilled: '没有人接，怎么办？',
  again: '换个时间再发布',
  againAt: '新的日期',
  againClock: '几点开始',
  wider: '全区县找，远一点也行',
  organisation: '请一个组织派人',
  whichOrganisation: '请哪个组织',
  chooseOne: '请选择',
  sorry: '向老人道歉，下次优先',
  provider: '请机构来（写采购单号）',
  document: '采购单号',
  unfilledWhy: '情况说明',
  unfilledYes: '确定',
  unfilledDone: '已经办好。',
  fieldMissing: '请把空的地方填上。',
  details: '打开',
  refusals,
};

/** What each language has to say of a request's life. */
export type LifeCatalogue = typeof lifeZhHans;
