/**
 * Accounts and their lines as they are stored. A statement of 25 lines is one read unit, so a line has short
 * attribute names (README "A line") and ids as 16 bytes. What is read is parsed: an item that is not what it
 * should be is a bug or a forgery, never a guess.
 */
import {
  AccountId,
  type ActorId,
  MemberId,
  RequestId,
  SYSTEM,
  TransferId,
  holdOf,
} from '@time-bank/contracts/ids';
import {
  AccountState,
  type Counterpart,
  DocumentNumber,
  EntryKind,
  EntryReason,
  FundId,
  type Hold,
  type Lot,
  PoolId,
  Relation,
} from '@time-bank/contracts/ledger';
import { CommunityCode } from '@time-bank/contracts/region';
import { Channel, ServiceCode } from '@time-bank/contracts/request';
import { Refusal as RefusalShape } from '@time-bank/contracts/refusals';
import { CivilDate, Instant, civilDateOf, instantOf, msOf } from '@time-bank/contracts/time';
import { type AccountHead, type Bucket, type Minutes, buckets } from '@time-bank/ledger/account';
import { type Fund, POOL_SHARDS, type PoolRow, type Tombstone } from '@time-bank/ledger/change';
import type { Entry, MovementFacts } from '@time-bank/ledger/entry';
import { ulidToUUID, uuidToULID } from 'ulid';
import * as z from 'zod/mini';

/** The attribute of each kind of minutes. */
export const bucketNames: Record<Bucket, string> = {
  earned: 'e',
  gift: 'g',
  granted: 'n',
  held: 'h',
  honour: 'o',
  debt: 'd',
};
/** Everything that counts against the cap; kept because a condition cannot add. */
export const TOTAL = 't';
/** Attributes of an account's head. */
export const head = {
  state: 'st',
  sequence: 'q',
  holds: 'ho',
  lots: 'lo',
  tallies: 'ta',
  bonds: 'bo',
  overflowPool: 'op',
  overflowChosen: 'oc',
  authority: 'au',
} as const;

const bytesOf = (id: string): Uint8Array =>
  Uint8Array.from(Buffer.from(ulidToUUID(id.slice(4)).replaceAll('-', ''), 'hex'));

const ulidOf = (bytes: Uint8Array): string => {
  const hex = Buffer.from(bytes).toString('hex');
  return uuidToULID(
    [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-'),
  );
};

const Whole = z.int().check(z.gte(0));
const Time = z.int().check(z.gte(0), z.lte(8_640_000_000_000_000));
const Bytes = z.instanceof(Uint8Array).check(z.refine((bytes) => bytes.length === 16, '16 bytes'));
const Ulid = z.string().check(z.regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/));

const StoredLot = z.strictObject({ m: Whole, l: Time, p: PoolId });
const StoredLots = z.record(Ulid, StoredLot);
/** A hold as it is stored, on an account, on a line, on the request that it is for. */
export const StoredHold = z.strictObject({ l: Time, e: Whole, g: Whole, n: StoredLots });
const StoredBond = z.strictObject({ r: Relation, f: CivilDate });

const encodeLot = (lot: Lot): z.infer<typeof StoredLot> => ({
  m: lot.minutes,
  l: msOf(lot.lapsesAt),
  p: lot.poolId,
});
const decodeLot = (lot: z.infer<typeof StoredLot>): Lot => ({
  minutes: lot.m,
  lapsesAt: instantOf(lot.l),
  poolId: lot.p,
});

const encodeKeys = <T, S>(record: Readonly<Record<string, T>>, encode: (value: T) => S): Record<string, S> =>
  Object.fromEntries(Object.entries(record).map(([id, value]) => [id.slice(4), encode(value)]));
const decodeKeys = <S, T>(
  prefix: string,
  record: Readonly<Record<string, S>>,
  decode: (value: S) => T,
): Record<string, T> =>
  Object.fromEntries(Object.entries(record).map(([id, value]) => [`${prefix}${id}`, decode(value)]));

/** A hold as it stands in a head's map of holds. */
export const encodeHold = (hold: Hold): z.infer<typeof StoredHold> => ({
  l: msOf(hold.lapsesAt),
  e: hold.earned,
  g: hold.gift,
  n: encodeKeys(hold.lots, encodeLot),
});
/** A hold as it was stored. */
export const decodeHold = (hold: z.infer<typeof StoredHold>): Hold => ({
  lapsesAt: instantOf(hold.l),
  earned: hold.e,
  gift: hold.g,
  lots: decodeKeys('trf_', hold.n, decodeLot),
});

/** The keys of an item, of which the codec knows no more than that they are there. */
const Keys = { pk: z.string(), sk: z.string() };

/** The sort key of an account's head, and of a purchase. */
const Head = { pk: z.string(), sk: z.literal('H') };

const StoredHead = z.strictObject({
  ...Head,
  accountId: AccountId,
  /** When the account was opened. */
  openedAt: z.exactOptional(Instant),
  [head.state]: AccountState,
  [head.sequence]: Whole,
  e: Whole,
  g: Whole,
  n: Whole,
  h: Whole,
  o: Whole,
  d: Whole,
  [TOTAL]: Whole,
  [head.holds]: z.record(Ulid, StoredHold),
  [head.lots]: StoredLots,
  [head.tallies]: z.record(z.string().check(z.regex(/^(d\d{8}|y\d{4})$/)), z.int()),
  [head.bonds]: z.record(Ulid, StoredBond),
  [head.overflowPool]: z.exactOptional(PoolId),
  [head.overflowChosen]: z.exactOptional(z.literal(true)),
  [head.authority]: z.exactOptional(z.int().check(z.gte(1))),
});

/** A head without its keys, as it is stored. */
export const encodeHead = (account: AccountHead): Record<string, unknown> => ({
  [head.state]: account.state,
  [head.sequence]: account.sequence,
  ...Object.fromEntries(buckets.map((bucket) => [bucketNames[bucket], account.minutes[bucket]])),
  [TOTAL]: account.minutes.earned + account.minutes.gift + account.minutes.granted + account.minutes.held,
  [head.holds]: encodeKeys(account.holds, encodeHold),
  [head.lots]: encodeKeys(account.lots, encodeLot),
  [head.tallies]: account.tallies,
  [head.bonds]: encodeKeys(account.bonds, ({ relation, from }) => ({ r: relation, f: from })),
  ...(account.overflowPool === undefined ? {} : { [head.overflowPool]: account.overflowPool }),
  ...(account.overflowChosen === undefined ? {} : { [head.overflowChosen]: true }),
  ...(account.authority === undefined ? {} : { [head.authority]: account.authority }),
});

/** A head as it was stored. Throws where the item is not one, or where its sum is not that of its parts. */
export const decodeHeadValue = (stored: unknown): AccountHead => {
  const item = StoredHead.parse(stored);
  if (item[TOTAL] !== item.e + item.g + item.n + item.h)
    throw new Error('the total is not the sum of its parts');
  const overflowPool = item[head.overflowPool];
  return {
    accountId: item.accountId,
    state: item[head.state],
    sequence: item[head.sequence],
    minutes: {
      earned: item.e,
      gift: item.g,
      granted: item.n,
      held: item.h,
      honour: item.o,
      debt: item.d,
    },
    holds: decodeKeys('trf_', item[head.holds], decodeHold),
    lots: decodeKeys('trf_', item[head.lots], decodeLot),
    tallies: item[head.tallies],
    bonds: decodeKeys('acc_', item[head.bonds], ({ r, f }) => ({ relation: r, from: f })),
    ...(overflowPool === undefined ? {} : { overflowPool }),
    ...(item[head.overflowChosen] === undefined ? {} : { overflowChosen: true }),
    ...optional('authority', item[head.authority], asIs),
  };
};

const channels: Record<Exclude<Channel, 'web'>, string> = {
  counter: 'c',
  hotline: 'h',
  family: 'f',
  device: 'd',
  job: 'j',
};

const nameOf = <K extends string>(
  schema: z.ZodMiniType<K>,
  letters: Readonly<Record<K, string>>,
  letter: string,
): K => schema.parse(Object.entries(letters).find(([, each]) => each === letter)?.[0]);

/**
 * The version of a policy: a date and a number, as one number, for it stands on every line. Other names of versions
 * stay as they are.
 */
const StoredVersion = z.union([
  z.int().check(z.gte(1_000_000_000_000), z.lte(9_999_999_999_999)),
  z.string().check(z.minLength(1), z.maxLength(16)),
]);
const PER_DAY = 100_000;
const encodeVersion = (version: string): string | number => {
  const [, day, number] = /^([1-9]\d{7})\.(0|[1-9]\d{0,4})$/.exec(version) ?? [];
  return day === undefined || number === undefined ? version : Number(day) * PER_DAY + Number(number);
};
const decodeVersion = (stored: string | number): string =>
  typeof stored === 'string' ? stored : `${Math.floor(stored / PER_DAY)}.${stored % PER_DAY}`;

/** Begins a note that is sealed: see `note-seal.ts`. */
export const NOTE_TOKEN = 'sealed:1:';
const NOTE_MAX = 200;
/** A note in its longest form, three bytes a letter, with nonce and tag, in letters of base64url. */
const TOKEN_MAX = NOTE_TOKEN.length + Math.ceil(((3 * NOTE_MAX + 28) * 4) / 3);
const Note = z.string().check(
  z.maxLength(TOKEN_MAX),
  z.refine((note) => note.length <= NOTE_MAX || note.startsWith(NOTE_TOKEN), 'is too long for a note'),
);

const StoredFacts = {
  /** When, ms since 1970. */
  t: Time,
  /** Who; absent: the service itself. */
  a: z.exactOptional(Bytes),
  /** By which way; absent: over the web. */
  c: z.exactOptional(z.enum(['c', 'h', 'f', 'd', 'j'])),
  r: z.int().check(z.gte(0), z.lte(999_999_999_999)),
  v: StoredVersion,
  y: z.string(),
  u: z.exactOptional(Bytes),
  s: z.exactOptional(ServiceCode),
  no: z.exactOptional(Note),
  dc: z.exactOptional(DocumentNumber),
};

/** Why a line was written, in two letters; never renamed, for lines stand for decades. */
const reasons: Record<EntryReason, string> = {
  visit_confirmed: 'vc',
  set_aside: 'sa',
  request_cancelled: 'rc',
  nobody_came: 'nc',
  hold_lapsed: 'hl',
  gift: 'gi',
  donation: 'do',
  grant: 'gr',
  period_over: 'po',
  correction: 'co',
  group_activity: 'ga',
  purchase: 'pu',
  benefit: 'be',
  death: 'de',
  closing: 'cl',
  move: 'mo',
  dispute: 'di',
  choice: 'ch',
  family_tie: 'ft',
  sign_in: 'si',
};

/** The kinds of lines in two letters; never renamed. */
const kinds: Record<EntryKind, string> = {
  earned: 'ea',
  gift_in: 'gi',
  granted: 'gr',
  restored: 're',
  inherited: 'in',
  moved_in: 'mi',
  spent: 'sp',
  gift_out: 'go',
  donated: 'do',
  lapsed: 'la',
  reversed: 'rv',
  bequeathed: 'bq',
  moved_out: 'mo',
  forfeited: 'fo',
  held: 'he',
  released: 'rl',
  frozen: 'fr',
  unfrozen: 'uf',
  closed: 'cl',
  bond_made: 'bm',
  bond_ended: 'bx',
  overflow_chosen: 'oc',
  sign_ins_ended: 'sx',
};

const encodeFacts = (facts: MovementFacts): Record<string, unknown> => ({
  t: msOf(facts.at),
  ...(facts.actorId === SYSTEM ? {} : { a: bytesOf(facts.actorId) }),
  ...(facts.channel === 'web' ? {} : { c: channels[facts.channel] }),
  r: Number(facts.region),
  v: encodeVersion(facts.policyVersion),
  y: reasons[facts.reason],
  ...(facts.requestId === undefined ? {} : { u: bytesOf(facts.requestId) }),
  ...(facts.serviceCode === undefined ? {} : { s: facts.serviceCode }),
  ...(facts.note === undefined ? {} : { no: facts.note }),
  ...(facts.document === undefined ? {} : { dc: facts.document }),
});

/** A line as far as every one has it, with its ids read already. */
type FactsItem = Omit<z.infer<z.ZodMiniObject<typeof StoredFacts>>, 'u' | 'a'>;
interface FactsIds {
  actorId: ActorId;
  requestId: RequestId | undefined;
}

const member = (bytes: Uint8Array): MemberId => MemberId.parse(`mem_${ulidOf(bytes)}`);
const idsOf = (item: { a?: Uint8Array | undefined; u?: Uint8Array | undefined }): FactsIds => ({
  actorId: item.a === undefined ? SYSTEM : member(item.a),
  requestId: item.u && request(item.u),
});
const request = (bytes: Uint8Array): RequestId => RequestId.parse(`req_${ulidOf(bytes)}`);

const decodeFacts = (item: FactsItem, { actorId, requestId }: FactsIds): MovementFacts => ({
  at: instantOf(item.t),
  actorId,
  channel: item.c === undefined ? 'web' : nameOf(Channel, { web: '', ...channels }, item.c),
  region: CommunityCode.parse(String(item.r).padStart(12, '0')),
  policyVersion: decodeVersion(item.v),
  reason: nameOf(EntryReason, reasons, item.y),
  ...(requestId === undefined ? {} : { requestId }),
  ...(item.s === undefined ? {} : { serviceCode: item.s }),
  ...(item.no === undefined ? {} : { note: item.no }),
  ...(item.dc === undefined ? {} : { document: item.dc }),
});

const encodeCounterpart = (counterpart: Counterpart): unknown =>
  counterpart.startsWith('acc_')
    ? bytesOf(counterpart)
    : counterpart === 'issue'
      ? 'i'
      : counterpart === 'outside'
        ? 'o'
        : counterpart;

const StoredCounterpart = z.union([Bytes, z.enum(['i', 'o']), PoolId, FundId]);
const decodeCounterpart = (stored: z.infer<typeof StoredCounterpart>): Counterpart =>
  stored instanceof Uint8Array
    ? AccountId.parse(`acc_${ulidOf(stored)}`)
    : stored === 'i'
      ? 'issue'
      : stored === 'o'
        ? 'outside'
        : stored;

const Fingerprint = z.instanceof(Uint8Array).check(z.refine((bytes) => bytes.length === 9, '9 bytes'));
const encodeFingerprint = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'base64url'));
const decodeFingerprint = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

const StoredTie = z.union([
  z.strictObject({ w: Ulid }),
  z.strictObject({ w: Ulid, r: Relation, f: CivilDate }),
]);

/** An id that has the ULID of another one on the same line. */
const Same = z.literal(true);
/** Days before the day of `t`. */
const DaysBefore = z.int().check(z.gte(-36_500), z.lte(36_500));
const DAY_MS = 24 * 60 * 60 * 1000;
const noonOf = (date: CivilDate): number => Date.parse(`${date}T12:00:00Z`);
const daysBefore = (date: CivilDate, at: Instant): number =>
  Math.round((noonOf(civilDateOf(at)) - noonOf(date)) / DAY_MS);
const dayBefore = (days: number, at: Instant): CivilDate =>
  instantOf(noonOf(civilDateOf(at)) - days * DAY_MS).slice(0, 10);

const entryShape = {
  k: z.string(),
  ...StoredFacts,
  /** Who; true: the account's own member; false: the one on the other side. */
  a: z.exactOptional(z.union([Bytes, z.boolean()])),
  /** The request; true: the transfer is its hold. */
  u: z.exactOptional(z.union([Bytes, Same])),
  /** Who is on the other side; absent: the account itself. */
  x: z.exactOptional(StoredCounterpart),
  e: z.exactOptional(z.int()),
  g: z.exactOptional(z.int()),
  n: z.exactOptional(z.int()),
  h: z.exactOptional(z.int()),
  o: z.exactOptional(z.int()),
  d: z.exactOptional(z.int()),
  f: z.exactOptional(Fingerprint),
  w: z.exactOptional(DaysBefore),
  l: z.exactOptional(StoredHold),
  /** The hold that ends; true: that of the request. */
  z: z.exactOptional(z.union([Bytes, Same])),
  i: z.exactOptional(StoredLot),
  j: z.exactOptional(z.record(Ulid, z.int())),
  p: z.exactOptional(StoredLots),
  m: z.exactOptional(Bytes),
  ov: z.exactOptional(z.strictObject({ p: PoolId, m: Whole })),
  st: z.exactOptional(AccountState),
  bo: z.exactOptional(StoredTie),
  op: z.exactOptional(PoolId),
};
const StoredEntry = z.strictObject({ ...Keys, ...entryShape });
/** What is written is looked at like what is read: a line that could not be read again is never put. */
const WrittenEntry = z.strictObject(entryShape);

const encodeBond = ({ with: other, tie }: NonNullable<Entry['bond']>): Record<string, unknown> => ({
  w: other.slice(4),
  ...(tie === undefined ? {} : { r: tie.relation, f: tie.from }),
});

/** A field that is there or not, translated. */
const optional = <T>(name: string, value: T | undefined, translate: (value: T) => unknown): object =>
  value === undefined ? {} : { [name]: translate(value) };
const asIs = (value: unknown): unknown => value;

const isSame = (id: string | undefined, other: string): boolean => id?.slice(4) === other.slice(4);

const linePairs = (entry: Entry): Record<string, unknown> => ({
  k: kinds[entry.kind],
  ...encodeFacts(entry),
  ...(isSame(entry.actorId, entry.counterpart) ? { a: false } : {}),
  ...(isSame(entry.actorId, entry.accountId) ? { a: true } : {}),
  ...(isSame(entry.requestId, entry.transferId) ? { u: true } : {}),
  ...optional('x', entry.counterpart === entry.accountId ? undefined : entry.counterpart, encodeCounterpart),
  ...Object.fromEntries(
    buckets.flatMap((bucket) => {
      const minutes = entry.minutes[bucket];
      return minutes === undefined ? [] : [[bucketNames[bucket], minutes]];
    }),
  ),
  ...optional('f', entry.fingerprint, encodeFingerprint),
  ...optional('w', entry.serviceDay, (day) => daysBefore(day, entry.at)),
  ...optional('l', entry.hold, encodeHold),
  ...optional('z', entry.resolves, (id) => (isSame(entry.requestId, id) ? true : bytesOf(id))),
  ...optional('i', entry.lot, encodeLot),
  ...optional('j', entry.lots, (lots) => encodeKeys(lots, asIs)),
  ...optional('p', entry.returned, (lots) => encodeKeys(lots, encodeLot)),
  ...optional('m', entry.corrects, bytesOf),
  ...optional('ov', entry.overflow, ({ poolId, minutes }) => ({ p: poolId, m: minutes })),
  ...optional('st', entry.state, asIs),
  ...optional('bo', entry.bond, encodeBond),
  ...optional('op', entry.overflowPool, asIs),
});

/** A line without its keys, as it is stored. Throws where it could not be read again. */
export const encodeEntry = (entry: Entry): Record<string, unknown> => WrittenEntry.parse(linePairs(entry));

const decodeMinutes = (item: Partial<Record<string, unknown>>): Minutes => {
  const minutes: Record<string, number> = {};
  for (const bucket of buckets) {
    const value = item[bucketNames[bucket]];
    if (typeof value === 'number') minutes[bucket] = value;
  }
  return minutes;
};

const decodeTie = (bond: z.infer<typeof StoredTie>): NonNullable<Entry['bond']> => ({
  with: AccountId.parse(`acc_${bond.w}`),
  ...('r' in bond ? { tie: { relation: bond.r, from: bond.f } } : {}),
});

const transfer = (bytes: Uint8Array): TransferId => TransferId.parse(`trf_${ulidOf(bytes)}`);
const actorOf = (
  stored: Uint8Array | boolean | undefined,
  sides: { own: AccountId; other: Counterpart },
): ActorId => {
  if (stored === undefined) return SYSTEM;
  if (typeof stored !== 'boolean') return member(stored);
  return MemberId.parse(`mem_${(stored ? sides.own : sides.other).slice(4)}`);
};
const requestOf = (holdId: TransferId): RequestId => RequestId.parse(`req_${holdId.slice(4)}`);
const heldFor = (requestId: RequestId | undefined): TransferId => {
  if (requestId === undefined) throw new Error('the line names the hold of no request');
  return holdOf(requestId);
};

/** A line as it was stored. Throws where the item is not one. */
export const decodeEntryValue = (
  stored: unknown,
  keys: { accountId: AccountId; transferId: TransferId },
): Entry => {
  const item = StoredEntry.parse(stored);
  const counterpart = item.x === undefined ? keys.accountId : decodeCounterpart(item.x);
  const requestId = item.u === true ? requestOf(keys.transferId) : item.u && request(item.u);
  const facts = decodeFacts(item, {
    actorId: actorOf(item.a, { own: keys.accountId, other: counterpart }),
    requestId,
  });
  return {
    ...facts,
    ...keys,
    kind: nameOf(EntryKind, kinds, item.k),
    counterpart,
    minutes: decodeMinutes(item),
    ...optional('fingerprint', item.f, decodeFingerprint),
    ...optional('serviceDay', item.w, (days) => dayBefore(days, facts.at)),
    ...optional('hold', item.l, decodeHold),
    ...optional('resolves', item.z, (id) => (id === true ? heldFor(requestId) : transfer(id))),
    ...optional('lot', item.i, decodeLot),
    ...optional('lots', item.j, (lots) => decodeKeys('trf_', lots, (minutes) => minutes)),
    ...optional('returned', item.p, (lots) => decodeKeys('trf_', lots, decodeLot)),
    ...optional('corrects', item.m, transfer),
    ...optional('overflow', item.ov, ({ p, m }) => ({ poolId: p, minutes: m })),
    ...optional('state', item.st, asIs),
    ...optional('bond', item.bo, decodeTie),
    ...optional('overflowPool', item.op, asIs),
  };
};

/** The letter of a refusal that stands where a line would. */
const REFUSED = 'XX';
const tombstoneShape = { k: z.literal(REFUSED), f: Fingerprint, t: Time, re: RefusalShape };
const StoredTombstone = z.strictObject({ ...Keys, ...tombstoneShape });
const WrittenTombstone = z.strictObject(tombstoneShape);

/** A kept refusal without its keys, as it is stored. Throws where it could not be read again. */
export const encodeTombstone = (tombstone: Tombstone): Record<string, unknown> =>
  WrittenTombstone.parse({
    k: REFUSED,
    f: encodeFingerprint(tombstone.fingerprint),
    t: msOf(tombstone.at),
    re: tombstone.refusal,
  });

/** True where a kept refusal stands in the place of a line. */
export const isTombstone = (stored: Readonly<Record<string, unknown>>): boolean => stored['k'] === REFUSED;

/** A kept refusal as it was stored. Throws where the item is not one. */
export const decodeTombstoneValue = (
  stored: unknown,
  keys: { accountId: AccountId; transferId: TransferId },
): Tombstone => {
  const item = StoredTombstone.parse(stored);
  return {
    ...keys,
    fingerprint: decodeFingerprint(item.f),
    refusal: item.re,
    at: instantOf(item.t),
  };
};

/** The number of a part of a pool. */
const StoredPart = z.int().check(z.gte(0), z.lt(POOL_SHARDS));
const rowShape = { ...StoredFacts, x: StoredCounterpart, m: z.int(), b: z.exactOptional(StoredPart) };
const saysItsPart = z.refine<{ m: number; b?: number }>(
  ({ m, b }) => m < 0 === (b !== undefined),
  'what goes out names its part of the pool, and nothing else does',
);
const StoredRow = z.strictObject({ ...Keys, ...rowShape }).check(saysItsPart);
const WrittenRow = z.strictObject(rowShape).check(saysItsPart);

/** A pool's line without its keys, as it is stored. Throws where it could not be read again. */
export const encodeRow = (row: PoolRow): Record<string, unknown> =>
  WrittenRow.parse({
    ...encodeFacts(row),
    x: encodeCounterpart(row.counterpart),
    m: row.minutes,
    ...optional('b', row.shard, asIs),
  });

/** A pool's line as it was stored. Throws where the item is not one. */
export const decodeRowValue = (
  stored: unknown,
  keys: { poolId: PoolId; transferId: TransferId },
): PoolRow => {
  const item = StoredRow.parse(stored);
  const facts = decodeFacts(item, idsOf(item));
  return {
    ...facts,
    ...keys,
    counterpart: decodeCounterpart(item.x),
    minutes: item.m,
    ...optional('shard', item.b, asIs),
  };
};

const fundShape = {
  ...StoredFacts,
  fundId: FundId,
  document: DocumentNumber,
  provider: z.string().check(z.minLength(1)),
  minutes: Whole,
  leftMinutes: Whole,
  communityMinutes: z.exactOptional(Whole),
};
const StoredFund = z.strictObject({ ...Head, ...fundShape });
const WrittenFund = z.strictObject(fundShape);

/** A purchase without its keys, as it is stored. Throws where it could not be read again. */
export const encodeFund = ({ facts, ...fund }: Fund): Record<string, unknown> =>
  WrittenFund.parse({ ...fund, ...encodeFacts(facts) });

/** A purchase as it was stored. Throws where the item is not one. */
export const decodeFundValue = (stored: unknown): Fund => {
  const { pk: _pk, sk: _sk, ...item } = StoredFund.parse(stored);
  const { fundId, document, provider, minutes, leftMinutes, communityMinutes, ...facts } = item;
  return {
    fundId,
    document,
    provider,
    minutes,
    leftMinutes,
    ...optional('communityMinutes', communityMinutes, asIs),
    facts: decodeFacts(facts, idsOf(facts)),
  };
};

const StoredShard = z.strictObject({
  pk: z.string(),
  sk: z.string().check(z.regex(/^S#\d\d$/)),
  m: Whole,
});

/** The minutes in a part of a pool, as it was stored. Throws where the item is not one. */
export const decodeShardValue = (stored: unknown): number => StoredShard.parse(stored).m;

const collectedShape = { b: StoredPart };
const StoredCollected = z.strictObject({ ...Keys, ...collectedShape });

/** The mark of a line that was collected, without its keys, as it is stored: into which part of the pool. */
export const encodeCollected = (shard: number): Record<string, unknown> =>
  z.strictObject(collectedShape).parse({ b: shard });

/** Into which part of its pool a line was collected, as it was stored. Throws where the item does not say. */
export const decodeCollectedValue = (stored: unknown): number => StoredCollected.parse(stored).b;
