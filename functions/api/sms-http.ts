/**
 * Text messages by a provider in China: a checked template with its parameters, under a checked signature. The request
 * is that of Alibaba Cloud's OpenAPI in version 3 (ACS3-HMAC-SHA256), action SendSms of Dysmsapi 2017-05-25; all of it
 * stands in the body, for addresses stand in logs. One try, no redirects, two seconds, one fixed host.
 * Source: https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature
 */
import { createHash, createHmac, randomUUID } from 'node:crypto';
import type { NoticeKind } from '@time-bank/contracts/notice';
import { type Clock, Unavailable } from '@time-bank/desk/ports';
import * as z from 'zod/mini';
import { DELIVERY_MS, type Deliver, NumberRefused, type SmsMessage } from './sms-message.ts';

/**
 * `origin`: scheme and host, e.g. `https://dysmsapi.aliyuncs.com`. Templates by kind: that of a code has `code`, those of
 * notices may have `service` and `time`. What has no template is not sent.
 */
export interface SmsHttpSettings {
  origin: string;
  signName: string;
  templates: Partial<Record<'code' | 'number_replaced' | NoticeKind, string>>;
  keyId: string;
  keySecret: string;
}

const ALGORITHM = 'ACS3-HMAC-SHA256';
const ANSWER_CHARACTERS_MAX = 16_384;
const Answer = z.object({ Code: z.string() });

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Numbers of the mainland without their country code, others with it; none with a plus. */
const written = (phone: string): string => phone.replace(/^\+86/, '').replace(/^\+/, '');

/** The headers that sign a body. `date`: ISO-8601 without milliseconds; `nonce`: never twice. */
export const signedHeaders = (
  { origin, keyId, keySecret }: SmsHttpSettings,
  { body, date, nonce }: { body: string; date: string; nonce: string },
): Record<string, string> => {
  const headers: Record<string, string> = {
    'content-type': 'application/x-www-form-urlencoded',
    host: new URL(origin).host,
    'x-acs-action': 'SendSms',
    'x-acs-content-sha256': sha256(body),
    'x-acs-date': date,
    'x-acs-signature-nonce': nonce,
    'x-acs-version': '2017-05-25',
  };
  const names = Object.keys(headers).sort();
  const canonical = [
    'POST',
    '/',
    '',
    ...names.map((name) => `${name}:${headers[name]?.trim() ?? ''}`),
    '',
    names.join(';'),
    sha256(body),
  ].join('\n');
  const signature = createHmac('sha256', keySecret)
    .update(`${ALGORITHM}\n${sha256(canonical)}`)
    .digest('hex');
  const authorization = `${ALGORITHM} Credential=${keyId},SignedHeaders=${names.join(';')},Signature=${signature}`;
  return { ...headers, authorization };
};

const parametersOf = (message: SmsMessage): Readonly<Record<string, string>> => {
  switch (message.kind) {
    case 'code':
      return { code: message.code };
    case 'number_replaced':
      return {};
    case 'notice':
      return message.parameters;
  }
};

/** Throws NumberRefused where the region has no checked template for it. */
const bodyOf = ({ signName, templates }: SmsHttpSettings, message: SmsMessage): string => {
  const template = templates[message.kind === 'notice' ? message.notice : message.kind];
  if (template === undefined) throw new NumberRefused('there is no template for this');
  const parameters = parametersOf(message);
  return new URLSearchParams({
    PhoneNumbers: written(message.phone),
    SignName: signName,
    TemplateCode: template,
    ...(Object.keys(parameters).length === 0 ? {} : { TemplateParam: JSON.stringify(parameters) }),
    // It stands in the provider's report of deliveries; the provider sends twice what is sent twice.
    ...(message.kind === 'notice' ? { OutId: message.messageId } : {}),
  }).toString();
};

/** What it says of the one number: too many messages to it (one a minute, five an hour), or it is none. */
const ofTheNumber = ['isv.BUSINESS_LIMIT_CONTROL', 'isv.MOBILE_NUMBER_ILLEGAL'];

const codeOf = (text: string): string | undefined => {
  if (text.length > ANSWER_CHARACTERS_MAX) return undefined;
  const body: unknown = JSON.parse(text);
  return Answer.safeParse(body).data?.Code;
};

/** Delivers by the provider. Throws Unavailable, NumberRefused. */
export const smsHttp = (
  settings: SmsHttpSettings,
  clock: Clock,
  newNonce: () => string = randomUUID,
): Deliver => {
  return async (message) => {
    const body = bodyOf(settings, message);
    const date = new Date(clock.nowMs()).toISOString().replace(/\.\d{3}Z$/, 'Z');
    let said: string | undefined;
    try {
      const answer = await fetch(new URL('/', settings.origin), {
        method: 'POST',
        headers: signedHeaders(settings, { body, date, nonce: newNonce() }),
        body,
        redirect: 'error',
        signal: AbortSignal.timeout(DELIVERY_MS),
      });
      said = answer.status === 200 ? codeOf(await answer.text()) : undefined;
    } catch (error) {
      throw new Unavailable('the provider of messages does not answer', { cause: error });
    }
    if (said !== undefined && ofTheNumber.includes(said)) throw new NumberRefused('not to this number');
    if (said !== 'OK') throw new Unavailable('the provider of messages has refused');
  };
};
