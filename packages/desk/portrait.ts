/**
 * The portraits of volunteers: one leaf a person, of its own, so that nobody who reads the rest of a file reads the
 * picture along. It is shown while its owner agrees, and is gone from the file when they no longer do.
 */
import { isEnd, takesTime } from '@time-bank/care/life';
import { type RequestFacts, type RequestRecord, volunteersOf } from '@time-bank/care/request';
import type { MemberId } from '@time-bank/contracts/ids';
import { isPlain, readJpeg } from '@time-bank/contracts/jpeg';
import type { GivePortrait, PortraitReceipt } from '@time-bank/contracts/portrait';
import { PORTRAIT_SIDE_MAX_PX } from '@time-bank/contracts/portrait-size';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import type { Grant } from '@time-bank/identity/grant';
import { nowOf } from './carry-out.ts';
import { hasConsent } from './consent.ts';
import type { PortraitLeaf } from './person-leaf.ts';
import { emptyPortrait, portraitFileOf, portraitLeafOf } from './portrait-leaf.ts';
import type { Ports } from './ports.ts';

type Files = Pick<Ports, 'personFiles'>;

/** The file of a portrait, byte for byte. */
export type PortraitBytes = Uint8Array<ArrayBuffer>;

const bytesOf = (base64: string): PortraitBytes => new Uint8Array(Buffer.from(base64, 'base64'));

const isInBounds = (pixels: number): boolean => pixels > 0 && pixels <= PORTRAIT_SIDE_MAX_PX;

/** True for a small JPEG with nothing beside the picture. */
const isPortrait = (bytes: Uint8Array): boolean => {
  const jpeg = readJpeg(bytes);
  return jpeg !== undefined && isPlain(jpeg) && isInBounds(jpeg.widthPx) && isInBounds(jpeg.heightPx);
};

/** The portrait of somebody who agrees to its being shown, in base64. */
export const shownPortraitOf = async (ports: Files, memberId: MemberId): Promise<string | undefined> => {
  const leaf = await portraitLeafOf(ports, memberId);
  if (leaf?.jpeg === undefined) return undefined;
  return (await hasConsent(ports, memberId, 'portrait')) ? leaf.jpeg : undefined;
};

/** One's own portrait. Refuses: unknown_file (there is none). */
export const readOwnPortrait = async (
  ports: Files,
  { actor }: Grant<'manage_portrait'>,
): Promise<Outcome<PortraitBytes>> => {
  const jpeg = await shownPortraitOf(ports, actor.memberId);
  return jpeg === undefined ? refused('unknown_file') : done(bytesOf(jpeg));
};

/**
 * Gives a portrait in the place of the one before; the same one again changes nothing.
 * Refuses: consent_needed, not_a_portrait (no JPEG, larger than 480 pixels, or with more in it than the picture),
 * busy_try_again.
 */
export const givePortrait = async (
  ports: Pick<Ports, 'clock' | 'personFiles'>,
  { actor: { memberId } }: Grant<'manage_portrait'>,
  { jpeg }: GivePortrait,
): Promise<Outcome<PortraitReceipt>> => {
  if (!(await hasConsent(ports, memberId, 'portrait'))) return refused('consent_needed');
  if (!isPortrait(bytesOf(jpeg))) return refused('not_a_portrait');
  const before = await portraitLeafOf(ports, memberId);
  if (before?.jpeg === jpeg) return done({ givenAt: before.at });
  const leaf: PortraitLeaf = {
    kind: 'portrait',
    memberId,
    fileId: portraitFileOf(memberId),
    version: (before?.version ?? 0) + 1,
    at: nowOf(ports),
    jpeg,
  };
  const isWritten = before === undefined ? ports.personFiles.put(leaf) : ports.personFiles.move(leaf);
  if (!(await isWritten)) return refused('busy_try_again');
  // Whoever took their consent back meanwhile has found no picture to empty.
  if (!(await hasConsent(ports, memberId, 'portrait'))) {
    await emptyPortrait(ports, memberId);
    return refused('consent_needed');
  }
  return done({ givenAt: leaf.at });
};

/** Who comes: of two the one who is meant, or the first. */
export const visitorOf = (request: RequestRecord, memberId: MemberId | undefined): MemberId | undefined =>
  volunteersOf(request).find((each) => memberId === undefined || each === memberId);

/**
 * The portrait of who has taken a visit (`memberId`: which of the two; the first where it is left out), from the moment
 * it was taken until it is closed. Refuses: unknown_request, whatever of it is not there.
 */
export const readPortrait = async (
  ports: Files,
  _permit: Grant<'read_portrait'>,
  { request }: RequestFacts,
  memberId?: MemberId,
): Promise<Outcome<PortraitBytes>> => {
  const { state } = request;
  const visitor = visitorOf(request, memberId);
  if (visitor === undefined || !takesTime(state) || isEnd(state)) return refused('unknown_request');
  const jpeg = await shownPortraitOf(ports, visitor);
  return jpeg === undefined ? refused('unknown_request') : done(bytesOf(jpeg));
};
