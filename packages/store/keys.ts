/** The only place that puts a key together. Access patterns: README. */
import { BankMark } from '@time-bank/contracts/closing';
import {
  AccountId,
  type ChallengeId,
  type CommandId,
  type EventId,
  MemberId,
  type RequestId,
  type SessionId,
  TransferId,
  type VisitId,
} from '@time-bank/contracts/ids';
import { DocumentNumber, type FundId, PoolId } from '@time-bank/contracts/ledger';
import { type HomeStretch, homeCodeOf } from '@time-bank/contracts/home-code';
import type { Member } from '@time-bank/contracts/member';
import { type CommunityCode, type RegionCode, countyOf, townshipOf } from '@time-bank/contracts/region';
import type { Role } from '@time-bank/contracts/role';
import { type CivilDate, type Instant, type IsoWeek, civilDateOf } from '@time-bank/contracts/time';
import type { SealSubject } from '@time-bank/desk/seal-book';
import type { RequestRecord } from '@time-bank/care/request';
import type { DocumentUse } from '@time-bank/ledger/change';
import { encodeTime } from 'ulid';
import { BY_PERSON, BY_REGION, PARTITION_KEY } from './table.ts';

/** The two parts of an item's own key. */
export interface Key {
  pk: string;
  sk: string;
}

const TRANSFER = 'T#';
/** The part of an id that names one thing; what kind of thing it is, the key says itself. Lines stay short. */
const bare = (id: AccountId | TransferId): string => id.slice(4);

/** Everything of an account. */
export const accountPartition = (accountId: AccountId): string => `A#${bare(accountId)}`;
/** The account behind a partition; undefined where it is not one of an account. */
export const accountOfPartition = (partition: string): AccountId | undefined =>
  partition.startsWith('A#') ? AccountId.parse(`acc_${partition.slice(2)}`) : undefined;
/** What stands on an account: one mutable item. */
export const accountHeadKey = (accountId: AccountId): Key => ({ pk: accountPartition(accountId), sk: 'H' });
/** A line of an account; the key is what makes a transfer happen once. */
export const entryKey = (accountId: AccountId, transferId: TransferId): Key => ({
  pk: accountPartition(accountId),
  sk: `${TRANSFER}${bare(transferId)}`,
});
/** Begins the sort key of every line of an account or a pool. */
export const entryPrefix = TRANSFER;
/** The transfer of a line. */
export const transferOfSort = (sort: string): TransferId => TransferId.parse(`trf_${sort.slice(2)}`);
/** Says that a line was taken back; one for each line. */
export const reversalKey = (accountId: AccountId, transferId: TransferId): Key => ({
  pk: accountPartition(accountId),
  sk: `R#${bare(transferId)}`,
});

/** Everything of a pool. */
export const poolPartition = (poolId: PoolId): string => `P#${poolId.slice(5)}`;
/** The pool behind a partition; undefined where it is not one of a pool. */
export const poolOfPartition = (partition: string): PoolId | undefined =>
  partition.startsWith('P#') ? PoolId.parse(`pool:${partition.slice(2)}`) : undefined;
/** A line of a pool. */
export const poolRowKey = (poolId: PoolId, transferId: TransferId): Key => ({
  pk: poolPartition(poolId),
  sk: `${TRANSFER}${bare(transferId)}`,
});
/** The lines of a pool from an instant on: ids begin with their time. */
export const poolRowsFrom = (timeMs: number): string => `${TRANSFER}${encodeTime(timeMs)}`;
/** Says that a line of a pool was collected, in the order of the lines. */
export const collectedKey = (poolId: PoolId, transferId: TransferId): Key => ({
  pk: poolPartition(poolId),
  sk: `${COLLECTED}${bare(transferId)}`,
});
const COLLECTED = 'C#';
/** The marks of collection from an instant on. */
export const collectedFrom = (timeMs: number): string => `${COLLECTED}${encodeTime(timeMs)}`;
/** Ends the range of lines, or of marks of collection. */
export const rangeEnd = { rows: 'T$', collected: 'C$' } as const;
/** A part of a pool. */
export const shardKey = (poolId: PoolId, shard: number): Key => ({
  pk: poolPartition(poolId),
  sk: `${SHARD}${String(shard).padStart(2, '0')}`,
});
const SHARD = 'S#';
/** Begins the sort key of every part of a pool. */
export const shardPrefix = SHARD;
/** The number of a part. */
export const shardOfSort = (sort: string): number => Number(sort.slice(SHARD.length));

/** A purchase of paid service. */
export const fundKey = (fundId: FundId): Key => ({ pk: `F#${fundId.slice(5)}`, sk: 'H' });
const BROUGHT_IN = 'I#';
/** A document of hours: one item where this bank has given it out, one for each bank from which it was brought in. */
export const documentKey = ({ document, from }: DocumentUse): Key => ({
  pk: `D#${document}`,
  sk: from === undefined ? 'O' : `${BROUGHT_IN}${from}`,
});
/** The use of a document behind its key. */
export const documentOfKey = ({ pk, sk }: Key): DocumentUse => ({
  document: DocumentNumber.parse(pk.slice(2)),
  ...(sk.startsWith(BROUGHT_IN) ? { from: BankMark.parse(sk.slice(BROUGHT_IN.length)) } : {}),
});

const LINK = 'L#';
/** Everything that seals a subject. */
export const sealPartition = (subject: SealSubject): string => `S#${subject}`;
/** The subject behind a partition, unchecked; undefined where it is not one of a subject. */
export const sealedOfPartition = (partition: string): string | undefined =>
  partition.startsWith('S#') ? partition.slice(2) : undefined;
/** How far a subject is sealed. */
export const sealKey = (subject: SealSubject): Key => ({ pk: sealPartition(subject), sk: 'S' });
/** The link of a line; the key is what gives a line one link only. */
export const linkKey = (subject: SealSubject, transferId: TransferId): Key => ({
  pk: sealPartition(subject),
  sk: `${LINK}${bare(transferId)}`,
});
/** Begins the sort key of every link. */
export const linkPrefix = LINK;
/** The links of lines with ids from an instant on. */
export const linksFrom = (timeMs: number): string => `${LINK}${encodeTime(timeMs)}`;
/** Ends the range of links. */
export const LINKS_END = 'L$';
const padded = (value: number, digits: number): string => String(value).padStart(digits, '0');
/** The leaves of one tile of the log. */
export const leavesPartition = (tile: number): string => `LEAVES#${padded(tile, 14)}`;
/** A leaf of the log: 256 in a partition. */
export const leafKey = (index: number): Key => ({
  pk: leavesPartition(Math.floor(index / 256)),
  sk: padded(index % 256, 3),
});
/** A tile of the log above the leaves. */
export const tileKey = (level: number, index: number): Key => ({
  pk: `TILES#${String(level)}`,
  sk: padded(index, 14),
});
/** The log as it stands. */
export const LOG_KEY: Key = { pk: 'LOG', sk: 'NOW' };
/** A checkpoint of the log, by its size. */
export const checkpointKey = (size: number): Key => ({ pk: 'LOG', sk: `C#${padded(size, 16)}` });

/** A request and the visits that belong to it. */
export const requestPartition = (requestId: RequestId): string => `REQ#${requestId}`;
/** The sort key of a request in its partition. */
export const REQUEST_SORT = 'REQUEST';
/** The request itself. */
export const requestKey = (requestId: RequestId): Key => ({
  pk: requestPartition(requestId),
  sk: REQUEST_SORT,
});
/** One volunteer's part in a request. */
export const visitKey = (requestId: RequestId, visitId: VisitId): Key => ({
  pk: requestPartition(requestId),
  sk: `VISIT#${visitId}`,
});

/** Everything that stands under a person. */
export const memberPartition = (memberId: MemberId): string => `MEM#${memberId}`;
/** The person behind a partition of theirs. Throws where it is none. */
export const memberOfPartition = (partition: string): MemberId => MemberId.parse(partition.slice(4));
/** What is known of a person. */
export const memberKey = (memberId: MemberId): Key => ({ pk: memberPartition(memberId), sk: 'PROFILE' });
/** The visits that a volunteer has taken on. */
export const diaryKey = (volunteerId: MemberId): Key => ({ pk: memberPartition(volunteerId), sk: 'DIARY' });
/** A role that a person holds in a region. */
export const roleKey = (memberId: MemberId, role: Role, region: RegionCode): Key => ({
  pk: memberPartition(memberId),
  sk: `${rolePrefix}${role}#${region}`,
});
/** Begins the sort key of every role of a person. */
export const rolePrefix = 'ROLE#';
/** Leads from the mark of a telephone number to its person; makes numbers unique. */
export const phoneKey = (mark: string): Key => ({ pk: `PHONE#${mark}`, sk: 'PHONE' });
/** Leads from the mark of a person's natural key to their id; makes an import happen once. */
export const personKey = (mark: string): Key => ({ pk: `PERSON#${mark}`, sk: 'PERSON' });

/** A leaf of a person's file. */
export const personLeafKey = (memberId: MemberId, kind: string, fileId: string): Key => ({
  pk: memberPartition(memberId),
  sk: `LEAF#${kind}#${fileId}`,
});
/** Begins the sort key of every leaf of a person's file. */
export const everyLeafPrefix = 'LEAF#';
/** Begins the sort key of every leaf of a kind. */
export const personLeafPrefix = (kind: string): string => `LEAF#${kind}#`;
/** Index: leaves of a kind that name another person. */
export const leavesAboutKey = (kind: string, otherId: MemberId): string => `LEAVES#${kind}#${otherId}`;
/** Index: leaves of a kind that wait for staff of a region. */
export const waitingLeavesKey = (kind: string, region: RegionCode): string => `WAITS#${kind}#${region}`;
/** Sorts leaves by when they were written, then by id. */
export const leafSort = (at: Instant, fileId: string): string => `${at}#${fileId}`;

/** A person's sign-in that lasts. */
export const sessionKey = (memberId: MemberId, sessionId: SessionId): Key => ({
  pk: memberPartition(memberId),
  sk: `${SESSION}${sessionId}`,
});
const SESSION = 'SESSION#';
/** Begins the sort key of every sign-in of a person. */
export const sessionPrefix = SESSION;

/** What the audit log has about a person. */
export const auditPartition = (about: MemberId): string => `AUDIT#${about}`;
/** Parts of a day's events that are about nobody: no partition takes all of an attack. */
const NOBODY_SHARDS = 16;
const nobodyShard = (eventId: EventId): string =>
  String('0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(eventId.slice(-1)) % NOBODY_SHARDS).padStart(2, '0');
/** An event of the audit log. */
export const auditKey = (event: { eventId: EventId; at: Instant; about?: MemberId }): Key => ({
  pk:
    event.about === undefined
      ? `AUDIT#NOBODY#${civilDateOf(event.at)}#${nobodyShard(event.eventId)}`
      : auditPartition(event.about),
  sk: `${event.at}#${event.eventId}`,
});
/** Index: what the audit log has of a day of China in a county, or in what is larger, or in no region. */
export const auditedKey = (region: RegionCode | undefined, day: CivilDate): string =>
  `AUDITED#${region?.slice(0, 6) ?? 'NONE'}#${day}`;
/** Sorts events by when they were, then by id; ends with the whole region, so that it can be told from the key. */
export const auditedSort = (at: Instant, eventId: EventId, region?: RegionCode): string =>
  `${at}#${eventId}#${region ?? ''}`;
/** The region at the end of an event's sort value; empty where it has none. */
export const regionOfAudited = (sort: string): string => sort.slice(sort.lastIndexOf('#') + 1);

/** How often whoever is behind a mark has called in a window of so many seconds; windows are numbered from 1970 on. */
export const rateKey = (mark: string, seconds: number, window: number): Key => ({
  pk: `RATE#${mark}`,
  sk: `${String(seconds)}#${String(window)}`,
});

/** A one-time code while it can be used. */
export const challengeKey = (challengeId: ChallengeId): Key => ({
  pk: `CHALLENGE#${challengeId}`,
  sk: 'CHALLENGE',
});
/** What guards a number's codes against guessing, under a keyed hash of the number. */
export const codeGuardKey = (guardKey: string): Key => ({ pk: `GUARD#${guardKey}`, sk: 'GUARD' });

/** The book of what regions have decided: one small list, a change under its number. */
export const POLICIES = 'POLICIES';
/** A published change; the numbers sort as they count. */
export const policyChangeKey = (number: number): Key => ({
  pk: POLICIES,
  sk: String(number).padStart(8, '0'),
});
/** A decision that waits for a second person. */
export const policyProposalKey = (proposalId: CommandId): Key => ({
  pk: `PROPOSAL#${proposalId}`,
  sk: 'PROPOSAL',
});

/** A case of the staff, by its kind and what names it there. */
export const caseKey = (kind: string, caseId: string): Key => ({ pk: `CASE#${kind}#${caseId}`, sk: 'CASE' });
/** Index: the open cases of one kind in a region's list. */
export const openCasesKey = (kind: string, region: RegionCode): string => `CASES#${kind}#${region}`;
/** Index: the cases of one kind that are about a person. */
export const casesAboutKey = (kind: string, memberId: MemberId): string => `CASES#${kind}#${memberId}`;
/** Sorts cases by when they are due, then by what names them. */
export const dueSort = (dueAt: Instant, caseId: string): string => `${dueAt}#${caseId}`;

/** What was counted of a county. */
export const numbersKey = (county: RegionCode): Key => ({ pk: `NUMBERS#${county}`, sk: 'LATEST' });

/** Regions lie under their county, counties and what is above them under one list of their own. */
export const COUNTIES = 'COUNTIES';
/** The list of what lies within a county. */
export const countyPartition = (county: RegionCode): string => `REGION#${county}`;
/** The list in which a region stands. */
export const regionPartition = (code: RegionCode): string =>
  code.length <= 6 ? COUNTIES : countyPartition(code.slice(0, 6));
/** A region. */
export const regionKey = (code: RegionCode): Key => ({ pk: regionPartition(code), sk: code });

/** A community's week. */
export const weekPartition = (week: IsoWeek, communityCode: CommunityCode): string =>
  `WEEK#${week}#${communityCode}`;
/** A community's board: its elders with their visits, great events, bad weather. */
export const boardPartition = (communityCode: CommunityCode): string => `BOARD#${communityCode}`;
/** How the sort keys of what stands on a board begin. */
export const BOARD_SORTS = { elder: 'E#', event: 'V#', alert: 'A#' } as const;
/** An elder's row of a community's board. */
export const boardRowKey = (communityCode: CommunityCode, memberId: MemberId): Key => ({
  pk: boardPartition(communityCode),
  sk: `${BOARD_SORTS.elder}${memberId}`,
});
/** A great event on a board. */
export const boardEventKey = (communityCode: CommunityCode, eventId: CommandId): Key => ({
  pk: boardPartition(communityCode),
  sk: `${BOARD_SORTS.event}${eventId}`,
});
/** Bad weather on a board. */
export const boardAlertKey = (communityCode: CommunityCode, alertId: CommandId): Key => ({
  pk: boardPartition(communityCode),
  sk: `${BOARD_SORTS.alert}${alertId}`,
});

/** Index: the requests that a person receives. */
export const receivesKey = (memberId: MemberId): string => `RECEIVES#${memberId}`;
/** Index: the visits that a volunteer has taken. */
export const visitsKey = (memberId: MemberId): string => `VISITS#${memberId}`;
/** Index: the requests of a community. */
export const communityRequestsKey = (communityCode: CommunityCode): string => `REQUESTS#${communityCode}`;
/** What the keys of a request say of it, unchecked: its items carry it there and nowhere else. */
export const factsOfRequestKeys = (
  item: Readonly<Record<string, unknown>>,
): Record<'requestId' | 'receiverId' | 'communityCode' | 'plannedStartAt', unknown> => {
  const after = (name: string, prefix: string): string | undefined => {
    const value = item[name];
    return typeof value === 'string' && value.startsWith(prefix) ? value.slice(prefix.length) : undefined;
  };
  return {
    requestId: after(PARTITION_KEY, 'REQ#'),
    receiverId: after(BY_PERSON.partitionKey, 'RECEIVES#'),
    communityCode: after(BY_REGION.partitionKey, 'REQUESTS#'),
    plannedStartAt: after(BY_PERSON.sortKey, '')?.split('#')[0],
  };
};
/** Index: the requests of a township that wait for a volunteer. */
export const openKey = (township: RegionCode): string => `OPEN#${township}`;
/** Index: the requests of a community that the schedule looks at, by when. */
export const dueKey = (communityCode: CommunityCode): string => `DUE#${communityCode}`;
/** Index: where a request waits: for a volunteer by its start, else for the schedule by when it is due; undefined where it does not. */
export const waitsIn = (
  request: Pick<RequestRecord, 'requestId' | 'state' | 'communityCode' | 'plannedStartAt' | 'dueAt'>,
): { list: string; sort: string } | undefined => {
  const { requestId, state, communityCode, plannedStartAt, dueAt } = request;
  if (state === 'published')
    return { list: openKey(townshipOf(communityCode)), sort: startSort(plannedStartAt, requestId) };
  return dueAt === undefined ? undefined : { list: dueKey(communityCode), sort: startSort(dueAt, requestId) };
};
/** A notice that is to go out. */
export const noticeKey = (noticeId: string): Key => ({ pk: `NOTICE#${noticeId}`, sk: 'NOTICE' });
/** Parts of the outbox: no partition takes all that goes out. */
export const OUTBOX_SHARDS = 8;
/** Index: a part of the outbox. */
export const outboxKey = (shard: number): string => `OUTBOX#${String(shard)}`;
/** The part of the outbox in which a notice waits: all parts fill alike. */
export const outboxShardOf = (noticeId: string): number => {
  let sum = 0;
  for (const letter of noticeId) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521;
  return sum % OUTBOX_SHARDS;
};
/** A line of a person's inbox; the newest sorts last. */
export const inboxKey = ({
  memberId,
  at,
  noticeId,
}: {
  memberId: MemberId;
  at: Instant;
  noticeId: string;
}): Key => ({
  pk: inboxPartition(memberId),
  sk: startSort(at, noticeId),
});
/** Everything in a person's inbox. */
export const inboxPartition = (memberId: MemberId): string => `INBOX#${memberId}`;
/** Index: what a person has not seen yet. */
export const unreadKey = (memberId: MemberId): string => `UNREAD#${memberId}`;
/** Index: what a community's desk is to tell people whom no message reaches. */
export const toTellKey = (communityCode: CommunityCode): string => `TO_TELL#${communityCode}`;
/** Index: the residents of a community. */
export const residentsKey = (communityCode: CommunityCode): string => `RESIDENTS#${communityCode}`;
/** Index: the volunteers of a county. */
export const volunteersKey = (county: RegionCode): string => `VOLUNTEERS#${county}`;
/** An id from its end: what was made by chance comes first, and when it was made says nothing. */
const turned = (id: string): string => Array.from(id.slice(4)).reverse().join('');
const HOME_END = '#';
/** Index: sorts the volunteers of a county by their homes, and those of one place in an order that means nothing. */
export const volunteerSort = (member: Member): string =>
  `${homeCodeOf(member)}${HOME_END}${turned(member.memberId)}`;
/** The bounds of a stretch of homes. */
export const homeBounds = ({ from, before, turn }: HomeStretch): { from: string; before: string } => {
  if (turn === undefined) return { from, before };
  // Nobody's sort value ends so: the bound is the same whether its end is taken in or not.
  const middle = `${from}${HOME_END}${turned(turn.at)}${HOME_END}`;
  return turn.part === 'after' ? { from: middle, before } : { from: `${from}${HOME_END}`, before: middle };
};
/** Index: who holds any other role over exactly this region. */
export const holdersKey = (role: Role, region: RegionCode): string => `HOLDERS#${role}#${region}`;

/** Where the holders of a role are listed. */
export const roleListKey = (role: Role, region: RegionCode, home: CommunityCode): string => {
  switch (role) {
    case 'resident':
      return residentsKey(home);
    case 'volunteer':
      return volunteersKey(countyOf(home));
    default:
      return holdersKey(role, region);
  }
};

/** How the holders of a role are sorted in their list. */
export const roleSort = (role: Role, member: Member): string =>
  role === 'volunteer' ? volunteerSort(member) : member.memberId;

/** Sorts by planned start, then by id. */
export const startSort = (plannedStartAt: Instant, id: string): string => `${plannedStartAt}#${id}`;
