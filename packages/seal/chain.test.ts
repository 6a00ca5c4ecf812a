import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GENESIS, digestOf, linkOf } from './chain.ts';
import { type Digest, printDigest, sha256 } from './digest.ts';

const ACCOUNT = 'acc_01KB2C3D4E5F6G7H8J9KMNPQRA';
const entryDigest = digestOf('time-bank:entry:v1', { amountMinutes: 60 });

/** The links of an account after each of its entries. */
const chainOf = (accountId: string, entries: readonly Digest[]): Digest[] => {
  const links: Digest[] = [];
  for (const [at, each] of entries.entries()) {
    links.push(linkOf({ accountId, number: at + 1, previous: links.at(-1) ?? GENESIS, entryDigest: each }));
  }
  return links;
};
const lastOf = (accountId: string, entries: readonly Digest[]): string =>
  printDigest(chainOf(accountId, entries).at(-1) ?? GENESIS);

const histories = fc.uniqueArray(
  fc.uint8Array({ minLength: 1, maxLength: 8 }).map((bytes) => sha256(bytes)),
  {
    minLength: 2,
    maxLength: 12,
    selector: printDigest,
  },
);

describe('a chain', () => {
  it('gives the same links for the same history', () => {
    fc.assert(
      fc.property(histories, (entries) => {
        expect(chainOf(ACCOUNT, entries)).toEqual(chainOf(ACCOUNT, entries));
        expect(new Set(chainOf(ACCOUNT, entries).map(printDigest)).size).toBe(entries.length);
      }),
    );
  });

  it('ends elsewhere when an entry is changed in one bit, dropped, doubled or swapped with the next', () => {
    fc.assert(
      fc.property(histories, fc.nat(), fc.nat({ max: 255 }), (entries, pick, bit) => {
        const at = pick % entries.length;
        const changed = entries.map((entry) => entry.slice());
        changed[at]![bit >> 3]! ^= 1 << (bit & 7);
        const next = (at + 1) % entries.length;
        const others = [
          changed,
          entries.toSpliced(at, 1),
          entries.toSpliced(at, 0, entries[at]!),
          entries.with(at, entries[next]!).with(next, entries[at]!),
        ];
        for (const other of others) expect(lastOf(ACCOUNT, other)).not.toBe(lastOf(ACCOUNT, entries));
      }),
    );
  });

  it('belongs to one account', () => {
    expect(lastOf('acc_1', [entryDigest])).not.toBe(lastOf('acc_2', [entryDigest]));
  });

  it('stays as it was published: its first link is known', () => {
    const first = linkOf({ accountId: 'acc_1', number: 1, previous: GENESIS, entryDigest: sha256() });
    const field = (bytes: Uint8Array | string): Buffer => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(Buffer.from(bytes).length);
      return Buffer.concat([length, Buffer.from(bytes)]);
    };
    const number = Buffer.from('0000000000000001', 'hex');
    const genesis = sha256(field('time-bank:genesis:v1'));
    const parts = ['time-bank:link:v1', 'acc_1', number, genesis, sha256()];
    expect(first).toEqual(sha256(Buffer.concat(parts.map(field))));
  });
});

describe('a link', () => {
  const second = { accountId: ACCOUNT, number: 2, previous: sha256(), entryDigest };
  it.each([
    ['number 0', { number: 0 }],
    ['a fraction as number', { number: 1.5 }],
    ['number 1 without the beginning before it', { number: 1 }],
    ['number 2 right after the beginning', { previous: GENESIS }],
    ['a previous link of 31 bytes', { previous: new Uint8Array(31) }],
    ['an entry of 33 bytes', { entryDigest: new Uint8Array(33) }],
    ['an account without a name', { accountId: '' }],
    ['an account with a blank in its name', { accountId: 'acc 1' }],
    ['an account with a name of 65 characters', { accountId: 'a'.repeat(65) }],
  ])('with %s is a bug', (_, part) => {
    expect(() => linkOf({ ...second, ...part })).toThrow();
  });
});

describe('a digest of a value', () => {
  it('depends on what the value is said to be', () => {
    expect(digestOf('time-bank:head:v1', { a: 1 })).not.toEqual(digestOf('time-bank:entry:v1', { a: 1 }));
  });

  it('does not depend on the order of its fields', () => {
    expect(digestOf('time-bank:head:v1', { a: 1, b: 2 })).toEqual(
      digestOf('time-bank:head:v1', { b: 2, a: 1 }),
    );
  });
});
