/**
 * A card is lost, said once: by its owner, by a bound helper, or by staff for a caller. QR and PIN stop, and so do the
 * six digits. Whoever has no card that was printed here loses their digits just the same.
 */
import type { CardView, ReportCardLost } from '@time-bank/contracts/card';
import type { Member } from '@time-bank/contracts/member';
import { type Outcome, done, refused, replayed } from '@time-bank/contracts/refusals';
import type { Grant } from '@time-bank/identity/grant';
import { cardView } from './card-view.ts';
import { nowOf, refusedById } from './carry-out.ts';
import { changeVisitCode } from './change-visit-code.ts';
import { endCards } from './end-cards.ts';
import type { CardLeaf } from './person-leaf.ts';
import type { Ports } from './ports.ts';

/**
 * Ends the card. The grant is over its owner. The report is known again by the card that it ended, or by a leaf of its
 * own where there was none.
 * Refuses: id_too_old, id_from_the_future, busy_try_again.
 */
export const reportCardLost = async (
  ports: Pick<Ports, 'clock' | 'people' | 'personFiles'>,
  permit: Grant<'manage_card'>,
  { memberId }: Pick<Member, 'memberId'>,
  { reportId }: ReportCardLost,
): Promise<Outcome<CardView>> => {
  const at = nowOf(ports);
  const by = permit.actor.memberId;
  const cards = await ports.personFiles.listNow('card', memberId);
  const reported = cards.find(({ ended }) => ended?.reportId === reportId);
  if (reported?.ended !== undefined) {
    // Where the first report was cut off, what it had left is ended now; a card that was printed since stays good.
    const rest = await endCards(ports, memberId, { state: 'lost', ended: reported.ended });
    return rest.kind === 'refused' ? rest : replayed(cardView(reported));
  }
  const byId = refusedById(reportId, at);
  if (byId !== undefined) return byId;
  const code = await changeVisitCode(ports, memberId);
  if (code.kind === 'refused') return code;
  const ended = { at, by, reportId };
  const over = await endCards(ports, memberId, { state: 'lost', ended });
  if (over.kind === 'refused') return over;
  const last = over.value.at(-1);
  if (last !== undefined) return done(cardView(last));
  const none: CardLeaf = {
    ...{ kind: 'card', memberId, fileId: reportId, version: 1, at },
    ...{ state: 'lost', issuedBy: by, wrongTries: 0, ended },
  };
  return (await ports.personFiles.put(none)) ? done(cardView(none)) : refused('busy_try_again');
};
