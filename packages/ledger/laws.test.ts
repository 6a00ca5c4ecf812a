/**
 * Arbitrary legal histories of a small town: three people, one organisation, two pools. Each movement is planned
 * as the service plans it, first without looking and then, where that does not hold, on what stands there. The
 * laws of the ledger are checked after every step.
 */
import { type AccountId, TransferId } from '@time-bank/contracts/ids';
import type { Hold, PoolId } from '@time-bank/contracts/ledger';
import type { Planned } from '@time-bank/contracts/refusals';
import { type Instant, civilDateOf, plusMinutes } from '@time-bank/contracts/time';
import { defaults } from '@time-bank/policy/catalogue';
import type { Policy } from '@time-bank/policy/policy';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AccountHead, buckets, isOver, lapsedHolds, openedAccount, sizeOf, totalOf } from './account.ts';
import { planBank } from './bank.ts';
import { type LedgerChange, type PoolRow, holdsOn, posted } from './change.ts';
import { planClosing } from './closing.ts';
import { planCorrection } from './correction.ts';
import { type Entry, applied, assertWhole, counterAmountOf, netOf } from './entry.ts';
import { NOW, POOL, PROJECT, accountNo, someFacts, transferNo } from './examples.ts';
import { planGift } from './gift.ts';
import { type LookFirst, planCapture, planHold, planRelease } from './hold.ts';
import { planBond, planFreeze, planOverflow, planUnfreeze } from './mark.ts';
import { planDonate, planGrant, planGrantLapse } from './pool.ts';
import type { Sight } from './sight.ts';

const policy: Policy = {
  ...defaults,
  balanceCapMinutes: 600,
  dailyCreditMinutesMax: 240,
  giftYearMinutesMax: 150,
  openHoldsMax: 2,
};
const people = [accountNo(1), accountNo(2), accountNo(3)] as const;
const organisation = accountNo(4);

type Sights = (accountId: AccountId) => Sight;
type Plan = Planned<LedgerChange[]> | LookFirst;

/** The books, and nothing but what a store keeps. */
class Town {
  now: Instant = NOW;
  heads = new Map<AccountId, AccountHead>([
    ...people.map((id): [AccountId, AccountHead] => [id, openedAccount(id, 'open')]),
    [organisation, openedAccount(organisation, 'donate_only')],
  ]);
  lines: Entry[] = [];
  rows: PoolRow[] = [];
  shard = new Map<PoolId, number>();
  reversed = new Set<TransferId>();
  #ids = 100;
  next = (): TransferId => transferNo((this.#ids += 1));
  head = (id: AccountId): AccountHead => this.heads.get(id) ?? openedAccount(id, 'open');

  holds(changes: readonly LedgerChange[]): boolean {
    return changes.every((change) => {
      if (change.change === 'post') return holdsOn(this.head(change.entries[0].accountId), change);
      if (change.change === 'pool_out')
        return (this.shard.get(change.row.poolId) ?? 0) >= -change.row.minutes;
      return change.change !== 'mark_reversed' || !this.reversed.has(change.transferId);
    });
  }

  after(changes: readonly LedgerChange[]): Map<AccountId, AccountHead> {
    const heads = new Map(this.heads);
    for (const change of changes) {
      if (change.change !== 'post') continue;
      const { accountId } = change.entries[0];
      heads.set(accountId, posted(this.head(accountId), change));
    }
    return heads;
  }

  write(changes: readonly LedgerChange[]): void {
    this.heads = this.after(changes);
    for (const change of changes) {
      if (change.change === 'post') this.lines.push(...change.entries);
      if (change.change === 'mark_reversed') this.reversed.add(change.transferId);
      if (change.change !== 'pool_in' && change.change !== 'pool_out') continue;
      const { poolId, minutes } = change.row;
      this.rows.push(change.row);
      // What comes in is collected at once: when it can be granted is the store's.
      this.shard.set(poolId, (this.shard.get(poolId) ?? 0) + minutes);
    }
  }

  /** Plans without looking, then on what stands there; the two agree wherever the first can be written. */
  carryOut(plan: (sights: Sights) => Plan): boolean {
    const blind = plan(() => 'unseen');
    const exact = plan((id) => this.head(id));
    if (blind.kind === 'done' && this.holds(blind.value)) {
      expect(exact.kind).toBe('done');
      if (exact.kind === 'done') expect(this.after(blind.value)).toEqual(this.after(exact.value));
      this.write(blind.value);
      return true;
    }
    if (exact.kind !== 'done' || !this.holds(exact.value)) return false;
    this.write(exact.value);
    return true;
  }
}

const step = fc.record({
  what: fc.constantFrom(
    'bank',
    'bank',
    'group',
    'hold',
    'hold',
    'release',
    'capture',
    'capture',
    'pay a sink',
    'gift',
    'donate',
    'grant',
    'lapse',
    'wait',
    'correct',
    'freeze',
    'unfreeze',
    'overflow',
    'close',
  ),
  who: fc.nat({ max: 2 }),
  other: fc.nat({ max: 2 }),
  minutes: fc.integer({ min: 1, max: 300 }),
  pick: fc.nat({ max: 9 }),
  flag: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

const movements: Record<Step['what'], (town: Town, step: Step) => boolean> = {
  bank: (town, { who, minutes }) => {
    const credit = { ...ids(town, people[who] ?? organisation), policy, amountMinutes: minutes };
    return town.carryOut((sights) => planBank(credit, sights(credit.accountId)));
  },
  group: (town, { minutes }) => {
    const credit = { ...ids(town, organisation), policy, amountMinutes: minutes, isGroup: true };
    return town.carryOut((sights) => planBank(credit, sights(organisation)));
  },
  hold: (town, { who, minutes, flag }) => {
    const order = {
      ...ids(town, people[who] ?? organisation),
      policy,
      amountMinutes: minutes,
      lapsesAt: plusMinutes(town.now, flag ? 60 : 3000),
    };
    return town.carryOut((sights) => {
      const plan = planHold(order, sights(order.accountId));
      return plan.kind === 'done' ? { kind: 'done', value: plan.value.changes } : plan;
    });
  },
  release: (town, { who, pick }) => {
    const end = endOf(town, people[who] ?? organisation, pick);
    if (end === undefined) return false;
    const isLapsed = isOver(end.hold.lapsesAt, town.now);
    return town.carryOut((sights) => planRelease(end, isLapsed, sights(end.accountId)));
  },
  capture: (town, { who, other, pick, minutes }) => {
    const end = endOf(town, people[who] ?? organisation, pick);
    const payee = people[other];
    if (end === undefined || payee === undefined || payee === end.accountId) return false;
    const usedMinutes = Math.min(minutes, sizeOf(end.hold));
    const capture = { ...end, usedMinutes, payee: { accountId: payee, credit: { policy } } };
    return town.carryOut((sights) =>
      planCapture(capture, { payer: sights(end.accountId), payee: sights(payee) }),
    );
  },
  'pay a sink': (town, { who, pick, minutes }) => {
    const end = endOf(town, people[who] ?? organisation, pick);
    if (end === undefined) return false;
    const capture = { ...end, usedMinutes: Math.min(minutes, sizeOf(end.hold)), payee: 'issue' } as const;
    return town.carryOut((sights) => planCapture(capture, { payer: sights(end.accountId) }));
  },
  gift: (town, { who, other, minutes }) => {
    const [from, to] = [people[who] ?? organisation, people[other] ?? organisation];
    const gift = { ...ids(town, from), policy, from, to, amountMinutes: minutes };
    return town.carryOut((sights) => planGift(gift, { from: sights(from), to: sights(to) }));
  },
  donate: (town, { who, minutes, flag, pick }) => {
    const accountId = pick === 0 ? organisation : (people[who] ?? organisation);
    const donation = {
      ...ids(town, accountId),
      policy,
      poolId: flag ? POOL : PROJECT,
      amountMinutes: minutes,
    };
    return town.carryOut((sights) => planDonate(donation, sights(accountId)));
  },
  grant: (town, { who, minutes, flag }) => {
    const grant = {
      ...ids(town, people[who] ?? organisation),
      policy,
      poolId: flag ? POOL : PROJECT,
      amountMinutes: Math.ceil(minutes / 5),
      lapsesAt: plusMinutes(town.now, minutes * 10),
      shard: 0,
    };
    return town.carryOut((sights) => planGrant(grant, sights(grant.accountId)));
  },
  lapse: (town, { who }) => {
    const head = town.head(people[who] ?? organisation);
    const over = Object.entries(head.lots).find(([, lot]) => isOver(lot.lapsesAt, town.now));
    if (over === undefined) return false;
    const lapse = { ...ids(town, head.accountId), grantId: TransferId.parse(over[0]) };
    return town.carryOut(() => planGrantLapse(lapse, town.head(head.accountId)));
  },
  wait: (town, { minutes }) => {
    town.now = plusMinutes(town.now, minutes * 12);
    return true;
  },
  correct: (town, { pick, flag, minutes }) => {
    const lines = town.lines.filter(({ kind }) => kind === 'earned' || kind === 'gift_in');
    const original = lines.at(-1 - pick);
    if (original === undefined) return false;
    const isByMember = original.counterpart.startsWith('acc_');
    const payer = isByMember
      ? [...town.heads.values()].find((h) => h.accountId === original.counterpart)
      : undefined;
    const correction = {
      ...ids(town, original.accountId),
      policy: { ...policy, reversalShortfall: flag ? ('debt' as const) : ('partial' as const) },
      original,
      ...(flag && !isByMember ? { instead: { transferId: town.next(), amountMinutes: minutes } } : {}),
    };
    return town.carryOut(() => planCorrection(correction, { account: town.head(original.accountId), payer }));
  },
  freeze: (town, { who }) => {
    const mark = ids(town, people[who] ?? organisation);
    return town.carryOut(() => planFreeze(mark, town.head(mark.accountId)));
  },
  unfreeze: (town, { who }) => {
    const mark = ids(town, people[who] ?? organisation);
    return town.carryOut(() => planUnfreeze(mark, town.head(mark.accountId)));
  },
  overflow: (town, { who, flag }) => {
    const mark = { ...ids(town, people[who] ?? organisation), ...(flag ? { poolId: POOL } : {}) };
    return town.carryOut(() => planOverflow(mark, town.head(mark.accountId)));
  },
  close: (town, { who, other, pick, flag }) => {
    if (pick > 2) return false;
    const accountId = people[who] ?? organisation;
    const heir = town.head(people[other] ?? organisation);
    const closing = {
      ...ids(town, accountId),
      policy,
      closedId: town.next(),
      lapseIds: Object.keys(town.head(accountId).lots).map(() => town.next()),
      remainder: flag ? ({ to: 'heir', heir } as const) : ({ to: 'nobody' } as const),
    };
    return town.carryOut(() => planClosing(closing, town.head(accountId)));
  },
};

const ids = (town: Town, accountId: AccountId) => ({
  facts: someFacts({ at: town.now }),
  transferId: town.next(),
  accountId,
  fingerprint: 'abcdefghijkl',
});

const endOf = (town: Town, accountId: AccountId, pick: number) => {
  const holds = Object.entries(town.head(accountId).holds);
  const found: [string, Hold] | undefined = holds[pick % Math.max(1, holds.length)];
  return found === undefined
    ? undefined
    : { ...ids(town, accountId), holdId: TransferId.parse(found[0]), hold: found[1] };
};

const sum = (amounts: readonly number[]): number => amounts.reduce((all, each) => all + each, 0);
const worthOf = ({ minutes }: AccountHead): number => netOf({ minutes });

/** What must be so of the books at any time. */
const checkLaws = (town: Town): void => {
  const heads = [...town.heads.values()];
  const derived = town.lines
    .filter(({ counterpart }) => counterpart === 'issue' || counterpart === 'outside')
    .map(counterAmountOf);
  const pools = town.rows.map(({ minutes }) => minutes);
  expect(sum(heads.map(worthOf)) + sum(derived) + sum(pools)).toBe(0);
  expect([...town.shard.values()].every((minutes) => minutes >= 0)).toBe(true);
  for (const head of heads) {
    assertWhole(head);
    expect(
      buckets.every((bucket) => Number.isSafeInteger(head.minutes[bucket]) && head.minutes[bucket] >= 0),
    ).toBe(true);
    const opened = openedAccount(head.accountId, head.accountId === organisation ? 'donate_only' : 'open');
    const own = town.lines.filter(({ accountId }) => accountId === head.accountId);
    expect(own.reduce(applied, opened)).toEqual(head);
  }
};

/** What must be so of a step: nothing that came in crossed a limit that was not crossed before. */
const checkStep = (
  before: ReadonlyMap<AccountId, AccountHead>,
  town: Town,
  written: readonly Entry[],
): void => {
  for (const line of written) {
    const [was, is] = [before.get(line.accountId), town.head(line.accountId)];
    if (was === undefined) throw new Error('accounts are not opened on the way');
    if (['earned', 'gift_in', 'granted', 'inherited'].includes(line.kind) && line.corrects === undefined) {
      expect(totalOf(is)).toBeLessThanOrEqual(Math.max(policy.balanceCapMinutes, totalOf(was)));
    }
    if (line.kind === 'earned' && line.accountId !== organisation) {
      const day = `d${civilDateOf(line.at).replaceAll('-', '')}`;
      expect(is.tallies[day] ?? 0).toBeLessThanOrEqual(policy.dailyCreditMinutesMax);
      if ((line.minutes.earned ?? 0) > 0) expect(is.minutes.debt).toBe(0);
    }
    if (line.kind === 'gift_out') {
      expect(is.tallies[`y${civilDateOf(line.at).slice(0, 4)}`] ?? 0).toBeLessThanOrEqual(
        policy.giftYearMinutesMax,
      );
    }
    if (line.kind === 'held' && (line.minutes.earned ?? 0) < 0) {
      expect(is.minutes.gift).toBe(0);
      expect(Object.values(is.lots).every(({ lapsesAt }) => isOver(lapsesAt, line.at))).toBe(true);
    }
    if (line.kind === 'spent')
      expect(lapsedHolds(was, line.at).map(([id]) => id)).not.toContain(line.resolves);
  }
};

const first: Step = { what: 'bank', who: 0, other: 0, minutes: 200, pick: 0, flag: true };

/** Everybody is family to everybody and has been on one visit; the organisation has given to the pool. */
const town = (): Town => {
  const made = new Town();
  for (const from of people) {
    for (const to of people) {
      const mark = {
        ...ids(made, from),
        policy,
        with: to,
        tie: { relation: 'spouse', from: '2026-01-01' } as const,
      };
      if (from !== to) made.carryOut(() => planBond(mark, made.head(from)));
    }
  }
  for (const who of [0, 1, 2]) {
    movements.bank(made, { ...first, who });
  }
  movements.group(made, { ...first, what: 'group' });
  movements.donate(made, { ...first, what: 'donate' });
  return made;
};

const histories = fc.array(step, { minLength: 5, maxLength: 30, size: 'max' });

describe('whatever a town does', () => {
  it('the books are whole after every step: nothing is made or lost, and no limit is crossed', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        const made = town();
        checkLaws(made);
        for (const each of steps) {
          const before = new Map(made.heads);
          const count = made.lines.length;
          if (!movements[each.what](made, each)) continue;
          checkLaws(made);
          checkStep(before, made, made.lines.slice(count));
        }
        const reversals = made.lines
          .filter(({ kind }) => kind === 'reversed')
          .map(({ corrects }) => corrects);
        expect(new Set(reversals).size).toBe(reversals.length);
        const resolved = made.lines.flatMap(({ resolves }) => (resolves === undefined ? [] : [resolves]));
        expect(new Set(resolved).size).toBe(resolved.length);
      }),
      { numRuns: 150 },
    );
  });

  it('the histories reach every movement', () => {
    const happened = new Set<string>();
    for (const steps of fc.sample(histories, { seed: 20261121, numRuns: 300 })) {
      const made = town();
      for (const each of steps) if (movements[each.what](made, each)) happened.add(each.what);
    }
    expect([...happened].sort()).toEqual(Object.keys(movements).sort());
  });
});
