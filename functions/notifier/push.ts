/**
 * Push messages to browsers (RFC 8030), encrypted for the browser alone (RFC 8291) and signed by this site (VAPID, RFC
 * 8292). One that still waits with the maker of the browser is replaced by the same one sent again.
 */
import { createHash } from 'node:crypto';
import type { Agent } from 'node:https';
import type { Words } from '@time-bank/contracts/words';
import { Unavailable } from '@time-bank/desk/ports';
import { NotReachable, type NoticeSenders } from '@time-bank/desk/notice-senders';
import webPush from 'web-push';

/** `contact`: `mailto:` or `https:`. Keys in base64url. `agent`: the way out, where it is not the usual one. */
export interface PushSettings {
  publicKey: string;
  privateKey: string;
  contact: string;
  agent?: Agent;
}

const titles: Words = { 'zh-Hans': '养老互助时间', 'zh-Hant': '養老互助時間', en: 'Time bank' };
const ANSWER_MS = 5_000;
/** A browser that is switched off for longer sees it in the inbox. */
const KEPT_SECONDS = 12 * 60 * 60;

type Send = NonNullable<NoticeSenders['push']>;

/** The browser has given it up, or never was there. */
const isGone = (error: unknown): boolean =>
  error instanceof webPush.WebPushError && [400, 403, 404, 410].includes(error.statusCode);

/** At most 32 letters. Source: RFC 8030, 5.4. */
const topicOf = (messageId: string): string =>
  createHash('sha256').update(messageId).digest('base64url').slice(0, 32);

/** Sends to a browser. Throws NotReachable, Unavailable. */
export const pushSender =
  ({ publicKey, privateKey, contact, agent }: PushSettings): Send =>
  async ({ subscription, short, locale, path, messageId, isUrgent }) => {
    const tag = topicOf(messageId);
    try {
      await webPush.sendNotification(
        subscription,
        JSON.stringify({ title: titles[locale], body: short, path, tag }),
        {
          vapidDetails: { subject: contact, publicKey, privateKey },
          TTL: KEPT_SECONDS,
          urgency: isUrgent ? 'high' : 'normal',
          topic: tag,
          timeout: ANSWER_MS,
          ...(agent === undefined ? {} : { agent }),
        },
      );
    } catch (error) {
      if (isGone(error)) throw new NotReachable('the browser takes it no more', { cause: error });
      throw new Unavailable('the push message could not be sent', { cause: error });
    }
  };
