/** What the page for giving hours away says, in simplified Chinese, with the refusals that only giving has. */
import type { Gender } from '@time-bank/contracts/member';
import type { Relation } from '@time-bank/contracts/ledger';
import type { RefusalCode } from '@time-bank/contracts/refusals';
import type { Sentence } from './sentence.ts';

const relations: Record<Relation, Record<Gender, string>> = {
  spouse: { female: '妻子', male: '丈夫' },
  parent: { female: '母亲', male: '父亲' },
  child: { female: '女儿', male: '儿子' },
  grandparent: { female: '（外）祖母', male: '（外）祖父' },
  grandchild: { female: '（外）孙女', male: '（外）孙子' },
  friend: { female: '亲友', male: '亲友' },
};

/** The words of giving, from which the other languages take their shape. */
export const givingZhHans = {
  relations,
  relative: (relation: string, surname: string) => `${relation}${surname}**`,
  less: (amount: string) => `减${amount}`,
  more: (amount: string) => `加${amount}`,
  changeIt: '返回修改',
  family: '赠送给亲友',
  familyHint: '送出以后不能撤回，对方也不能再转送给别人。',
  toWhom: '送给谁？',
  toWhomMissing: '请选送给谁。',
  twins: '同样称呼的不止一位。分不清，请先打服务电话。',
  noFamily: '您还没有登记亲友。请带户口本到社区服务点登记，登记好就能赠送。',
  notYet: '现在还不能送的亲友',
  receivesFrom: (day: string) => `${day}起可以收`,
  cannotReceive: '按本地规定，现在不能收',
  giveHowMuch: '送多少？',
  giveAtMost: (amount: string) => `最多可送${amount}：只有自己做服务存下的时间可以送。`,
  giveTooFew: '您现在没有可以赠送的时间：只有自己做服务存下的时间可以送。',
  giveSure: (amount: string, whom: string) => `把${amount}赠送给${whom}，赠送后不能撤回。`,
  giveAfter: '对方可以自己用，也可以捐出，不能再转送给别人。',
  giveYes: '确认赠送',
  given: '已经送出',
  givenNews: (amount: string, whom: string) => `已把${amount}赠送给${whom}。`,
  donate: '捐给公益时间池',
  donateHint: '捐出的时间，留给需要帮助、自己没有时间可用的老人。捐出以后不能撤回。',
  whichPool: '捐给哪里？',
  whichPoolMissing: '请选捐给哪里。',
  pool: (region: string) => `${region}公益时间池`,
  townshipPool: '本街道（乡镇）公益时间池',
  countyPool: '本县（区）公益时间池',
  poolHas: (amount: string) => `现有${amount}`,
  donateHowMuch: '捐多少？',
  donateAtMost: (amount: string) => `最多可捐${amount}。先捐别人送您的，再捐您自己存的。`,
  donateTooFew: '您现在没有可以捐的时间。',
  donateSure: (amount: string, pool: string) => `把${amount}捐给${pool}，捐出后不能撤回。`,
  donateYes: '确认捐赠',
  donated: '已经捐出',
  donatedNews: (amount: string, pool: string) => `已把${amount}捐给${pool}。谢谢您！`,
  surplus: '存满以后怎么办',
  surplusHint: '存的时间有上限。存满以后又做了服务，多出来的时间放到哪里？以后可以再改。',
  surplusWhere: '多出来的时间',
  honour: '记作荣誉时间',
  honourHint: '计入星级，不能使用',
  toPool: (pool: string) => `捐给${pool}`,
  save: '保存',
  saved: (where: string) => `保存好了。以后多出来的时间：${where}。`,
  refusals: {
    unknown_pool: '没有找到这个公益时间池。请重新选择。',
    donation_not_allowed: '您这里现在还不能捐时间。您的时间会一直留着。',
    same_account: '不能给自己。请选另一个人。',
    not_family: '对方还没有登记成您的亲友，不能赠送。请打服务电话登记。',
    receiver_too_young: '对方还没到可以收时间的年龄。请等到了年龄再送。',
    gift_year_cap_reached: '这样送，今年送给亲友的时间就超过上限了。请送少一点，或者明年再送。',
    debt_open: '账户还欠着时间，先补上才能送出。有疑问请打服务电话。',
    unknown_receiver: '没有找到收时间的人。请重新选择。',
    receiver_cannot_receive: '对方的账户现在不能收时间。请打服务电话问问。',
    cap_reached: '对方存的时间快满了，收不下这么多。请送少一点，或者打服务电话。',
  } satisfies Partial<Record<RefusalCode, Sentence>>,
};

/** What each language has to say of giving. */
export type GivingCatalogue = typeof givingZhHans;
