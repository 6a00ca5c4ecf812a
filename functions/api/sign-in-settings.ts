/**
 * What the door reads from its environment: who sends messages, for which site passkeys are, which other houses sign
 * people in. All of it may be left out; what is left out is not offered. Secrets stand in one value of their own.
 */
import * as z from 'zod/mini';
import { DeviceKeysGiven } from './device-signature.ts';

/** `aws` or `http`; nobody sends where it is left out. */
export const SMS_SENDER = 'SMS_SENDER';
/** Secrets as JSON: `{"smsKeyId", "smsKeySecret", "ssoClientSecret", "wechatAppSecret", "deviceKeys": {"<provider>": ["<secret>"]}}`, each where it is needed. */
export const SIGN_IN_SECRETS = 'SIGN_IN_SECRETS';
/** The name of the secret that holds the same, in the cloud. */
export const SIGN_IN_SECRETS_SECRET = 'SIGN_IN_SECRETS_SECRET';

const text = z.exactOptional(z.string().check(z.minLength(1), z.maxLength(500)));
const https = z.exactOptional(z.string().check(z.regex(/^https:\/\/[\w.-]+(:\d+)?$/)));

const Environment = z.object({
  [SMS_SENDER]: z.exactOptional(z.enum(['aws', 'http'])),
  [SIGN_IN_SECRETS]: text,
  [SIGN_IN_SECRETS_SECRET]: text,
  SMS_AWS_ORIGIN: text,
  SMS_HTTP_ORIGIN: https,
  SMS_SIGN_NAME: text,
  SMS_CODE_TEMPLATE: text,
  SMS_NOTICE_TEMPLATE: text,
  SMS_COUNTRIES: z.exactOptional(z.string().check(z.regex(/^\+\d{1,4}(,\+\d{1,4})*$/))),
  SMS_A_DAY_MAX: z.exactOptional(z.string().check(z.regex(/^\d{1,7}$/))),
  PASSKEY_DOMAIN: z.exactOptional(z.string().check(z.regex(/^[a-z0-9.-]+$/))),
  PASSKEY_NAME: text,
  PASSKEY_ORIGINS: z.exactOptional(
    z.string().check(z.regex(/^https?:\/\/[a-z0-9.:-]+(,https?:\/\/[a-z0-9.:-]+)*$/)),
  ),
  SSO_NAME: text,
  SSO_ISSUER: z.exactOptional(z.string().check(z.regex(/^https:\/\/\S+$/))),
  SSO_CLIENT_ID: text,
  WECHAT_APP_ID: text,
  /** The page to which other houses send people back. */
  OUTSIDE_RETURN: z.exactOptional(z.string().check(z.regex(/^https:\/\/\S+$/))),
});

/** The door's settings, as they are written. */
export type SignInSettings = z.infer<typeof Environment>;

/** Checks an environment. Throws with the names of what makes no sense. */
export const parseSignInSettings = (environment: Record<string, string | undefined>): SignInSettings =>
  Environment.parse(
    Object.fromEntries(
      Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
    ),
  );

const Secrets = z.object({
  smsKeyId: text,
  smsKeySecret: text,
  ssoClientSecret: text,
  wechatAppSecret: text,
  deviceKeys: z.exactOptional(DeviceKeysGiven),
});

/** The door's secrets. */
export type SignInSecrets = z.infer<typeof Secrets>;

/** Reads secrets from JSON. Throws, without a word of what was given, where it is none. */
export const parseSignInSecrets = (json: string): SignInSecrets => {
  let given: unknown;
  try {
    given = JSON.parse(json);
  } catch {
    throw new Error('the secrets of the sign-in are not JSON');
  }
  const parsed = Secrets.safeParse(given);
  if (!parsed.success) throw new Error('the secrets of the sign-in are not what they should be');
  return parsed.data;
};
