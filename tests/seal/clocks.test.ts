/** The time on a line is that of the machine that wrote it: what an account is does not hang on it. */
import { PoolId } from '@time-bank/contracts/ledger';
import { instantOf, msOf } from '@time-bank/contracts/time';
import type { BookRecord } from '@time-bank/desk/book-record';
import { sealAccounts } from '@time-bank/desk/seal-accounts';
import { verifyBooks } from '@time-bank/desk/verify-books';
import type { AccountHead } from '@time-bank/ledger/account';
import type { Entry } from '@time-bank/ledger/entry';
import { memoryPorts } from '@time-bank/store/memory-ports';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aSealer, aTown, liveEverything } from './sealed-town.ts';
import { recordsIn } from './stored.ts';

const verdictOn = (ledger: readonly BookRecord[]) =>
  verifyBooks({ ledger, seals: [], outside: [], verifierKey: undefined });

const withEntries = (records: readonly BookRecord[], change: (entry: Entry) => Entry): BookRecord[] =>
  records.map((record) =>
    record.record === 'line' && record.line.kind === 'entry'
      ? { record: 'line', line: { kind: 'entry', entry: change(record.line.entry) } }
      : record,
  );
const withHeads = (
  records: readonly BookRecord[],
  change: (head: AccountHead) => AccountHead,
): BookRecord[] =>
  records.map((record) => (record.record === 'head' ? { ...record, head: change(record.head) } : record));

const MINUTE_MS = 60_000;

describe('verify and the clocks of several machines', () => {
  it('lets the books balance whatever the clocks said within some minutes, and in whatever order they are read', async () => {
    const { ports, memory } = memoryPorts();
    await liveEverything(ports);
    const records = recordsIn(memory.ledger);
    const lines = records.filter(({ record }) => record === 'line').length;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: -2 * MINUTE_MS, max: 2 * MINUTE_MS }), {
          minLength: lines,
          maxLength: lines,
        }),
        fc.shuffledSubarray(records, { minLength: records.length }),
        async (offs, shuffled) => {
          let line = 0;
          const moved = withEntries(shuffled, (entry) => {
            line += 1;
            return { ...entry, at: instantOf(msOf(entry.at) + (offs[line] ?? 0)) };
          });
          expect(await verdictOn(moved)).toMatchObject({ kind: 'balance' });
        },
      ),
      { numRuns: 200 },
    );
  });

  it('lets an account be frozen by a machine that is ahead and freed by one that is behind, sealed or not', async () => {
    const { ports, memory } = memoryPorts();
    const town = aTown(ports);
    const account = await town.open();
    await town.freezeAndThaw(account);
    // The one that freed it stamps 90 seconds before the one that froze it; the sealer goes by the stamps.
    const lines = memory.ledger.lines.get(account)!;
    for (const [transferId, line] of lines) {
      if (line.kind !== 'entry' || line.entry.kind !== 'unfrozen') continue;
      const entry = { ...line.entry, at: instantOf(msOf(line.entry.at) - 90_000) };
      lines.set(transferId, { kind: 'entry', entry });
    }
    expect(memory.ledger.heads.get(account)?.state).toBe('open');
    expect(await verdictOn(recordsIn(memory.ledger))).toMatchObject({ kind: 'balance' });
    const sealer = aSealer(ports);
    await sealAccounts(sealer.work, [{ subject: account }]);
    const { seals } = memory;
    const verdict = await verifyBooks({
      ledger: recordsIn(memory.ledger),
      seals: [
        ...[...seals.seals.values()].map((seal) => ({ record: 'seal', seal }) as const),
        ...[...seals.links].flatMap(([subject, links]) =>
          [...links.values()].map((link) => ({ record: 'link', subject, link }) as const),
        ),
        ...seals.leaves.map((state, index) => ({ record: 'leaf', index, state }) as const),
        ...[...seals.checkpoints].map(([size, note]) => ({ record: 'checkpoint', size, note }) as const),
        { record: 'log', log: seals.log as Required<typeof seals.log> },
      ],
      outside: sealer.outside,
      verifierKey: sealer.verifierKey,
    });
    expect(verdict).toMatchObject({ kind: 'balance', counts: { unsealed: 0 } });
  });

  it('finds what only the older of two marks of different hours says', async () => {
    const { ports, memory } = memoryPorts();
    const town = aTown(ports);
    const [one, other] = [await town.open(), await town.open()];
    const [first, second] = [PoolId.parse('pool:341302'), PoolId.parse('pool:341302001')];
    await town.choosePool(one, first);
    await town.bind(one, other);
    town.pass(60 * MINUTE_MS);
    await town.choosePool(one, second);
    const records = recordsIn(memory.ledger);
    expect(await verdictOn(records)).toMatchObject({ kind: 'balance' });
    const said = async (change: Partial<AccountHead>) => {
      const verdict = await verdictOn(
        withHeads(records, (head) => (head.accountId === one ? { ...head, ...change } : head)),
      );
      return verdict.kind === 'contradiction' ? verdict.what : verdict.kind;
    };
    expect(await said({ overflowPool: first })).toContain('its choice of pool on the account');
    expect(await said({ state: 'frozen' })).toContain(
      'its state on the account: "frozen"; by its entries: "open"',
    );
    expect(await said({ state: 'closed' })).toContain('its state on the account');
    expect(await said({ bonds: {} })).toContain(`its family tie with ${other} on the account: null`);
    const tie = { relation: 'child', from: '2020-01-01' } as const;
    expect(await said({ bonds: { [other]: tie } })).toContain('its family tie with');
    expect(await said({ sequence: 9 })).toContain('its count of entries');
  });

  it('finds a hold that ends twice, and one that was never made', async () => {
    const { ports, memory } = memoryPorts();
    const town = aTown(ports);
    const account = await town.open();
    await town.bank(account, 60);
    const [kept, gone] = [await town.hold(account, 20), await town.hold(account, 20)];
    await town.release(account, gone);
    const records = recordsIn(memory.ledger);
    for (const resolves of [kept, town.ids.transfer()]) {
      const twice = withEntries(records, (entry) => (entry.kind === 'held' ? entry : { ...entry, resolves }));
      expect(await verdictOn(twice)).toMatchObject({ kind: 'contradiction' });
    }
  });
});
