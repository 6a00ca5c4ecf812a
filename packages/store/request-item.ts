/** Requests and visits as they are stored, and the pieces of a transaction that write them. */
import type { Diary } from '@time-bank/care/diary';
import type { CareChange, RequestEvent, RequestRecord, VisitRecord } from '@time-bank/care/request';
import { CommandId, MemberId, RequestId, SYSTEM, TransferId, VisitId } from '@time-bank/contracts/ids';
import { Gender } from '@time-bank/contracts/member';
import { CommunityCode } from '@time-bank/contracts/region';
import { Channel, Place, Receipt, RequestState, ServiceCode, Wishes } from '@time-bank/contracts/request';
import { Instant } from '@time-bank/contracts/time';
import * as z from 'zod/mini';
import { type Item, decode, encode, values } from './item.ts';
import {
  communityRequestsKey,
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
import { BY_OPENING, BY_PERSON, BY_REGION } from './table.ts';

/** What a receipt says beside what its event and its request say already: a request stays within two kilobytes. */
const ReceiptFacts = z.omit(z.object(Receipt.shape), { requestId: true, state: true, at: true });

const StoredEvent = z.object({
  stepId: z.union([CommandId, RequestId, VisitId, TransferId]),
  fingerprint: z.string(),
  actorId: z.union([MemberId, z.literal(SYSTEM)]),
  channel: Channel,
  at: Instant,
  from: z.exactOptional(RequestState),
  to: RequestState,
  reason: z.exactOptional(z.string()),
  ...ReceiptFacts.shape,
});

const StoredRequest = z.object({
  requestId: RequestId,
  version: z.int(),
  state: RequestState,
  serviceCode: ServiceCode,
  receiverId: MemberId,
  receiver: z.object({ surname: z.string(), gender: Gender }),
  postedBy: MemberId,
  communityCode: CommunityCode,
  plannedStartAt: Instant,
  plannedMinutes: z.int(),
  place: Place,
  wishes: Wishes,
  note: z.exactOptional(z.string()),
  hold: z.exactOptional(StoredHold),
  policyVersion: z.string(),
  volunteerId: z.exactOptional(MemberId),
  history: z.array(StoredEvent),
});

const StoredVisit = z.object({
  visitId: VisitId,
  requestId: RequestId,
  volunteerId: MemberId,
  plannedStartAt: Instant,
  acceptedAt: Instant,
  checkedInAt: z.exactOptional(Instant),
  checkedOutAt: z.exactOptional(Instant),
  servedMinutes: z.exactOptional(z.int()),
  creditedMinutes: z.exactOptional(z.int()),
  wrongCodes: z.int(),
  lastWrongTry: z.exactOptional(z.string()),
});

const StoredDiary = z.object({
  volunteerId: MemberId,
  version: z.int(),
  entries: z.array(z.object({ requestId: RequestId, plannedStartAt: Instant, plannedMinutes: z.int() })),
});

const eventOf = (requestId: RequestId, stored: z.infer<typeof StoredEvent>): RequestEvent => {
  const { stepId, fingerprint, actorId, channel, at, from, to, reason, ...facts } = stored;
  return {
    ...{ stepId, fingerprint, actorId, channel, at },
    ...(from === undefined ? {} : { from }),
    ...(reason === undefined ? {} : { reason }),
    receipt: { requestId, state: to, at, ...facts },
  };
};

const storedEvent = ({ receipt, ...event }: RequestEvent): z.infer<typeof StoredEvent> => {
  const { requestId: _requestId, state, at: _at, ...facts } = receipt;
  return { ...event, to: state, ...facts };
};

/** A request as it was stored. Throws where the item is not one. */
export const decodeRequest = (item: Item): RequestRecord => {
  const { history, hold, ...request } = decode(StoredRequest, item);
  return {
    ...request,
    ...(hold === undefined ? {} : { hold: decodeHold(hold) }),
    history: history.map((event) => eventOf(request.requestId, event)),
  };
};
/** A visit as it was stored. Throws where the item is not one. */
export const decodeVisit = (item: Item): VisitRecord => decode(StoredVisit, item);
/** A volunteer's diary as it was stored. Throws where the item is not one. */
export const decodeDiary = (item: Item): Diary => decode(StoredDiary, item);

/** True for an item of the care table that is a request. */
export const isRequestItem = (item: Item): boolean => item['sk']?.S === REQUEST_SORT;
/** True for an item of the care table that is a visit. */
export const isVisitItem = (item: Item): boolean => item['sk']?.S?.startsWith('VISIT#') === true;

const requestItem = (request: RequestRecord): Item => {
  const sort = startSort(request.plannedStartAt, request.requestId);
  const waits = waitsIn(request);
  return encode(
    {
      ...requestKey(request.requestId),
      [BY_PERSON.partitionKey]: receivesKey(request.receiverId),
      [BY_PERSON.sortKey]: sort,
      [BY_REGION.partitionKey]: communityRequestsKey(request.communityCode),
      [BY_REGION.sortKey]: sort,
      ...(waits === undefined ? {} : { [BY_OPENING.partitionKey]: waits, [BY_OPENING.sortKey]: sort }),
    },
    {
      ...request,
      history: request.history.map(storedEvent),
      hold: request.hold && encodeHold(request.hold),
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
export const carePiece = (table: string, change: CareChange): Piece => {
  switch (change.change) {
    case 'put_request':
      return {
        item: { Put: { TableName: table, Item: requestItem(change.request), ConditionExpression: notSeen } },
        failed: stale,
      };
    case 'move_request':
      return {
        item: {
          Put: {
            TableName: table,
            Item: requestItem(change.request),
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
  }
};
