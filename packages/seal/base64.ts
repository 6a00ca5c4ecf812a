/** Base64 as signed notes use it: the standard alphabet, with padding, in its one canonical spelling. */
import * as z from 'zod/mini';

/** Bytes to standard base64 with padding. Source: RFC 4648, section 4. */
export const printBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/**
 * Standard base64 of `from` to `to` bytes, as a codec between text and bytes. Another alphabet, missing or extra
 * padding, set spare bits and blanks are refused. Source: RFC 4648, sections 4 and 3.5.
 */
export const base64Of = ({ from, to }: { from: number; to: number }) =>
  z.codec(
    z.string().check(
      z.maxLength(4 * Math.ceil(to / 3), { abort: true }),
      z.regex(/^[A-Za-z0-9+/]*={0,2}$/, { abort: true }),
      z.refine((text) => printBase64(Buffer.from(text, 'base64')) === text),
    ),
    z.custom<Uint8Array>(
      (bytes) => bytes instanceof Uint8Array && bytes.length >= from && bytes.length <= to,
    ),
    {
      decode: (text) => new Uint8Array(Buffer.from(text, 'base64')),
      encode: printBase64,
    },
  );
