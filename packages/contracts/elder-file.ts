/** The elder's part of a person's file: what staff need to send the right help, and nothing else. */
import * as z from 'zod/mini';
import { MemberId } from './ids.ts';
import { CivilDate } from './time.ts';
import { nameCharacters, wholeCharacters } from './words.ts';

const text = (max: number) => z.string().check(z.trim(), wholeCharacters, z.minLength(1), z.maxLength(max));

/**
 * Hardship as the plans list it: 特困 (三无、五保), 低保, 经济困难的失能或半失能, 计生特扶 (70 and over), 百岁, 残疾, and
 * 低收入. `low_income` is what rules of grants ask for. Regions decide what each brings.
 */
export const HardshipTag = z.enum([
  'destitute',
  'minimum_living',
  'poor_disabled',
  'lost_only_child',
  'centenarian',
  'disabled',
  'low_income',
  'hardship',
]);
export type HardshipTag = z.infer<typeof HardshipTag>;

/** A tag and the days on which it holds, both included. */
export const TagGrant = z.strictObject({
  tag: HardshipTag,
  from: CivilDate,
  until: z.exactOptional(CivilDate),
});
export type TagGrant = z.infer<typeof TagGrant>;

/**
 * An assessment of ability as it was done: stored, never computed. `level` 0 intact to 4 complete loss; `score`
 * whole, 0 to 200, by the standard named; `until`: when it is to be done again.
 */
export const Assessment = z.strictObject({
  level: z.int().check(z.gte(0), z.lte(4)),
  standard: text(40),
  score: z.exactOptional(z.int().check(z.gte(0), z.lte(200))),
  on: CivilDate,
  until: z.exactOptional(CivilDate),
  assessor: text(40),
});
export type Assessment = z.infer<typeof Assessment>;

/** Somebody to ring when the elder does not answer. `phone` as people write it. */
export const EmergencyContact = z.strictObject({
  name: text(40),
  relation: text(20),
  phone: z.string().check(nameCharacters, z.minLength(5), z.maxLength(24)),
});
export type EmergencyContact = z.infer<typeof EmergencyContact>;

/** How often somebody looks in, before the region's rules: high weekly, key monthly, general quarterly. */
export const VisitTier = z.enum(['high', 'key', 'general']);
export type VisitTier = z.infer<typeof VisitTier>;

/** The elder's part of a person's file. `doNotPair`: people who must not be sent, whatever the reason. */
export const ElderFile = z.strictObject({
  tags: z.array(TagGrant).check(z.maxLength(8)),
  assessments: z.array(Assessment).check(z.maxLength(20)),
  wishes: z.exactOptional(text(200)),
  doNotPair: z.array(MemberId).check(z.maxLength(20)),
  homeNotes: z.exactOptional(text(200)),
  emergencyContacts: z.array(EmergencyContact).check(z.maxLength(4)),
  visitTier: z.exactOptional(VisitTier),
});
export type ElderFile = z.infer<typeof ElderFile>;
