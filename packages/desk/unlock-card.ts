/** Staff unlock a card after wrong PINs, in the presence of the elder, who chooses a new PIN. */
import type { CardView, UnlockCard } from '@time-bank/contracts/card';
import type { FileId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import { withPin } from '@time-bank/identity/card-secret';
import type { Grant } from '@time-bank/identity/grant';
import type { TokenKeys } from '@time-bank/identity/token';
import { cardView } from './card-view.ts';
import type { Ports } from './ports.ts';

const TRIES_MAX = 5;

/**
 * Unlocks a card; a card whose key is gone is printed anew instead. The grant is over the elder. The same again does
 * the same again.
 * Refuses: unknown_file, busy_try_again.
 */
export const unlockCard = async (
  ports: Pick<Ports, 'personFiles'> & { keys: TokenKeys },
  permit: Grant<'issue_card'>,
  { memberId, cardId }: Pick<Member, 'memberId'> & { cardId: FileId },
  { pin, check }: UnlockCard,
): Promise<Outcome<CardView>> => {
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const card = await ports.personFiles.readNow('card', memberId, cardId);
    if (card?.state !== 'active' || card.secret === undefined) return refused('unknown_file');
    const secret = await withPin(ports.keys, card.secret, pin);
    if (secret === undefined) return refused('unknown_file');
    const pinBy = permit.actor.memberId;
    const next = { ...card, secret, check, pinBy, wrongTries: 0, version: card.version + 1 };
    if (await ports.personFiles.move(next)) return done(cardView(next));
  }
  return refused('busy_try_again');
};
