import { plusMinutes } from '@time-bank/contracts/time';
import { describe, expect, it } from 'vitest';
import {
  buckets,
  dayTally,
  heldOf,
  isOver,
  lapsedHolds,
  liveGranted,
  openedAccount,
  sizeOf,
  spendableOf,
  totalOf,
  yearTally,
} from './account.ts';
import { EARLIER, LATER, NOW, aHold, aLot, accountNo, anAccount, transferNo } from './examples.ts';

const over = plusMinutes(NOW, 0);
const alive = '2026-11-21T02:00:00.001Z';

describe('an account', () => {
  it('begins with nothing, in the state in which it was opened', () => {
    expect(openedAccount(accountNo(7), 'donate_only')).toEqual({
      accountId: accountNo(7),
      state: 'donate_only',
      sequence: 0,
      minutes: { earned: 0, gift: 0, granted: 0, held: 0, honour: 0, debt: 0 },
      holds: {},
      lots: {},
      tallies: {},
      bonds: {},
    });
    expect(openedAccount(accountNo(7), 'open').state).toBe('open');
  });

  it('has six kinds of minutes; the first four count against the cap', () => {
    expect(buckets).toEqual(['earned', 'gift', 'granted', 'held', 'honour', 'debt']);
    const minutes = { earned: 1, gift: 20, granted: 300, held: 4000, honour: 50_000, debt: 600_000 };
    expect(totalOf({ minutes })).toBe(4321);
  });

  it('has something over from the instant on at which it lapses', () => {
    expect(isOver(alive, NOW)).toBe(false);
    expect(isOver(over, NOW)).toBe(true);
    expect(isOver(EARLIER, NOW)).toBe(true);
  });

  it('knows how much is in a hold, wherever it was taken from', () => {
    const lots = { [transferNo(1)]: aLot(300), [transferNo(2)]: aLot(4000) };
    expect(sizeOf(aHold({ earned: 1, gift: 20, lots }))).toBe(4321);
    expect(sizeOf(aHold())).toBe(0);
  });

  it('counts granted minutes only while their period runs', () => {
    const lots = {
      [transferNo(1)]: aLot(1, alive),
      [transferNo(2)]: aLot(20, over),
      [transferNo(3)]: aLot(300, LATER),
    };
    expect(liveGranted(anAccount({ lots }), NOW)).toBe(301);
  });
});

describe('what can be spent now', () => {
  const holds = {
    [transferNo(5)]: aHold({
      lapsesAt: over,
      earned: 100,
      gift: 20,
      lots: { [transferNo(1)]: aLot(3, LATER), [transferNo(2)]: aLot(7000, over) },
    }),
    [transferNo(6)]: aHold({ lapsesAt: alive, earned: 40_000, gift: 500_000 }),
  };
  const account = anAccount({
    earned: 1_000_000,
    gift: 2_000_000,
    lots: { [transferNo(3)]: aLot(4_000_000, LATER), [transferNo(4)]: aLot(9_000_000, over) },
    honour: 10_000_000,
    debt: 20_000_000,
    holds,
  });

  it('is what is there and what a lapsed hold gives back, but no grant whose period is over', () => {
    expect(spendableOf(account, NOW)).toBe(7_000_123);
  });

  it('leaves set aside what is in holds that are alive', () => {
    expect(heldOf(account, NOW)).toBe(540_000);
    expect(lapsedHolds(account, NOW)).toEqual([[transferNo(5), holds[transferNo(5)]]]);
  });
});

describe('a tally', () => {
  it('is named by the day, or by the year, of a civil date', () => {
    expect(dayTally('2026-11-21')).toBe('d20261121');
    expect(yearTally('2026-11-21')).toBe('y2026');
  });
});
