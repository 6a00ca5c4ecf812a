/** Cards that are good for nothing any more. */
import type { MemberId } from '@time-bank/contracts/ids';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import type { CardLeaf } from './person-leaf.ts';
import type { Ports } from './ports.ts';

const ROUNDS_MAX = 5;

interface End {
  state: 'lost' | 'replaced';
  ended: NonNullable<CardLeaf['ended']>;
}

/** Ends those good cards of a person that `which` picks; gives those that it has ended. Refuses: busy_try_again. */
const endThose = async (
  ports: Pick<Ports, 'personFiles'>,
  memberId: MemberId,
  end: End,
  which: (good: readonly CardLeaf[]) => readonly CardLeaf[],
): Promise<Outcome<CardLeaf[]>> => {
  const over: CardLeaf[] = [];
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const cards = await ports.personFiles.listNow('card', memberId);
    const good = which(cards.filter(({ state }) => state === 'active'));
    if (good.length === 0) return done(over);
    for (const card of good) {
      const next = { ...card, ...end, version: card.version + 1 };
      if (await ports.personFiles.move(next)) over.push(next);
    }
  }
  return refused('busy_try_again');
};

/** Ends all good cards of a person that were printed until then; gives those that it has ended. Refuses: busy_try_again. */
export const endCards = (
  ports: Pick<Ports, 'personFiles'>,
  memberId: MemberId,
  end: End,
): Promise<Outcome<CardLeaf[]>> =>
  endThose(ports, memberId, end, (good) => good.filter(({ at }) => at <= end.ended.at));

const isBefore = (one: CardLeaf, other: CardLeaf): boolean =>
  one.at === other.at ? one.fileId < other.fileId : one.at < other.at;

/** Of cards that were printed at the same moment the last one stays, whoever looks. Refuses: busy_try_again. */
export const endAllButLast = (
  ports: Pick<Ports, 'personFiles'>,
  memberId: MemberId,
  ended: End['ended'],
): Promise<Outcome<CardLeaf[]>> =>
  endThose(ports, memberId, { state: 'replaced', ended }, (good) =>
    good.filter((card) => good.some((other) => isBefore(card, other))),
  );
