import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sizeOf } from './account.ts';
import { posted } from './change.ts';
import { netOf } from './entry.ts';
import {
  EARLIER,
  LATER,
  NOW,
  aHold,
  aLot,
  accountNo,
  anAccount,
  answerOf,
  changesOf,
  postingOn,
  someFacts,
  transferNo,
} from './examples.ts';
import { planCaptureForTwo } from './hold.ts';

const [HOLD, FIRST, SECOND] = [transferNo(1), transferNo(2), transferNo(3)];
const [LOT, OTHER_LOT] = [transferNo(11), transferNo(12)];
const credit = { policy: { balanceCapMinutes: 90_000, dailyCreditMinutesMax: 1440 } };
const share = (transferId: typeof FIRST, account: number, usedMinutes: number) => ({
  transferId,
  usedMinutes,
  payee: { accountId: accountNo(account), credit },
});

const mixed = aHold({ earned: 60, gift: 30, lots: { [LOT]: aLot(30) } });
const ending = (hold = mixed) => ({ facts: someFacts(), accountId: accountNo(1), holdId: HOLD, hold });
const holder = (hold = mixed) => anAccount({ earned: 5, holds: { [HOLD]: hold } });
const shares = { one: share(FIRST, 2, 40), other: share(SECOND, 3, 60) };
const unseen = { one: 'unseen', other: 'unseen' } as const;

describe('a hold is used for two at once', () => {
  it('by two lines of the payer, each with its own other side; the rest comes back', () => {
    const head = holder();
    const [payer, one, other, ...rest] = changesOf(
      planCaptureForTwo(ending(), shares, { payer: head, ...unseen }),
    );
    const line = { ...someFacts(), kind: 'spent', accountId: accountNo(1) };
    expect(payer).toEqual({
      change: 'post',
      entries: [
        {
          ...line,
          transferId: FIRST,
          counterpart: accountNo(2),
          resolves: HOLD,
          minutes: { earned: 60, gift: 20, held: -120 },
        },
        {
          ...line,
          transferId: SECOND,
          counterpart: accountNo(3),
          minutes: { earned: -40, gift: -20 },
        },
      ],
      seen: head,
      clock: { holdId: HOLD, hold: 'alive', at: NOW },
    });
    const earned = { kind: 'earned', counterpart: accountNo(1) };
    expect(one).toMatchObject({
      entries: [{ ...earned, accountId: accountNo(2), transferId: FIRST, minutes: { earned: 40 } }],
    });
    expect(other).toMatchObject({
      entries: [{ ...earned, accountId: accountNo(3), transferId: SECOND, minutes: { earned: 60 } }],
    });
    expect(rest).toEqual([]);
    expect(head.minutes.held).toBe(120);
  });

  it('takes out of a grant what the first line brought back of it', () => {
    const hold = aHold({ lots: { [LOT]: aLot(50), [OTHER_LOT]: aLot(50, '2026-12-22T02:00:00.000Z') } });
    const head = holder(hold);
    const changes = changesOf(planCaptureForTwo(ending(hold), shares, { payer: head, ...unseen }));
    const after = posted(head, postingOn(changes));
    expect(after).toMatchObject({ holds: {}, lots: {}, minutes: { earned: 5, granted: 0, held: 0 } });
  });

  it('makes and loses no minute, whatever is held of which kind and whoever takes how much', () => {
    const kind = fc.integer({ min: 0, max: 300 });
    fc.assert(
      fc.property(kind, kind, kind, fc.double({ min: 0, max: 1, noNaN: true }), (earned, gift, lot, part) => {
        const hold = aHold({ earned: earned + 2, gift, lots: lot === 0 ? {} : { [LOT]: aLot(lot) } });
        const size = sizeOf(hold);
        const first = 1 + Math.floor(part * (size - 2));
        const other = 1 + Math.floor((1 - part) * (size - first - 1));
        const both = { one: share(FIRST, 2, first), other: share(SECOND, 3, other) };
        const head = holder(hold);
        const changes = changesOf(planCaptureForTwo(ending(hold), both, { payer: head, ...unseen }));
        const lines = changes.flatMap((change) => (change.change === 'post' ? change.entries : []));
        expect(lines.reduce((sum, entry) => sum + netOf(entry), 0)).toBe(0);
        const after = posted(head, postingOn(changes));
        expect(after.minutes.held).toBe(0);
        expect(netOf(after)).toBe(5 + size - first - other);
      }),
    );
  });

  it.each([
    { row: 'no payer', payer: 'missing', one: 'missing', hold: mixed, outcome: 'unknown_account' },
    { row: 'a payer nobody has looked at', payer: 'unseen', one: 'missing', hold: mixed, outcome: 'look' },
    { row: 'no payee', payer: anAccount(), one: 'missing', hold: mixed, outcome: 'unknown_account' },
    {
      row: 'a payee whose account is closed',
      payer: anAccount(),
      one: anAccount({ accountId: accountNo(2), state: 'closed' }),
      hold: mixed,
      outcome: 'account_closed',
    },
    { row: 'no hold', payer: anAccount(), one: 'unseen', hold: mixed, outcome: 'hold_not_open' },
    {
      row: 'a hold that has lapsed',
      payer: holder({ ...mixed, lapsesAt: EARLIER }),
      one: 'unseen',
      hold: { ...mixed, lapsesAt: EARLIER },
      outcome: 'hold_lapsed',
    },
    {
      row: 'a hold that stands',
      payer: holder({ ...mixed, lapsesAt: LATER }),
      one: 'unseen',
      hold: mixed,
      outcome: 'done',
    },
  ] as const)('$row: $outcome', ({ payer, one, hold, outcome }) => {
    const plan = planCaptureForTwo(ending(hold), shares, { payer, one, other: 'unseen' });
    expect(answerOf(plan)).toBe(outcome);
  });

  it('closed, the account of the second stands against it as well', () => {
    const closed = anAccount({ accountId: accountNo(3), state: 'closed' });
    const plan = planCaptureForTwo(ending(), shares, { payer: holder(), one: 'unseen', other: closed });
    expect(answerOf(plan)).toBe('account_closed');
  });

  it('never gives more than it holds', () => {
    const more = { one: share(FIRST, 2, 61), other: share(SECOND, 3, 60) };
    expect(() => planCaptureForTwo(ending(), more, { payer: holder(), ...unseen })).toThrow(
      'cannot give more than it holds',
    );
  });
});
