/** The leaves of people's files as they are stored: one schema for each kind. */
import { GroupService } from '@time-bank/contracts/activity';
import { CardState } from '@time-bank/contracts/card';
import { BindingState, CallerCheck, ConfirmedBy, HelperTerms } from '@time-bank/contracts/helping';
import { CommandId, FileId, MemberId, RequestId } from '@time-bank/contracts/ids';
import { Member, Phone } from '@time-bank/contracts/member';
import { FormerPart } from '@time-bank/contracts/people';
import { MailAddress, NoticeStop, PushSubscription } from '@time-bank/contracts/notices';
import { ConsentPurpose, ConsentVersion, DataWish, DataWishState } from '@time-bank/contracts/privacy';
import { RegionCode } from '@time-bank/contracts/region';
import { DeviceHint } from '@time-bank/contracts/session';
import { PersonCheck } from '@time-bank/contracts/sign-in';
import { CivilDate, Instant } from '@time-bank/contracts/time';
import { VolunteerState } from '@time-bank/contracts/volunteering';
import { Locale } from '@time-bank/contracts/words';
import type { Leaves } from '@time-bank/desk/person-leaf';
import * as z from 'zod/mini';

/** What every leaf has. */
const leaf = {
  memberId: MemberId,
  fileId: FileId,
  version: z.int(),
  at: Instant,
  otherId: z.exactOptional(MemberId),
  waits: z.exactOptional(z.object({ region: RegionCode, dueAt: Instant })),
};

const outside = {
  ...leaf,
  otherId: MemberId,
  by: MemberId,
  isForStaff: z.boolean(),
  removedAt: z.exactOptional(Instant),
};

/** By kind. Each takes what it knows and leaves out the rest, such as keys. */
export const leafSchemas: { [K in keyof Leaves]: z.ZodMiniType<Leaves[K]> } = {
  binding: z.object({
    ...leaf,
    kind: z.literal('binding'),
    state: BindingState,
    otherId: MemberId,
    terms: HelperTerms,
    proposedBy: MemberId,
    checkedBy: z.exactOptional(MemberId),
    checkedAt: z.exactOptional(Instant),
    confirmed: z.exactOptional(
      z.object({ by: ConfirmedBy, at: Instant, witnessId: z.exactOptional(MemberId) }),
    ),
    ended: z.exactOptional(z.object({ by: MemberId, at: Instant, reason: z.string() })),
    spentMinutes: z.int(),
  }),
  card: z.object({
    ...leaf,
    kind: z.literal('card'),
    state: CardState,
    issuedBy: MemberId,
    pinBy: z.exactOptional(MemberId),
    check: z.exactOptional(CallerCheck),
    secret: z.exactOptional(
      z.object({ keyName: z.string(), tokenHash: z.string(), pinSalt: z.string(), pinHash: z.string() }),
    ),
    wrongTries: z.int(),
    ended: z.exactOptional(z.object({ at: Instant, by: MemberId, reportId: z.exactOptional(FileId) })),
  }),
  device: z.object({
    ...leaf,
    kind: z.literal('device'),
    thumbprint: z.string(),
    device: z.exactOptional(DeviceHint),
    firstSeenAt: Instant,
    spendsFrom: Instant,
    approvedBy: z.exactOptional(FileId),
    removedAt: z.exactOptional(Instant),
  }),
  former: z.object({
    ...leaf,
    kind: z.literal('former'),
    part: z.enum(['particulars', 'roles', 'volunteering', 'elder_file']),
    by: MemberId,
    fingerprint: z.string(),
    over: z.int(),
    was: FormerPart,
    becomes: z.string(),
    state: z.enum(['begun', 'done']),
    volunteerState: z.exactOptional(VolunteerState),
  }),
  passkey: z.object({
    ...leaf,
    kind: z.literal('passkey'),
    otherId: MemberId,
    credentialId: z.string(),
    publicKey: z.string(),
    counter: z.int(),
    transports: z.array(z.string()),
    userHandle: z.string(),
    name: z.string(),
    addedAt: Instant,
    lastUsedAt: z.exactOptional(Instant),
    isForStaff: z.boolean(),
    trustsFrom: Instant,
    removedAt: z.exactOptional(Instant),
  }),
  enrolment: z.object({
    ...leaf,
    kind: z.literal('enrolment'),
    by: MemberId,
    codeHash: z.string(),
    expiresAt: Instant,
    triesLeft: z.int(),
    usedAt: z.exactOptional(Instant),
  }),
  sso: z.object({ ...outside, kind: z.literal('sso') }),
  wechat: z.object({ ...outside, kind: z.literal('wechat') }),
  recovery: z.object({
    ...leaf,
    kind: z.literal('recovery'),
    by: MemberId,
    check: PersonCheck,
    note: z.string(),
    fingerprint: z.string(),
    oldPhone: z.exactOptional(Phone),
    spendsFrom: Instant,
    doneAt: z.exactOptional(Instant),
  }),
  consent: z.object({
    ...leaf,
    kind: z.literal('consent'),
    purpose: ConsentPurpose,
    textVersion: ConsentVersion,
    isGiven: z.boolean(),
    by: MemberId,
    fingerprint: z.string(),
  }),
  wish: z.object({
    ...leaf,
    kind: z.literal('wish'),
    wish: DataWish,
    words: z.string(),
    state: DataWishState,
    by: MemberId,
    fingerprint: z.string(),
    dueAt: Instant,
    answer: z.exactOptional(
      z.object({
        commandId: CommandId,
        fingerprint: z.string(),
        by: MemberId,
        at: Instant,
        words: z.string(),
      }),
    ),
  }),
  help: z.object({ ...leaf, kind: z.literal('help'), lastId: CommandId }),
  activity: z.object({
    ...leaf,
    kind: z.literal('activity'),
    activityId: CommandId,
    title: z.string(),
    organisationName: z.string(),
    serviceCode: GroupService,
    date: CivilDate,
    minutes: z.int(),
  }),
  merge: z.object({
    ...leaf,
    kind: z.literal('merge'),
    otherId: MemberId,
    state: z.enum(['begun', 'done', 'failed', 'undoing', 'undone']),
    by: MemberId,
    reason: z.string(),
    fingerprint: z.string(),
    was: z.object({ keep: Member, drop: Member }),
    undo: z.exactOptional(
      z.object({ undoId: FileId, fingerprint: z.string(), by: MemberId, at: Instant, reason: z.string() }),
    ),
  }),
  notices: z.object({
    ...leaf,
    kind: z.literal('notices'),
    locale: Locale,
    stops: z.array(NoticeStop),
    linkSecret: z.string(),
    address: z.exactOptional(z.object({ address: MailAddress, confirmedAt: z.exactOptional(Instant) })),
    pushes: z.array(PushSubscription),
    calendarHash: z.exactOptional(z.string()),
  }),
  portrait: z.object({ ...leaf, kind: z.literal('portrait'), jpeg: z.exactOptional(z.string()) }),
  priority: z.object({ ...leaf, kind: z.literal('priority'), usedFor: z.exactOptional(RequestId) }),
};
