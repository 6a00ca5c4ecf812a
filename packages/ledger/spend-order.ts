/** The order in which minutes are spent: granted ones first, soonest to lapse, then gifts, then earned ones. */
import type { Hold, Lot } from '@time-bank/contracts/ledger';
import { type Instant, msOf } from '@time-bank/contracts/time';
import { type AccountHead, isOver } from './account.ts';

/** Minutes by where they stand. */
export type Parts = Pick<Hold, 'earned' | 'gift' | 'lots'>;

const bySoonest = ([oneId, one]: [string, Lot], [otherId, other]: [string, Lot]): number =>
  msOf(one.lapsesAt) - msOf(other.lapsesAt) || (oneId < otherId ? -1 : 1);

/**
 * Takes `amountMinutes` out of `from` in the spend order: what is taken, what is left, and how much was missing.
 * All whole minutes.
 */
export const takeInOrder = (
  from: Parts,
  amountMinutes: number,
): { taken: Parts; left: Parts; missing: number } => {
  let missing = amountMinutes;
  const take = (there: number): number => {
    const taken = Math.min(there, missing);
    missing -= taken;
    return taken;
  };
  const taken: Record<string, Lot> = {};
  const left: Record<string, Lot> = {};
  for (const [id, lot] of Object.entries(from.lots).sort(bySoonest)) {
    const minutes = take(lot.minutes);
    if (minutes > 0) taken[id] = { ...lot, minutes };
    if (minutes < lot.minutes) left[id] = { ...lot, minutes: lot.minutes - minutes };
  }
  const gift = take(from.gift);
  const earned = take(from.earned);
  return {
    taken: { earned, gift, lots: taken },
    left: { earned: from.earned - earned, gift: from.gift - gift, lots: left },
    missing,
  };
};

/** What of an account can be spent at `now`: a grant whose period is over cannot. */
export const spendableParts = (head: AccountHead, now: Instant): Parts => ({
  earned: head.minutes.earned,
  gift: head.minutes.gift,
  lots: Object.fromEntries(Object.entries(head.lots).filter(([, lot]) => !isOver(lot.lapsesAt, now))),
});

/** Minutes in lots. */
export const inLots = (lots: Parts['lots']): number =>
  Object.values(lots).reduce((sum, { minutes }) => sum + minutes, 0);

/** What taking these lots adds to the lots of the account, grant by grant. */
export const lotsTaken = (lots: Parts['lots']): Record<string, number> =>
  Object.fromEntries(Object.entries(lots).map(([id, { minutes }]) => [id, -minutes]));
