/**
 * How somebody wants to be told: one leaf a person, made when they first say something. Every change is written over
 * what was read, so that of two changes at once none is lost; the same change sent again changes nothing.
 */
import { FileId, type MemberId } from '@time-bank/contracts/ids';
import { tell } from '@time-bank/care/notice';
import type { Member } from '@time-bank/contracts/member';
import type {
  CalendarLink,
  ChangeMailAddress,
  ChangeNoticeSettings,
  NoticeChannel,
  NoticeSettingsView,
  NoticeStop,
  PushSubscription,
  RemovePush,
} from '@time-bank/contracts/notices';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import { plusMinutes } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import { calendarHash, newCalendarLink, newLinkSecret } from '@time-bank/identity/notice-link';
import { nowOf, refusedById } from './carry-out.ts';
import type { NoticesLeaf } from './person-leaf.ts';
import type { Ports } from './ports.ts';

/** Browsers of one person; the oldest makes room. */
const PUSHES_MAX = 5;
/** Mails to confirm an address that one person may cause in a day: the address may be anybody's. */
const ADDRESSES_A_DAY = 5;
const DAY_SECONDS = 24 * 60 * 60;
/** How long the link that confirms an address is worth sending. */
const CONFIRM_MINUTES = 2 * 24 * 60;
const TRIES_MAX = 5;

/** Which ways out an installation has. `pushKey`: the public key of its push messages; `site`: where its pages are. */
export interface NoticeOffers {
  channels: readonly NoticeChannel[];
  pushKey?: string;
  site?: string;
}

type Work = Pick<Ports, 'clock' | 'personFiles'>;
type Whose = Pick<Member, 'memberId' | 'phone'>;
type Leave = Grant<'manage_notices'>;

/** The leaf of a person: there is one, under their own number. */
const fileOf = (memberId: MemberId): FileId => FileId.parse(`fil_${memberId.slice(4)}`);

/** What somebody has said; undefined where they said nothing, or were erased. Strongly consistent. */
export const noticesLeafOf = (
  ports: Pick<Ports, 'personFiles'>,
  memberId: MemberId,
): Promise<NoticesLeaf | undefined> => ports.personFiles.readNow('notices', memberId, fileOf(memberId));

const firstOf = (ports: Work, memberId: MemberId): NoticesLeaf => ({
  kind: 'notices',
  memberId,
  fileId: fileOf(memberId),
  version: 0,
  at: nowOf(ports),
  locale: 'zh-Hans',
  stops: [],
  linkSecret: newLinkSecret(),
  pushes: [],
});

/** Writes what a leaf becomes; undefined where others were faster too often. A change that changes nothing is not written. */
export const changeNoticesLeaf = async (
  ports: Work,
  memberId: MemberId,
  change: (leaf: NoticesLeaf) => NoticesLeaf,
): Promise<NoticesLeaf | undefined> => {
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const before = (await noticesLeafOf(ports, memberId)) ?? firstOf(ports, memberId);
    const changed = change(before);
    if (changed === before) return before;
    const after = { ...changed, version: before.version + 1 };
    const isWritten =
      before.version === 0 ? await ports.personFiles.put(after) : await ports.personFiles.move(after);
    if (isWritten) return after;
  }
  return undefined;
};

const viewOf = (
  member: Whose,
  leaf: NoticesLeaf | undefined,
  { channels, pushKey }: NoticeOffers,
): NoticeSettingsView => ({
  locale: leaf?.locale ?? 'zh-Hans',
  stops: leaf?.stops ?? [],
  hasPhone: member.phone !== undefined,
  ...(leaf?.address === undefined
    ? {}
    : { address: { address: leaf.address.address, isConfirmed: leaf.address.confirmedAt !== undefined } }),
  pushCount: leaf?.pushes.length ?? 0,
  hasCalendar: leaf?.calendarHash !== undefined,
  offers: [...channels],
  ...(pushKey === undefined ? {} : { pushKey }),
});

/** One's own settings. */
export const readNoticeSettings = async (
  ports: Work,
  _permit: Leave,
  member: Whose,
  offers: NoticeOffers,
): Promise<Outcome<NoticeSettingsView>> =>
  done(viewOf(member, await noticesLeafOf(ports, member.memberId), offers));

const changed = async (
  ports: Work,
  { member, offers }: { member: Whose; offers: NoticeOffers },
  change: (leaf: NoticesLeaf) => NoticesLeaf,
): Promise<Outcome<NoticeSettingsView>> => {
  const leaf = await changeNoticesLeaf(ports, member.memberId, change);
  return leaf === undefined ? refused('busy_try_again') : done(viewOf(member, leaf, offers));
};

/** True where two stops stop the same. */
export const isSameStop = (one: NoticeStop, other: NoticeStop): boolean =>
  one.group === other.group && one.channel === other.channel;

const withoutRepeats = (stops: readonly NoticeStop[]): NoticeStop[] =>
  stops.filter((stop, place) => stops.findIndex((other) => isSameStop(stop, other)) === place);

/** Whose settings, and what this installation offers. */
export interface OwnSettings {
  member: Whose;
  offers: NoticeOffers;
}

/** Language and stops. Refuses: busy_try_again. */
export const changeNoticeSettings = (
  ports: Work,
  _permit: Leave,
  own: OwnSettings,
  { locale, stops }: ChangeNoticeSettings,
): Promise<Outcome<NoticeSettingsView>> =>
  changed(ports, own, (leaf) => ({ ...leaf, locale, stops: withoutRepeats(stops) }));

const withAddress = (leaf: NoticesLeaf, address: ChangeMailAddress['address']): NoticesLeaf => {
  if (address === leaf.address?.address) return leaf;
  const { address: _old, ...rest } = leaf;
  return address === undefined ? rest : { ...rest, address: { address } };
};

/**
 * Gives an address, or takes it back. An address that is not confirmed yet gets a link to do so, once for each command.
 * Refuses: rate_limited, exists_with_different_content (an id of the service's own), id_too_old, id_from_the_future,
 * busy_try_again.
 */
export const changeMailAddress = async (
  ports: Work & Pick<Ports, 'journal' | 'rateLimits'>,
  _permit: Leave,
  own: OwnSettings,
  { commandId, address }: ChangeMailAddress,
): Promise<Outcome<NoticeSettingsView>> => {
  const at = nowOf(ports);
  const { memberId } = own.member;
  const byId = refusedById(commandId, at);
  if (byId !== undefined) return byId;
  if (address !== undefined) {
    const limit = { max: ADDRESSES_A_DAY, seconds: DAY_SECONDS };
    const taken = await ports.rateLimits.take(`mail address#${memberId}`, limit, at);
    if (!taken.isTaken) return refused('rate_limited', { retryAfterSeconds: taken.retryAfterSeconds });
  }
  const outcome = await changed(ports, own, (leaf) => withAddress(leaf, address));
  if (outcome.kind === 'refused' || outcome.value.address?.isConfirmed !== false) return outcome;
  const commit = await ports.journal.commit([
    tell(commandId, {
      kind: 'confirm_address',
      to: { people: [memberId] },
      about: { personId: memberId },
      at,
      until: plusMinutes(at, CONFIRM_MINUTES),
    }),
  ]);
  // Stale: the same command was here before, and its mail is on the way.
  return commit.kind === 'refused' ? refused('busy_try_again') : outcome;
};

/** A browser takes push messages. Refuses: busy_try_again. */
export const addPush = (
  ports: Work,
  _permit: Leave,
  own: OwnSettings,
  subscription: PushSubscription,
): Promise<Outcome<NoticeSettingsView>> =>
  changed(ports, own, (leaf) => {
    const others = leaf.pushes.filter(({ endpoint }) => endpoint !== subscription.endpoint);
    return { ...leaf, pushes: [...others, subscription].slice(-PUSHES_MAX) };
  });

/** A leaf without a browser. */
export const withoutPush = (leaf: NoticesLeaf, endpoint: string): NoticesLeaf => {
  const pushes = leaf.pushes.filter((push) => push.endpoint !== endpoint);
  return pushes.length === leaf.pushes.length ? leaf : { ...leaf, pushes };
};

/** A browser takes none any more. Refuses: busy_try_again. */
export const removePush = (
  ports: Work,
  _permit: Leave,
  own: OwnSettings,
  { endpoint }: RemovePush,
): Promise<Outcome<NoticeSettingsView>> => changed(ports, own, (leaf) => withoutPush(leaf, endpoint));

/** A new address for one's calendar, given this once; the one before it is good for nothing. Refuses: busy_try_again. */
export const makeCalendarLink = async (
  ports: Work,
  _permit: Leave,
  { memberId }: Whose,
): Promise<Outcome<CalendarLink>> => {
  const link = newCalendarLink(memberId);
  const leaf = await changeNoticesLeaf(ports, memberId, (before) => ({
    ...before,
    calendarHash: calendarHash(link),
  }));
  return leaf === undefined ? refused('busy_try_again') : done({ path: `/api/calendar.ics?link=${link}` });
};

/** Nobody reads one's calendar any more. Refuses: busy_try_again. */
export const endCalendarLink = (
  ports: Work,
  _permit: Leave,
  own: OwnSettings,
): Promise<Outcome<NoticeSettingsView>> =>
  changed(ports, own, (leaf) => {
    const { calendarHash: hash, ...rest } = leaf;
    return hash === undefined ? leaf : rest;
  });
