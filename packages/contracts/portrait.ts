/**
 * A small picture of a volunteer: whoever opens the door knows the face. It is given by the volunteer, with a consent
 * of its own, and shown only to whom they visit, for as long as the visit lasts.
 */
import * as z from 'zod/mini';
import { MemberId } from './ids.ts';
import { PORTRAIT_BYTES_MAX } from './portrait-size.ts';
import { Instant } from './time.ts';

/** A JPEG file in base64. */
export const PortraitJpeg = z
  .string()
  .check(
    z.minLength(4),
    z.maxLength(Math.ceil(PORTRAIT_BYTES_MAX / 3) * 4),
    z.regex(/^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/),
  );

/** Gives a portrait of oneself in the place of the one before. It is taken back with the consent. */
export const GivePortrait = z.strictObject({ jpeg: PortraitJpeg });
export type GivePortrait = z.infer<typeof GivePortrait>;

/** Since when a portrait is there. */
export const PortraitReceipt = z.strictObject({ givenAt: Instant });
export type PortraitReceipt = z.infer<typeof PortraitReceipt>;

/** Which of two who come together; the first where it is left out. */
export const PortraitQuery = z.strictObject({ memberId: z.exactOptional(MemberId) });
