/**
 * What the coordinator's pages on the accounts of members say, in simplified Chinese, with the refusals that only
 * staff meet.
 */
import type { CorrectionState } from '@time-bank/contracts/correction';
import type { RefusalCode } from '@time-bank/contracts/refusals';
import type { Sentence } from './sentence.ts';

/** The words of the accounts, from which the other languages take their shape. */
export const accountsZhHans = {
  title: '更正',
  intro: '同事提出的更正，由您批准或退回。批准以后，双方的明细里都会写上原因。',
  empty: '没有等着批准的更正。',
  unnamed: '别的成员',
  takenBack: '收回',
  instead: '改记',
  nothing: '不补记',
  reason: '原因',
  openedAt: '提出时间',
  own: '这是您自己提出的，要由同事来批准。',
  states: {
    proposed: '等批准',
    approved: '已批准，还没办完',
    carried_out: '已更正',
    refused: '没有办成',
    declined: '已退回',
  } satisfies Record<CorrectionState, string>,
  approve: '批准',
  approveSure: '批准以后马上更正，不能撤回。确定批准吗？',
  approveYes: '确定批准',
  approved: '已经批准，更正好了。',
  decline: '退回',
  declineSure: '退回以后，账户不变。确定退回吗？',
  declineYes: '确定退回',
  declined: '已经退回，账户没有变。',
  notNow: '先不办',
  propose: '提出更正',
  proposeIntro: '先找到人，再选要更正的记录。原来的记录留着，另写一条收回的，明细里都能看到。',
  whose: '谁的记录',
  byPhone: '手机号',
  byPhoneHint: '不在名单里的人（比如志愿者），请输入登记的手机号',
  byPhoneMissing: '请输入完整的手机号。',
  find: '查找',
  phoneUnknown: '您负责的社区里没有人用这个手机号。请核对号码。',
  whoseMissing: '先在名单里选人，或者用手机号查找。',
  line: '更正哪条记录',
  lineHint: '可以更正的是存入的和亲友赠送的时间，新的在前。',
  lineMissing: '请选一条记录。',
  noLines: '这里没有可以更正的记录。',
  allLines: '全部明细',
  due: '应该是多少',
  dueNothing: '不该记，全部收回',
  dueMinutes: '应该是别的时间',
  dueMinutesHint: '用成员自己的时间约的探访只能全部收回',
  giftWhole: '亲友赠送的时间只能全部收回，会退还给赠送的人。',
  dueMissing: '请选应该是多少。',
  dueHowMuch: '应该是多少分钟',
  dueHowMuchMissing: '请填1到1440之间的分钟数。',
  why: '为什么更正',
  whyHint: '这句话会写在明细里',
  whyMissing: '请写上为什么更正。',
  nowHas: (amount: string) => `现在可以用${amount}`,
  sureBack: (name: string, when: string, amount: string) =>
    `收回${name}${when}的${amount}，不再补记。时间多的，要等另一位同事批准。确定吗？`,
  sureInstead: (name: string, when: string, amount: string, due: string) =>
    `收回${name}${when}的${amount}，改记${due}。时间多的，要等另一位同事批准。确定吗？`,
  sureYes: '确定更正',
  corrected: '已经更正，明细里能看到。',
  waits: '已经提出，等另一位同事批准。批准以前，账户不变。',
  refusals: {
    too_many_bonds: '登记的亲友已经到上限。请先解除一位，再登记新的。',
    unknown_transfer: '没有找到这条记录。请回到首页看看明细。',
    unknown_document: '没有找到这个文件编号。请对照纸上的编号，再填一次。',
    account_not_frozen: '这个账户没有暂停，不用恢复。请回到列表看看。',
    too_many_grants: '这个账户上没用完的社区发放太多了。请等用完或到期以后再发。',
    hold_lapsed: '预留的时间已经过期，不能再用。请打服务电话，我们帮您处理。',
    holds_open: '还有预留的时间没办完。请先办完或取消预约，再结清账户。',
    grant_not_open: '这次发放已经用完，或者退回了。请回到列表看看。',
    not_reversible: '这条记录不能这样更正。请选别的记录，或者打服务电话。',
    already_reversed: '这条记录已经更正过了。请看看明细。',
    nothing_to_reverse: '这条记录的时间已经用完，没有可以收回的。请打服务电话商量怎么办。',
    second_person_needed: '这件事要由另一位工作人员来办，自己不能批自己的。请交给同事。',
    debt_open: '账户还欠着时间，不能这样结清。请先补上，或者打服务电话。',
    pool_short: '公益时间池里的时间不够。请少发一点，或者过几天再试。',
    document_used: '这个文件编号已经用过了。请检查编号，再填一次。',
    purchase_used_up: '这份采购剩下的时间不够。请少用一点，或者换一份采购文件。',
  } satisfies Partial<Record<RefusalCode, Sentence>>,
};

/** What each language has to say of the accounts. */
export type AccountsCatalogue = typeof accountsZhHans;
