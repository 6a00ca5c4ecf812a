/**
 * One person who was entered twice becomes one again. Staff decide, and may take it back for 30 days; the service only
 * says who looks alike.
 */
import * as z from 'zod/mini';
import { FileId, MemberId } from './ids.ts';
import { Address, Gender, PersonName } from './member.ts';
import { CommunityCode } from './region.ts';
import { CivilDate, Instant } from './time.ts';
import { wholeCharacters } from './words.ts';

/** For how many whole days a merge can be taken back. */
export const UNDO_DAYS = 30;

const FileVersion = z.int().check(z.gte(0));
const why = z.string().check(z.trim(), wholeCharacters, z.minLength(1), z.maxLength(120));

/**
 * Merges `dropId` into `keepId`, over the versions that staff have before them. The particulars stay those of the kept
 * one; languages, skills, free times and own roles are united.
 */
export const MergePeople = z
  .strictObject({
    mergeId: FileId,
    keepId: MemberId,
    dropId: MemberId,
    keepVersion: FileVersion,
    dropVersion: FileVersion,
    reason: why,
  })
  .check(
    z.refine(({ keepId, dropId }) => keepId !== dropId, {
      path: ['dropId'],
      error: 'is another person than the kept one',
    }),
  );
export type MergePeople = z.infer<typeof MergePeople>;

/** Takes a merge back: both are again as they were before it. `keepId`: in whose file it stands. */
export const UndoMerge = z.strictObject({ undoId: FileId, keepId: MemberId, reason: why });
export type UndoMerge = z.infer<typeof UndoMerge>;

/** What stands in the way of a merge, as stable words. */
export const MergeBlocker = z.enum([
  'not_alike',
  'roles_of_staff',
  'already_merged',
  'too_many_values',
  'visits_open',
  'holds_open',
  'hours_on_account',
  'account_not_open',
  'family_ties',
  'helpers_bound',
  'card_in_use',
]);
export type MergeBlocker = z.infer<typeof MergeBlocker>;

/** What a merge and its undoing answer, the same for ever. The versions are those of both files after it. */
export const MergeReceipt = z.strictObject({
  mergeId: FileId,
  keepId: MemberId,
  dropId: MemberId,
  at: Instant,
  undoUntil: Instant,
  keepVersion: FileVersion,
  dropVersion: FileVersion,
});
export type MergeReceipt = z.infer<typeof MergeReceipt>;

/** In which community. */
export const DuplicateQuery = z.strictObject({ community: CommunityCode });
export type DuplicateQuery = z.infer<typeof DuplicateQuery>;

/** By what two people look alike. */
export const Likeness = z.enum(['same_name_and_birth', 'same_birth_gender_address', 'same_phone']);
export type Likeness = z.infer<typeof Likeness>;

/** One of two who look alike, with what staff need to tell them apart. */
export const DuplicatePerson = z.strictObject({
  memberId: MemberId,
  version: FileVersion,
  name: PersonName,
  birthDate: CivilDate,
  gender: Gender,
  address: Address,
  hasPhone: z.boolean(),
});
export type DuplicatePerson = z.infer<typeof DuplicatePerson>;

/** Two who look alike, the one who came first as `first`. */
export const DuplicatePair = z.strictObject({
  first: DuplicatePerson,
  second: DuplicatePerson,
  alike: z.array(Likeness).check(z.minLength(1)),
});
export type DuplicatePair = z.infer<typeof DuplicatePair>;

/** Pairs of a community, those who are alike in most first; 200 at most. */
export const DuplicateList = z.strictObject({ items: z.array(DuplicatePair) });
export type DuplicateList = z.infer<typeof DuplicateList>;
