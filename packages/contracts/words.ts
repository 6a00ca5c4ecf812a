/** Text in the three languages of the service. */
import * as z from 'zod/mini';

/** The interface languages: simplified Chinese first, traditional Chinese, English. */
export const Locale = z.enum(['zh-Hans', 'zh-Hant', 'en']);
export type Locale = z.infer<typeof Locale>;

/** One sentence in all three languages. */
export const Words = z.strictObject({ 'zh-Hans': z.string(), 'zh-Hant': z.string(), en: z.string() });
export type Words = z.infer<typeof Words>;

/**
 * For text that people write: CJK, emoji and line breaks, and nothing that a reader does not see. No half of a
 * surrogate pair, no control character, no mark that turns the direction of what follows, no space of no width; the
 * joiners that emoji are made with are let through. Source: Unicode TR #36, section 2.10; CVE-2021-42574.
 */
export const wholeCharacters = z.regex(
  /^(?:[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|[\n\u200C\u200D])*$/u,
  'Invalid text: half a character, or one that cannot be seen',
);

/**
 * For names: one line of what can be seen. Two names that look alike are alike but for letters of other alphabets; the
 * letters that leave nothing on the page (fillers of Hangul and Khmer, the empty braille cell) are no part of a name.
 */
export const nameCharacters = z.regex(
  /^[^\u034F\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u17B4-\u17B5\u115F\u1160\u2800\u3164\uFFA0]*$/u,
  'Invalid name: a character that cannot be seen',
);

/** For what another machine has made up and this service gives back or looks up: visible ASCII, RFC 6749, appendix A. */
export const machineCharacters = z.regex(/^[\x20-\x7E]*$/, 'Invalid text: visible ASCII only');
