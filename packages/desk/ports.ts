/** What the use cases need from the world. The store and the functions implement these; tests may too. */
import type { Diary } from '@time-bank/care/diary';
import type { CareChange, RequestFacts, RequestRecord } from '@time-bank/care/request';
import type { WeekVisit } from '@time-bank/care/coverage';
import type {
  AccountId,
  ChallengeId,
  IdMaker,
  MemberId,
  RequestId,
  TransferId,
} from '@time-bank/contracts/ids';
import type { Member, Phone } from '@time-bank/contracts/member';
import type { CommunityCode, Region, RegionCode } from '@time-bank/contracts/region';
import type { Refusal } from '@time-bank/contracts/refusals';
import type { CivilDate, Instant, IsoWeek } from '@time-bank/contracts/time';
import type { AccountHead, Entry, HoldEntry, LedgerChange } from '@time-bank/ledger/movement';

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
export type Change = CareChange | LedgerChange;

/**
 * How a commit ended. `stale`: a request had moved on since it was read, or was there already: read and decide again.
 */
export type Commit = { kind: 'done' } | { kind: 'stale' } | { kind: 'refused'; refusal: Refusal };

/** Writes plans. One call is one transaction; every change carries its own condition. */
export interface Journal {
  commit: (changes: readonly Change[]) => Promise<Commit>;
  /** Strongly consistent. */
  readAccountNow: (accountId: AccountId) => Promise<AccountHead | undefined>;
  /** Strongly consistent. */
  readHoldNow: (accountId: AccountId, holdId: TransferId) => Promise<HoldEntry | undefined>;
  /** Newest first. Strongly consistent, so that what was just done is seen. */
  listEntriesNow: (
    accountId: AccountId,
    page: { limit: number; cursor?: string | undefined },
  ) => Promise<Page<Entry>>;
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
  /** Requests of a community from `from` on, soonest first. */
  listOfCommunity: (
    communityCode: CommunityCode,
    page: { limit: number; cursor?: string | undefined; from: Instant },
  ) => Promise<Page<RequestFacts>>;
  /** Requests of a community whose visit began before `before` and waits to be confirmed, oldest first. */
  listUnconfirmed: (communityCode: CommunityCode, before: Instant, limit: number) => Promise<RequestFacts[]>;
  /** How often each volunteer has visited this receiver, over the last 60 requests. */
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

/** A challenge as it is kept: the keyed hash of its code, and whose sign-in it is, if anybody's. */
export interface Challenge {
  challengeId: ChallengeId;
  codeHash: string;
  memberId?: MemberId;
  expiresAt: Instant;
  triesLeft: number;
}

/** Keeps one-time codes while they can be used. */
export interface Challenges {
  /** Counts the code against the number's daily budget and keeps the challenge. False where the budget is used up. */
  open: (challenge: Challenge, budget: { phone: Phone; day: CivilDate; max: number }) => Promise<boolean>;
  /** Takes one try off a challenge that has tries left and is neither used nor expired; gives it as it was. */
  useTry: (challengeId: ChallengeId, now: Instant) => Promise<Challenge | undefined>;
  /** Marks a challenge used. False where it was used already. */
  close: (challengeId: ChallengeId) => Promise<boolean>;
}

/** Brings a code to a telephone; the challenge's id is the message's own, so that a repeat can be told. */
export interface CodeSender {
  send: (message: {
    challengeId: ChallengeId;
    phone: Phone;
    code: string;
    expiresAt: Instant;
  }) => Promise<void>;
}

/** A visit of a week, and the volunteer who has it. */
export interface WeekBooking extends WeekVisit {
  version: number;
  communityCode: CommunityCode;
  plannedMinutes: number;
  volunteerId?: MemberId;
}

/** What the stream consumer keeps for the board: derived, can be made again from the requests. */
export interface WeekBook {
  /** Keeps the row unless a later version is there already: order and repetition do not matter. */
  put: (week: IsoWeek, booking: WeekBooking) => Promise<void>;
  listOfCommunity: (week: IsoWeek, communityCode: CommunityCode) => Promise<WeekBooking[]>;
  /** All visits that volunteers of a county have in a week. */
  listOfCounty: (week: IsoWeek, county: RegionCode) => Promise<WeekBooking[]>;
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
}

/** The store does not answer, or not in time. What was being written may or may not be written: send it again. */
export class Unavailable extends Error {
  override name = 'Unavailable';
}

/** A cursor that this service did not make, or not for this list. */
export class InvalidCursor extends Error {
  override name = 'InvalidCursor';
}
