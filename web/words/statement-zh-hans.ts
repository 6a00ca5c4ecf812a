/** What the statement says, in simplified Chinese: it comes with the statement, after the balance. */
import type { EntryKind, EntryReason } from '@time-bank/contracts/ledger';

/** What has happened, for every kind of line. `spent` and some others have more to say, below. */
const kinds: Record<EntryKind, string> = {
  earned: '存入',
  gift_in: '收到亲友赠送',
  granted: '社区发放',
  restored: '退还给您',
  inherited: '收到家人留下的时间',
  moved_in: '从别处转来',
  spent: '用去',
  gift_out: '赠送给亲友',
  donated: '捐入公益时间池',
  lapsed: '到期，退回公益时间池',
  reversed: '收回',
  bequeathed: '留给家人',
  moved_out: '转到别处',
  forfeited: '余下的时间不再保留',
  held: '预留',
  released: '退回',
  frozen: '账户暂停使用',
  unfrozen: '账户恢复使用',
  closed: '账户结清',
  bond_made: '登记了一位亲友',
  bond_ended: '解除了一位亲友的登记',
  overflow_chosen: '选了多出的时间怎么办',
  sign_ins_ended: '以前的登录已全部失效',
};

/** Why hours came back. */
const cameBack: Partial<Record<EntryReason, string>> = {
  request_cancelled: '预约取消，退回',
  nobody_came: '没有人来，退回',
  hold_lapsed: '预留过期，退回',
};

/** What it was for, where no service is named. */
const occasions: Partial<Record<EntryReason, string>> = {
  group_activity: '集体活动',
  purchase: '机构服务',
  benefit: '兑换福利',
};

/** The words of the statement, from which the other languages take their shape. */
export const statementZhHans = {
  empty: '还没有记录。帮助过老人，时间就会存在这里。',
  kinds,
  cameBack,
  occasions,
  heldForVisit: '预留（约好的探访）',
  enteredInstead: '补记',
  used: (amount: string) => `用去${amount}`,
  usedAndBack: (amount: string, back: string) => `用去${amount}，退回${back}`,
  withAmount: (what: string, amount: string) => `${what}${amount}`,
  correction: (what: string) => `更正：${what}`,
  corrects: (when: string) => `更正的是${when}的记录`,
  correctsEarlier: '更正的是以前的一条记录',
  corrected: (when: string) => `这条记录已在${when}更正`,
  lastDay: (day: string) => `请在${day}前使用（含当天）`,
  honour: (amount: string) => `${amount}记作荣誉时间，计入星级，不能使用`,
  honourBack: (amount: string) => `收回${amount}荣誉时间`,
  surplus: (amount: string) => `${amount}超过上限，捐入公益时间池`,
  repaid: (amount: string) => `${amount}补上了以前欠的时间`,
  owed: (amount: string) => `欠${amount}，将由以后存入的时间补上`,
  writtenOff: (amount: string) => `欠的${amount}不用再还`,
  surplusToPool: '以后超过上限的时间，捐入公益时间池',
  surplusToHonour: '以后超过上限的时间，记作荣誉时间',
  note: (words: string) => `说明：${words}`,
};

/** The words of the statement. */
export type StatementWords = typeof statementZhHans;
