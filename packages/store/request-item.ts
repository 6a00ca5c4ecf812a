/**
 * Requests and visits as they are stored, and the pieces of a transaction that write them. Who receives, where, and
 * what anybody wrote is sealed; the rest is ids, times and states.
 */
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Diary } from '@time-bank/care/diary';
import type { CareChange, RequestEvent, RequestRecord, VisitRecord } from '@time-bank/care/request';
import {
  AccountId,
  CommandId,
  MemberId,
  RequestId,
  SYSTEM,
  TransferId,
  VisitId,
} from '@time-bank/contracts/ids';
import { ActedAs, OnBehalfOf } from '@time-bank/contracts/helping';
import { Gender, type Point } from '@time-bank/contracts/member';
import { CommunityCode } from '@time-bank/contracts/region';
import type { Place } from '@time-bank/contracts/request';
import { Channel, Receipt, RequestState, ServiceCode, Wishes } from '@time-bank/contracts/request';
import { Instant } from '@time-bank/contracts/time';
import {
  Asked,
  CallbackReason,
  Proof,
  Rating,
  VisitPartState,
  VisitReport,
} from '@time-bank/contracts/visiting';
import { type WeekRequest, foundNeed } from '@time-bank/desk/keep-week';
import * as z from 'zod/mini';
import { forgotten } from './forgotten.ts';
import { noticeItem } from './notice-item.ts';
import { type Item, decode, encode, values } from './item.ts';
import {
  communityRequestsKey,
  factsOfRequestKeys,
  receivesKey,
  REQUEST_SORT,
  diaryKey,
  requestKey,
  startSort,
  waitsIn,
  visitKey,
  visitsKey,
} from './keys.ts';
import { StoredHold, decodeHold, encodeHold } from './ledger-codec.ts';
import type { Piece } from './piece.ts';
import { encodeSealed, openItem } from './sealed-item.ts';
import { BY_OPENING, BY_PERSON, BY_REGION } from './table.ts';
import type { Vault } from './vault.ts';

/** What a receipt says beside what its event and its request say already: a request stays within two kilobytes. */
const ReceiptFacts = z.omit(z.object(Receipt.shape), { requestId: true, state: true, at: true });

/** For whom staff acted; why they did is sealed with the words. */
const StoredBehalf = z.omit(z.object(OnBehalfOf.shape), { channel: true, note: true });

const StoredEvent = z.object({
  stepId: z.union([CommandId, RequestId, VisitId, TransferId]),
  actorId: z.union([MemberId, z.literal(SYSTEM)]),
  channel: Channel,
  at: Instant,
  from: z.exactOptional(RequestState),
  to: RequestState,
  as: z.exactOptional(ActedAs),
  onBehalf: z.exactOptional(StoredBehalf),
  ...ReceiptFacts.shape,
});

/** What was said of a visit is sealed with the other words. */
const StoredRating = z.omit(z.object(Rating.shape), { words: true });

const StoredRequest = z.object({
  requestId: RequestId,
  version: z.int(),
  state: RequestState,
  serviceCode: ServiceCode,
  receiverId: MemberId,
  receiverGender: Gender,
  postedBy: MemberId,
  communityCode: CommunityCode,
  plannedStartAt: Instant,
  plannedMinutes: z.int(),
  wishes: Wishes,
  hold: z.exactOptional(StoredHold),
  policyVersion: z.string(),
  dueAt: z.exactOptional(Instant),
  told: z.exactOptional(z.int()),
  persons: z.exactOptional(z.literal(2)),
  volunteerId: z.exactOptional(MemberId),
  visitId: z.exactOptional(VisitId),
  secondId: z.exactOptional(MemberId),
  secondVisitId: z.exactOptional(VisitId),
  seriesId: z.exactOptional(CommandId),
  follows: z.exactOptional(RequestId),
  priority: z.exactOptional(z.int()),
  isWide: z.exactOptional(z.literal(true)),
  organisationId: z.exactOptional(AccountId),
  hourOpenUntil: z.exactOptional(Instant),
  asked: z.exactOptional(Asked),
  callbackReasons: z.exactOptional(z.array(CallbackReason)),
  need: z.exactOptional(z.literal(true)),
  ratings: z.exactOptional(z.array(StoredRating)),
  history: z.array(StoredEvent),
});

/**
 * What is sealed of a request, under short names for the same reason: `n` family name, `a` address, `p` latitude and
 * longitude, `w` the words of whoever posted it, `o` the report of the visit, `v` what was said with each rating, and `s`
 * for each step its fingerprint, reason, why staff acted, roughly where it was taken, and a
 * mark of the device.
 */
const StoredAbout = z.object({
  n: z.string(),
  a: z.string(),
  p: z.exactOptional(z.tuple([z.number(), z.number()])),
  w: z.exactOptional(z.string()),
  o: z.exactOptional(VisitReport),
  v: z.exactOptional(z.array(z.nullable(z.string()))),
  s: z.array(
    z.object({
      f: z.string(),
      r: z.exactOptional(z.string()),
      n: z.exactOptional(z.string()),
      p: z.exactOptional(z.tuple([z.number(), z.number()])),
      d: z.exactOptional(z.string()),
    }),
  ),
});
type StoredAbout = z.infer<typeof StoredAbout>;

/** What is read where the data key is gone. */
const nothing: StoredAbout = { n: forgotten.surname, a: forgotten.place.address, s: [] };

const StoredVisit = z.object({
  visitId: VisitId,
  state: VisitPartState,
  requestId: RequestId,
  volunteerId: MemberId,
  plannedStartAt: Instant,
  acceptedAt: Instant,
  checkedInAt: z.exactOptional(Instant),
  checkedOutAt: z.exactOptional(Instant),
  servedMinutes: z.exactOptional(z.int()),
  creditedMinutes: z.exactOptional(z.int()),
  proofs: z.exactOptional(z.array(Proof)),
  enteredBy: z.exactOptional(MemberId),
  withdrawnAt: z.exactOptional(Instant),
  wrongCodes: z.int(),
  lastWrongTry: z.exactOptional(z.string()),
});

const StoredDiary = z.object({
  volunteerId: MemberId,
  version: z.int(),
  entries: z.array(z.object({ requestId: RequestId, plannedStartAt: Instant, plannedMinutes: z.int() })),
  kept: z.exactOptional(z.int()),
  missed: z.exactOptional(z.int()),
  asks: z.exactOptional(z.array(Instant)),
});

const eventOf = (
  requestId: RequestId,
  stored: z.infer<typeof StoredEvent>,
  said: StoredAbout['s'][number] = { f: forgotten.said.fingerprint },
): RequestEvent => {
  const { stepId, actorId, channel, at, from, to, as, onBehalf, ...facts } = stored;
  const { f: fingerprint, r: reason, n: note = forgotten.note, p, d: device } = said;
  return {
    ...{ stepId, fingerprint, actorId, channel, at },
    ...(reason === undefined ? {} : { reason }),
    ...(p === undefined ? {} : { point: pointOf(p) }),
    ...(device === undefined ? {} : { device }),
    ...(as === undefined ? {} : { as }),
    ...(onBehalf === undefined ? {} : { onBehalf: { ...onBehalf, note } }),
    ...(from === undefined ? {} : { from }),
    receipt: { requestId, state: to, at, ...facts },
  };
};

const storedEvent = (event: RequestEvent): z.infer<typeof StoredEvent> => {
  const {
    receipt,
    fingerprint: _fingerprint,
    reason: _reason,
    point: _point,
    device: _device,
    onBehalf,
    ...rest
  } = event;
  const { requestId: _requestId, state, at: _at, ...facts } = receipt;
  if (onBehalf === undefined) return { ...rest, to: state, ...facts };
  const { note: _note, ...checked } = onBehalf;
  return { ...rest, onBehalf: checked, to: state, ...facts };
};

const pairOf = ({ latitude, longitude }: Point): [number, number] => [latitude, longitude];
const pointOf = ([latitude, longitude]: readonly [number, number]): Point => ({ latitude, longitude });

const aboutOf = ({ receiver, place, note, report, ratings, history }: RequestRecord): StoredAbout => ({
  n: receiver.surname,
  a: place.address,
  ...(place.point === undefined ? {} : { p: pairOf(place.point) }),
  ...(note === undefined ? {} : { w: note }),
  ...(report === undefined ? {} : { o: report }),
  ...(ratings === undefined ? {} : { v: ratings.map(({ words }) => words ?? null) }),
  s: history.map(({ fingerprint, reason, onBehalf, point, device }) => ({
    f: fingerprint,
    ...(point === undefined ? {} : { p: pairOf(point) }),
    ...(reason === undefined ? {} : { r: reason }),
    ...(device === undefined ? {} : { d: device }),
    ...(onBehalf === undefined ? {} : { n: onBehalf.note }),
  })),
});

const placeOf = ({ a: address, p }: StoredAbout): Place => ({
  address,
  ...(p === undefined ? {} : { point: pointOf(p) }),
});

const parseRequest = (item: Record<string, unknown>): z.infer<typeof StoredRequest> =>
  StoredRequest.parse({ ...item, ...factsOfRequestKeys(item) });

const ratingOf = (rating: z.infer<typeof StoredRating>, words: string | null | undefined): Rating => ({
  ...rating,
  ...(words === undefined || words === null ? {} : { words }),
});

/** A request as it was stored; where its receiver was erased, with `*` for who and where. Throws where the item is none. */
export const decodeRequest = (vault: Vault, item: Item): RequestRecord => {
  const { plain, personal } = openItem(vault, item);
  const { history, hold, ratings, receiverGender: gender, need: _need, ...request } = parseRequest(plain);
  const about = personal === undefined ? nothing : StoredAbout.parse(personal['about']);
  return {
    ...request,
    receiver: { surname: about.n, gender },
    place: placeOf(about),
    ...(about.w === undefined ? {} : { note: about.w }),
    ...(hold === undefined ? {} : { hold: decodeHold(hold) }),
    ...(about.o === undefined ? {} : { report: about.o }),
    ...(ratings === undefined
      ? {}
      : { ratings: ratings.map((each, index) => ratingOf(each, about.v?.[index])) }),
    history: history.map((event, index) => eventOf(request.requestId, event, about.s[index])),
  };
};

/** What the board shows of a request: nothing of it is sealed. Throws where the item is none. */
export const decodeWeekRequest = (item: Item): WeekRequest => parseRequest(unmarshall(item));
/** A visit as it was stored. Throws where the item is not one. */
export const decodeVisit = (item: Item): VisitRecord => decode(StoredVisit, item);
/** A volunteer's diary as it was stored. Throws where the item is not one. */
export const decodeDiary = (item: Item): Diary => decode(StoredDiary, item);

/** True for an item of the care table that is a request. */
export const isRequestItem = (item: Item): boolean => item['sk']?.S === REQUEST_SORT;
/** True for an item of the care table that is a visit. */
export const isVisitItem = (item: Item): boolean => item['sk']?.S?.startsWith('VISIT#') === true;

/** What the keys of a request say is not written again. */
const withoutKeys = <T extends ReturnType<typeof factsOfRequestKeys>>(facts: T) => {
  const {
    requestId: _id,
    receiverId: _receiver,
    communityCode: _home,
    plannedStartAt: _start,
    ...rest
  } = facts;
  return rest;
};

const requestItem = (vault: Vault, request: RequestRecord): Item => {
  const sort = startSort(request.plannedStartAt, request.requestId);
  const waits = waitsIn(request);
  const { receiver, place: _place, note: _note, report: _report, ratings, history, hold, ...facts } = request;
  return encodeSealed(
    vault,
    {
      ...requestKey(request.requestId),
      [BY_PERSON.partitionKey]: receivesKey(request.receiverId),
      [BY_PERSON.sortKey]: sort,
      [BY_REGION.partitionKey]: communityRequestsKey(request.communityCode),
      [BY_REGION.sortKey]: sort,
      ...(waits && { [BY_OPENING.partitionKey]: waits.list, [BY_OPENING.sortKey]: waits.sort }),
    },
    {
      plain: {
        ...withoutKeys(facts),
        receiverGender: receiver.gender,
        history: history.map(storedEvent),
        hold: hold && encodeHold(hold),
        // The board counts who was helped after a need was found; what it was stays sealed.
        need: foundNeed(request) ? true : undefined,
        ratings: ratings?.map(({ words: _words, ...rating }) => rating),
      },
      personal: { about: aboutOf(request) },
    },
  );
};

const visitItem = (visit: VisitRecord): Item =>
  encode(
    {
      ...visitKey(visit.requestId, visit.visitId),
      [BY_PERSON.partitionKey]: visitsKey(visit.volunteerId),
      [BY_PERSON.sortKey]: startSort(visit.plannedStartAt, visit.requestId),
    },
    visit,
  );

const notSeen = 'attribute_not_exists(pk)';
const isThere = 'attribute_exists(pk)';
/** The condition that a thing is still as it was read. */
const asRead = (version: number) => ({
  ConditionExpression: '#version = :version',
  ExpressionAttributeNames: { '#version': 'version' },
  ExpressionAttributeValues: values({ ':version': version }),
});

/** Somebody else was faster, or the thing is there already: read again. */
const stale: Piece['failed'] = () => ({ kind: 'stale' });

/** The piece that writes one change of a request or a visit. */
export const carePiece = (table: string, vault: Vault, change: CareChange): Piece => {
  switch (change.change) {
    case 'put_request':
      return {
        item: {
          Put: { TableName: table, Item: requestItem(vault, change.request), ConditionExpression: notSeen },
        },
        failed: stale,
      };
    case 'move_request':
      return {
        item: {
          Put: {
            TableName: table,
            Item: requestItem(vault, change.request),
            ...asRead(change.fromVersion),
          },
        },
        failed: stale,
      };
    case 'put_visit':
      return {
        item: { Put: { TableName: table, Item: visitItem(change.visit), ConditionExpression: notSeen } },
        failed: stale,
      };
    case 'move_visit':
      return {
        item: { Put: { TableName: table, Item: visitItem(change.visit), ConditionExpression: isThere } },
        failed: stale,
      };
    case 'put_diary':
      return {
        item: {
          Put: {
            TableName: table,
            Item: encode({ ...diaryKey(change.diary.volunteerId) }, change.diary),
            ...(change.fromVersion === 0 ? { ConditionExpression: notSeen } : asRead(change.fromVersion)),
          },
        },
        failed: stale,
      };
    case 'put_notice':
      return {
        item: {
          Put: { TableName: table, Item: noticeItem(change.notice), ConditionExpression: notSeen },
        },
        failed: stale,
      };
  }
};
