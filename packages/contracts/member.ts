/** People: residents, volunteers and coordinators. One person may be all three. */
import * as z from 'zod/mini';
import { ElderFile } from './elder-file.ts';
import { MemberId } from './ids.ts';
import { CommunityCode } from './region.ts';
import { RoleGrant } from './role.ts';
import { CivilDate } from './time.ts';
import { Volunteering } from './volunteering.ts';
import { nameCharacters, wholeCharacters } from './words.ts';

/** As on the identity card. */
export const Gender = z.enum(['female', 'male']);
export type Gender = z.infer<typeof Gender>;

/** Spoken languages and dialects: Mandarin, the Wan-bei dialect, Cantonese, Wu, Min Nan, Hakka, English, sign language. */
export const Language = z.enum(['cmn', 'wanbei', 'yue', 'wuu', 'nan', 'hak', 'eng', 'csl']);
export type Language = z.infer<typeof Language>;

/** How an elder lives: alone, empty nest (a couple without children at home), left behind, with family. */
export const LivingSituation = z.enum(['alone', 'empty_nest', 'left_behind', 'with_family']);
export type LivingSituation = z.infer<typeof LivingSituation>;

/** Ability by GB/T 42195-2022: 0 intact, 1 mild, 2 moderate, 3 severe, 4 complete loss. Stored, never computed. */
export const AbilityLevel = z.int().check(z.gte(0), z.lte(4));
export type AbilityLevel = z.infer<typeof AbilityLevel>;

/** What a volunteer brings. */
export const Skill = z.enum([
  'chat',
  'reading',
  'cooking',
  'errands',
  'smartphone',
  'medical_escort',
  'crafts',
  'music',
  'repairs',
]);
export type Skill = z.infer<typeof Skill>;

/** A weekly slot in which a volunteer is free, in China's wall time; `weekday` 1 Monday to 7 Sunday; minutes of the day. */
export const FreeTime = z
  .strictObject({
    weekday: z.int().check(z.gte(1), z.lte(7)),
    fromMinute: z.int().check(z.gte(0), z.lte(1439)),
    toMinute: z.int().check(z.gte(1), z.lte(1440)),
  })
  .check(z.refine((slot) => slot.fromMinute < slot.toMinute, 'a free time ends after it begins'));
export type FreeTime = z.infer<typeof FreeTime>;

/** A telephone number in E.164, e.g. `+8610000000001`. */
export const Phone = z
  .string()
  .check(z.regex(/^\+[1-9]\d{6,14}$/))
  .brand<'Phone'>();
export type Phone = z.infer<typeof Phone>;

/** Reads a number as people write it: Chinese mainland numbers without a country code, blanks and hyphens allowed. */
export const phoneOf = (written: string): Phone | undefined => {
  const digits = written.normalize('NFKC').replace(/[\s()-]/g, '');
  const full = /^1\d{10}$/.test(digits) ? `+86${digits}` : digits.replace(/^00/, '+');
  const parsed = Phone.safeParse(full);
  return parsed.success ? parsed.data : undefined;
};

/** Whose telephone number it is, the whole number as people write it. In a body: no address has anything personal in it. */
export const FindMember = z.strictObject({
  phone: z.string().check(wholeCharacters, z.minLength(5), z.maxLength(24)),
});

/** A point on the map, WGS 84, degrees. */
export const Point = z.strictObject({
  latitude: z.number().check(z.gte(-90), z.lte(90)),
  longitude: z.number().check(z.gte(-180), z.lte(180)),
});
export type Point = z.infer<typeof Point>;

/** A name as it is written, 1 to 40 characters. */
export const PersonName = z.string().check(z.trim(), nameCharacters, z.minLength(1), z.maxLength(40));
/** Where somebody lives or a visit takes place, below the community, 1 to 120 characters. */
export const Address = z.string().check(z.trim(), wholeCharacters, z.minLength(1), z.maxLength(120));

/** The six digits on the elder's card at home; the volunteer enters them to check in. */
export const VisitCode = z.string().check(z.regex(/^\d{6}$/));
export type VisitCode = z.infer<typeof VisitCode>;

/** What is known of a person. */
export const Member = z.strictObject({
  memberId: MemberId,
  name: PersonName,
  phone: z.exactOptional(Phone),
  birthDate: CivilDate,
  gender: Gender,
  communityCode: CommunityCode,
  address: Address,
  point: z.exactOptional(Point),
  languages: z.array(Language).check(z.maxLength(8)),
  /** None of whoever was merged into another person. */
  roles: z.array(RoleGrant).check(z.maxLength(12)),
  skills: z.array(Skill).check(z.maxLength(9)),
  freeTimes: z.array(FreeTime).check(z.maxLength(28)),
  livingSituation: z.exactOptional(LivingSituation),
  abilityLevel: z.exactOptional(AbilityLevel),
  visitCode: z.exactOptional(VisitCode),
  volunteering: z.exactOptional(Volunteering),
  elderFile: z.exactOptional(ElderFile),
  /** How often the file was changed; absent where it never was. */
  version: z.exactOptional(z.int().check(z.gte(1))),
});
export type Member = z.infer<typeof Member>;

/** True for a person who was merged into another one: they hold no role, and nobody signs in as them. */
export const wasMerged = ({ roles }: Pick<Member, 'roles'>): boolean => roles.length === 0;

const doubleSurnames = [
  '欧阳',
  '司马',
  '上官',
  '诸葛',
  '东方',
  '皇甫',
  '尉迟',
  '公孙',
  '慕容',
  '令狐',
  '夏侯',
  '司徒',
];

/** The family name of a Chinese name, which always leaves a given name; the first word of another. */
export const surnameOf = (name: string): string => {
  const double = doubleSurnames.find((surname) => name.startsWith(surname) && name !== surname);
  if (double !== undefined) return double;
  return /^\p{Script=Han}/u.test(name)
    ? name.slice(0, String.fromCodePoint(name.codePointAt(0) ?? 0).length)
    : (name.split(/\s/)[0] ?? '');
};

/** The name as strangers may see it: the family name, the rest as `*`. */
export const maskedName = (name: string): string => `${surnameOf(name)}*`;

/** A person as strangers may see them. */
export const MaskedPerson = z.strictObject({
  memberId: MemberId,
  surname: z.string(),
  gender: Gender,
});
export type MaskedPerson = z.infer<typeof MaskedPerson>;

/** A person as those may see them who need to reach them. */
export const ReachablePerson = z.strictObject({
  ...MaskedPerson.shape,
  name: z.string(),
  phone: z.exactOptional(Phone),
});
export type ReachablePerson = z.infer<typeof ReachablePerson>;

/** One's own page. */
export const Me = z.strictObject({
  member: Member,
  communityName: z.string(),
  mayRedeem: z.boolean(),
});
export type Me = z.infer<typeof Me>;

/** An elder in a coordinator's list. */
export const ElderRow = z.strictObject({
  memberId: MemberId,
  name: z.string(),
  gender: Gender,
  age: z.int(),
  communityCode: CommunityCode,
  address: z.string(),
  hasPhone: z.boolean(),
  livingSituation: z.exactOptional(LivingSituation),
  abilityLevel: z.exactOptional(AbilityLevel),
});
export type ElderRow = z.infer<typeof ElderRow>;
