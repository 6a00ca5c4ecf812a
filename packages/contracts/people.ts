/** People as staff enter and change them, and the elder's file as it is read and kept. */
import * as z from 'zod/mini';
import { Assessment, ElderFile } from './elder-file.ts';
import { FileId, MemberId } from './ids.ts';
import {
  AbilityLevel,
  Address,
  FreeTime,
  Gender,
  Language,
  LivingSituation,
  Member,
  PersonName,
  Phone,
  Point,
  Skill,
} from './member.ts';
import { CommunityCode } from './region.ts';
import { CivilDate } from './time.ts';

/** Which version of a file somebody has before them: 0 where it was never changed. */
const FileVersion = z.int().check(z.gte(0));

/** What is known of anybody, whatever their roles. Without `phone` a person is a full member all the same. */
const particulars = {
  name: PersonName,
  phone: z.exactOptional(Phone),
  birthDate: CivilDate,
  gender: Gender,
  address: Address,
  point: z.exactOptional(Point),
  languages: z.array(Language).check(z.maxLength(8)),
  skills: z.array(Skill).check(z.maxLength(9)),
  freeTimes: z.array(FreeTime).check(z.maxLength(28)),
};

/** Enters a resident of a community, e.g. at the counter. `memberId` is made by whoever enters them. */
export const EnterPerson = z.strictObject({
  memberId: MemberId,
  communityCode: CommunityCode,
  ...particulars,
  livingSituation: z.exactOptional(LivingSituation),
});
export type EnterPerson = z.infer<typeof EnterPerson>;

/**
 * Writes a person's particulars as they are from now on: what is left out is not known any more. `communityCode`: where
 * they have moved to, with the address there; left out, they live where they did.
 */
export const ChangePerson = z.strictObject({
  fileId: FileId,
  version: FileVersion,
  communityCode: z.exactOptional(CommunityCode),
  ...particulars,
});
export type ChangePerson = z.infer<typeof ChangePerson>;

/** A person's particulars with the version that a change is written over. */
export const PersonView = z.strictObject({
  memberId: MemberId,
  communityCode: CommunityCode,
  version: FileVersion,
  ...particulars,
});
export type PersonView = z.infer<typeof PersonView>;

const { tags, wishes, doNotPair, homeNotes, emergencyContacts, visitTier, assessments } = ElderFile.shape;

const elderPart = {
  livingSituation: z.exactOptional(LivingSituation),
  languages: z.array(Language).check(z.maxLength(8)),
  tags,
  wishes,
  doNotPair,
  homeNotes,
  emergencyContacts,
  visitTier,
};

/** Writes an elder's file as it is from now on: what is left out is taken out. Assessments are added, never changed. */
export const ChangeElderFile = z.strictObject({ fileId: FileId, version: FileVersion, ...elderPart });
export type ChangeElderFile = z.infer<typeof ChangeElderFile>;

/** Adds an assessment of ability as it was done. */
export const AssessElder = z.strictObject({ fileId: FileId, assessment: Assessment });
export type AssessElder = z.infer<typeof AssessElder>;

/**
 * An elder's file as those see it who may. For an auditor name, address, wishes, notes, contacts and the people not to
 * be sent are absent or empty: what is left says what was decided, not about whom.
 */
export const ElderFileView = z.strictObject({
  memberId: MemberId,
  surname: z.string(),
  name: z.exactOptional(z.string()),
  address: z.exactOptional(z.string()),
  phone: z.exactOptional(Phone),
  age: z.int(),
  communityCode: CommunityCode,
  version: FileVersion,
  abilityLevel: z.exactOptional(AbilityLevel),
  ...elderPart,
  assessments,
});
export type ElderFileView = z.infer<typeof ElderFileView>;

/** The part of a person that a change replaces, as it was before: kept under the id of the change. */
export const FormerPart = z.partial(z.omit(Member, { memberId: true, visitCode: true, version: true }));
export type FormerPart = z.infer<typeof FormerPart>;
