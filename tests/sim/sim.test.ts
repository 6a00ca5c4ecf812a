/** Short lives of simulated towns, with everything that can go wrong; and proof that every law can be seen to break. */
import type { TransferId } from '@time-bank/contracts/ids';
import type { Change, Journal, Met } from '@time-bank/desk/ports';
import type { AccountHead } from '@time-bank/ledger/account';
import { type LedgerChange, posted } from '@time-bank/ledger/change';
import type { Entry } from '@time-bank/ledger/entry';
import type { Memory } from '@time-bank/store/memory-ports';
import { describe, expect, it } from 'vitest';
import type { Law } from './auditor.ts';
import { addTo } from './coverage.ts';
import { allFaults } from './faults.ts';
import { chanceOf } from './random.ts';
import { SimulationFailed, simulate } from './simulation.ts';
import type { Sabotage } from './town.ts';

const STEPS = 4_000;
const faults = new Set(allFaults);

/** The law that a sabotage was seen to break, with the seed that shows it. */
const brokenBy = async (sabotage: Sabotage, seeds = [1, 2, 3, 4]): Promise<Law | undefined> => {
  for (const seed of seeds) {
    try {
      await simulate({ seed, steps: 12_000, faults, sabotage }, { addTo });
    } catch (error) {
      if (error instanceof SimulationFailed) return error.law;
      throw error;
    }
  }
  return undefined;
};

/** After every so-many-th commit that was done, something happens to what is kept. */
const afterwards =
  (each: number, harm: (memory: Memory, changes: readonly Change[]) => void): Sabotage =>
  (journal, memory) => {
    let count = 0;
    return {
      ...journal,
      commit: async (changes) => {
        const commit = await journal.commit(changes);
        if (commit.kind === 'done' && (count += 1) % each === 0) harm(memory, changes);
        return commit;
      },
    };
  };

/** Changes reach the store other than they were planned. */
const changed =
  (change: (given: LedgerChange, memory: Memory) => LedgerChange): Sabotage =>
  (journal, memory) => ({
    ...journal,
    commit: (changes) => journal.commit(changes.map((each) => change(each as LedgerChange, memory))),
  });

/** Lines of a kind reach both the planner's account and the auditor changed: the plan itself is wrong. */
const lineChanged =
  (alter: (entry: Entry, memory: Memory) => Entry): Sabotage =>
  (journal, memory) => ({
    ...journal,
    commit: (changes) => {
      for (const change of changes) {
        if (change.change !== 'post') continue;
        const entries = change.entries as unknown as Entry[];
        entries.forEach((entry, index) => (entries[index] = alter(entry, memory)));
      }
      return journal.commit(changes);
    },
  });

const headChanged =
  (alter: (head: AccountHead) => AccountHead): ((memory: Memory, changes: readonly Change[]) => void) =>
  ({ ledger }, changes) => {
    for (const change of changes) {
      if (change.change !== 'post') continue;
      const { accountId } = change.entries[0];
      ledger.heads.set(accountId, alter(ledger.heads.get(accountId)!));
    }
  };

const only = (kind: Entry['kind'], alter: (entry: Entry) => Entry) => (entry: Entry) =>
  entry.kind === kind ? alter(entry) : entry;

/** Writes although the conditions do not hold. */
const forced =
  (isForced: (changes: readonly Change[], met: Met) => boolean): Sabotage =>
  (journal, memory): Journal => ({
    ...journal,
    commit: async (changes) => {
      const commit = await journal.commit(changes);
      if (commit.kind !== 'met' || !isForced(changes, commit.met)) return commit;
      if (commit.met.lines.length > 0 || commit.met.refusals.length > 0 || commit.met.heads.size === 0)
        return commit;
      for (const change of changes) {
        if (change.change !== 'post') continue;
        const { seen: _seen, assuming: _assuming, clock: _clock, ...posting } = change;
        const { accountId } = change.entries[0];
        const head = memory.ledger.heads.get(accountId);
        if (head === undefined) return commit;
        try {
          memory.ledger.heads.set(accountId, posted(head, posting));
        } catch {
          return commit;
        }
        const lines = memory.ledger.lines.get(accountId) ?? new Map<TransferId, never>();
        memory.ledger.lines.set(accountId, lines);
        for (const entry of change.entries) lines.set(entry.transferId, { kind: 'entry', entry } as never);
      }
      return { kind: 'done' };
    },
  });

const sabotages: readonly [Law, string, Sabotage][] = [
  [
    'zero',
    'a visit that is paid by a member credits a minute too many',
    lineChanged((entry) =>
      entry.kind === 'earned' && entry.counterpart.startsWith('acc_') && (entry.minutes.earned ?? 0) > 0
        ? { ...entry, minutes: { ...entry.minutes, earned: (entry.minutes.earned ?? 0) + 1 } }
        : entry,
    ),
  ],
  [
    'notNegative',
    'a balance below zero',
    afterwards(
      40,
      headChanged((head) => ({ ...head, minutes: { ...head.minutes, honour: -1 } })),
    ),
  ],
  [
    'fold',
    'a balance that no line explains',
    afterwards(
      40,
      headChanged((head) => ({ ...head, minutes: { ...head.minutes, honour: head.minutes.honour + 1 } })),
    ),
  ],
  [
    'once',
    'a line that is written over',
    afterwards(60, ({ ledger }) => {
      for (const lines of ledger.lines.values()) {
        for (const [id, line] of lines) {
          lines.set(id, { ...line });
          return;
        }
      }
    }),
  ],
  [
    'acknowledged',
    'a line that was acknowledged and is gone',
    afterwards(30, ({ ledger }, changes) => {
      for (const change of changes) {
        if (change.change === 'post')
          ledger.lines.get(change.entries[0].accountId)?.delete(change.entries[0].transferId);
      }
    }),
  ],
  [
    'holdOnce',
    'a hold that is used after it has lapsed',
    lineChanged(only('spent', (entry) => ({ ...entry, at: '2099-01-01T00:00:00.000Z' }))),
  ],
  [
    'sameAnswer',
    'another refusal is kept than was given',
    (journal) => ({
      ...journal,
      keepRefusal: (given) => journal.keepRefusal({ ...given, refusal: { code: 'account_frozen' } }),
    }),
  ],
  [
    'restores',
    'a correction that takes back one minute less',
    lineChanged((entry, memory) => {
      if (entry.kind !== 'reversed' || (entry.minutes.earned ?? 0) >= -1) return entry;
      const there = memory.ledger.heads.has(entry.accountId);
      return there
        ? { ...entry, minutes: { ...entry.minutes, earned: (entry.minutes.earned ?? 0) + 1 } }
        : entry;
    }),
  ],
  [
    'caps',
    'credits without a look at the caps',
    forced(
      (changes) =>
        changes.length === 1 &&
        changes.every((change) => change.change === 'post' && change.entries[0].kind === 'earned'),
    ),
  ],
  [
    'version',
    'a line under rules that are not those of its request',
    lineChanged((entry) =>
      entry.requestId !== undefined ? { ...entry, policyVersion: '20260101.0' } : entry,
    ),
  ],
  [
    'nothing',
    'a write that happens although it was refused',
    (journal, memory) => ({
      ...journal,
      commit: async (changes) => {
        const commit = await journal.commit(changes);
        if (commit.kind === 'met') {
          for (const [accountId, head] of commit.met.heads) {
            if (head !== undefined) memory.ledger.heads.set(accountId, { ...head });
          }
        }
        return commit;
      },
    }),
  ],
  [
    'states',
    'a donation out of a frozen account',
    forced(
      ([first], { heads }) =>
        first?.change === 'post' &&
        first.entries[0].kind === 'donated' &&
        heads.get(first.entries[0].accountId)?.state === 'frozen',
    ),
  ],
  [
    'order',
    'gifts that are passed on',
    lineChanged(only('gift_out', (entry) => ({ ...entry, minutes: { ...entry.minutes, gift: 0 } }))),
  ],
  [
    'pools',
    'a part of a pool that gets what was collected twice',
    changed((change) => (change.change === 'collect' ? { ...change, minutes: change.minutes * 2 } : change)),
  ],
  [
    'documents',
    'a document that counts twice',
    afterwards(1, ({ ledger }) => {
      ledger.documents.clear();
    }),
  ],
  [
    'board',
    'a request that moves beside the stream',
    afterwards(50, ({ care }) => {
      for (const [id, request] of care.requests)
        care.requests.set(id, { ...request, version: request.version + 1000 });
    }),
  ],
  [
    'noBug',
    'a store that throws what nobody expects',
    (journal) => {
      let count = 0;
      return {
        ...journal,
        readAccountNow: (accountId) =>
          (count += 1) % 50 === 0
            ? Promise.reject(new TypeError('not a function'))
            : journal.readAccountNow(accountId),
      };
    },
  ],
  [
    'ends',
    'a store that is busy for ever',
    (journal) => ({
      ...journal,
      commit: (changes) =>
        changes.some((change) => change.change === 'post' && change.entries[0].kind === 'gift_out')
          ? Promise.resolve({ kind: 'refused', refusal: { code: 'busy_try_again' } })
          : journal.commit(changes),
    }),
  ],
];

describe('a simulated town', () => {
  it('keeps every law with everything going wrong, whatever the seed', async () => {
    const happened = new Map<string, number>();
    for (const seed of [20261121, 1, 2, 3, 5, 20]) {
      const report = await simulate({ seed, steps: STEPS, faults }, { addTo });
      expect(report.steps).toBeGreaterThanOrEqual(STEPS);
      expect(report.answered).toBe(report.commands);
      for (const [name, times] of report.happened) happened.set(name, (happened.get(name) ?? 0) + times);
    }
    const kinds = [
      'earned',
      'held',
      'spent',
      'released',
      'gift_out',
      'donated',
      'granted',
      'lapsed',
      'reversed',
    ];
    for (const kind of [...kinds, 'restored', 'closed', 'moved_in', 'frozen']) {
      expect(happened.get(`line ${kind}`) ?? 0, kind).toBeGreaterThan(0);
    }
  }, 120_000);

  it('is the same town again for the same seed, call by call', async () => {
    const lives = [1, 2].map(() => simulate({ seed: 7, steps: 2_000, faults }, { addTo }));
    const [one, other] = await Promise.all(lives);
    expect([...one!.happened].sort()).toEqual([...other!.happened].sort());
    expect([...one!.coverage].sort()).toEqual([...other!.coverage].sort());
  });

  it('draws its chances as mulberry32 does', () => {
    const { next } = chanceOf(1);
    expect([next(), next(), next()].map((drawn) => Math.floor(drawn * 4_294_967_296))).toEqual([
      2693262067, 11749833, 2265367787,
    ]);
  });
});

describe('a law that is broken on purpose is seen to break', () => {
  for (const [law, what, sabotage] of sabotages) {
    it(`${law}: ${what}`, async () => {
      expect(await brokenBy(sabotage)).toBe(law);
    }, 60_000);
  }
});
