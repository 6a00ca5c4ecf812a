/**
 * The board of a community in one partition, so that one query reads it whole: a row for each elder with what the board
 * says of them, sealed, and beside it their visits of the last weeks and those to come, one short attribute each; the
 * great events of elders, sealed; and bad weather. Rows are small: three hundred of them are read with 25 units.
 */
import { HardshipTag, VisitTier } from '@time-bank/contracts/elder-file';
import { CommandId, MemberId, RequestId, ulidTime } from '@time-bank/contracts/ids';
import { AbilityLevel, Gender, LivingSituation, type Member } from '@time-bank/contracts/member';
import type { CommunityCode } from '@time-bank/contracts/region';
import { type RequestState, ServiceCode } from '@time-bank/contracts/request';
import { CivilDate, Instant, civilDateOf, instantOf, msOf } from '@time-bank/contracts/time';
import { MajorEventKind } from '@time-bank/contracts/visiting';
import type { WeekVisit } from '@time-bank/care/coverage';
import { wasMade } from '@time-bank/care/life';
import type { BoardAlert, BoardEvent, BoardResident, WeekBooking } from '@time-bank/desk/ports';
import * as z from 'zod/mini';
import { type Item, encode, values } from './item.ts';
import { BOARD_SORTS, boardAlertKey, boardEventKey, boardRowKey, casesAboutKey, dueSort } from './keys.ts';
import { encodeSealed, openItem } from './sealed-item.ts';
import { BY_PERSON, EXPIRY } from './table.ts';
import type { Vault } from './vault.ts';

/** Short for each state; never used for another one. */
const letters: Readonly<Record<RequestState, string>> = {
  draft: 'a',
  void: 'b',
  submitted: 'c',
  rejected: 'd',
  published: 'e',
  accepted: 'f',
  confirmed: 'g',
  in_service: 'h',
  aborted: 'i',
  pending_confirm: 'j',
  callback: 'k',
  settled: 'l',
  rated: 'm',
  rectify: 'n',
  disputed: 'o',
  reversed: 'p',
  unfilled: 'q',
  fallback: 'r',
  no_show_volunteer: 's',
  no_show_elder: 't',
  cancelled: 'u',
  cancelled_by_volunteer: 'v',
  cancelled_by_service: 'w',
  closed: 'x',
};
const states = new Map(Object.entries(letters).map(([state, letter]) => [letter, state]));

const VISIT = 'v';
/** The attribute of a visit on its elder's row. */
export const visitAttribute = (requestId: RequestId): string => `${VISIT}${requestId.slice(4)}`;

/** Versions sort as they count, so that a later one is known by its text. */
const VERSION_DIGITS = 3;

/** A visit in a word: version, state, minutes since 1970, service, whether a need was found, what it follows. */
export const visitWord = (booking: WeekBooking): string =>
  [
    booking.version.toString(36).padStart(VERSION_DIGITS, '0'),
    letters[booking.state],
    Math.floor(msOf(booking.plannedStartAt) / 60_000).toString(36),
    booking.serviceCode,
    booking.need === true ? '1' : '',
    booking.follows?.slice(4) ?? '',
  ].join(' ');

const Word = z.tuple([z.string(), z.string(), z.string(), ServiceCode, z.string(), z.string()]);

const isState = (state: string | undefined): state is RequestState =>
  state !== undefined && Object.hasOwn(letters, state);

const visitOf = (elderId: MemberId, name: string, word: string): WeekVisit => {
  const [, letter, minutes, serviceCode, need, follows] = Word.parse(word.split(' '));
  const state = states.get(letter);
  if (!isState(state)) throw new Error('a visit on the board has no state');
  return {
    requestId: RequestId.parse(`req_${name.slice(1)}`),
    elderId,
    state,
    plannedStartAt: instantOf(Number.parseInt(minutes, 36) * 60_000),
    serviceCode,
    ...(need === '' ? {} : { need: true }),
    ...(follows === '' ? {} : { follows: RequestId.parse(`req_${follows}`) }),
  };
};

const visitsIn = (elderId: MemberId, item: Item): WeekVisit[] =>
  Object.entries(item).flatMap(([name, value]) =>
    name.startsWith(VISIT) && name.length === VISIT.length + 26 && value.S !== undefined
      ? [visitOf(elderId, name, value.S)]
      : [],
  );

/** What is kept of an elder's visits: three weeks, and the last ones that were made whenever that was. */
const KEPT_MS = 21 * 24 * 60 * 60 * 1000;
const KEPT_MADE = 4;

/** The attributes of visits that a row can do without, once it has more than a few. */
export const outdatedAttributes = (elderId: MemberId, item: Item, nowMs: number): string[] => {
  const visits = visitsIn(elderId, item);
  const made = visits
    .filter(({ state }) => wasMade(state))
    .sort((one, other) => msOf(other.plannedStartAt) - msOf(one.plannedStartAt))
    .slice(0, KEPT_MADE);
  return visits
    .filter((visit) => msOf(visit.plannedStartAt) < nowMs - KEPT_MS && !made.includes(visit))
    .map(({ requestId }) => visitAttribute(requestId));
};

/** What the board says of an elder, under short names: rows are read by the hundred. */
const StoredElder = z.object({
  n: z.string(),
  g: Gender,
  b: CivilDate,
  l: z.exactOptional(LivingSituation),
  a: z.exactOptional(AbilityLevel),
  t: z.exactOptional(z.array(z.tuple([HardshipTag, CivilDate, z.nullable(CivilDate)]))),
  v: z.exactOptional(VisitTier),
  s: z.exactOptional(CivilDate),
});

const aboutElder = (member: Member): z.infer<typeof StoredElder> => {
  const tags = member.elderFile?.tags ?? [];
  const tier = member.elderFile?.visitTier;
  const from = member.roles.find(({ role }) => role === 'resident')?.from;
  return {
    n: member.name,
    g: member.gender,
    b: member.birthDate,
    ...(member.livingSituation === undefined ? {} : { l: member.livingSituation }),
    ...(member.abilityLevel === undefined ? {} : { a: member.abilityLevel }),
    ...(tags.length === 0 ? {} : { t: tags.map(({ tag, from: day, until }) => [tag, day, until ?? null]) }),
    ...(tier === undefined ? {} : { v: tier }),
    ...(from === undefined ? {} : { s: from }),
  };
};

/** True for somebody who stands on the board of their community. */
export const isOnBoard = ({ roles }: Pick<Member, 'roles'>): boolean =>
  roles.some(({ role }) => role === 'resident');

/** True where the board says the same of a person as before. */
export const isSameRow = (before: Member, after: Member): boolean =>
  JSON.stringify(aboutElder(before)) === JSON.stringify(aboutElder(after));

/** The sealed part of an elder's row. */
export const sealedRow = (vault: Vault, member: Member): Item => {
  const { pk, sk } = boardRowKey(member.communityCode, member.memberId);
  const { dataKey, sealed } = vault.seal({ table: 'care', pk, sk }, { e: aboutElder(member) });
  return values({ ':key': dataKey, ':sealed': sealed });
};

/** An elder and the visits here; no elder where nobody lives here under this id any more. */
export const decodeRow = (
  vault: Vault,
  communityCode: CommunityCode,
  item: Item,
): { elder: BoardResident | undefined; visits: WeekVisit[] } => {
  const memberId = MemberId.parse(item['sk']?.S?.slice(BOARD_SORTS.elder.length));
  const { personal } = openItem(vault, item);
  const visits = visitsIn(memberId, item);
  if (personal === undefined) return { elder: undefined, visits };
  const { n, g, b, l, a, t, v, s } = StoredElder.parse(personal['e']);
  return {
    elder: {
      memberId,
      communityCode,
      name: n,
      gender: g,
      birthDate: b,
      tags: (t ?? []).map(([tag, from, until]) => ({ tag, from, ...(until === null ? {} : { until }) })),
      since: s ?? civilDateOf(instantOf(ulidTime(memberId))),
      ...(l === undefined ? {} : { livingSituation: l }),
      ...(a === undefined ? {} : { abilityLevel: a }),
      ...(v === undefined ? {} : { visitTier: v }),
    },
    visits,
  };
};

/** A great event and bad weather are of no use to the board after a quarter of a year. */
const KEPT_SECONDS = 92 * 24 * 60 * 60;

const StoredEvent = z.object({ elderId: MemberId, kind: MajorEventKind, at: Instant });
const StoredAlert = z.object({ from: CivilDate, until: CivilDate, fingerprint: z.string() });

/** A great event: what it was is sealed; whom it is about leads to it, so that it is forgotten with them. */
export const eventItem = (vault: Vault, communityCode: CommunityCode, event: BoardEvent): Item => {
  const { eventId, elderId, kind, at, fingerprint } = event;
  return encodeSealed(
    vault,
    {
      ...boardEventKey(communityCode, eventId),
      [BY_PERSON.partitionKey]: casesAboutKey('event', elderId),
      [BY_PERSON.sortKey]: dueSort(at, eventId),
    },
    {
      plain: { fingerprint, [EXPIRY]: Math.floor(msOf(at) / 1000) + KEPT_SECONDS },
      personal: { event: { elderId, kind, at } },
    },
  );
};

/** Bad weather, on the board of one community. */
export const alertItem = (communityCode: CommunityCode, alert: BoardAlert): Item => {
  const { alertId, from, until, fingerprint } = alert;
  return encode(
    { ...boardAlertKey(communityCode, alertId) },
    { from, until, fingerprint, [EXPIRY]: Math.floor(Date.parse(until) / 1000) + KEPT_SECONDS },
  );
};

const isAt = (item: Item, prefix: string): boolean => item['sk']?.S?.startsWith(prefix) === true;
/** True for a row of an elder. */
export const isElderRow = (item: Item): boolean => isAt(item, BOARD_SORTS.elder);

/** A great event on a board; undefined where it is none, or whom it is about was erased. */
export const decodeEvent = (vault: Vault, item: Item): BoardEvent | undefined => {
  if (!isAt(item, BOARD_SORTS.event)) return undefined;
  const { plain, personal } = openItem(vault, item);
  if (personal === undefined) return undefined;
  return {
    eventId: CommandId.parse(item['sk']?.S?.slice(BOARD_SORTS.event.length)),
    fingerprint: z.string().parse(plain['fingerprint']),
    ...StoredEvent.parse(personal['event']),
  };
};

/** Bad weather on a board; undefined where it is none. */
export const decodeAlert = (item: Item): BoardAlert | undefined => {
  if (!isAt(item, BOARD_SORTS.alert)) return undefined;
  const alert = StoredAlert.parse({
    from: item['from']?.S,
    until: item['until']?.S,
    fingerprint: item['fingerprint']?.S,
  });
  return { alertId: CommandId.parse(item['sk']?.S?.slice(BOARD_SORTS.alert.length)), ...alert };
};
