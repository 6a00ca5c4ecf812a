/** What a volunteer shows at the door, judged: which code it is, and what of the rest may be kept at all. */
import { coarse, isNearHome, isTaken } from '@time-bank/care/proof';
import type { ShownProof } from '@time-bank/care/presence';
import type { RequestFacts } from '@time-bank/care/request';
import { CardToken } from '@time-bank/contracts/card-proof';
import type { MemberId } from '@time-bank/contracts/ids';
import type { Member, Point } from '@time-bank/contracts/member';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import type { CheckIn, CheckOut } from '@time-bank/contracts/request';
import { namedByToken } from '@time-bank/identity/card-secret';
import type { TokenKeys } from '@time-bank/identity/token';
import type { Policy } from '@time-bank/policy/policy';
import { isGoodToken } from './card-check.ts';
import { hasConsent } from './consent.ts';
import type { Ports } from './ports.ts';
import { isSpokenCode } from './spoken-code.ts';

type Work = Pick<Ports, 'clock' | 'personFiles'> & { keys: TokenKeys | undefined };

/**
 * The code that was entered: of the card, its QR, or one that was read aloud; wrong where it is none of them. Without
 * keys no QR and no spoken code is good. Refuses: card_of_another_person, which is no guess and counts as none.
 */
export const shownCode = async (
  { keys, ...ports }: Work,
  facts: RequestFacts,
  receiver: Member | undefined,
  entered: CheckIn['code'],
): Promise<Outcome<ShownProof>> => {
  const token = CardToken.safeParse(entered);
  if (!token.success) {
    if (receiver?.visitCode === entered) return done({ kind: 'code', isGood: true });
    const isSpoken = keys !== undefined && isSpokenCode(keys, facts, entered, ports.clock.nowMs());
    return done(isSpoken ? { kind: 'spoken_code', isGood: true } : { kind: 'code', isGood: false });
  }
  if (namedByToken(token.data).memberId !== facts.request.receiverId)
    return refused('card_of_another_person');
  const isGood =
    keys !== undefined &&
    receiver !== undefined &&
    (await isGoodToken({ ...ports, keys }, receiver, token.data));
  return done({ kind: 'card', isGood });
};

/**
 * What was shown beside the code and may be kept: where the volunteer is, roughly, with their own consent and where the
 * house is known; what stands for a picture, with the elder's. Whatever may not be kept is dropped, and nobody is stopped.
 */
export const shownBeside = async (
  ports: Pick<Ports, 'personFiles'>,
  policy: Policy,
  { request }: RequestFacts,
  { point, photo, volunteerId }: Pick<CheckOut, 'point' | 'photo'> & { volunteerId: MemberId },
): Promise<{ beside: ShownProof[]; point?: Point }> => {
  const home = request.place.point;
  const mayPlace =
    point !== undefined && isTaken(policy, 'gps') && (await hasConsent(ports, volunteerId, 'location'));
  const mayPicture =
    photo !== undefined && isTaken(policy, 'photo') && (await hasConsent(ports, request.receiverId, 'photo'));
  const rough = mayPlace ? coarse(point) : undefined;
  return {
    beside: [
      ...(rough === undefined || home === undefined
        ? []
        : [{ kind: 'gps' as const, isGood: isNearHome(rough, home) }]),
      ...(mayPicture ? [{ kind: 'photo' as const, isGood: true, digest: photo }] : []),
    ],
    ...(rough === undefined ? {} : { point: rough }),
  };
};
