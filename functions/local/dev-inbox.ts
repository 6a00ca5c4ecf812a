/** One-time codes and notices on a laptop: instead of a text message or a mail, a line on a page of this machine. */
import { createHash } from 'node:crypto';
import type { NoticeSenders } from '@time-bank/desk/notice-senders';
import type { CodeMessage, CodeSender } from '@time-bank/desk/ports';
import { isThisMachine } from '@time-bank/store/client';
import { Hono } from 'hono';
import { html, raw } from 'hono/html';

/** As many as anybody looks back at. */
const KEPT = 50;

const style =
  'body{font:1.125rem/1.6 system-ui,sans-serif;max-width:40rem;margin:0 auto;padding:1rem}b{font-size:2rem;letter-spacing:.1em}li{margin:1rem 0}';
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`;

/** A notice that would have gone out. `page`: where its link leads, with the token of a mail. */
export interface Letter {
  messageId: string;
  channel: 'sms' | 'email';
  to: string;
  text: string;
  page: string;
}

/**
 * A sender that keeps the last codes, the ways out that keep the last notices, and the pages that show them: `/` for
 * people, `/messages` for tests.
 */
export const devInbox = () => {
  const messages: CodeMessage[] = [];
  const notices: { phone: string; kind: string }[] = [];
  const letters: Letter[] = [];
  const keep = (letter: Letter): Promise<void> => {
    letters.unshift(letter);
    letters.splice(KEPT);
    return Promise.resolve();
  };
  const ways: NoticeSenders = {
    sms: ({ messageId, phone, short, path }) =>
      keep({ messageId, channel: 'sms', to: phone, text: short, page: path }),
    email: ({ messageId, address, long, path, link }) =>
      keep({
        messageId,
        channel: 'email',
        to: address,
        text: long,
        page: link === undefined ? path : `/notices#${link.token}`,
      }),
  };
  const sender: CodeSender = {
    send: (message) => {
      if (message !== undefined) messages.unshift(message);
      messages.splice(KEPT);
      return Promise.resolve();
    },
    sendNotice: (notice) => {
      notices.unshift(notice);
      notices.splice(KEPT);
      return Promise.resolve();
    },
  };
  const pages = new Hono()
    .use(async (c, next) => {
      // A name that somebody else's page has pointed at this machine does not open the inbox.
      if (!isThisMachine(c.req.url)) return c.text('404', 404);
      await next();
      c.header('Cache-Control', 'no-store');
      c.header('Content-Security-Policy', policy);
      return undefined;
    })
    .get('/messages', (c) => c.json({ messages, notices, letters }))
    .get('/', (c) =>
      c.html(
        html`<!doctype html>
          <html lang="zh-Hans">
            <head>
              <meta charset="utf-8" />
              <meta name="viewport" content="width=device-width, initial-scale=1" />
              <title>短信验证码(仅本机)</title>
              <style>
                ${raw(style)}
              </style>
            </head>
            <body>
              <h1>短信验证码</h1>
              <p>这一页只在本机运行时有,代替手机短信。刷新看最新的。</p>
              <ul>
                ${messages.map(({ phone, code, expiresAt }) => html`<li>${phone}<br /><b>${code}</b><br />有效至 ${expiresAt}</li>`)}
                ${notices.map(({ phone }) => html`<li>${phone}<br />此号码已在服务台更换</li>`)}
                ${letters.map(({ to, text, page }) => html`<li>${to}<br />${text}<br /><a href="${page}">${page}</a></li>`)}
              </ul>
            </body>
          </html>`,
      ),
    );
  return { sender, ways, pages };
};
