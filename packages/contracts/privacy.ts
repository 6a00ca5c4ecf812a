/**
 * What people may decide and know about their own data: consent by purpose and version, a copy of everything, a wish
 * to have something corrected or all of it erased. Source: 个人信息保护法 Arts 14-17, 28-31, 44-50.
 */
import * as z from 'zod/mini';
import { Balance, EntryView } from './account.ts';
import { CardState } from './card.ts';
import { Cursor } from './cursor.ts';
import { AsHelperOf, BindingState, HelperTerms } from './helping.ts';
import { CommandId, FileId, MemberId } from './ids.ts';
import { Member } from './member.ts';
import { OwnRecords } from './own-records.ts';
import { RegionCode } from './region.ts';
import { RequestView } from './request.ts';
import { Instant } from './time.ts';
import { wholeCharacters } from './words.ts';

/**
 * What needs a consent of its own: where one is (`location`, coarse, at check-in only), what is sensitive about one's
 * health (`health`: assessments), pictures of a visit, a volunteer's own picture for whom they visit, data to a bank
 * of another place or to an insurer, one's masked name in a list of thanks. Whoever says no is served all the same;
 * only that one thing is left out.
 */
export const ConsentPurpose = z.enum([
  'location',
  'health',
  'photo',
  'portrait',
  'other_place',
  'insurer',
  'public_thanks',
]);
export type ConsentPurpose = z.infer<typeof ConsentPurpose>;

/** The version of the words of each purpose that is shown today. */
export const consentVersions: Readonly<Record<ConsentPurpose, string>> = {
  location: '2026-11',
  health: '2026-11',
  photo: '2026-11',
  portrait: '2026-11',
  other_place: '2026-11',
  insurer: '2026-11',
  public_thanks: '2026-11',
};

/** The version of the words to which somebody says yes or no: the month in which they were written. */
export const ConsentVersion = z.string().check(z.regex(/^2\d{3}-(0[1-9]|1[0-2])$/));

/** Says yes or no to a purpose, in the words of a version; the newest word counts. By oneself or one's guardian. */
export const GiveConsent = z.strictObject({
  consentId: FileId,
  purpose: ConsentPurpose,
  version: ConsentVersion,
  isGiven: z.boolean(),
  forWhom: z.exactOptional(AsHelperOf),
});
export type GiveConsent = z.infer<typeof GiveConsent>;

/** A purpose, the version of its words today, and what was said last; `isGiven` is false where nobody said anything. */
export const ConsentView = z.strictObject({
  purpose: ConsentPurpose,
  version: ConsentVersion,
  isGiven: z.boolean(),
  saidVersion: z.exactOptional(ConsentVersion),
  at: z.exactOptional(Instant),
  byGuardian: z.exactOptional(z.boolean()),
});
export type ConsentView = z.infer<typeof ConsentView>;

/** All purposes. */
export const ConsentList = z.strictObject({ items: z.array(ConsentView) });
export type ConsentList = z.infer<typeof ConsentList>;

/** Whose; one's own where it is left out. */
export const OwnerQuery = z.strictObject({ memberId: z.exactOptional(MemberId) });

const said = (max: number) => z.string().check(z.trim(), wholeCharacters, z.minLength(1), z.maxLength(max));

/** Something is to be corrected, or everything erased. */
export const DataWish = z.enum(['correction', 'erasure']);
export type DataWish = z.infer<typeof DataWish>;

/** Asks for it, in one's own words. */
export const AskAboutData = z.strictObject({
  wishId: FileId,
  wish: DataWish,
  words: said(300),
  forWhom: z.exactOptional(AsHelperOf),
});
export type AskAboutData = z.infer<typeof AskAboutData>;

/** asked -> done | refused (always with a reason). */
export const DataWishState = z.enum(['asked', 'done', 'refused']);
export type DataWishState = z.infer<typeof DataWishState>;

/** A wish and what became of it. Answered until `dueAt`, 30 days after it was asked. */
export const DataWishView = z.strictObject({
  wishId: FileId,
  memberId: MemberId,
  wish: DataWish,
  words: z.string(),
  state: DataWishState,
  askedAt: Instant,
  dueAt: Instant,
  answer: z.exactOptional(z.string()),
  answeredAt: z.exactOptional(Instant),
});
export type DataWishView = z.infer<typeof DataWishView>;

/** Wishes, newest first for oneself, soonest due first for staff. */
export const DataWishList = z.strictObject({
  items: z.array(DataWishView),
  cursor: z.exactOptional(z.string()),
});
export type DataWishList = z.infer<typeof DataWishList>;

/** The wishes that wait in a community. */
export const DataWishQuery = z.strictObject({ region: RegionCode, cursor: z.exactOptional(Cursor) });

/**
 * Answers a wish: done, or refused with a reason. Done on an erasure erases: the account must be closed first, and no
 * visit under way.
 */
export const AnswerDataWish = z.strictObject({
  commandId: CommandId,
  decision: z.enum(['done', 'refuse']),
  answer: said(300),
});
export type AnswerDataWish = z.infer<typeof AnswerDataWish>;

/** One's own statement goes on behind `cursor` where it has more lines than a copy holds. */
export const CopyQuery = z.strictObject({
  memberId: z.exactOptional(MemberId),
  cursor: z.exactOptional(Cursor),
});

/** Everything that the service knows of a person, but secrets; 1,000 lines of the statement at a time. */
export const OwnCopy = z.strictObject({
  madeAt: Instant,
  member: Member,
  balance: z.exactOptional(Balance),
  entries: z.array(EntryView),
  cursor: z.exactOptional(z.string()),
  received: z.array(RequestView),
  visited: z.array(RequestView),
  helpers: z.array(
    z.strictObject({ helperId: MemberId, state: BindingState, terms: HelperTerms, at: Instant }),
  ),
  helped: z.array(
    z.strictObject({ elderId: MemberId, state: BindingState, terms: HelperTerms, at: Instant }),
  ),
  cards: z.array(z.strictObject({ cardId: FileId, state: CardState, at: Instant })),
  consents: z.array(ConsentView),
  wishes: z.array(DataWishView),
  ...OwnRecords.shape,
});
export type OwnCopy = z.infer<typeof OwnCopy>;
