/**
 * Mails by SMTP: plain text, no picture and nothing that is loaded. A mail that can be stopped says how, for people and
 * for mail programs, with one press and without a sign-in (RFC 8058). `Message-ID` is the same whenever the same is sent
 * again, so that most programs show it once.
 */
import { createHash } from 'node:crypto';
import { Unavailable } from '@time-bank/desk/ports';
import { NotReachable, type NoticeSenders } from '@time-bank/desk/notice-senders';
import type { Locale } from '@time-bank/contracts/words';
import { createTransport } from 'nodemailer';

/** `url`: `smtps://user:password@host`; `from`: an address of the site's own; `site`: where its pages are. */
export interface MailSettings {
  url: string;
  from: string;
  site: string;
}

/** How long a server may take for each of its answers. */
const ANSWER_MS = 10_000;

const footers: Record<Locale, { open: string; stop: string; confirm: string }> = {
  'zh-Hans': { open: '打开查看', stop: '不想再收这类邮件', confirm: '确认这个邮箱' },
  'zh-Hant': { open: '打開查看', stop: '不想再收這類郵件', confirm: '確認這個郵箱' },
  en: { open: 'Open it', stop: 'No more mails of this kind', confirm: 'Confirm this address' },
};

/** What a server says of one address, for good: 5.1.x, and mailboxes that are full or closed. Source: RFC 5321, 4.2.3. */
const isOfTheAddress = (error: unknown): boolean =>
  error instanceof Error &&
  'responseCode' in error &&
  typeof error.responseCode === 'number' &&
  [450, 550, 551, 552, 553].includes(error.responseCode) &&
  'command' in error &&
  error.command === 'RCPT TO';

const messageIdOf = (messageId: string, site: string): string =>
  `<${createHash('sha256').update(messageId).digest('base64url')}@${new URL(site).hostname}>`;

type Send = NonNullable<NoticeSenders['email']>;
type Mail = Parameters<Send>[0];

const textOf = ({ long, locale, link, path }: Mail, site: string): string => {
  const footer = footers[locale];
  if (link?.does === 'confirm') return `${long}\n\n${footer.confirm}: ${site}/notices#${link.token}\n`;
  const stop = link === undefined ? '' : `\n-- \n${footer.stop}: ${site}/notices#${link.token}\n`;
  return `${long}\n\n${footer.open}: ${site}${path}\n${stop}`;
};

/** Sends by a server. Throws NotReachable, Unavailable. */
export const mailSender = ({ url, from, site }: MailSettings): Send => {
  const transport = createTransport({
    url,
    connectionTimeout: ANSWER_MS,
    greetingTimeout: ANSWER_MS,
    socketTimeout: ANSWER_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return async (mail) => {
    const { address, short, link, messageId } = mail;
    try {
      await transport.sendMail({
        from,
        to: address,
        subject: short,
        text: textOf(mail, site),
        messageId: messageIdOf(messageId, site),
        headers: {
          'Auto-Submitted': 'auto-generated',
          ...(link?.does === 'stop'
            ? {
                'List-Unsubscribe': `<${site}/api/notices/stops?token=${link.token}>`,
                'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
              }
            : {}),
        },
      });
    } catch (error) {
      if (isOfTheAddress(error)) throw new NotReachable('not to this address', { cause: error });
      throw new Unavailable('the mail could not be sent', { cause: error });
    }
  };
};
