/**
 * What the service tells people, as they get it: the inbox in the app, the ways out of it (text message, mail, push),
 * what of it somebody does not want, a calendar of one's own, and the visits that come next.
 */
import * as z from 'zod/mini';
import { Cursor } from './cursor.ts';
import { CommandId, MemberId, RequestId } from './ids.ts';
import { Address, MaskedPerson } from './member.ts';
import { PlannedMinutes } from './minutes.ts';
import { NoticeKind } from './notice.ts';
import { CommunityCode } from './region.ts';
import { RequestState, ServiceCode } from './request.ts';
import { Instant } from './time.ts';
import { Locale, Words, machineCharacters } from './words.ts';

/** The ways out of the app. The inbox itself is always there. */
export const NoticeChannel = z.enum(['sms', 'email', 'push']);
export type NoticeChannel = z.infer<typeof NoticeChannel>;

/**
 * What can be stopped by itself: visits to oneself or by oneself, asks for help, hours and opinions, work of the desk.
 * `safety` is about danger and cannot be stopped; nor can what belongs to the settings themselves.
 */
export const NoticeGroup = z.enum(['visits', 'asks', 'hours', 'desk', 'safety', 'settings']);
export type NoticeGroup = z.infer<typeof NoticeGroup>;

/** The groups that can be stopped. */
export const StoppableGroup = z.enum(['visits', 'asks', 'hours', 'desk']);
export type StoppableGroup = z.infer<typeof StoppableGroup>;

/** How a kind is told. */
export interface NoticeTraits {
  group: NoticeGroup;
  /** Goes out at any hour. */
  isUrgent: boolean;
  /** Goes out as a text message, too: each costs money, and each rings. */
  bySms: boolean;
}

const visit: NoticeTraits = { group: 'visits', isUrgent: false, bySms: true };
const ask: NoticeTraits = { group: 'asks', isUrgent: false, bySms: true };
const quiet: NoticeTraits = { group: 'hours', isUrgent: false, bySms: false };
const desk: NoticeTraits = { group: 'desk', isUrgent: false, bySms: false };
const danger: NoticeTraits = { group: 'safety', isUrgent: true, bySms: true };

/** By kind. */
export const noticeTraits: Readonly<Record<NoticeKind, NoticeTraits>> = {
  person_found: visit,
  person_changed: visit,
  visit_cancelled: visit,
  please_confirm: visit,
  please_confirm_again: visit,
  please_rate: quiet,
  unfilled_apology: visit,
  request_rejected: visit,
  asked: ask,
  already_taken: { ...ask, bySms: false },
  plan_assigned: visit,
  plan_withdrawn: visit,
  place_changed: visit,
  visit_soon: visit,
  check_out_forgotten: { ...visit, isUrgent: true },
  hours_booked: quiet,
  not_chosen: { ...ask, bySms: false },
  paused_for_no_shows: visit,
  please_rate_visit: quiet,
  organisation_asked: ask,
  linkage_task: ask,
  review_waiting: desk,
  volunteer_withdrew: desk,
  volunteer_paused: desk,
  elder_cancels_late: desk,
  unfilled_soon: desk,
  unfilled: desk,
  no_show: desk,
  safety_alarm: danger,
  check_out_overdue: danger,
  call_back_waiting: desk,
  need_found: desk,
  bad_rating: desk,
  rectify_overdue: desk,
  honesty_item: desk,
  series_stopped: desk,
  dispute_opened: quiet,
  dispute_decided: quiet,
  dispute_overdue: desk,
  correction_made: quiet,
  emergency_opened: danger,
  emergency_escalated: danger,
  emergency_over: danger,
  series_date_short: visit,
  activity_place: visit,
  activity_cancelled: visit,
  confirm_address: { group: 'settings', isUrgent: true, bySms: false },
};

/** Names a notice: its cause and its kind. */
export const NoticeId = z.string().check(z.regex(/^[\w.:#-]{3,160}$/));
export type NoticeId = z.infer<typeof NoticeId>;

/** Which page shows a request to somebody: what they receive, what they go to, what they may take. */
export const RequestPlace = z.enum(['received', 'visits', 'requests']);
export type RequestPlace = z.infer<typeof RequestPlace>;

/** A line of the inbox, in words of three languages. `opens`: the page that shows what it is about. */
export const InboxRow = z.strictObject({
  noticeId: NoticeId,
  kind: NoticeKind,
  group: NoticeGroup,
  short: Words,
  long: Words,
  at: Instant,
  isRead: z.boolean(),
  opens: z.exactOptional(z.strictObject({ page: RequestPlace, requestId: RequestId })),
});
export type InboxRow = z.infer<typeof InboxRow>;

/** The inbox, newest first. `unread`: of all of it, whole, 100 at most. */
export const InboxPage = z.strictObject({
  items: z.array(InboxRow),
  unread: z.int().check(z.gte(0), z.lte(100)),
  cursor: z.exactOptional(z.string()),
});
export type InboxPage = z.infer<typeof InboxPage>;

/** Where to go on reading. */
export const InboxQuery = z.strictObject({ cursor: z.exactOptional(Cursor) });

/** Which line: the notice, and when it was told. */
export const InboxLine = z.strictObject({ noticeId: NoticeId, at: Instant });
export type InboxLine = z.infer<typeof InboxLine>;

/** Lines that somebody has seen; 25 at most, as many as a page has. */
export const MarkInboxRead = z.strictObject({
  lines: z.array(InboxLine).check(z.minLength(1), z.maxLength(25)),
});
export type MarkInboxRead = z.infer<typeof MarkInboxRead>;

/** How many are unread now, 100 at most. */
export const Unread = z.strictObject({ unread: z.int().check(z.gte(0), z.lte(100)) });
export type Unread = z.infer<typeof Unread>;

/** A mail address, 254 characters at most, plain ASCII. Source: RFC 5321, 4.5.3.1. */
export const MailAddress = z
  .string()
  .check(
    z.maxLength(254),
    z.regex(
      /^[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}$/,
    ),
  );
export type MailAddress = z.infer<typeof MailAddress>;

/** A group that somebody does not want by one way. */
export const NoticeStop = z.strictObject({ group: StoppableGroup, channel: NoticeChannel });
export type NoticeStop = z.infer<typeof NoticeStop>;

/** What somebody wants to be told, by which way, in which language. `stops` replaces those before. */
export const ChangeNoticeSettings = z.strictObject({
  locale: Locale,
  stops: z.array(NoticeStop).check(z.maxLength(12)),
});
export type ChangeNoticeSettings = z.infer<typeof ChangeNoticeSettings>;

/** Gives a mail address, or takes it back where it is left out. Nothing is sent there but a link, until it was opened. */
export const ChangeMailAddress = z.strictObject({
  commandId: CommandId,
  address: z.exactOptional(MailAddress),
});
export type ChangeMailAddress = z.infer<typeof ChangeMailAddress>;

/**
 * One's settings. `hasPhone`: text messages have a number to go to. `offers`: which ways this installation has;
 * `pushKey`: the key of its push messages, for the browser.
 */
export const NoticeSettingsView = z.strictObject({
  locale: Locale,
  stops: z.array(NoticeStop),
  hasPhone: z.boolean(),
  address: z.exactOptional(z.strictObject({ address: MailAddress, isConfirmed: z.boolean() })),
  pushCount: z.int(),
  hasCalendar: z.boolean(),
  offers: z.array(NoticeChannel),
  pushKey: z.exactOptional(z.string()),
});
export type NoticeSettingsView = z.infer<typeof NoticeSettingsView>;

const pushHosts = [
  'fcm.googleapis.com',
  'updates.push.services.mozilla.com',
  'web.push.apple.com',
  'push.apple.com',
  'notify.windows.com',
] as const;

const isPushHost = (address: string): boolean => {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, port, username, password } = new URL(address);
  if (protocol !== 'https:' || port !== '' || username !== '' || password !== '') return false;
  return pushHosts.some((host) => hostname === host || hostname.endsWith(`.${host}`));
};

/**
 * Where a browser's maker takes messages for it. Only the known makers: else anybody could have the service call any
 * address.
 */
export const PushEndpoint = z
  .string()
  .check(
    z.maxLength(500),
    machineCharacters,
    z.refine(isPushHost, 'is not the address of a known push service'),
  );

const base64url = (min: number, max: number) =>
  z.string().check(z.minLength(min), z.maxLength(max), z.regex(/^[A-Za-z0-9_-]+=*$/));

/** A browser that takes push messages. Source: RFC 8291, section 2: an uncompressed point of P-256 and 16 random bytes. */
export const PushSubscription = z.strictObject({
  endpoint: PushEndpoint,
  keys: z.strictObject({ p256dh: base64url(86, 88), auth: base64url(22, 24) }),
});
export type PushSubscription = z.infer<typeof PushSubscription>;

/** Takes a browser out again. */
export const RemovePush = z.strictObject({ endpoint: PushEndpoint });
export type RemovePush = z.infer<typeof RemovePush>;

/** Without fields: who asks says it all. */
export const NoFields = z.strictObject({});

/** The address of one's calendar, shown this once; whoever has it sees when and what, not where. */
export const CalendarLink = z.strictObject({ path: z.string() });
export type CalendarLink = z.infer<typeof CalendarLink>;

/** The address of a calendar ends with this: whose it is, and 32 random bytes. */
export const CalendarQuery = z.strictObject({
  link: z.string().check(z.regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}\.[A-Za-z0-9_-]{43}$/)),
});

/** What a link in a mail carries: whose, for what, and the proof that this service has made it. */
export const NoticeToken = z
  .string()
  .check(z.regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}\.[a-z_]{4,40}\.[A-Za-z0-9_-]{43}$/));
export type NoticeToken = z.infer<typeof NoticeToken>;

/** Follows the link of a mail, without a sign-in. */
export const FollowNoticeLink = z.strictObject({ token: NoticeToken });
export type FollowNoticeLink = z.infer<typeof FollowNoticeLink>;

/** What was stopped, or that an address was confirmed; no more, for whoever holds a link may be anybody. */
export const NoticeLinkDone = z.strictObject({
  done: z.enum(['stopped', 'address_confirmed']),
  stop: z.exactOptional(NoticeStop),
});
export type NoticeLinkDone = z.infer<typeof NoticeLinkDone>;

/** Of which community. */
export const ToTellQuery = z.strictObject({
  communityCode: CommunityCode,
  cursor: z.exactOptional(Cursor),
});

/** Somebody whom no message reaches, and what they are to be told at the door or on a neighbour's telephone. */
export const ToTellRow = z.strictObject({
  noticeId: NoticeId,
  kind: NoticeKind,
  memberId: MemberId,
  name: z.string(),
  hasPhone: z.boolean(),
  long: Words,
  at: Instant,
});
export type ToTellRow = z.infer<typeof ToTellRow>;

/** Who is to be told, oldest first. */
export const ToTellPage = z.strictObject({
  items: z.array(ToTellRow),
  cursor: z.exactOptional(z.string()),
});
export type ToTellPage = z.infer<typeof ToTellPage>;

/** The notice that was told. */
export const ToldReceipt = z.strictObject({ noticeId: NoticeId, memberId: MemberId });
export type ToldReceipt = z.infer<typeof ToldReceipt>;

/** Visits to somebody or by somebody; of oneself where `memberId` is left out. */
export const NextVisitsQuery = z
  .strictObject({ as: z.enum(['receiver', 'volunteer']), memberId: z.exactOptional(MemberId) })
  .check(
    z.refine(({ as, memberId }) => memberId === undefined || as === 'receiver', {
      path: ['memberId'],
      error: 'goes with as=receiver only',
    }),
  );

/**
 * A visit that comes. `volunteers`: who comes, by family name; empty while somebody is looked for. `receiver` and
 * `address` for whoever goes there.
 */
export const NextVisit = z.strictObject({
  requestId: RequestId,
  serviceCode: ServiceCode,
  serviceWords: Words,
  state: RequestState,
  plannedStartAt: Instant,
  plannedMinutes: PlannedMinutes,
  volunteers: z.array(MaskedPerson),
  receiver: z.exactOptional(z.strictObject({ name: z.string(), address: Address })),
});
export type NextVisit = z.infer<typeof NextVisit>;

/** The visits from today on, soonest first; 50 at most. */
export const NextVisits = z.strictObject({ items: z.array(NextVisit) });
export type NextVisits = z.infer<typeof NextVisits>;
