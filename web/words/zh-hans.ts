/**
 * What the first page and the frame around all pages say, in simplified Chinese: it comes with the first script.
 * What the other pages say is in `tasks-zh-hans.ts`; the other languages are one file each.
 */
import type { AccountState } from '@time-bank/contracts/ledger';
import type { Locale } from '@time-bank/contracts/words';
import type { TaskWords } from './tasks-zh-hans.ts';

const hour = (count: number): string => `${count}小时`;
const minute = (count: number, alone: boolean): string => (alone ? `${count}分钟` : `${count}分`);
const hours = (minutes: number): string =>
  [
    minutes >= 60 || minutes === 0 ? hour(Math.floor(minutes / 60)) : '',
    minutes % 60 > 0 ? minute(minutes % 60, minutes < 60) : '',
  ].join('');

const locale: Locale = 'zh-Hans';

/** The words of the first page and the frame, from which the other languages take their shape. */
export const zhHans = {
  dateLocale: 'zh-CN',
  name: '养老互助时间',
  kind: '时间银行模式',
  opening: '正在打开…',
  noScript: '这个页面在您的手机上打不开。请打服务电话：',
  skipToMain: '跳到正文',
  home: '首页',
  appearance: '大字·语言',
  textSize: '字的大小',
  textSizes: ['标准', '大', '特大'],
  languageChoice: '语言',
  signOut: '退出登录',
  stillSignedIn: '还没有退出登录。',
  servicePhone: '服务电话',
  ambulance: '急救',
  help: '一键呼叫',
  callForHelp: '看不懂、不会用，都可以打电话：',
  offline: '没有网络。您看到的可能不是最新的。',
  unreachable: '没有连上网。请看看网络，再试一次。',
  tryAgain: '再试一次',
  more: '看更多',
  errorPrefix: '错误：',
  problemTitle: '请先改好下面的问题',
  notFound: '没有找到这个页面',
  notFoundHint: '地址可能写错了。',
  pageBroken: '页面没有打开',
  pageBrokenHint: '请看看网络，再刷新一次。',
  reload: '刷新页面',
  hours,
  hourParts: (minutes: number): { count: number; unit: string }[] => [
    ...(minutes >= 60 || minutes === 0 ? [{ count: Math.floor(minutes / 60), unit: '小时' }] : []),
    ...(minutes % 60 > 0 ? [{ count: minutes % 60, unit: minutes < 60 ? '分钟' : '分' }] : []),
  ],
  asOf: (when: string) => `截至 ${when}`,
  locale,
  balance: '余额',
  myHours: '我的时间',
  balanceHint: '可以用的时间',
  held: (amount: string) => `另有${amount}已预留`,
  lapsing: (amount: string, day: string) => `其中${amount}请在${day}前使用（含当天）`,
  owed: (amount: string) => `欠${amount}，将由以后存入的时间补上`,
  accountStates: {
    donate_only: '这是团体账户，时间只能捐出。',
    frozen: '账户已暂停，现在不能用时间。请打服务电话。',
    closed: '账户已结清，不能再存或用时间。',
  } satisfies Record<Exclude<AccountState, 'open'>, string>,
  noAccount: '您还没有存时间的账户。',
  statement: '明细',
  findVisits: '找探访',
  myVisits: '我的探访',
  useHours: '用时间',
  giveHours: '赠送与捐赠',
  myBookings: '我的预约',
  me: '我的',
  desk: '工作台',
  unavailable: '服务暂时打不开。请过一会儿再试一次。',
};

/** The words of the first page and the frame. */
export type ShellWords = Omit<typeof zhHans, 'locale'> & { locale: Locale };

/** What each language has to say; a language that leaves something out does not compile. */
export type Catalogue = ShellWords & TaskWords;
