/** A calendar as a file that calendar programs read (RFC 5545). */
import { createHash } from 'node:crypto';
import type { Words } from '@time-bank/contracts/words';
import { msOf } from '@time-bank/contracts/time';
import type { CalendarEntry, CalendarFeed } from '@time-bank/desk/calendar-feed';
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';

const names: Words = { 'zh-Hans': '养老互助时间', 'zh-Hant': '養老互助時間', en: 'Time bank' };
const nobodyYet: Words = { 'zh-Hans': '待定', 'zh-Hant': '待定', en: 'nobody yet' };

/** How often a program should look again. */
const REFRESH_SECONDS = 60 * 60;

const pathOf = ({ isMine, requestId }: CalendarEntry): string =>
  `/${isMine === 'receiver' ? 'received' : 'visits'}/${requestId}`;

/** The file. `origin`: the site to whose pages its entries lead. */
export const calendarText = ({ locale, entries }: CalendarFeed, origin: string): string => {
  const calendar = ical({
    name: names[locale],
    prodId: { company: 'time-bank', product: 'visits', language: locale === 'en' ? 'EN' : 'ZH' },
    method: ICalCalendarMethod.PUBLISH,
    ttl: REFRESH_SECONDS,
  });
  for (const entry of entries) {
    const startMs = msOf(entry.startAt);
    const who = entry.names.length === 0 ? nobodyYet[locale] : entry.names.join(', ');
    calendar.createEvent({
      id: `${entry.requestId}.${entry.isMine}@time-bank`,
      sequence: entry.version,
      // By the last change and not by the moment of asking: what has not changed has the same tag.
      stamp: new Date(msOf(entry.changedAt)),
      start: new Date(startMs),
      end: new Date(startMs + entry.minutes * 60_000),
      summary: `${entry.service[locale]} · ${who}`,
      url: `${origin}${pathOf(entry)}`,
      status: entry.isOff ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    });
  }
  return calendar.toString();
};

/** What tells a program whether it has this file already. */
export const tagOf = (text: string): string =>
  `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
