/** What is said where people sign in, in English. */
import { waitWords } from '../wait-words.ts';
import { en } from './en.ts';
import type { Sentence } from './sentence.ts';
import type { SignInCatalogue, SignInRefusal } from './sign-in-zh-hans.ts';

const refusals: Record<SignInRefusal, Sentence> = {
  code_not_accepted: ({ triesLeft }) =>
    triesLeft === undefined
      ? 'The code is wrong or has run out. Check it and try again, or send a new one.'
      : `The code is wrong. Check it and try again. Tries left: ${triesLeft}.`,
  too_many_codes: 'Too many codes were asked for. Try again in an hour, or call the service point.',
  try_later: ({ retryAfterSeconds }) =>
    `Too many tries. Try again in ${waitWords(en.hours, retryAfterSeconds)}, or call the service point.`,
  passkey_not_accepted: 'The passkey was not accepted. Try again, or sign in with a code.',
};

/** The words of signing in. */
export const signInEn: SignInCatalogue = {
  signIn: 'Sign in',
  phoneHint: 'We will text you a 6-digit code.',
  phoneMissing: 'Enter your 11-digit phone number.',
  sendCode: 'Send the code',
  code: 'Code',
  codeHint: (phone, until) => `Sent to ${phone}. The code works until ${until}.`,
  codeMissing: 'Enter the 6 digits from the text message.',
  codeExpired: 'The code has run out. Send a new one.',
  resendCode: 'Send again',
  codeSentAgain: 'A new code is on its way. Please use the new one.',
  changePhone: 'Change number',
  byPasskey: 'Sign in with fingerprint, face or screen lock',
  byOther: (name) => `Sign in with ${name}`,
  byWechat: 'Sign in with WeChat',
  withoutPhone: 'No phone? Call the service point, or come there with your card.',
  keepCodeSecret: 'Enter the code here only, and tell nobody. Staff will never ask you for it.',
  staffTitle: 'Show once more that it is you',
  staffHint: 'Staff also use a passkey: fingerprint, face, or the lock of the screen.',
  staffGo: 'Use my passkey',
  staffFirst:
    'First time? Add a passkey here. The office above yours gives you the code in person; it works for a day.',
  enrolmentCode: 'Registration code (10 characters)',
  enrolmentCodeMissing: 'Enter the 10 characters of the registration code.',
  staffAdd: 'Add a passkey',
  staffLater: 'Go on as a member',
  staffNoPasskey: 'This device cannot use passkeys. Use another device, or ask a colleague.',
  offerTitle: 'Sign in without codes?',
  offerHint: 'Add a passkey: from now on your fingerprint or face signs you in, without a text message.',
  offerYes: 'Yes, add one',
  offerNo: 'Not now',
  passkeyName: 'My phone',
  passkeyOnComputer: 'My computer',
  passkeyStopped: 'It was not finished. You can try again.',
  keyMissing:
    'This browser cannot keep the key of the phone. Hours are moved at the service point or on another phone. All else works.',
  refusals,
};
