/** What the use cases need from the world. The store and the functions implement these; tests may too. */
import type { Diary } from '@time-bank/care/diary';
import type { Notice } from '@time-bank/care/notice';
import type { CareChange, RequestFacts, RequestRecord } from '@time-bank/care/request';
import type { HoursDocument, SignedDocument } from '@time-bank/contracts/closing';
import type { WeekVisit } from '@time-bank/care/coverage';
import type {
  AccountId,
  ChallengeId,
  CommandId,
  FileId,
  IdMaker,
  MemberId,
  RequestId,
  SessionId,
  TransferId,
} from '@time-bank/contracts/ids';
import type { HomeStretch } from '@time-bank/contracts/home-code';
import type { TagGrant, VisitTier } from '@time-bank/contracts/elder-file';
import type { AbilityLevel, LivingSituation, Member, Phone } from '@time-bank/contracts/member';
import type { MajorEventKind } from '@time-bank/contracts/visiting';
import type { InboxLine, NoticeChannel } from '@time-bank/contracts/notices';
import type { CommunityCode, Region, RegionCode } from '@time-bank/contracts/region';
import type { Role } from '@time-bank/contracts/role';
import type { RegionNumbers } from '@time-bank/contracts/linkage';
import type { Refusal } from '@time-bank/contracts/refusals';
import type { DeviceHint } from '@time-bank/contracts/session';
import type { CivilDate, Instant, IsoWeek } from '@time-bank/contracts/time';
import type { FundId, PoolId } from '@time-bank/contracts/ledger';
import type { PolicyBook } from '@time-bank/policy/policy-book';
import type { PolicyChange, PolicyDecision } from '@time-bank/policy/policy-change';
import type { AccountHead } from '@time-bank/ledger/account';
import type { Fund, LedgerChange, PoolRow, Tombstone } from '@time-bank/ledger/change';
import type { Entry } from '@time-bank/ledger/entry';
import type { Factor } from '@time-bank/identity/actor';
import type { HelperSpending } from '@time-bank/identity/binding';
import type { CodeGuard } from '@time-bank/identity/code-guard';
import type { AuditEvent } from './audit-event.ts';
import type { AnyLeaf, LeafKind, Leaves } from './person-leaf.ts';
import type { CaseChange, CaseKey, StaffCase, StaffCases } from './staff-case.ts';
import type { Books, SealBook } from './seal-book.ts';

/** The time. The only one: nothing else asks the machine. */
export interface Clock {
  nowMs: () => number;
}

/** A page of anything: `cursor` is absent on the last one. */
export interface Page<T> {
  items: T[];
  cursor?: string;
}

/** Something to write, all of it or none of it. */
export type Change = CareChange | LedgerChange | HelperSpending | CaseChange;

/** What stands under a transfer's id on an account: the line, or a refusal that is kept. */
export type Line = { kind: 'entry'; entry: Entry } | { kind: 'refused'; tombstone: Tombstone };

/** A part of a pool and what it has. */
export interface Shard {
  poolId: PoolId;
  shard: number;
  minutes: number;
}

/** What a commit found where its conditions did not hold: enough to plan again without another read. */
export interface Met {
  /** Accounts as they stand; undefined for one that is not there. */
  heads: ReadonlyMap<AccountId, AccountHead | undefined>;
  /** What stood where a line was to be put. */
  lines: readonly Line[];
  shards: readonly Shard[];
  /** Conditions that say all by themselves. */
  refusals: readonly Refusal[];
}

/**
 * How a commit ended. `stale`: a request had moved on since it was read, or was there already: read and decide
 * again. `met`: the ledger was not as it was planned for: decide again with what was found. Refused: busy only.
 */
export type Commit =
  { kind: 'done' } | { kind: 'stale' } | { kind: 'met'; met: Met } | { kind: 'refused'; refusal: Refusal };

/** Writes plans. One call is one transaction; every change carries its own condition. */
export interface Journal {
  commit: (changes: readonly Change[]) => Promise<Commit>;
  /** Keeps a refusal under its transfer's id unless something stands there; gives what stood there. */
  keepRefusal: (tombstone: Tombstone) => Promise<Line | undefined>;
  /** Strongly consistent. */
  readAccountNow: (accountId: AccountId) => Promise<AccountHead | undefined>;
  /** Several accounts, strongly consistent each; one that is not there is left out. At most 100. */
  readAccountsNow: (accountIds: readonly AccountId[]) => Promise<ReadonlyMap<AccountId, AccountHead>>;
  /** A line by its id, strongly consistent. */
  readLineNow: (accountId: AccountId, transferId: TransferId) => Promise<Line | undefined>;
  /** A line and its account in one round trip, strongly consistent. */
  readLineAndAccountNow: (
    accountId: AccountId,
    transferId: TransferId,
  ) => Promise<{ line?: Line; head?: AccountHead }>;
  /** Newest first. Strongly consistent, so that what was just done is seen. */
  listEntriesNow: (
    accountId: AccountId,
    page: { limit: number; cursor?: string | undefined },
  ) => Promise<Page<Entry>>;
  /** The parts of a pool that have ever had anything. Strongly consistent. */
  readPoolNow: (poolId: PoolId) => Promise<Shard[]>;
  /** The lines of a pool, newest first. Strongly consistent. */
  listPoolRowsNow: (
    poolId: PoolId,
    page: { limit: number; cursor?: string | undefined },
  ) => Promise<Page<PoolRow>>;
  /** Lines that came into a pool with ids made since then and are not collected yet. Strongly consistent. */
  listUncollectedNow: (poolId: PoolId, since: Instant) => Promise<PoolRow[]>;
  /** A purchase of paid service. Strongly consistent. */
  readFundNow: (fundId: FundId) => Promise<Fund | undefined>;
}

/** Reads requests and visits. */
export interface CareBook {
  /** The request and its visit. Strongly consistent. */
  readRequestNow: (requestId: RequestId) => Promise<RequestFacts | undefined>;
  /** Requests that wait for a volunteer in a township, soonest first. */
  listOpen: (
    township: RegionCode,
    page: { limit: number; cursor?: string | undefined; from: Instant },
  ) => Promise<Page<RequestRecord>>;
  /** Requests that a person receives, latest planned start first. */
  listReceived: (
    receiverId: MemberId,
    page: { limit: number; cursor?: string | undefined },
  ) => Promise<Page<RequestFacts>>;
  /** Requests that a volunteer has taken, latest planned start first. */
  listVisited: (
    volunteerId: MemberId,
    page: { limit: number; cursor?: string | undefined },
  ) => Promise<Page<RequestFacts>>;
  /** The volunteer's diary; version 0 where nothing was written yet. Strongly consistent. */
  readDiaryNow: (volunteerId: MemberId) => Promise<Diary>;
  /** The diaries of several volunteers; of one who has none yet it is empty. */
  readDiaries: (volunteerIds: readonly MemberId[]) => Promise<ReadonlyMap<MemberId, Diary>>;
  /** Requests by their ids; one that is not there is left out. */
  readRequests: (requestIds: readonly RequestId[]) => Promise<RequestRecord[]>;
  /** Requests of a community from `from` on, soonest first. */
  listOfCommunity: (
    communityCode: CommunityCode,
    page: { limit: number; cursor?: string | undefined; from: Instant },
  ) => Promise<Page<RequestFacts>>;
  /** Requests of a community at which the schedule looks, soonest due first; with `before`, those due before it. */
  listDue: (
    communityCode: CommunityCode,
    page: { before?: Instant | undefined; limit: number },
  ) => Promise<RequestFacts[]>;
  /** How often each volunteer has visited this receiver, over the last 12 requests. */
  countVisitsTo: (receiverId: MemberId) => Promise<ReadonlyMap<MemberId, number>>;
  /** Requests whose planned start lay before `before` and that still wait for a volunteer, in one township. */
  listOverdueOpen: (township: RegionCode, before: Instant, limit: number) => Promise<RequestRecord[]>;
}

/**
 * A person to be added. `naturalKey` is the same for the same person in every list they come from;
 * `fingerprint` tells whether two lists say the same of them.
 */
export interface NewPerson {
  naturalKey: string;
  fingerprint: string;
  member: Member;
  at: Instant;
}

/** Reads people, and takes new ones in. */
export interface People {
  readMember: (memberId: MemberId) => Promise<Member | undefined>;
  readMembers: (memberIds: readonly MemberId[]) => Promise<ReadonlyMap<MemberId, Member>>;
  findByPhone: (phone: Phone) => Promise<MemberId | undefined>;
  /** The residents of a community. */
  listResidents: (communityCode: CommunityCode) => Promise<Member[]>;
  /** The volunteers of a county. */
  listVolunteers: (county: RegionCode) => Promise<Member[]>;
  /** The volunteers of a county whose homes lie within a stretch; who has just moved may be there or not. */
  listVolunteersWithin: (
    county: RegionCode,
    stretch: HomeStretch,
    page: { limit: number; cursor?: string | undefined },
  ) => Promise<Page<MemberId>>;
  /**
   * Lists a volunteer by their home who was listed by their id alone. False where they are listed otherwise by now; then
   * nothing is written.
   */
  placeVolunteer: (member: Member) => Promise<boolean>;
  /**
   * Writes a person as they are from now on over what was read: `after.version` is one more than `before.version`
   * (0 where there is none). Telephone number and roles lead to them as `after` says. False where somebody else was
   * faster, or the number is taken; then nothing is written.
   */
  change: (before: Member, after: Member) => Promise<boolean>;
  /** People who hold a role over exactly this region (residents and volunteers have lists of their own). */
  listHolders: (role: Role, region: RegionCode) => Promise<Member[]>;
  /** Destroys the key under which a person is kept: what is sealed under it can never be read again. */
  erase: (memberId: MemberId, at: Instant) => Promise<void>;
  /**
   * Adds a person with an empty account, once for each `naturalKey` and each telephone number.
   * False where the key, the number or the id is there already; then nothing is written.
   */
  addMember: (person: NewPerson) => Promise<boolean>;
  /** What is known of people by their natural keys. */
  findByNaturalKey: (
    keys: readonly string[],
  ) => Promise<ReadonlyMap<string, { memberId: MemberId; fingerprint: string }>>;
}

/** The register of regions. Changes once a year; implementations may keep what they read. */
export interface Regions {
  read: (code: RegionCode) => Promise<Region | undefined>;
  /** The counties within a reach; all of them for the empty one. */
  listCounties: (reach: string) => Promise<Region[]>;
  /** The communities within a reach; all of them for the empty one. */
  listCommunities: (reach: string) => Promise<Region[]>;
  /** Adds or renames regions; a name is all that can change under a code. */
  put: (regions: readonly Region[]) => Promise<void>;
}

/**
 * A challenge as it is kept: the keyed hash of its answer, whose sign-in it is, if anybody's, and under what its
 * wrong tries are counted, where they are.
 */
export interface Challenge {
  challengeId: ChallengeId;
  codeHash: string;
  memberId?: MemberId;
  guardKey?: string;
  expiresAt: Instant;
  triesLeft: number;
}

/** Keeps challenges while they can be used, and what guards their codes against guessing. */
export interface Challenges {
  /** Keeps a challenge. False where its id is taken. */
  open: (challenge: Challenge) => Promise<boolean>;
  /** Takes one try off a challenge that has tries left and is neither used nor expired; gives it as it was. */
  useTry: (challengeId: ChallengeId, now: Instant) => Promise<Challenge | undefined>;
  /** Marks a challenge used. False where it was used already. */
  close: (challengeId: ChallengeId) => Promise<boolean>;
  /** Strongly consistent. */
  readGuardNow: (guardKey: string) => Promise<CodeGuard | undefined>;
  /** Writes the next version of a guard over the one before it, to be forgotten after `keptUntil`. False where that is not the latest. */
  moveGuard: (guardKey: string, guard: CodeGuard, keptUntil: Instant) => Promise<boolean>;
}

/** A code for a telephone; the challenge's id is the message's own, so that a repeat can be told. */
export interface CodeMessage {
  challengeId: ChallengeId;
  phone: Phone;
  code: string;
  expiresAt: Instant;
}

/**
 * Brings messages to telephones. Throws Unavailable where a message cannot be sent, or not in time. `send` takes
 * equally long with no message, so that nobody can tell from the time whether a number is known.
 */
export interface CodeSender {
  send: (message: CodeMessage | undefined) => Promise<void>;
  /** Tells the old number of a person that another one has taken its place. Never says which. */
  sendNotice: (notice: { phone: Phone; kind: 'number_replaced' }) => Promise<void>;
}

/** A decision that waits for a second person. `publishedAs` is the number of the change that it has become. */
export interface KeptProposal {
  proposalId: CommandId;
  region: RegionCode;
  values: PolicyDecision;
  validFrom: CivilDate;
  author: MemberId;
  reason: string;
  proposedAt: Instant;
  fingerprint: string;
  publishedAs?: number;
}

/** Signs what leaves this bank, and reads what other banks have signed. */
export interface DocumentSigner {
  /** This bank, as it is called in its documents. */
  bank: string;
  /** A compact JWS, the same for the same document. */
  sign: (hours: HoursDocument) => Promise<SignedDocument>;
  /** What a document says that this bank or one that it knows has signed in its own name; undefined for any other. */
  verify: (signed: SignedDocument) => Promise<HoursDocument | undefined>;
}

/** Keeps the cases of staff. */
export interface CaseBook {
  /** Keeps a case in its first version, once. False where there is one; then nothing is written. */
  put: (record: StaffCase) => Promise<boolean>;
  /** Writes the next version of a case over the one before it. False where that is not the latest. */
  move: (record: StaffCase) => Promise<boolean>;
  /** Strongly consistent. */
  readNow: <K extends keyof StaffCases>(kind: K, caseId: CaseKey<K>) => Promise<StaffCases[K] | undefined>;
  /** Cases of one kind about an elder, those that are over among them, the newest first. */
  listAbout: <K extends 'emergency' | 'series'>(
    kind: K,
    elderId: MemberId,
    limit: number,
  ) => Promise<StaffCases[K][]>;
  /** Open cases of one kind in the list of a region, soonest due first; with `before`, those due before it. */
  listOpen: <K extends keyof StaffCases>(
    kind: K,
    region: RegionCode,
    page: { limit: number; cursor?: string | undefined; before?: Instant | undefined },
  ) => Promise<Page<StaffCases[K]>>;
}

/** What the regions have decided. Changes a few times a year. */
export interface Policies {
  /** Implementations may keep what they read for a minute; what this process publishes is there at once. */
  readBook: () => Promise<PolicyBook>;
  /** Strongly consistent. */
  readBookNow: () => Promise<PolicyBook>;
  /**
   * Publishes the next change, once for each number, and marks the proposal that it comes from. False where the
   * number is taken, or the proposal is published already: read again and plan again.
   */
  publish: (change: PolicyChange, proposalId?: CommandId) => Promise<boolean>;
  /** Keeps a proposal, once for each id. False where the id is taken; then nothing is written. */
  keepProposal: (proposal: KeptProposal) => Promise<boolean>;
  /** Strongly consistent. */
  readProposalNow: (proposalId: CommandId) => Promise<KeptProposal | undefined>;
}

/** A visit of a week, and the volunteer who has it. */
export interface WeekBooking extends WeekVisit {
  version: number;
  communityCode: CommunityCode;
  plannedMinutes: number;
  volunteerId?: MemberId;
}

/** An elder as the board has them; tags as their file has them, `since`: the day on which they came. */
export interface BoardResident {
  memberId: MemberId;
  communityCode: CommunityCode;
  name: string;
  gender: Member['gender'];
  birthDate: CivilDate;
  tags: readonly TagGrant[];
  since: CivilDate;
  livingSituation?: LivingSituation;
  abilityLevel?: AbilityLevel;
  visitTier?: VisitTier;
}

/** Something great that happened to an elder, under the command that noted it. */
export interface BoardEvent {
  eventId: CommandId;
  elderId: MemberId;
  kind: MajorEventKind;
  at: Instant;
  fingerprint: string;
}

/** Bad weather, under the command that declared it; both days included. */
export interface BoardAlert {
  alertId: CommandId;
  from: CivilDate;
  until: CivilDate;
  fingerprint: string;
}

/**
 * A community's board: its elders, their visits of the last three weeks and to come (of those made, the last four),
 * events, weather. `visitsOfOthers`: of people who do not live here, or not any more, as they stood here last.
 */
export interface Board {
  elders: BoardResident[];
  visits: WeekVisit[];
  visitsOfOthers: WeekVisit[];
  events: BoardEvent[];
  alerts: BoardAlert[];
}

/** What the stream consumer keeps for the board: derived, can be made again from the requests; and what staff note on it. */
export interface WeekBook {
  /** The board of a community, in one query. */
  readBoard: (communityCode: CommunityCode) => Promise<Board>;
  /** Notes an event, once; false where something stands under its id. */
  putEvent: (communityCode: CommunityCode, event: BoardEvent) => Promise<boolean>;
  /** What was noted under an id. Strongly consistent. */
  readEventNow: (communityCode: CommunityCode, eventId: CommandId) => Promise<BoardEvent | undefined>;
  /** Notes bad weather, once; false where something stands under its id. */
  putAlert: (communityCode: CommunityCode, alert: BoardAlert) => Promise<boolean>;
  /** What was declared under an id. Strongly consistent. */
  readAlertNow: (communityCode: CommunityCode, alertId: CommandId) => Promise<BoardAlert | undefined>;
  /** Keeps the row unless a later version is there already: order and repetition do not matter. */
  put: (week: IsoWeek, booking: WeekBooking) => Promise<void>;
  listOfCommunity: (week: IsoWeek, communityCode: CommunityCode) => Promise<WeekBooking[]>;
}

/** The leaves of people's files. */
export interface PersonFiles {
  /** Keeps a leaf in its first version, once. False where there is one; then nothing is written. */
  put: (leaf: AnyLeaf) => Promise<boolean>;
  /** Writes the next version of a leaf over the one before it. False where that is not the latest. */
  move: (leaf: AnyLeaf) => Promise<boolean>;
  /** Strongly consistent. Undefined also where the person's key is gone. */
  readNow: <K extends LeafKind>(
    kind: K,
    memberId: MemberId,
    fileId: FileId,
  ) => Promise<Leaves[K] | undefined>;
  /** All leaves of a kind in a person's file, oldest first. Strongly consistent. */
  listNow: <K extends LeafKind>(kind: K, memberId: MemberId) => Promise<Leaves[K][]>;
  /** Leaves of a kind in files of others that name this person. */
  listAbout: <K extends LeafKind>(kind: K, otherId: MemberId) => Promise<Leaves[K][]>;
  /** Leaves of a kind that wait for staff of a region, soonest due first. */
  listWaiting: <K extends LeafKind>(
    kind: K,
    region: RegionCode,
    page: { limit: number; cursor?: string | undefined },
  ) => Promise<Page<Leaves[K]>>;
}

/**
 * A sign-in that lasts. `refreshHash`: the keyed hash of the one refresh token that is good now; `previousHash`: of
 * the one before it, good until `graceEndsAt` for a second tab. `authority` as in the ledger's head when it began.
 */
export interface Session {
  sessionId: SessionId;
  memberId: MemberId;
  factor: Factor;
  isStaff: boolean;
  deviceKey?: string;
  device?: DeviceHint;
  spendsFrom?: Instant;
  authority: number;
  startedAt: Instant;
  lastUsedAt: Instant;
  idleEndsAt: Instant;
  endsAt: Instant;
  refreshHash: string;
  previousHash?: string;
  graceEndsAt?: Instant;
  endedAt?: Instant;
  endReason?: 'signed_out' | 'ended_by_member' | 'ended_by_staff' | 'token_reused' | 'recovered';
}

/** Keeps sessions. */
export interface Sessions {
  start: (session: Session) => Promise<void>;
  /** Strongly consistent. */
  readNow: (memberId: MemberId, sessionId: SessionId) => Promise<Session | undefined>;
  /** A person's sessions, newest first; a store may forget one some days after its `endsAt`. Strongly consistent. */
  listNow: (memberId: MemberId) => Promise<Session[]>;
  /** Puts the next refresh token in the place of `fromHash`. False where that is no longer the good one, or it has ended. */
  rotate: (session: Session, fromHash: string) => Promise<boolean>;
  /** Ends a session that has not ended. False where it had, or there is none. */
  end: (
    memberId: MemberId,
    sessionId: SessionId,
    end: { at: Instant; reason: NonNullable<Session['endReason']> },
  ) => Promise<boolean>;
}

/** The audit log: written once, never changed. */
export interface AuditLog {
  /** Writes an event, to be kept for `keptDays` whole days, three years at least. */
  append: (event: AuditEvent, keptDays?: number) => Promise<void>;
  /** What was done to a person's file, newest first. */
  listAbout: (
    about: MemberId,
    page: { limit: number; cursor?: string | undefined },
  ) => Promise<Page<AuditEvent>>;
  /** Everything of a day of China within a region (6 digits or more), oldest first; without one, what has none. */
  listOfDay: (
    day: CivilDate,
    region: RegionCode | undefined,
    page: { limit: number; cursor?: string | undefined },
  ) => Promise<Page<AuditEvent>>;
}

/** Counts calls. `key` names a person, a number's hash or an address's hash; no two keys share an item. */
export interface RateLimits {
  /** Takes one of `max` calls a window of `seconds`. Seconds to wait where there is none left. */
  take: (
    key: string,
    limit: { max: number; seconds: number },
    now: Instant,
  ) => Promise<{ isTaken: true } | { isTaken: false; retryAfterSeconds: number }>;
}

/** What the service has counted of counties. */
export interface NumbersBook {
  /** Puts the numbers of a county in the place of older ones; those of a day that is there already stay as they are. */
  put: (numbers: RegionNumbers) => Promise<void>;
  readLatest: (county: RegionCode) => Promise<RegionNumbers | undefined>;
}

/** A notice that is to go out. `dueAt`: when it is looked at; `tries`: how often somebody has begun to tell it. */
export interface WaitingNotice {
  notice: Notice;
  dueAt: Instant;
  tries: number;
}

/** How a notice ended: everybody was told as far as can be, or nobody needs it any more. */
export type NoticeEnd = 'told' | 'not_needed';

/** What is to be told. Notices come into it with the step that causes them. */
export interface Outbox {
  /** Notices that are due before `now`, the longest due first, about `limit` at most. */
  listDue: (now: Instant, limit: number) => Promise<WaitingNotice[]>;
  /**
   * Takes a notice until `until`: nobody else sees it before then, and whoever has died with it loses it then.
   * Undefined where somebody else was faster.
   */
  claim: (seen: WaitingNotice, until: Instant) => Promise<WaitingNotice | undefined>;
  /** Puts a claimed notice back until `at`. False where the claim had lapsed and somebody else has it. */
  putBack: (claimed: WaitingNotice, at: Instant) => Promise<boolean>;
  /** Takes a claimed notice out for good. False as above. */
  end: (claimed: WaitingNotice, how: NoticeEnd, at: Instant) => Promise<boolean>;
}

/**
 * A notice as one person got it. `helps`: the elder whose matter it is, where they hear of it as a helper; `sent`: by
 * which ways it has gone out; `waitsIn`: the community whose desk is to tell it, as no message reaches this person.
 */
export interface InboxItem extends InboxLine, Pick<Notice, 'kind' | 'about' | 'figures'> {
  memberId: MemberId;
  helps?: MemberId;
  sent: Partial<Record<NoticeChannel, Instant>>;
  waitsIn?: CommunityCode;
  readAt?: Instant;
}

/** Names an inbox's line. */
export type InboxKey = Pick<InboxItem, 'memberId' | 'noticeId' | 'at'>;

/** What each person was told. Kept for half a year. */
export interface Inbox {
  /** Puts a line, once; gives what stands there. */
  put: (item: InboxItem) => Promise<InboxItem>;
  /** Writes down that it has gone out by one way. */
  markSent: (key: InboxKey, channel: NoticeChannel, at: Instant) => Promise<void>;
  /** Puts it into the list of a community's desk, unless it was read or told. */
  waitFor: (key: InboxKey, communityCode: CommunityCode) => Promise<void>;
  /** Marks it seen or told: it waits for nobody. False where it was before, or there is none. */
  markRead: (key: InboxKey, at: Instant) => Promise<boolean>;
  /** Newest first; with `from`, those told since then. Strongly consistent. */
  list: (
    memberId: MemberId,
    page: { limit: number; cursor?: string | undefined; from?: Instant | undefined },
  ) => Promise<Page<InboxItem>>;
  /** How many are unread, 100 at most. */
  countUnread: (memberId: MemberId) => Promise<number>;
  /** What a community's desk is to tell, oldest first. */
  listToTell: (
    communityCode: CommunityCode,
    page: { limit: number; cursor?: string | undefined },
  ) => Promise<Page<InboxItem>>;
}

/** Everything a use case may be given; each asks for the parts it needs. */
export interface Ports {
  clock: Clock;
  ids: IdMaker;
  journal: Journal;
  careBook: CareBook;
  people: People;
  regions: Regions;
  challenges: Challenges;
  codeSender: CodeSender;
  weekBook: WeekBook;
  policies: Policies;
  caseBook: CaseBook;
  personFiles: PersonFiles;
  sessions: Sessions;
  auditLog: AuditLog;
  rateLimits: RateLimits;
  numbersBook: NumbersBook;
  outbox: Outbox;
  inbox: Inbox;
  books: Books;
  sealBook: SealBook;
}

/** The store does not answer, or not in time. What was being written may or may not be written: send it again. */
export class Unavailable extends Error {
  override name = 'Unavailable';
}

/** A cursor that this service did not make, or not for this list. */
export class InvalidCursor extends Error {
  override name = 'InvalidCursor';
}
