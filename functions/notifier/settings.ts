/**
 * What the notifier reads from its environment beside the store's part. Each way out may be left out; what is left out
 * is not offered. Secrets stand in one value of their own. No SDK here, so that the stack reads the same names.
 */
import { NoticeKind } from '@time-bank/contracts/notice';
import * as z from 'zod/mini';

/** The site's origin, e.g. `https://shijianyinhang.example.cn`: links lead there. */
export const SITE_ORIGIN = 'SITE_ORIGIN';
/** Secrets as JSON: `{"smtpUrl", "pushPrivateKey", "smsKeyId", "smsKeySecret"}`, each where it is needed. */
export const NOTICE_SECRETS = 'NOTICE_SECRETS';
/** The name of the secret that holds the same, in the cloud. */
export const NOTICE_SECRETS_SECRET = 'NOTICE_SECRETS_SECRET';
/** From whom mails are; there are no mails where it is left out. */
export const MAIL_FROM = 'MAIL_FROM';
/** The public key of push messages, base64url; there are none where it is left out. */
export const PUSH_PUBLIC_KEY = 'PUSH_PUBLIC_KEY';

const text = z.exactOptional(z.string().check(z.minLength(1), z.maxLength(4000)));

const Environment = z.object({
  [SITE_ORIGIN]: z.exactOptional(z.string().check(z.regex(/^https?:\/\/[\w.-]+(:\d+)?$/))),
  [NOTICE_SECRETS]: text,
  [NOTICE_SECRETS_SECRET]: text,
  [MAIL_FROM]: text,
  [PUSH_PUBLIC_KEY]: z.exactOptional(z.string().check(z.regex(/^[A-Za-z0-9_-]{80,100}$/))),
  /** Whom a push service may write to about these messages: `mailto:` or `https:`. Source: RFC 8292, 2.1. */
  PUSH_CONTACT: z.exactOptional(z.string().check(z.regex(/^(mailto:|https:\/\/)\S+$/))),
  SMS_SENDER: z.exactOptional(z.enum(['aws', 'http'])),
  SMS_AWS_ORIGIN: text,
  SMS_HTTP_ORIGIN: z.exactOptional(z.string().check(z.regex(/^https:\/\/[\w.-]+(:\d+)?$/))),
  SMS_SIGN_NAME: text,
  /** Checked templates by kind of notice, as JSON; a kind without one is not sent as a text message. */
  SMS_NOTICE_TEMPLATES: text,
});

/** The notifier's settings, as they are written. */
export type NotifierSettings = z.infer<typeof Environment>;

/** Reads and checks the environment. Throws with the names of what makes no sense. */
export const readNotifierSettings = (
  environment: Record<string, string | undefined> = process.env,
): NotifierSettings =>
  Environment.parse(
    Object.fromEntries(
      Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
    ),
  );

const Secrets = z.object({ smtpUrl: text, pushPrivateKey: text, smsKeyId: text, smsKeySecret: text });
/** The notifier's secrets. */
export type NotifierSecrets = z.infer<typeof Secrets>;

const Templates = z.partialRecord(NoticeKind, z.string().check(z.minLength(1), z.maxLength(60)));
/** Template codes by kind of notice. */
export type NoticeTemplates = z.infer<typeof Templates>;

const parsedJson = <T>(what: string, schema: z.ZodMiniType<T>, json: string): T => {
  let given: unknown;
  try {
    given = JSON.parse(json);
  } catch {
    throw new Error(`${what} are not JSON`);
  }
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw new Error(`${what} are not what they should be`);
  return parsed.data;
};

/** Reads secrets from JSON. Throws, without a word of what was given, where it is none. */
export const parseNotifierSecrets = (json: string): NotifierSecrets =>
  parsedJson('the secrets of the notices', Secrets, json);

/** Reads templates from JSON. Throws where it is none. */
export const parseNoticeTemplates = (json: string): NoticeTemplates =>
  parsedJson('the templates of the notices', Templates, json);
