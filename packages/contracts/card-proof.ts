/** What somebody shows of a paper card: the text of its QR or its six digits, and the PIN. */
import * as z from 'zod/mini';
import { MemberId } from './ids.ts';
import { VisitCode } from './member.ts';

/**
 * The text of a card's QR, 74 characters: whose card, which card (the ULIDs of both), and 128 random bits, base64url.
 * It is sent in messages only, never in an address that reaches a server.
 */
export const CardToken = z
  .string()
  .check(z.regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}[0-7][0-9A-HJKMNP-TV-Z]{25}[A-Za-z0-9_-]{22}$/))
  .brand<'CardToken'>();
export type CardToken = z.infer<typeof CardToken>;

/** The PIN of a card: four to six digits that the elder chooses and enters. */
export const CardPin = z.string().check(z.regex(/^\d{4,6}$/));
export type CardPin = z.infer<typeof CardPin>;

/** A card that is there: its QR was read, or its six digits were typed for a person who was found; with the PIN. */
export const CardProof = z.union([
  z.strictObject({ token: CardToken, pin: CardPin }),
  z.strictObject({ memberId: MemberId, code: VisitCode, pin: CardPin }),
]);
export type CardProof = z.infer<typeof CardProof>;
