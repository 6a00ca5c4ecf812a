/**
 * Links that work without a sign-in: those in mails (stop this, this address is mine) and the address of a calendar.
 * A link in a mail is signed with 32 random bytes that stand, sealed, in its owner's file and nowhere else, so that
 * only what they say can be done, and nobody's links outlive their file. Of a calendar's address a hash is kept.
 */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { MemberId } from '@time-bank/contracts/ids';
import { type MailAddress, NoticeStop, NoticeToken } from '@time-bank/contracts/notices';
import { sameHash } from './one-time-code.ts';

const SECRET_BYTES = 32;

/** What a link in a mail does. */
export type NoticeLink = { does: 'stop'; stop: NoticeStop } | { does: 'confirm'; address: MailAddress };

/** A new secret for a person's links. */
export const newLinkSecret = (): string => randomBytes(SECRET_BYTES).toString('base64url');

const purposeOf = (link: NoticeLink): string =>
  link.does === 'stop' ? `stop_${link.stop.group}_${link.stop.channel}` : 'confirm';

const signed = (secret: string, memberId: MemberId, link: NoticeLink): string =>
  createHmac('sha256', secret)
    .update(JSON.stringify([memberId, purposeOf(link), link.does === 'confirm' ? link.address : '']))
    .digest('base64url');

/** The token of a link: whose, for what, and the proof. */
export const noticeToken = (secret: string, memberId: MemberId, link: NoticeLink): NoticeToken =>
  NoticeToken.parse(`${memberId.slice(4)}.${purposeOf(link)}.${signed(secret, memberId, link)}`);

const wanted = (purpose: string, address: MailAddress | undefined): NoticeLink | undefined => {
  if (purpose === 'confirm') return address === undefined ? undefined : { does: 'confirm', address };
  const [does, group, channel] = purpose.split('_');
  const stop = NoticeStop.safeParse({ group, channel });
  return does === 'stop' && stop.success ? { does: 'stop', stop: stop.data } : undefined;
};

/** Whose link it says to be; nothing is said about whether it is good. */
export const ownerOfLink = (token: string): MemberId => MemberId.parse(`mem_${token.slice(0, 26)}`);

/** What a good token does; undefined for any other. `address`: the one that its owner has given last. */
export const readNoticeToken = (
  secret: string,
  token: NoticeToken,
  address: MailAddress | undefined,
): NoticeLink | undefined => {
  const [, purpose = '', proof = ''] = token.split('.');
  const link = wanted(purpose, address);
  if (link === undefined) return undefined;
  return sameHash(signed(secret, ownerOfLink(token), link), proof) ? link : undefined;
};

/** The hash of a calendar's address, as it is kept: of 256 random bits it needs neither salt nor time. */
export const calendarHash = (link: string): string => createHash('sha256').update(link).digest('base64url');

/** A new address for a person's calendar. */
export const newCalendarLink = (memberId: MemberId): string =>
  `${memberId.slice(4)}.${randomBytes(SECRET_BYTES).toString('base64url')}`;

/** True for the address whose hash is kept. */
export const isCalendarLink = (link: string, hash: string | undefined): boolean =>
  hash !== undefined && sameHash(calendarHash(link), hash);
