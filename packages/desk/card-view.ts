/** A card as its owner and the staff see it: nothing of what makes it good. */
import type { CardList, CardView } from '@time-bank/contracts/card';
import type { Member } from '@time-bank/contracts/member';
import { type Outcome, done } from '@time-bank/contracts/refusals';
import { CARD_TRIES_MAX } from '@time-bank/identity/card-secret';
import type { Grant } from '@time-bank/identity/grant';
import type { CardLeaf } from './person-leaf.ts';
import type { Ports } from './ports.ts';

/** One card. */
export const cardView = ({ fileId, state, at, wrongTries, ended }: CardLeaf): CardView => ({
  cardId: fileId,
  state,
  issuedAt: at,
  isLocked: state === 'active' && wrongTries >= CARD_TRIES_MAX,
  ...(ended === undefined ? {} : { endedAt: ended.at }),
});

/** The cards of a person, newest first. The grant is over them. */
export const listCards = async (
  ports: Pick<Ports, 'personFiles'>,
  _permit: Grant<'manage_card'>,
  { memberId }: Pick<Member, 'memberId'>,
): Promise<Outcome<CardList>> => {
  const cards = await ports.personFiles.listNow('card', memberId);
  return done({ items: cards.reverse().map(cardView) });
};
