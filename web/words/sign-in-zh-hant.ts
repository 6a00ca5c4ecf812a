/** What is said where people sign in, in traditional Chinese. */
import { waitWords } from '../wait-words.ts';
import type { Sentence } from './sentence.ts';
import type { SignInCatalogue, SignInRefusal } from './sign-in-zh-hans.ts';
import { zhHant } from './zh-hant.ts';

const refusals: Record<SignInRefusal, Sentence> = {
  code_not_accepted: ({ triesLeft }) =>
    triesLeft === undefined
      ? '驗證碼不對，或者已經過期。請檢查後再輸一次，或者重新發送。'
      : `驗證碼不對。請檢查後再輸一次，還可以試${triesLeft}次。`,
  too_many_codes: '驗證碼要得太多了。請過一小時再試，或者打服務電話。',
  try_later: ({ retryAfterSeconds }) =>
    `試得太多了。請過${waitWords(zhHant.hours, retryAfterSeconds)}再試，或者打服務電話。`,
  passkey_not_accepted: '通行密鑰沒有通過。請再試一次，或者用驗證碼登入。',
};

/** The words of signing in. */
export const signInZhHant: SignInCatalogue = {
  signIn: '登入',
  phoneHint: '我們會發一條簡訊，裡面有6位驗證碼。',
  phoneMissing: '請輸入11位手機號。',
  sendCode: '發驗證碼',
  code: '驗證碼',
  codeHint: (phone, until) => `簡訊已發到 ${phone}。驗證碼在 ${until} 前有效。`,
  codeMissing: '請輸入簡訊裡的6位數字。',
  codeExpired: '驗證碼已經過期。請重新發送。',
  resendCode: '重新發送',
  codeSentAgain: '新的驗證碼已發出，請用新的。',
  changePhone: '換手機號',
  byPasskey: '用指紋、刷臉或鎖屏密碼登入',
  byOther: (name) => `用${name}登入`,
  byWechat: '用微信登入',
  withoutPhone: '沒有手機也能辦：打服務電話，或者帶上卡到社區服務點。',
  keepCodeSecret: '驗證碼只填在這裡，不要告訴任何人。工作人員不會問您要。',
  staffTitle: '再確認一次是您本人',
  staffHint: '工作人員登入，還要用通行密鑰：按指紋、刷臉，或者輸入鎖屏密碼。',
  staffGo: '用通行密鑰確認',
  staffFirst: '第一次用？請先在這裡存一把通行密鑰。登記碼由上一級工作人員當面給您，一天內有效。',
  enrolmentCode: '登記碼（10位）',
  enrolmentCodeMissing: '請輸入10位登記碼。',
  staffAdd: '存一把通行密鑰',
  staffLater: '先辦自己的事',
  staffNoPasskey: '這臺設備不能用通行密鑰。請換一臺設備，或者請同事幫忙。',
  offerTitle: '以後不用驗證碼，好嗎？',
  offerHint: '存一把通行密鑰，以後按指紋或刷臉就能登入，不用等簡訊。',
  offerYes: '好，存一把',
  offerNo: '以後再說',
  passkeyName: '我的手機',
  passkeyOnComputer: '我的電腦',
  passkeyStopped: '沒有辦完。可以再試一次。',
  keyMissing: '這個瀏覽器存不住手機的憑證，動用時間要到服務點辦，或者換一臺手機。別的都能用。',
  refusals,
};
