/** What a text message says, by its kind; providers in China send it by a template that they have checked. */
import { Unavailable } from '@time-bank/desk/ports';
import type { Phone } from '@time-bank/contracts/member';
import type { NoticeKind } from '@time-bank/contracts/notice';
import { smsSignature } from '@time-bank/contracts/notice-words';

/**
 * Something that the service tells of its own accord: the text, and for templates what stands in it. `messageId` is the
 * same whenever the same is sent again.
 */
export interface SmsNotice {
  kind: 'notice';
  phone: Phone;
  messageId: string;
  notice: NoticeKind;
  text: string;
  parameters: Readonly<Record<string, string>>;
}

/** A message to one telephone. */
export type SmsMessage =
  { kind: 'code'; phone: Phone; code: string } | { kind: 'number_replaced'; phone: Phone } | SmsNotice;

/** The provider sends nothing more to this one number, for now or at all; it is there for all others. */
export class NumberRefused extends Unavailable {
  override name = 'NumberRefused';
}

/** Brings a message to a telephone, or throws Unavailable or NumberRefused; two seconds at most. */
export type Deliver = (message: SmsMessage) => Promise<void>;

/** How long a provider has for its answer. */
export const DELIVERY_MS = 2000;

/** The message in full, for providers without templates. */
export const smsText = (message: SmsMessage): string => {
  switch (message.kind) {
    case 'code':
      return `${smsSignature}验证码 ${message.code}，5分钟内有效。工作人员不会向您索要验证码。`;
    case 'number_replaced':
      return `${smsSignature}您登记的手机号码已在服务台更换。如非本人办理，请立即联系社区服务台。`;
    case 'notice':
      return `${smsSignature}${message.text}`;
  }
};
