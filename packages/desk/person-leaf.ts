/**
 * The leaves of a person's file beside their particulars: a binding to a helper, a card, a consent. Each is kept
 * whole and sealed under the person's own key; what stands outside the seal are ids, a version and dates.
 */
import type { GroupService } from '@time-bank/contracts/activity';
import type { CardState } from '@time-bank/contracts/card';
import type { BindingState, CallerCheck, ConfirmedBy, HelperTerms } from '@time-bank/contracts/helping';
import type { CommandId, FileId, MemberId, RequestId } from '@time-bank/contracts/ids';
import type { FormerPart } from '@time-bank/contracts/people';
import type { MailAddress, NoticeStop, PushSubscription } from '@time-bank/contracts/notices';
import type { ConsentPurpose, DataWish, DataWishState } from '@time-bank/contracts/privacy';
import type { RegionCode } from '@time-bank/contracts/region';
import type { DeviceHint } from '@time-bank/contracts/session';
import type { Member, Phone } from '@time-bank/contracts/member';
import type { PersonCheck } from '@time-bank/contracts/sign-in';
import type { CivilDate, Instant } from '@time-bank/contracts/time';
import type { VolunteerState } from '@time-bank/contracts/volunteering';
import type { Locale } from '@time-bank/contracts/words';

/**
 * What every leaf has. `memberId`: in whose file it stands. `version` counts from 1. `otherId`: another person whom
 * it names, who finds it by this. `waits`: in which region's list it waits for staff, soonest due first.
 */
export interface Leaf {
  memberId: MemberId;
  fileId: FileId;
  version: number;
  at: Instant;
  otherId?: MemberId;
  waits?: { region: RegionCode; dueAt: Instant };
}

/** A binding of a helper (`otherId`) to an elder (`memberId`). `spentMinutes`: spent so far by the helper, whole. */
export interface BindingLeaf extends Leaf {
  kind: 'binding';
  state: BindingState;
  otherId: MemberId;
  terms: HelperTerms;
  proposedBy: MemberId;
  checkedBy?: MemberId;
  checkedAt?: Instant;
  confirmed?: { by: ConfirmedBy; at: Instant; witnessId?: MemberId };
  ended?: { by: MemberId; at: Instant; reason: string };
  spentMinutes: number;
}

/**
 * A device that has shown a key of its own, by the key's thumbprint. `spendsFrom`: from when on it may move hours;
 * `approvedBy`: the device that let it do so before its time. A device that was removed keeps its leaf, so that its
 * key is never taken for the first one.
 */
export interface DeviceLeaf extends Leaf {
  kind: 'device';
  thumbprint: string;
  device?: DeviceHint;
  firstSeenAt: Instant;
  spendsFrom: Instant;
  approvedBy?: FileId;
  removedAt?: Instant;
}

/** Which part of a file a change replaces. */
export type FilePart = 'particulars' | 'roles' | 'volunteering' | 'elder_file';

/**
 * A change of a person's file, under the id of its command: `was`, the part as it stood before, in the version `over`
 * which it was written; who wrote it. `becomes`: the fingerprint of the part after it. `begun` until the file is written.
 */
export interface FormerLeaf extends Leaf {
  kind: 'former';
  part: FilePart;
  by: MemberId;
  fingerprint: string;
  over: number;
  was: FormerPart;
  becomes: string;
  state: 'begun' | 'done';
  volunteerState?: VolunteerState;
}

/**
 * A paper card (`fileId`). `pinBy`: before whom its PIN was set, where that is not who printed it. `secret`: keyed hashes of its token and its PIN, and the name of the key under which they
 * were made; absent where a loss was reported of a card that nobody had printed here. `wrongTries`: since it was last
 * used well.
 */
export interface CardLeaf extends Leaf {
  kind: 'card';
  state: CardState;
  issuedBy: MemberId;
  pinBy?: MemberId;
  check?: CallerCheck;
  secret?: { keyName: string; tokenHash: string; pinSalt: string; pinHash: string };
  wrongTries: number;
  ended?: { at: Instant; by: MemberId; reportId?: FileId };
}

/**
 * A passkey (`credentialId`, base64url; `publicKey`, COSE in base64url). `otherId` is no person: it follows from the
 * credential, so that the passkey is found by it. `userHandle`: random, the same for all passkeys of a person.
 * `isForStaff`: whoever added it had shown in person or with another such passkey that it is theirs. `trustsFrom`: from
 * when on a sign-in with it lets a new device move hours.
 */
export interface PasskeyLeaf extends Leaf {
  kind: 'passkey';
  otherId: MemberId;
  credentialId: string;
  publicKey: string;
  counter: number;
  transports: string[];
  userHandle: string;
  name: string;
  addedAt: Instant;
  lastUsedAt?: Instant;
  isForStaff: boolean;
  trustsFrom: Instant;
  removedAt?: Instant;
}

/** A code that somebody on the staff was given in person for a first passkey; kept as a keyed hash. */
export interface EnrolmentLeaf extends Leaf {
  kind: 'enrolment';
  by: MemberId;
  codeHash: string;
  expiresAt: Instant;
  triesLeft: number;
  usedAt?: Instant;
}

/**
 * Another house that signs a person in. `otherId` is no person: it follows, under a key, from what they are called there.
 * `isForStaff`: a colleague has bound it, or its owner from an open office.
 */
interface OutsideLeaf extends Leaf {
  otherId: MemberId;
  by: MemberId;
  isForStaff: boolean;
  removedAt?: Instant;
}
/** A person's name at the provider of single sign-on. */
export interface SsoLeaf extends OutsideLeaf {
  kind: 'sso';
}
/** A person's name at WeChat. */
export interface WechatLeaf extends OutsideLeaf {
  kind: 'wechat';
}

/** A telephone number that was replaced at a counter. `spendsFrom`: from when on a device new since then may move hours. */
export interface RecoveryLeaf extends Leaf {
  kind: 'recovery';
  by: MemberId;
  check: PersonCheck;
  note: string;
  fingerprint: string;
  oldPhone?: Phone;
  spendsFrom: Instant;
  doneAt?: Instant;
}

/** A word about a purpose; the newest of a purpose counts. */
export interface ConsentLeaf extends Leaf {
  kind: 'consent';
  purpose: ConsentPurpose;
  textVersion: string;
  isGiven: boolean;
  by: MemberId;
  fingerprint: string;
}

/** What somebody has asked about their own data. `dueAt`: until when it is to be answered. */
export interface WishLeaf extends Leaf {
  kind: 'wish';
  wish: DataWish;
  words: string;
  state: DataWishState;
  by: MemberId;
  fingerprint: string;
  dueAt: Instant;
  answer?: { commandId: CommandId; fingerprint: string; by: MemberId; at: Instant; words: string };
}

/**
 * A merge, in the file of the person who was kept; `otherId`: whom it has emptied. `was`: both as they were before it.
 * begun -> done -> undoing -> undone; `failed` where somebody changed one of them meanwhile.
 */
export interface MergeLeaf extends Leaf {
  kind: 'merge';
  otherId: MemberId;
  state: 'begun' | 'done' | 'failed' | 'undoing' | 'undone';
  by: MemberId;
  reason: string;
  fingerprint: string;
  was: { keep: Member; drop: Member };
  undo?: { undoId: FileId; fingerprint: string; by: MemberId; at: Instant; reason: string };
}

/**
 * How somebody wants to be told, one leaf a person. `linkSecret`: signs the links of their mails. `pushes`: browsers,
 * the newest last. `calendarHash`: of the address of their calendar, while it has one.
 */
export interface NoticesLeaf extends Leaf {
  kind: 'notices';
  locale: Locale;
  stops: NoticeStop[];
  linkSecret: string;
  address?: { address: MailAddress; confirmedAt?: Instant };
  pushes: PushSubscription[];
  calendarHash?: string;
}

/** Leads to the last call for help of a person: one leaf, so that two calls at once become one. */
export interface HelpLeaf extends Leaf {
  kind: 'help';
  lastId: CommandId;
}

/** A group activity at which a person served: what a certificate says of it. Minutes whole. */
export interface ActivityLeaf extends Leaf {
  kind: 'activity';
  activityId: CommandId;
  title: string;
  organisationName: string;
  serviceCode: GroupService;
  date: CivilDate;
  minutes: number;
}

/** The service has let somebody down (the request has its number): their next request, `usedFor`, comes first. */
export interface PriorityLeaf extends Leaf {
  kind: 'priority';
  usedFor?: RequestId;
}

/** A small picture of a volunteer, a JPEG in base64, one leaf a person; without it where it was taken back. */
export interface PortraitLeaf extends Leaf {
  kind: 'portrait';
  jpeg?: string;
}

/** The kinds of leaves, and what each is. */
export interface Leaves {
  binding: BindingLeaf;
  card: CardLeaf;
  former: FormerLeaf;
  device: DeviceLeaf;
  passkey: PasskeyLeaf;
  enrolment: EnrolmentLeaf;
  sso: SsoLeaf;
  wechat: WechatLeaf;
  recovery: RecoveryLeaf;
  consent: ConsentLeaf;
  wish: WishLeaf;
  merge: MergeLeaf;
  priority: PriorityLeaf;
  help: HelpLeaf;
  activity: ActivityLeaf;
  notices: NoticesLeaf;
  portrait: PortraitLeaf;
}

/** The name of a kind. */
export type LeafKind = keyof Leaves;
/** Any leaf. */
export type AnyLeaf = Leaves[LeafKind];
