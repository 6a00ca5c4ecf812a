import { MemberId } from '@time-bank/contracts/ids';
import {
  CalendarLink,
  CalendarQuery,
  ChangeMailAddress,
  ChangeNoticeSettings,
  FollowNoticeLink,
  InboxLine,
  InboxPage,
  InboxQuery,
  MarkInboxRead,
  NextVisits,
  NextVisitsQuery,
  NoFields,
  NoticeLinkDone,
  NoticeSettingsView,
  PushSubscription,
  RemovePush,
  ToTellPage,
  ToTellQuery,
  ToldReceipt,
  Unread,
} from '@time-bank/contracts/notices';
import { readCalendar } from '@time-bank/desk/calendar-feed';
import {
  type OwnSettings,
  addPush,
  changeMailAddress,
  changeNoticeSettings,
  endCalendarLink,
  makeCalendarLink,
  readNoticeSettings,
  removePush,
} from '@time-bank/desk/change-notice-settings';
import { followNoticeLink } from '@time-bank/desk/follow-notice-link';
import { listVisitsBy, listVisitsTo } from '@time-bank/desk/next-visits';
import { listInbox, listToTell, markInboxRead, markTold } from '@time-bank/desk/read-inbox';
import type { Grant } from '@time-bank/identity/grant';
import { type Context, Hono } from 'hono';
import { validator } from 'hono/validator';
import { type Env, signedIn } from '../actor.ts';
import { permittedFor, subjectOfElder } from '../acting.ts';
import { present } from '../answers.ts';
import { calendarText, tagOf } from '../calendar-text.ts';
import { communityAsked } from '../community.ts';
import type { Deps } from '../deps.ts';
import { permitted } from '../permit.ts';
import { Refused, orRefuse } from '../refused.ts';
import { body, query } from '../validate.ts';

/** Somebody; anything else is nobody. */
const memberParam = validator('param', (parts) => {
  const memberId = MemberId.safeParse(parts['memberId']);
  if (!memberId.success) throw new Refused({ code: 'unknown_member' });
  return { memberId: memberId.data };
});

export const noticesRoutes = (deps: Deps) => {
  const { ports, noticeOffers: offers = { channels: [] } } = deps;
  /** Leave over one's own settings. */
  const mine = async (c: Context<Env>): Promise<{ permit: Grant<'manage_notices'>; own: OwnSettings }> => {
    const permit = permitted(c, 'manage_notices');
    const member = await ports.people.readMember(permit.actor.memberId);
    if (member === undefined) throw new Refused({ code: 'unknown_member' });
    return { permit, own: { member, offers } };
  };
  return new Hono<Env>()
    .use('/inbox', signedIn(deps))
    .use('/inbox/*', signedIn(deps))
    .use('/me/notices', signedIn(deps))
    .use('/me/notices/*', signedIn(deps))
    .use('/me/push', signedIn(deps))
    .use('/me/push/*', signedIn(deps))
    .use('/me/calendar', signedIn(deps))
    .use('/me/calendar/*', signedIn(deps))
    .use('/notices/to-tell', signedIn(deps))
    .use('/members/:memberId/told', signedIn(deps))
    .use('/next-visits', signedIn(deps))
    .get('/inbox', query(InboxQuery), async (c) => {
      const permit = permitted(c, 'manage_notices');
      return present(c, InboxPage, await listInbox(ports, permit, c.req.valid('query').cursor), 200);
    })
    .post('/inbox/read', body(MarkInboxRead), async (c) => {
      const permit = permitted(c, 'manage_notices');
      return present(c, Unread, await markInboxRead(ports, permit, c.req.valid('json')), 200);
    })
    .get('/me/notices', async (c) => {
      const { permit, own } = await mine(c);
      const outcome = await readNoticeSettings(ports, permit, own.member, offers);
      return present(c, NoticeSettingsView, outcome, 200);
    })
    .post('/me/notices', body(ChangeNoticeSettings), async (c) => {
      const { permit, own } = await mine(c);
      const outcome = await changeNoticeSettings(ports, permit, own, c.req.valid('json'));
      return present(c, NoticeSettingsView, outcome, 200);
    })
    .post('/me/notices/address', body(ChangeMailAddress), async (c) => {
      const { permit, own } = await mine(c);
      const outcome = await changeMailAddress(ports, permit, own, c.req.valid('json'));
      return present(c, NoticeSettingsView, outcome, 200);
    })
    .post('/me/push', body(PushSubscription), async (c) => {
      const { permit, own } = await mine(c);
      return present(c, NoticeSettingsView, await addPush(ports, permit, own, c.req.valid('json')), 200);
    })
    .post('/me/push/remove', body(RemovePush), async (c) => {
      const { permit, own } = await mine(c);
      return present(c, NoticeSettingsView, await removePush(ports, permit, own, c.req.valid('json')), 200);
    })
    .post('/me/calendar', body(NoFields), async (c) => {
      const { permit, own } = await mine(c);
      return present(c, CalendarLink, await makeCalendarLink(ports, permit, own.member), 200);
    })
    .post('/me/calendar/end', body(NoFields), async (c) => {
      const { permit, own } = await mine(c);
      return present(c, NoticeSettingsView, await endCalendarLink(ports, permit, own), 200);
    })
    .get('/calendar.ics', query(CalendarQuery), async (c) => {
      const feed = orRefuse(await readCalendar(ports, c.req.valid('query').link));
      const text = calendarText(feed, offers.site ?? new URL(c.req.url).origin);
      const tag = tagOf(text);
      c.header('ETag', tag);
      if (c.req.header('If-None-Match') === tag) return c.body(null, 304);
      return c.body(text, 200, { 'Content-Type': 'text/calendar; charset=utf-8' });
    })
    .post('/notices/links', body(FollowNoticeLink), async (c) =>
      present(c, NoticeLinkDone, await followNoticeLink(ports, c.req.valid('json').token), 200),
    )
    .post('/notices/stops', query(FollowNoticeLink), async (c) =>
      present(c, NoticeLinkDone, await followNoticeLink(ports, c.req.valid('query').token), 200),
    )
    .get('/notices/to-tell', query(ToTellQuery), async (c) => {
      const { communityCode: named, cursor } = c.req.valid('query');
      const { communityCode, permit } = await communityAsked(deps, c, 'list_to_tell', named);
      return present(c, ToTellPage, await listToTell(ports, permit, communityCode, cursor), 200);
    })
    .post('/members/:memberId/told', memberParam, body(InboxLine), async (c) => {
      const { memberId } = c.req.valid('param');
      const line = c.req.valid('json');
      const member = await ports.people.readMember(memberId);
      const subject = member === undefined ? {} : { memberId, communityCode: member.communityCode };
      const permit = permitted(c, 'mark_told', subject, line.noticeId);
      if (member === undefined) throw new Refused({ code: 'unknown_member' });
      return present(c, ToldReceipt, await markTold(ports, permit, memberId, line), 200);
    })
    .get('/next-visits', query(NextVisitsQuery), async (c) => {
      const { as, memberId } = c.req.valid('query');
      if (memberId === undefined || memberId === c.var.actor.memberId) {
        const permit = permitted(c, 'list_own_requests');
        const { actor } = permit;
        const outcome =
          as === 'volunteer'
            ? await listVisitsBy(ports, permit)
            : await listVisitsTo(ports, permit, actor.memberId);
        return present(c, NextVisits, outcome, 200);
      }
      const elder = await ports.people.readMember(memberId);
      const subject = subjectOfElder(elder);
      const permit = await permittedFor(c, ports, 'read_request', { subject });
      if (elder === undefined) throw new Refused({ code: 'unknown_member' });
      return present(c, NextVisits, await listVisitsTo(ports, permit, memberId), 200);
    });
};
