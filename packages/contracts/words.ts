/** Text in the three languages of the service. */
import * as z from 'zod/mini';

/** The interface languages: simplified Chinese first, traditional Chinese, English. */
export const Locale = z.enum(['zh-Hans', 'zh-Hant', 'en']);
export type Locale = z.infer<typeof Locale>;

/** One sentence in all three languages. */
export const Words = z.strictObject({ 'zh-Hans': z.string(), 'zh-Hant': z.string(), en: z.string() });
export type Words = z.infer<typeof Words>;

/** For text that people write: half a surrogate pair is no character, and no store keeps it. */
export const wholeCharacters = z.regex(/^\P{Cs}*$/u, 'Invalid text: half a character');
