/** The ways out of this installation, put together from its settings. */
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { smsAws } from '@time-bank/api/sms-aws';
import { smsHttp } from '@time-bank/api/sms-http';
import type { Deliver } from '@time-bank/api/sms-message';
import type { NoticeSenders } from '@time-bank/desk/notice-senders';
import type { Clock } from '@time-bank/desk/ports';
import { mailSender } from './mail.ts';
import { pushSender } from './push.ts';
import {
  type NotifierSecrets,
  type NotifierSettings,
  parseNoticeTemplates,
  parseNotifierSecrets,
} from './settings.ts';
import { smsNotices } from './sms.ts';

/** The secrets; read once, when the function starts. Throws where they are named and not there. */
export const readNotifierSecrets = async (settings: NotifierSettings): Promise<NotifierSecrets> => {
  if (settings.NOTICE_SECRETS !== undefined) return parseNotifierSecrets(settings.NOTICE_SECRETS);
  if (settings.NOTICE_SECRETS_SECRET === undefined) return {};
  const client = new SecretsManagerClient();
  const { SecretString } = await client.send(
    new GetSecretValueCommand({ SecretId: settings.NOTICE_SECRETS_SECRET }),
  );
  if (SecretString === undefined) throw new Error('the secret of the notices is empty');
  return parseNotifierSecrets(SecretString);
};

/** A value that another setting makes necessary. Throws with its name. */
const needed = (name: string, value: string | undefined): string => {
  if (value === undefined) throw new Error(`${name} is needed`);
  return value;
};

const deliverOf = (
  settings: NotifierSettings,
  secrets: NotifierSecrets,
  clock: Clock,
): Deliver | undefined => {
  if (settings.SMS_SENDER === undefined) return undefined;
  if (settings.SMS_SENDER === 'aws') return smsAws({ origin: settings.SMS_AWS_ORIGIN });
  return smsHttp(
    {
      origin: settings.SMS_HTTP_ORIGIN ?? 'https://dysmsapi.aliyuncs.com',
      signName: needed('SMS_SIGN_NAME', settings.SMS_SIGN_NAME),
      templates: parseNoticeTemplates(settings.SMS_NOTICE_TEMPLATES ?? '{}'),
      keyId: needed('smsKeyId', secrets.smsKeyId),
      keySecret: needed('smsKeySecret', secrets.smsKeySecret),
    },
    clock,
  );
};

/** The ways that are set up. Throws with the name of what is missing. */
export const noticeSendersOf = (
  settings: NotifierSettings,
  secrets: NotifierSecrets,
  clock: Clock,
): NoticeSenders => {
  const deliver = deliverOf(settings, secrets, clock);
  const { MAIL_FROM: from, PUSH_PUBLIC_KEY: publicKey } = settings;
  const site = from === undefined ? '' : needed('SITE_ORIGIN', settings.SITE_ORIGIN);
  return {
    ...(deliver === undefined ? {} : { sms: smsNotices(deliver) }),
    ...(from === undefined
      ? {}
      : { email: mailSender({ url: needed('smtpUrl', secrets.smtpUrl), from, site }) }),
    ...(publicKey === undefined
      ? {}
      : {
          push: pushSender({
            publicKey,
            privateKey: needed('pushPrivateKey', secrets.pushPrivateKey),
            contact: needed('PUSH_CONTACT', settings.PUSH_CONTACT),
          }),
        }),
  };
};
