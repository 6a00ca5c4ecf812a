/** What is said where people sign in, in simplified Chinese, with the refusals that only signing in has. */
import { waitWords } from '../wait-words.ts';
import type { Sentence } from './sentence.ts';
import { zhHans } from './zh-hans.ts';

/** The refusals that only signing in has. */
export type SignInRefusal = 'code_not_accepted' | 'too_many_codes' | 'try_later' | 'passkey_not_accepted';

const refusals: Record<SignInRefusal, Sentence> = {
  code_not_accepted: ({ triesLeft }) =>
    triesLeft === undefined
      ? '验证码不对，或者已经过期。请检查后再输一次，或者重新发送。'
      : `验证码不对。请检查后再输一次，还可以试${triesLeft}次。`,
  too_many_codes: '验证码要得太多了。请过一小时再试，或者打服务电话。',
  try_later: ({ retryAfterSeconds }) =>
    `试得太多了。请过${waitWords(zhHans.hours, retryAfterSeconds)}再试，或者打服务电话。`,
  passkey_not_accepted: '通行密钥没有通过。请再试一次，或者用验证码登录。',
};

/** The words of signing in, from which the other languages take their shape. */
export const signInZhHans = {
  signIn: '登录',
  phoneHint: '我们会发一条短信，里面有6位验证码。',
  phoneMissing: '请输入11位手机号。',
  sendCode: '发验证码',
  code: '验证码',
  codeHint: (phone: string, until: string) => `短信已发到 ${phone}。验证码在 ${until} 前有效。`,
  codeMissing: '请输入短信里的6位数字。',
  codeExpired: '验证码已经过期。请重新发送。',
  resendCode: '重新发送',
  codeSentAgain: '新的验证码已发出，请用新的。',
  changePhone: '换手机号',
  byPasskey: '用指纹、刷脸或锁屏密码登录',
  byOther: (name: string) => `用${name}登录`,
  byWechat: '用微信登录',
  withoutPhone: '没有手机也能办：打服务电话，或者带上卡到社区服务点。',
  keepCodeSecret: '验证码只填在这里，不要告诉任何人。工作人员不会问您要。',
  staffTitle: '再确认一次是您本人',
  staffHint: '工作人员登录，还要用通行密钥：按指纹、刷脸，或者输入锁屏密码。',
  staffGo: '用通行密钥确认',
  staffFirst: '第一次用？请先在这里存一把通行密钥。登记码由上一级工作人员当面给您，一天内有效。',
  enrolmentCode: '登记码（10位）',
  enrolmentCodeMissing: '请输入10位登记码。',
  staffAdd: '存一把通行密钥',
  staffLater: '先办自己的事',
  staffNoPasskey: '这台设备不能用通行密钥。请换一台设备，或者请同事帮忙。',
  offerTitle: '以后不用验证码，好吗？',
  offerHint: '存一把通行密钥，以后按指纹或刷脸就能登录，不用等短信。',
  offerYes: '好，存一把',
  offerNo: '以后再说',
  passkeyName: '我的手机',
  passkeyOnComputer: '我的电脑',
  passkeyStopped: '没有办完。可以再试一次。',
  keyMissing: '这个浏览器存不住手机的凭证，动用时间要到服务点办，或者换一台手机。别的都能用。',
  refusals,
};

/** What each language has to say where people sign in. */
export type SignInCatalogue = typeof signInZhHans;
