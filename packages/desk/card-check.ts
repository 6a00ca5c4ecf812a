/**
 * Whether a paper card that somebody shows is good. Every try with a PIN is written down before it is answered, right
 * ones too, so that many tries at once cannot be more than five.
 */
import type { CardProof, CardToken } from '@time-bank/contracts/card-proof';
import type { Member } from '@time-bank/contracts/member';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import { CARD_TRIES_MAX, isPinOf, isTokenOf, namedByToken } from '@time-bank/identity/card-secret';
import type { TokenKeys } from '@time-bank/identity/token';
import type { CardLeaf } from './person-leaf.ts';
import type { Ports } from './ports.ts';

type Cards = Pick<Ports, 'personFiles'> & { keys: TokenKeys };

const MOVES_MAX = 2 * CARD_TRIES_MAX;

/** The card that a QR names, where it is one of this person; nothing is said about whether it is good. */
const cardOfToken = async (
  ports: Cards,
  { memberId }: Pick<Member, 'memberId'>,
  token: CardToken,
): Promise<CardLeaf | undefined> => {
  const named = namedByToken(token);
  if (named.memberId !== memberId) return undefined;
  const card = await ports.personFiles.readNow('card', memberId, named.cardId);
  if (card?.state !== 'active' || card.secret === undefined) return undefined;
  return isTokenOf(ports.keys, card.secret, token) ? card : undefined;
};

/** The person's card that is good now. */
export const activeCardOf = async (
  ports: Pick<Ports, 'personFiles'>,
  { memberId }: Pick<Member, 'memberId'>,
): Promise<CardLeaf | undefined> =>
  (await ports.personFiles.listNow('card', memberId)).findLast(({ state }) => state === 'active');

/** True where a QR is that of the person's card, and the card is good: enough at the door, where nobody asks for a PIN. */
export const isGoodToken = async (
  ports: Cards,
  member: Pick<Member, 'memberId'>,
  token: CardToken,
): Promise<boolean> => (await cardOfToken(ports, member, token)) !== undefined;

/**
 * Card and PIN together; gives the card. Wrong PINs and wrong digits count; a QR that is not the card's own is none and does not.
 * Refuses: card_locked, card_not_accepted (with `triesLeft` where the try counted), busy_try_again.
 */
export const checkCard = async (
  ports: Cards,
  member: Pick<Member, 'memberId' | 'visitCode'>,
  proof: CardProof,
): Promise<Outcome<CardLeaf>> => {
  const isShown = 'token' in proof || proof.code === member.visitCode;
  let known: { pinHash: string; isPin: boolean } | undefined;
  for (let tries = 0; tries < MOVES_MAX; tries += 1) {
    const card =
      'token' in proof ? await cardOfToken(ports, member, proof.token) : await activeCardOf(ports, member);
    if (card?.secret === undefined) return refused('card_not_accepted');
    if (card.wrongTries >= CARD_TRIES_MAX) return refused('card_locked');
    // Slow on purpose: done again only where the PIN was changed meanwhile.
    if (known?.pinHash !== card.secret.pinHash) {
      known = { pinHash: card.secret.pinHash, isPin: await isPinOf(ports.keys, card.secret, proof.pin) };
    }
    const isRight = known.isPin && isShown;
    const wrongTries = isRight ? 0 : card.wrongTries + 1;
    if (await ports.personFiles.move({ ...card, version: card.version + 1, wrongTries })) {
      return isRight ? done(card) : refused('card_not_accepted', { triesLeft: CARD_TRIES_MAX - wrongTries });
    }
  }
  return refused('busy_try_again');
};
