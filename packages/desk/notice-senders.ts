/** The ways out, as the delivery of notices needs them. The functions implement these; tests may too. */
import type { Phone } from '@time-bank/contracts/member';
import type { NoticeKind } from '@time-bank/contracts/notice';
import type { NoticeFacts } from '@time-bank/contracts/notice-words';
import type { MailAddress, NoticeChannel, NoticeToken, PushSubscription } from '@time-bank/contracts/notices';
import type { Locale } from '@time-bank/contracts/words';

/**
 * A notice for one person, in their language. `messageId` is the same whenever the same is sent by the same way to the
 * same person: a provider, a mail program or a browser that has seen it can leave it out. `facts`: for providers that
 * fill templates of their own. `path`: the page to open.
 */
export interface NoticeMessage {
  messageId: string;
  kind: NoticeKind;
  locale: Locale;
  short: string;
  long: string;
  facts: NoticeFacts;
  path: string;
  isUrgent: boolean;
}

/** Links of a mail: to stop what it is about, or to confirm its address. */
export type MailLink = { does: 'stop' | 'confirm'; token: NoticeToken };

/**
 * Brings a notice out by each way that is set up. Each throws NotReachable where this one number, address or browser
 * takes nothing, for now or at all, and Unavailable where nobody can be reached by this way.
 */
export interface NoticeSenders {
  sms?: (message: NoticeMessage & { phone: Phone }) => Promise<void>;
  email?: (message: NoticeMessage & { address: MailAddress; link?: MailLink }) => Promise<void>;
  push?: (message: NoticeMessage & { subscription: PushSubscription }) => Promise<void>;
}

/** The ways that are set up. */
export const channelsOf = (senders: NoticeSenders): NoticeChannel[] =>
  (['sms', 'email', 'push'] as const).filter((channel) => senders[channel] !== undefined);

/** This one person cannot be reached by this way; everybody else can. */
export class NotReachable extends Error {
  override name = 'NotReachable';
}
