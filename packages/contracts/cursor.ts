/** Where to go on reading a list. */
import * as z from 'zod/mini';

/** An opaque place to go on reading from; comes from the page before. */
export const Cursor = z.string().check(z.maxLength(1024), z.regex(/^[A-Za-z0-9_-]+$/));
