/**
 * A counter prints a paper card for an elder, who chooses a PIN: a new QR and new digits. The card before it ends
 * first, so that a command that was cut off leaves no two good ones; of two printed at the same moment one stays.
 */
import type { IssueCard, IssuedCard } from '@time-bank/contracts/card';
import type { Member } from '@time-bank/contracts/member';
import { type Outcome, done, refused, replayed } from '@time-bank/contracts/refusals';
import { cardSecretOf, newCardToken } from '@time-bank/identity/card-secret';
import type { Grant } from '@time-bank/identity/grant';
import type { TokenKeys } from '@time-bank/identity/token';
import { nowOf, refusedById } from './carry-out.ts';
import { changeVisitCode } from './change-visit-code.ts';
import { endAllButLast, endCards } from './end-cards.ts';
import type { CardLeaf } from './person-leaf.ts';
import type { Ports } from './ports.ts';

type Work = Pick<Ports, 'clock' | 'people' | 'personFiles'> & { keys: TokenKeys };

/** The same card again, without its token: nobody has that any more but the paper. */
const answerOf = (
  there: CardLeaf,
  permit: Grant<'issue_card'>,
  { visitCode }: Member,
): Outcome<IssuedCard> => {
  const { fileId: cardId, memberId, at: issuedAt } = there;
  if (there.issuedBy !== permit.actor.memberId || visitCode === undefined) {
    return refused('exists_with_different_content');
  }
  return replayed({ cardId, memberId, code: visitCode, issuedAt });
};

/**
 * Issues a card. The grant is over the elder.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, busy_try_again.
 */
export const issueCard = async (
  ports: Work,
  permit: Grant<'issue_card'>,
  elder: Member,
  { cardId, pin, check }: IssueCard,
): Promise<Outcome<IssuedCard>> => {
  const at = nowOf(ports);
  const { memberId } = elder;
  const issuedBy = permit.actor.memberId;
  const there = await ports.personFiles.readNow('card', memberId, cardId);
  if (there !== undefined) return answerOf(there, permit, elder);
  const byId = refusedById(cardId, at);
  if (byId !== undefined) return byId;
  const ended = await endCards(ports, memberId, { state: 'replaced', ended: { at, by: issuedBy } });
  if (ended.kind === 'refused') return ended;
  const code = await changeVisitCode(ports, memberId);
  if (code.kind === 'refused') return code;
  const token = newCardToken(memberId, cardId);
  const secret = await cardSecretOf(ports.keys, token, pin);
  const card: CardLeaf = {
    ...{ kind: 'card', memberId, fileId: cardId, version: 1, at },
    ...{ state: 'active', issuedBy, check, secret, wrongTries: 0 },
  };
  if (!(await ports.personFiles.put(card))) return refused('busy_try_again');
  const others = await endAllButLast(ports, memberId, { at, by: issuedBy });
  if (others.kind === 'refused') return others;
  return done({ cardId, memberId, code: code.value, issuedAt: at, token });
};
