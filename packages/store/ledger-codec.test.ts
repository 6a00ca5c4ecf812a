import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { AccountId, MemberId, RequestId, SYSTEM, TransferId, holdOf } from '@time-bank/contracts/ids';
import {
  AccountState,
  DocumentNumber,
  EntryKind,
  EntryReason,
  type Hold,
  type Lot,
  PoolId,
  Relation,
  fundOf,
} from '@time-bank/contracts/ledger';
import { CommunityCode } from '@time-bank/contracts/region';
import { refusalCodes } from '@time-bank/contracts/refusals';
import { Channel, ServiceCode } from '@time-bank/contracts/request';
import { civilDateOf, instantOf, plusMinutes } from '@time-bank/contracts/time';
import { type AccountHead, openedAccount } from '@time-bank/ledger/account';
import { type Fund, type PoolRow, TALLIES_MAX, type Tombstone } from '@time-bank/ledger/change';
import type { Entry, MovementFacts } from '@time-bank/ledger/entry';
import { LOTS_MAX } from '@time-bank/ledger/pool';
import { defaults } from '@time-bank/policy/catalogue';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Item, encode } from './item.ts';
import { accountHeadKey, collectedKey, entryKey, fundKey, poolRowKey, shardKey } from './keys.ts';
import {
  decodeHeadValue,
  encodeEntry,
  encodeFund,
  encodeHead,
  encodeCollected,
  encodeRow,
  encodeTombstone,
} from './ledger-codec.ts';
import {
  decodeCollected,
  decodeFund,
  decodeHead,
  decodeLine,
  decodeRow,
  decodeShard,
} from './ledger-item.ts';

const DIGITS = Array.from('0123456789ABCDEFGHJKMNPQRSTVWXYZ');
const YEAR_2000 = Date.UTC(2000, 0, 1);
const YEAR_2100 = Date.UTC(2100, 0, 1);

const aUlid = fc
  .tuple(
    fc.constantFrom(...DIGITS.slice(0, 8)),
    fc.array(fc.constantFrom(...DIGITS), { minLength: 25, maxLength: 25 }),
  )
  .map(([first, rest]) => first + rest.join(''));
const aTransfer = aUlid.map((ulid) => TransferId.parse(`trf_${ulid}`));
const anAccount = aUlid.map((ulid) => AccountId.parse(`acc_${ulid}`));
const aRequest = aUlid.map((ulid) => RequestId.parse(`req_${ulid}`));
const aTime = fc.integer({ min: YEAR_2000, max: YEAR_2100 });
const anInstant = aTime.map(instantOf);
const aDay = anInstant.map(civilDateOf);
const aDocument = fc
  .stringMatching(/^[A-Za-z0-9][A-Za-z0-9-]{2,38}[A-Za-z0-9]$/)
  .map((text) => DocumentNumber.parse(text));
const aPool = fc
  .stringMatching(/^pool:(\d{4}|\d{6}|\d{9})(:[a-z0-9]([a-z0-9-]{0,22}[a-z0-9])?)?$/)
  .map((text) => PoolId.parse(text));
const amount = fc.nat(1_000_000);
const change = fc.integer({ min: -1_000_000, max: 1_000_000 });
const aLot: fc.Arbitrary<Lot> = fc.record({ minutes: amount, lapsesAt: anInstant, poolId: aPool });
const byTransfer = <T>(value: fc.Arbitrary<T>) => fc.dictionary(aTransfer, value, { maxKeys: 3 });
const aHold: fc.Arbitrary<Hold> = fc.record({
  lapsesAt: anInstant,
  earned: amount,
  gift: amount,
  lots: byTransfer(aLot),
});
const aCode = <T extends string>(schema: { options: readonly T[] }) => fc.constantFrom(...schema.options);
const aPrint = fc
  .uint8Array({ minLength: 9, maxLength: 9 })
  .map((bytes) => Buffer.from(bytes).toString('base64url'));
const aText = fc.string({ unit: 'binary', maxLength: 90 });
const aVersion = fc.oneof(
  fc.tuple(aDay, fc.nat(120_000)).map(([day, number]) => `${day.replaceAll('-', '')}.${String(number)}`),
  fc.stringMatching(/^[!-~]{1,16}$/),
  fc.constantFrom('20260101.0', '20260101.00', '20260101.07', '02026010.1', '20260101.99999', '20260101'),
);

const facts: fc.Arbitrary<MovementFacts> = fc.record(
  {
    at: anInstant,
    actorId: fc.oneof(
      fc.constant(SYSTEM),
      aUlid.map((ulid) => MemberId.parse(`mem_${ulid}`)),
    ),
    channel: aCode(Channel),
    region: fc
      .integer({ min: 0, max: 999_999_999_999 })
      .map((code) => CommunityCode.parse(String(code).padStart(12, '0'))),
    policyVersion: aVersion,
    reason: aCode(EntryReason),
    requestId: aRequest,
    serviceCode: aCode(ServiceCode),
    note: aText,
    document: aDocument,
  },
  { requiredKeys: ['at', 'actorId', 'channel', 'region', 'policyVersion', 'reason'] },
);
const aCounterpart = fc.oneof(anAccount, aPool, aDocument.map(fundOf), fc.constantFrom('issue', 'outside'));
const someMinutes = fc.record(
  { earned: change, gift: change, granted: change, held: change, honour: change, debt: change },
  { requiredKeys: [] },
);
const aTie = fc.record({ relation: aCode(Relation), from: aDay });
const nearDay = fc.integer({ min: -400, max: 400 });
const own = fc.record(
  {
    accountId: anAccount,
    transferId: aTransfer,
    kind: aCode(EntryKind),
    counterpart: aCounterpart,
    minutes: someMinutes,
    fingerprint: aPrint,
    serviceDay: nearDay,
    hold: aHold,
    resolves: aTransfer,
    lot: aLot,
    lots: byTransfer(change),
    returned: byTransfer(aLot),
    corrects: aTransfer,
    overflow: fc.record({ poolId: aPool, minutes: amount }),
    state: aCode(AccountState),
    bond: fc.record({ with: anAccount, tie: aTie }, { requiredKeys: ['with'] }),
    overflowPool: aPool,
  },
  { requiredKeys: ['accountId', 'transferId', 'kind', 'counterpart', 'minutes'] },
);
const memberOf = (account: string): MemberId => MemberId.parse(`mem_${account.slice(4)}`);

/** Lines; among them such whose ids are those of the request, and whose other side is the account itself. */
const anEntry: fc.Arbitrary<Entry> = fc
  .tuple(facts, own, fc.constantFrom('', 'is hold', 'ends hold', 'alone', 'own', 'other'))
  .map(([common, { serviceDay: days, ...entry }, how]): Entry => {
    const { at } = common;
    const day = days === undefined ? {} : { serviceDay: civilDateOf(plusMinutes(at, days * 24 * 60)) };
    const line: Entry = { ...common, ...entry, ...day };
    if (how === 'own') return { ...line, actorId: memberOf(line.accountId) };
    if (how === 'other' && line.counterpart.startsWith('acc_')) {
      return { ...line, actorId: memberOf(line.counterpart) };
    }
    if (how === 'alone') return { ...line, counterpart: line.accountId };
    if (line.requestId === undefined) return line;
    if (how === 'is hold') return { ...line, transferId: holdOf(line.requestId) };
    return how === 'ends hold' ? { ...line, resolves: holdOf(line.requestId) } : line;
  });

const aHead: fc.Arbitrary<AccountHead> = fc.record(
  {
    accountId: anAccount,
    state: aCode(AccountState),
    sequence: amount,
    minutes: fc.record({
      earned: amount,
      gift: amount,
      granted: amount,
      held: amount,
      honour: amount,
      debt: amount,
    }),
    holds: byTransfer(aHold),
    lots: byTransfer(aLot),
    tallies: fc.dictionary(
      fc.oneof(
        aDay.map((day) => `d${day.replaceAll('-', '')}`),
        aDay.map((day) => `y${day.slice(0, 4)}`),
      ),
      change,
      { maxKeys: 5 },
    ),
    bonds: fc.dictionary(anAccount, aTie, { maxKeys: 3 }),
    overflowPool: aPool,
  },
  {
    requiredKeys: ['accountId', 'state', 'sequence', 'minutes', 'holds', 'lots', 'tallies', 'bonds'],
  },
);
const aTombstone: fc.Arbitrary<Tombstone> = fc.record({
  accountId: anAccount,
  transferId: aTransfer,
  fingerprint: aPrint,
  refusal: fc.record(
    {
      code: fc.constantFrom(...refusalCodes),
      availableMinutes: change,
      neededMinutes: change,
      triesLeft: amount,
      details: fc.array(fc.record({ property: aText, message: aText }), { maxLength: 2 }),
    },
    { requiredKeys: ['code'] },
  ),
  at: anInstant,
});
const aRow: fc.Arbitrary<PoolRow> = fc
  .tuple(
    facts,
    fc.record({ poolId: aPool, transferId: aTransfer, counterpart: aCounterpart, minutes: change }),
  )
  .chain(([common, row]) =>
    fc
      .integer({ min: 0, max: 31 })
      .map((shard) => ({ ...common, ...row, ...(row.minutes < 0 ? { shard } : {}) })),
  );
const aFund: fc.Arbitrary<Fund> = fc
  .record({
    document: aDocument,
    provider: fc.string({ unit: 'binary', minLength: 1, maxLength: 90 }),
    minutes: amount,
    leftMinutes: amount,
    facts,
  })
  .map((fund) => ({ ...fund, fundId: fundOf(fund.document) }));

const entryItem = (entry: Entry): Item =>
  encode({ ...entryKey(entry.accountId, entry.transferId) }, encodeEntry(entry));
const headItem = (head: AccountHead): Item =>
  encode({ ...accountHeadKey(head.accountId) }, { ...encodeHead(head), openedAt: instantOf(YEAR_2000) });
const tombstoneItem = (tombstone: Tombstone): Item =>
  encode({ ...entryKey(tombstone.accountId, tombstone.transferId) }, encodeTombstone(tombstone));
const rowItem = (row: PoolRow): Item => encode({ ...poolRowKey(row.poolId, row.transferId) }, encodeRow(row));
const fundItem = (fund: Fund): Item => encode({ ...fundKey(fund.fundId) }, encodeFund(fund));

const RUNS = { numRuns: 500 };

describe('what is stored is read again as it was', () => {
  it('a line', () => {
    fc.assert(
      fc.property(anEntry, (entry) => {
        expect(decodeLine(entryItem(entry))).toEqual({ kind: 'entry', entry });
      }),
      RUNS,
    );
  });
  it('a head', () => {
    fc.assert(
      fc.property(aHead, (head) => {
        expect(decodeHead(headItem(head))).toEqual(head);
      }),
      RUNS,
    );
  });
  it('a kept refusal', () => {
    fc.assert(
      fc.property(aTombstone, (tombstone) => {
        expect(decodeLine(tombstoneItem(tombstone))).toEqual({ kind: 'refused', tombstone });
      }),
      RUNS,
    );
  });
  it('a line of a pool', () => {
    fc.assert(
      fc.property(aRow, (row) => {
        expect(decodeRow(rowItem(row))).toEqual(row);
      }),
      RUNS,
    );
  });
  it('a purchase', () => {
    fc.assert(
      fc.property(aFund, (fund) => {
        expect(decodeFund(fundItem(fund))).toEqual(fund);
      }),
      RUNS,
    );
  });
  it('a part of a pool', () => {
    const poolId = PoolId.parse('pool:341302001');
    const item = encode({ ...shardKey(poolId, 7) }, { m: 60 });
    expect(decodeShard(item)).toEqual({ poolId, shard: 7, minutes: 60 });
  });
});

const ULID = '01KB2C3D4E5F6G7H8J9KMNPQR';
const accountId = AccountId.parse(`acc_${ULID}A`);
const requestId = RequestId.parse(`req_${ULID}B`);
const NOW = '2026-11-22T02:30:17.123Z';
const HOME = CommunityCode.parse('341302001003');
const visit: MovementFacts = {
  at: NOW,
  actorId: MemberId.parse(`mem_${ULID}C`),
  channel: 'web',
  region: HOME,
  policyVersion: '20260401.17',
  reason: 'visit_confirmed',
  requestId,
  serviceCode: 'C01',
};
const trf = (last: string): TransferId => TransferId.parse(`trf_${ULID}${last}`);
const hold: Hold = { lapsesAt: NOW, earned: 485, gift: 0, lots: {} };
const POOL = PoolId.parse('pool:341302001');
const lot: Lot = { minutes: 1445, lapsesAt: NOW, poolId: POOL };
const line = (rest: Partial<Entry>): Entry => ({
  ...visit,
  accountId,
  transferId: trf('D'),
  kind: 'earned',
  counterpart: 'issue',
  minutes: { earned: 235 },
  ...rest,
});
const { requestId: _request, serviceCode: _service, ...plain } = visit;
const plainLine = (rest: Partial<Entry>): Entry => {
  const { requestId: _of, serviceCode: _for, ...all } = line(rest);
  return { ...all, ...rest };
};
const PRINT = 'fingerprint0';
const other = AccountId.parse(`acc_${ULID}E`);

/**
 * The size of an item as DynamoDB counts it: names and text by UTF-8 bytes, a number a byte for two digits and one
 * more (and one for a minus), a map or a list three bytes and one for each part.
 */
const sizeOfValue = (value: AttributeValue): number => {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) {
    const digits = value.N.replace(/^-/, '')
      .replace('.', '')
      .replace(/^0+|0+$/g, '').length;
    return Math.ceil(digits / 2) + 1 + (value.N.startsWith('-') ? 1 : 0);
  }
  if (value.B !== undefined) return value.B.length;
  if (value.M !== undefined) {
    return Object.entries(value.M).reduce(
      (sum, [name, part]) => sum + 1 + name.length + sizeOfValue(part),
      3,
    );
  }
  if (value.L !== undefined) return value.L.reduce((sum, part) => sum + 1 + sizeOfValue(part), 3);
  return 1;
};
const sizeOf = (item: Item): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + name.length + sizeOfValue(value), 0);

const UNIT = 4096;
const WRITE_UNIT = 1024;

describe('a statement of 25 lines is one read unit', () => {
  const lines: Record<string, Entry> = {
    'a visit that the community pays': line({ fingerprint: PRINT }),
    'a visit that a member pays, of another day': line({
      fingerprint: PRINT,
      counterpart: other,
      actorId: memberOf(other),
      serviceDay: '2026-11-19',
    }),
    'a visit that a member pays and a coordinator confirms': line({ fingerprint: PRINT, counterpart: other }),
    'hours set aside': line({
      kind: 'held',
      transferId: holdOf(requestId),
      counterpart: accountId,
      reason: 'set_aside',
      hold,
      minutes: { earned: -485, held: 485 },
      fingerprint: PRINT,
    }),
    'hours used': line({
      kind: 'spent',
      counterpart: other,
      resolves: holdOf(requestId),
      minutes: { held: -485, earned: 125 },
    }),
    'hours that come back': line({
      kind: 'released',
      counterpart: accountId,
      resolves: holdOf(requestId),
      minutes: { held: -485, earned: 485 },
      fingerprint: PRINT,
    }),
    'a gift': plainLine({
      kind: 'gift_out',
      reason: 'gift',
      counterpart: other,
      minutes: { earned: -485 },
      fingerprint: PRINT,
    }),
    'a donation': plainLine({
      kind: 'donated',
      reason: 'donation',
      counterpart: POOL,
      minutes: { earned: -485 },
      fingerprint: PRINT,
    }),
  };
  it.each(Object.entries(lines))('%s has 163 bytes at most', (_, entry) => {
    const bytes = sizeOf(entryItem(entry));
    expect(bytes).toBeLessThanOrEqual(163);
    expect(25 * bytes).toBeLessThanOrEqual(UNIT);
  });
});

describe('an account stays small', () => {
  const ids = (count: number, prefix: string): string[] =>
    Array.from({ length: count }, (_, index) => `${prefix}_${ULID}${DIGITS[index % 32] ?? ''}`);
  const days = (count: number): Record<string, number> =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `d${civilDateOf(instantOf(Date.parse(NOW) - index * 86_400_000)).replaceAll('-', '')}`,
        235,
      ]),
    );
  const lots = (count: number): Record<string, Lot> =>
    Object.fromEntries(ids(count, 'trf').map((id) => [id, lot]));
  const holds = (count: number, of: Hold): Record<string, Hold> =>
    Object.fromEntries(ids(count, 'trf').map((id) => [id, of]));
  const bonds = (count: number): AccountHead['bonds'] =>
    Object.fromEntries(
      ids(count, 'acc').map((id) => [id, { relation: 'grandparent' as const, from: '2026-11-21' }]),
    );
  const rich: AccountHead = {
    ...openedAccount(accountId, 'open'),
    sequence: 9_999,
    minutes: { earned: 89_995, gift: 11_995, granted: 1_445, held: 485, honour: 95, debt: 15 },
  };

  it('a volunteer who comes every day of the tallies, with family and open requests, fits one write unit', () => {
    const busy = { ...rich, tallies: { ...days(TALLIES_MAX - 1), y2026: 11_995 }, bonds: bonds(2) };
    expect(sizeOf(headItem(busy))).toBeLessThanOrEqual(WRITE_UNIT);
  });

  it('an elder with grants, open requests and family fits one write unit', () => {
    const elder = { ...rich, lots: lots(3), holds: holds(4, hold), bonds: bonds(4), tallies: days(4) };
    expect(sizeOf(headItem(elder))).toBeLessThanOrEqual(WRITE_UNIT);
  });

  it('with everything at its limit at once it has less than 8 KB: 16 write units, and never a refused write', () => {
    const full = {
      ...rich,
      overflowPool: PoolId.parse('pool:341302001:winter-visits-for-all-12'),
      lots: lots(LOTS_MAX),
      holds: holds(defaults.openHoldsMax, { ...hold, lots: lots(LOTS_MAX) }),
      bonds: bonds(defaults.bondsMax),
      tallies: days(TALLIES_MAX),
    };
    const bytes = sizeOf(headItem(full));
    expect(bytes).toBeGreaterThan(WRITE_UNIT);
    expect(bytes).toBeLessThanOrEqual(8 * WRITE_UNIT);
  });
});

describe('what is read is parsed', () => {
  const good: Record<string, { item: Item; decode: (item: Item) => unknown }> = {
    'a line': {
      item: entryItem(
        line({
          hold,
          fingerprint: PRINT,
          lot,
          lots: { [trf('F')]: -5 },
          returned: { [trf('G')]: lot },
          resolves: trf('H'),
          overflow: { poolId: POOL, minutes: 5 },
          state: 'open',
          bond: { with: other, tie: { relation: 'parent', from: '2026-11-21' } },
        }),
      ),
      decode: decodeLine,
    },
    'a head': {
      item: headItem({
        ...openedAccount(accountId, 'open'),
        holds: { [trf('F')]: hold },
        lots: { [trf('G')]: lot },
        bonds: { [other]: { relation: 'parent', from: '2026-11-21' } },
        tallies: { d20261121: 60 },
      }),
      decode: decodeHead,
    },
    'a kept refusal': {
      item: tombstoneItem({
        accountId,
        transferId: trf('F'),
        fingerprint: PRINT,
        refusal: { code: 'cap_reached' },
        at: NOW,
      }),
      decode: decodeLine,
    },
    'a line of a pool': {
      item: rowItem({
        ...plain,
        poolId: POOL,
        transferId: trf('F'),
        counterpart: accountId,
        minutes: 60,
      }),
      decode: decodeRow,
    },
    'a line of a pool that goes out': {
      item: rowItem({
        ...plain,
        poolId: POOL,
        transferId: trf('F'),
        counterpart: accountId,
        minutes: -60,
        shard: 31,
      }),
      decode: decodeRow,
    },
    'a mark of collection': {
      item: encode({ ...collectedKey(POOL, trf('F')) }, encodeCollected(7)),
      decode: decodeCollected,
    },
    'a purchase': {
      item: fundItem({
        fundId: fundOf(DocumentNumber.parse('SZ-2026-0117')),
        document: DocumentNumber.parse('SZ-2026-0117'),
        provider: '公司',
        minutes: 600,
        leftMinutes: 60,
        facts: plain,
      }),
      decode: decodeFund,
    },
    'a part of a pool': {
      item: encode({ ...shardKey(POOL, 3) }, { m: 60 }),
      decode: decodeShard,
    },
  };
  const rows = Object.entries(good).map(([what, row]) => ({ what, ...row }));
  it.each(rows)('$what is taken as it is', ({ item, decode }) => {
    expect(() => decode(item)).not.toThrow();
  });

  it.each(rows)('$what with an attribute that nobody knows is refused', ({ item, decode }) => {
    expect(() => decode({ ...item, zz: { N: '1' } })).toThrow();
  });

  it.each(rows.flatMap((row) => Object.keys(row.item).map((name) => ({ ...row, name }))))(
    '$what: $name of another type is refused',
    ({ item, decode, name }) => {
      const others: AttributeValue[] = [{ S: '' }, { N: '-1.5' }, { L: [] }, { NULL: true }];
      for (const value of others) expect(() => decode({ ...item, [name]: value })).toThrow();
    },
  );

  const needed: Record<string, string[]> = {
    'a line': ['pk', 'sk', 'k', 't', 'r', 'v', 'y'],
    'a head': ['pk', 'sk', 'st', 'q', 'e', 'g', 'n', 'h', 'o', 'd', 't', 'ho', 'lo', 'ta', 'bo'],
    'a kept refusal': ['pk', 'sk', 'k', 'f', 't', 're'],
    'a line of a pool': ['pk', 'sk', 't', 'r', 'v', 'y', 'x', 'm'],
    'a line of a pool that goes out': ['pk', 'sk', 't', 'r', 'v', 'y', 'x', 'm', 'b'],
    'a mark of collection': ['pk', 'sk', 'b'],
    'a purchase': ['pk', 'sk', 't', 'fundId', 'document', 'provider', 'minutes', 'leftMinutes'],
    'a part of a pool': ['pk', 'sk', 'm'],
  };
  it.each(rows.flatMap((row) => (needed[row.what] ?? []).map((name) => ({ ...row, name }))))(
    '$what without $name is refused',
    ({ item, decode, name }) => {
      const { [name]: _, ...rest } = item;
      expect(Object.keys(rest)).toHaveLength(Object.keys(item).length - 1);
      expect(() => decode(rest)).toThrow();
    },
  );

  const lineItem = good['a line']?.item ?? {};
  it.each([
    { what: 'a kind with another letter', change: { k: { S: 'eb' } } },
    { what: 'the kind of a kept refusal', change: { k: { S: 'XX' } } },
    { what: 'a reason with another letter', change: { y: { S: 'vd' } } },
    { what: 'a channel with another letter', change: { c: { S: 'w' } } },
    { what: 'another side with another letter', change: { x: { S: 'j' } } },
    { what: 'a region of 13 digits', change: { r: { N: '1341302001003' } } },
    { what: 'a time that is none', change: { t: { N: '8640000000000001' } } },
    { what: 'an id of 15 bytes', change: { a: { B: new Uint8Array(15) } } },
    { what: 'a fingerprint of 10 bytes', change: { f: { B: new Uint8Array(10) } } },
    { what: 'half a minute', change: { e: { N: '0.5' } } },
    { what: 'a version in too many digits', change: { v: { N: '10000000000000' } } },
    { what: 'a version in too many letters', change: { v: { S: 'x'.repeat(17) } } },
    { what: 'a service that there is not', change: { s: { S: 'Z99' } } },
    { what: 'half a tie', change: { bo: { M: { w: { S: `${ULID}E` }, r: { S: 'parent' } } } } },
    { what: 'a lot under a name that is no id', change: { j: { M: { ILU: { N: '1' } } } } },
    { what: 'a partition of something else', change: { pk: { S: `B#${ULID}A` } } },
    { what: 'the partition of nobody', change: { pk: { S: 'A#' } } },
    { what: 'the sort key of nothing', change: { sk: { S: 'T#' } } },
  ])('a line with $what is refused', ({ change }) => {
    expect(() => decodeLine({ ...lineItem, ...change })).toThrow();
  });

  const headOf = (change: Item) => () => decodeHead({ ...good['a head']?.item, ...change });
  it.each([
    { what: 'a total that is not the sum of its parts', change: { t: { N: '1' } } },
    { what: 'minus one minute', change: { e: { N: '-1' }, t: { N: '-1' } } },
    { what: 'a state that there is not', change: { st: { S: 'opem' } } },
    { what: 'a tally of no day', change: { ta: { M: { d2026112: { N: '1' } } } } },
    {
      what: 'a tie that there is not',
      change: { bo: { M: { [`${ULID}E`]: { M: { r: { S: 'friens' }, f: { S: '2026-11-21' } } } } } },
    },
    {
      what: 'a hold with something else in it',
      change: {
        ho: {
          M: {
            [`${ULID}F`]: { M: { l: { N: '1' }, e: { N: '1' }, g: { N: '0' }, n: { M: {} }, z: { N: '1' } } },
          },
        },
      },
    },
  ])('a head with $what is refused', ({ change }) => {
    expect(headOf(change)).toThrow();
  });

  const rowOf = (what: string, change: Item) => () => decodeRow({ ...good[what]?.item, ...change });
  it('a line of a pool names a part where it goes out, and only there', () => {
    expect(rowOf('a line of a pool', { b: { N: '3' } })).toThrow();
    expect(rowOf('a line of a pool', { m: { N: '-60' } })).toThrow();
    expect(rowOf('a line of a pool that goes out', { m: { N: '60' } })).toThrow();
    expect(rowOf('a line of a pool that goes out', { b: { N: '32' } })).toThrow();
    expect(rowOf('a line of a pool that goes out', { b: { N: '0' } })).not.toThrow();
  });

  it('a line that could not be read again is not written', () => {
    expect(() => encodeEntry(line({ fingerprint: 'short' }))).toThrow();
    expect(() => encodeEntry(line({ policyVersion: '' }))).toThrow();
    expect(() => encodeEntry(line({ policyVersion: 'x'.repeat(17) }))).toThrow();
    expect(() => encodeEntry(line({ note: 'x'.repeat(201) }))).toThrow();
    expect(() => encodeEntry(line({ minutes: { earned: 0.5 } }))).toThrow();
    expect(() => encodeEntry(line({ resolves: trf('H') }))).not.toThrow();
  });

  it('a head is told from anything else by its value', () => {
    for (const nothing of [undefined, null, 7, [], {}]) expect(() => decodeHeadValue(nothing)).toThrow();
  });
});

it('every kind and every reason has letters of its own', () => {
  const letters = (name: 'k' | 'y', lines: Entry[]) =>
    new Set(lines.map((entry) => encodeEntry(entry)[name]));
  expect(
    letters(
      'k',
      EntryKind.options.map((kind) => line({ kind })),
    ).size,
  ).toBe(EntryKind.options.length);
  const byReason = EntryReason.options.map((reason) => line({ reason }));
  expect(letters('y', byReason).size).toBe(EntryReason.options.length);
});
