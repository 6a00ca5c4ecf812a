/** What is said while somebody asks for help, in simplified Chinese, from which the others take their shape. */
import type { ServiceCode } from '@time-bank/contracts/request';

const hints: Partial<Record<ServiceCode, string>> = {
  A01: '做饭，或者把饭送到家',
  A02: '打扫屋子、洗洗东西',
  A03: '陪您出门走走、办事',
  A04: '陪您看病、取药',
  A05: '家里着急的小事',
  B01: '上门看看您，帮点小忙',
  B02: '打个电话陪您说几句',
  B03: '太热、太冷、下大雨时来看看您',
  C01: '陪您说说话',
  C02: '给您念书、念报纸',
  C03: '听您讲过去的事，记下来',
  D01: '帮您买菜、买东西',
  D02: '帮您交水电费、办手续',
  E01: '教您用手机、电视',
  E02: '讲讲怎么防骗子',
  E03: '看看水、电、煤气安不安全',
  F02: '给您拍照、录像',
};

const partOfDay = (hour: number): string => {
  if (hour < 12) return '上午';
  if (hour === 12) return '中午';
  return hour < 18 ? '下午' : '晚上';
};

/** The words of asking for help, from which the other languages take their shape. */
export const askingZhHans = {
  ask: '请人帮忙',
  hints,
  what: '要什么帮助？',
  howLong: '要多久？',
  canUse: (amount: string) => `您现在可用${amount}。`,
  tooFew: (amount: string) => `您现在可用${amount}，还不够用一次。需要帮助，请打服务电话。`,
  whatElse: '还有什么希望？',
  whatElseHint: '可以不填，直接按“下一步”。',
  setAside: (amount: string) => `提交后，会先留出${amount}。没有人来，时间会退回。`,
  send: '提交',
  booked: '预约好了',
  bookedHeld: (amount: string) => `已为您留出${amount}。有人接了，您会在“我的预约”里看到。`,
  bookedPlain: '我们正在找人。有人接了，您会在列表里看到。',
  again: '再约一次',
  otherPlace: '在别的地方？请写地址',
  otherPlaceHint: '不写就是在您家里。',
  atHome: '家里',
  step: (now: number, all: number) => `第${now}步，共${all}步`,
  change: '改',
  redeem: '用时间',
  moreServices: '看看别的帮助',
  byPhone: '护理、洗澡、法律这些要专业的人来，请打服务电话。',
  noServices: '现在没有可以选的帮助。请打服务电话。',
  whichDay: '哪一天来？',
  otherDay: '别的日子',
  whichHour: '几点来？',
  otherHour: '别的时间',
  hour: (hour: number) => `${partOfDay(hour)}${String(hour > 12 ? hour - 12 : hour)}点`,
  askFree: '这次不用您的时间。交上去以后，社区先看一看，再帮您找人。',
  handIn: '交给社区',
  handedIn: '交上去了',
  handedInHint: '社区看过以后会帮您找人，并告诉您结果。您也可以在“我的预约”里看。',
  keep: '先存着，以后再交',
  kept: '存好了，还没有交',
  keptHint: '想好了，在“我的预约”里打开它，接着改，再交给社区。',
  notHandedIn: '存着，还没有交给社区。',
  waitsForReview: '已经交给社区，正在看。看过以后会告诉您。',
  hoursAreBack: '预留的时间已经退还给您。',
  bookAnew: '重新预约',
  changeAgain: '改一改，再交',
  changing: '改一改',
  goOnWriting: '接着写，再交',
  cannotChange: '这件事现在不能改了。请回去看看它到哪一步了。',
};

/** What each language has to say about asking for help. */
export type AskingCatalogue = typeof askingZhHans;
