import { AccountId, TransferId, SYSTEM } from '@time-bank/contracts/ids';
import { CommunityCode } from '@time-bank/contracts/region';
import { describe, expect, it } from 'vitest';
import { type AccountHead, openedAccount } from './account.ts';
import { planDisputeHold, planDisputeRelease } from './dispute-hold.ts';
import { type MovementFacts, applied } from './entry.ts';

const accountId = AccountId.parse('acc_01JD0000000000000000000001');
const [holdId, releaseId] = ['trf_01JD0000000000000000000002', 'trf_01JD0000000000000000000003'].map((id) =>
  TransferId.parse(id),
) as [TransferId, TransferId];
const facts: MovementFacts = {
  at: '2026-11-21T02:00:00.000Z',
  actorId: SYSTEM,
  channel: 'job',
  region: CommunityCode.parse('341302001003'),
  policyVersion: 'v',
  reason: 'dispute',
};
const head = (
  minutes: Partial<AccountHead['minutes']>,
  state: AccountHead['state'] = 'open',
): AccountHead => {
  const opened = openedAccount(accountId, 'open');
  return { ...opened, state, minutes: { ...opened.minutes, ...minutes } };
};
const hold = (amountMinutes: number, on: AccountHead) =>
  planDisputeHold(
    { facts, transferId: holdId, accountId, amountMinutes, lapsesAt: '2027-11-21T02:00:00.000Z' },
    on,
  );
const held = (amountMinutes: number, on: AccountHead): AccountHead => {
  const [change] = hold(amountMinutes, on).changes;
  return change?.change === 'post' ? applied(on, change.entries[0]) : on;
};

describe('what is set aside for a dispute', () => {
  it.each([
    ['all of it where it is there', 60, { earned: 90 }, 60],
    ['what is left of it', 60, { earned: 20 }, 20],
    ['nothing of what was given or granted', 60, { gift: 90 }, 0],
    ['nothing where nothing is left', 60, {}, 0],
  ] as const)('%s', (_, amount, minutes, expected) => {
    const plan = hold(amount, head(minutes));
    expect(plan.heldMinutes).toBe(expected);
    expect(plan.changes).toHaveLength(expected === 0 ? 0 : 1);
  });

  it('is set aside on a frozen account, too, and never on a closed one', () => {
    expect(hold(60, head({ earned: 60 }, 'frozen')).heldMinutes).toBe(60);
    expect(hold(60, head({ earned: 60 }, 'closed')).heldMinutes).toBe(0);
  });

  it('leaves the sum of the account as it was, and comes back to where it was taken from', () => {
    const before = head({ earned: 90, gift: 10 });
    const after = held(60, before);
    expect(after.minutes).toMatchObject({ earned: 30, gift: 10, held: 60 });
    const released = planDisputeRelease(facts, { transferId: releaseId, holdId }, after);
    expect(released?.after.minutes).toEqual(before.minutes);
    expect(released?.after.holds).toEqual({});
  });

  it('that is free already is not freed again', () => {
    expect(
      planDisputeRelease(facts, { transferId: releaseId, holdId }, head({ earned: 60 })),
    ).toBeUndefined();
  });
});
