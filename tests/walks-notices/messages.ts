/** One good message for every route about what people are told: sent as it is, it would be carried out. */
import { newCalendarLink, noticeToken } from '@time-bank/identity/notice-link';
import { changeNoticesLeaf } from '@time-bank/desk/change-notice-settings';
import { calendarHash } from '@time-bank/identity/notice-link';
import type { PushSubscription } from '@time-bank/contracts/notices';
import type { InboxItem } from '@time-bank/desk/ports';
import type { Member } from '@time-bank/contracts/member';
import { HOME, type Town } from '../town.ts';

interface Written {
  who?: Member;
  path: string;
  body?: Record<string, unknown>;
}

/** A browser of nobody. */
export const aBrowser = (name = 'one'): PushSubscription => ({
  endpoint: `https://updates.push.services.mozilla.com/wpush/v2/${name}`,
  keys: { p256dh: 'B'.repeat(87), auth: 'a'.repeat(22) },
});

/** Puts a line into a person's inbox, as the notifier would. */
export const aLine = async (
  town: Town,
  { memberId }: Pick<Member, 'memberId'>,
  change: Partial<InboxItem> = {},
): Promise<InboxItem> =>
  town.ports.inbox.put({
    memberId,
    noticeId: `${town.ids.command()}.person_found`,
    kind: 'person_found',
    about: { requestId: town.ids.request() },
    at: town.now(),
    sent: {},
    ...change,
  });

/** An elder who has given an address, and a link of theirs that stops what a mail says. */
export const aMailReader = async (town: Town, address = 'li.ming@example.org') => {
  const elder = await town.anElder();
  const leaf = await changeNoticesLeaf(town.ports, elder.memberId, (before) => ({
    ...before,
    address: { address: address, confirmedAt: town.now() },
  }));
  const token = noticeToken(leaf!.linkSecret, elder.memberId, {
    does: 'stop',
    stop: { group: 'visits', channel: 'email' },
  });
  return { elder, token, linkSecret: leaf!.linkSecret };
};

/** An elder with a calendar, and its address. */
export const aCalendarOwner = async (town: Town) => {
  const elder = await town.anElder();
  const link = newCalendarLink(elder.memberId);
  await changeNoticesLeaf(town.ports, elder.memberId, (before) => ({
    ...before,
    calendarHash: calendarHash(link),
  }));
  return { elder, link, path: `/api/calendar.ics?link=${link}` };
};

/** Prepares an inbox, links and a browser, and writes a message for each route by its operation. */
export const noticesMessages = async (town: Town): Promise<Record<string, Written>> => {
  const [elder, coordinator] = [await town.anElder(), await town.aCoordinator()];
  const line = await aLine(town, elder);
  const told = await aLine(town, elder, { waitsIn: HOME });
  const { token } = await aMailReader(town);
  const { path } = await aCalendarOwner(town);
  const lineOf = ({ noticeId, at }: InboxItem) => ({ noticeId, at });
  return {
    listInbox: { who: elder, path: '/api/inbox' },
    markInboxRead: { who: elder, path: '/api/inbox/read', body: { lines: [lineOf(line)] } },
    readNoticeSettings: { who: elder, path: '/api/me/notices' },
    changeNoticeSettings: {
      who: elder,
      path: '/api/me/notices',
      body: { locale: 'zh-Hant', stops: [{ group: 'hours', channel: 'email' }] },
    },
    changeMailAddress: {
      who: elder,
      path: '/api/me/notices/address',
      body: { commandId: town.ids.command(), address: 'wang.mei@example.org' },
    },
    addPush: { who: elder, path: '/api/me/push', body: { ...aBrowser() } },
    removePush: { who: elder, path: '/api/me/push/remove', body: { endpoint: aBrowser().endpoint } },
    makeCalendarLink: { who: elder, path: '/api/me/calendar', body: {} },
    endCalendarLink: { who: elder, path: '/api/me/calendar/end', body: {} },
    readCalendar: { path },
    followNoticeLink: { path: '/api/notices/links', body: { token } },
    stopByMail: { path: `/api/notices/stops?token=${token}` },
    listToTell: { who: coordinator, path: `/api/notices/to-tell?communityCode=${HOME}` },
    markTold: { who: coordinator, path: `/api/members/${elder.memberId}/told`, body: lineOf(told) },
    listNextVisits: { who: elder, path: '/api/next-visits?as=receiver' },
  };
};
