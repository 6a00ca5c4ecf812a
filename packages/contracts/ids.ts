/**
 * Every id of the time bank: a three-letter prefix that says what it names, and a ULID (48 bits of
 * milliseconds, 80 random bits). Whoever may have to retry makes the id before the first try and keeps it.
 */
import { decodeTime, monotonicFactory, ulid } from 'ulid';
import * as z from 'zod/mini';

const ULID = '[0-7][0-9A-HJKMNP-TV-Z]{25}';

const id = (prefix: string) => z.string().check(z.regex(new RegExp(`^${prefix}_${ULID}$`)));

/** A person of the time bank, whatever their roles. */
export const MemberId = id('mem').brand<'MemberId'>();
export type MemberId = z.infer<typeof MemberId>;

/** Who acts where no person does: a schedule, a consumer. */
export const SYSTEM = 'system';

/** Whoever did something: a member, or the service itself. */
export type ActorId = MemberId | typeof SYSTEM;

/** An account of the ledger. A member's own account has the member's ULID, so no look-up is needed. */
export const AccountId = id('acc').brand<'AccountId'>();
export type AccountId = z.infer<typeof AccountId>;

/** A movement of minutes, or a hold. Made by the client; the ledger's idempotency key for ever. */
export const TransferId = id('trf').brand<'TransferId'>();
export type TransferId = z.infer<typeof TransferId>;

/** A request for help. Made by whoever posts it. */
export const RequestId = id('req').brand<'RequestId'>();
export type RequestId = z.infer<typeof RequestId>;

/** One volunteer's part in one request. Made by the volunteer's phone when accepting. */
export const VisitId = id('vis').brand<'VisitId'>();
export type VisitId = z.infer<typeof VisitId>;

/** A command on a thing that exists already (check in, check out, cancel). Made by the client. */
export const CommandId = id('cmd').brand<'CommandId'>();
export type CommandId = z.infer<typeof CommandId>;

/** One try to sign in: binds the one-time code that was sent. */
export const ChallengeId = id('chl').brand<'ChallengeId'>();
export type ChallengeId = z.infer<typeof ChallengeId>;

/** A sign-in that lasts: one device of one person, until it ends. */
export const SessionId = id('ses').brand<'SessionId'>();
export type SessionId = z.infer<typeof SessionId>;

/** A leaf of a person's file: a binding, a card, a consent, a wish about one's own data. Made by whoever begins it. */
export const FileId = id('fil').brand<'FileId'>();
export type FileId = z.infer<typeof FileId>;

/** An event of the audit log. */
export const EventId = id('evt').brand<'EventId'>();
export type EventId = z.infer<typeof EventId>;

/** Makes ids. One maker a process: ids of the same millisecond still sort in the order they were made. */
export interface IdMaker {
  member: () => MemberId;
  request: () => RequestId;
  visit: () => VisitId;
  transfer: () => TransferId;
  command: () => CommandId;
  challenge: () => ChallengeId;
  session: () => SessionId;
  file: () => FileId;
  event: () => EventId;
}

/**
 * An id maker over a clock and a source of randomness.
 * `nowMs`: milliseconds since 1970. `random`: numbers in [0, 1); cryptographic where it is left out.
 */
export const idMaker = (nowMs: () => number, random?: () => number): IdMaker => {
  const next = random === undefined ? monotonicFactory() : monotonicFactory(random);
  return {
    member: () => MemberId.parse(`mem_${next(nowMs())}`),
    request: () => RequestId.parse(`req_${next(nowMs())}`),
    visit: () => VisitId.parse(`vis_${next(nowMs())}`),
    transfer: () => TransferId.parse(`trf_${next(nowMs())}`),
    command: () => CommandId.parse(`cmd_${next(nowMs())}`),
    challenge: () => ChallengeId.parse(`chl_${next(nowMs())}`),
    session: () => SessionId.parse(`ses_${next(nowMs())}`),
    file: () => FileId.parse(`fil_${next(nowMs())}`),
    event: () => EventId.parse(`evt_${next(nowMs())}`),
  };
};

/** A single random part, for error ids and the like: 26 characters, sortable by time. */
export const newUlid = (nowMs: number): string => ulid(nowMs);

/** The account in which a member's own hours are kept. */
export const accountOf = (memberId: MemberId): AccountId => AccountId.parse(`acc_${memberId.slice(4)}`);

/** The hold that belongs to a request paid in hours: it shares the request's ULID. */
export const holdOf = (requestId: RequestId): TransferId => TransferId.parse(`trf_${requestId.slice(4)}`);

/** When an id was made, by the clock of whoever made it: milliseconds since 1970. */
export const ulidTime = (id: string): number => decodeTime(id.slice(4));

/** How the random part of an id of the service begins: 30 bits that no maker of ids draws but by a rare chance. */
export const SERVICE_MARK = 'ZZZZZZ';

/**
 * Whether an id, whatever it names, is of the range that the service keeps for what it does by itself. Such an id
 * follows from its cause and can be worked out by anybody, so no command of a person may have one.
 */
export const isOfService = (id: string): boolean => id.startsWith(SERVICE_MARK, 14);

/** The movement that a command on a request makes: it shares the command's ULID. */
export const movementOf = (command: CommandId): TransferId => TransferId.parse(`trf_${command.slice(4)}`);
