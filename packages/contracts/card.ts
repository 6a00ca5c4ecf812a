/**
 * The paper card of an elder: a QR, six digits and a PIN. With it a volunteer is checked in at the door, and a balance
 * is shown at a counter. Whoever has lost it says so once, and it is good for nothing from then on.
 */
import * as z from 'zod/mini';
import { Balance } from './account.ts';
import { CardPin, CardProof, CardToken } from './card-proof.ts';
import { CallerCheck, ForWhom } from './helping.ts';
import { FileId, MemberId } from './ids.ts';
import { MaskedPerson, VisitCode } from './member.ts';
import { Instant } from './time.ts';

/** `active`: the one that is good. `lost`: reported. `replaced`: another was printed. */
export const CardState = z.enum(['active', 'lost', 'replaced']);
export type CardState = z.infer<typeof CardState>;

/** A card is printed at a counter in the elder's presence; the elder enters the PIN. `check`: how they were known. */
export const IssueCard = z.strictObject({
  cardId: FileId,
  memberId: MemberId,
  pin: CardPin,
  check: CallerCheck,
});
export type IssueCard = z.infer<typeof IssueCard>;

/**
 * What is printed: `token` as a QR, `code` as six digits. The token is shown once; where the same command is sent
 * again it is absent, and a new card is printed instead.
 */
export const IssuedCard = z.strictObject({
  cardId: FileId,
  memberId: MemberId,
  code: VisitCode,
  issuedAt: Instant,
  token: z.exactOptional(CardToken),
});
export type IssuedCard = z.infer<typeof IssuedCard>;

/** A card is lost: said by its owner, by a bound helper, or by staff for a caller. `reportId` is made by the sender. */
export const ReportCardLost = z.strictObject({ reportId: FileId, forWhom: z.exactOptional(ForWhom) });
export type ReportCardLost = z.infer<typeof ReportCardLost>;

/** Staff unlock a card after wrong PINs, in the elder's presence, who enters a new PIN. */
export const UnlockCard = z.strictObject({ pin: CardPin, check: CallerCheck });
export type UnlockCard = z.infer<typeof UnlockCard>;

/** A card as its owner and the staff see it. `isLocked`: too many wrong tries. */
export const CardView = z.strictObject({
  cardId: FileId,
  state: CardState,
  issuedAt: Instant,
  isLocked: z.boolean(),
  endedAt: z.exactOptional(Instant),
});
export type CardView = z.infer<typeof CardView>;

/** The cards of a person, newest first. */
export const CardList = z.strictObject({ items: z.array(CardView) });
export type CardList = z.infer<typeof CardList>;

/** Asks for the balance of whoever has come with their card and PIN. */
export const ReadByCard = z.strictObject({ card: CardProof });
export type ReadByCard = z.infer<typeof ReadByCard>;

/** The balance of whoever the card belongs to. */
export const CardBalance = z.strictObject({ person: MaskedPerson, balance: Balance });
export type CardBalance = z.infer<typeof CardBalance>;
