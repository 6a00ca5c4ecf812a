import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BrokenSeal, type SealedPlace, lockedVault, makeVault, parsePersonalKeys } from './vault.ts';

const [old, fresh] = ['o'.repeat(32), 'f'.repeat(48)];
const keysOf = (secrets: Record<string, string>) => parsePersonalKeys(JSON.stringify(secrets));
const vault = makeVault(keysOf({ k1: old }));

const place: SealedPlace = { table: 'care', pk: 'MEM#mem_1', sk: 'PROFILE' };
const fields = { name: '王试', phone: '+8610000000001' };

const elsewhere: { what: string; place: SealedPlace }[] = [
  { what: 'another person', place: { ...place, pk: 'MEM#mem_2' } },
  { what: 'another record of the person', place: { ...place, sk: 'LEAF' } },
  { what: 'another table', place: { ...place, table: 'ledger' } },
  { what: 'a key of the same letters, cut elsewhere', place: { ...place, pk: 'MEM#mem_1P', sk: 'ROFILE' } },
];

describe('what is sealed', () => {
  it('opens again as it was, whatever it is', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), fc.string(), (value, pk, sk) => {
        const anywhere: SealedPlace = { table: 'care', pk, sk };
        const sealed = vault.seal(anywhere, { value });
        expect(vault.open(anywhere, sealed)).toEqual({ value: JSON.parse(JSON.stringify(value)) });
      }),
    );
  });

  it('shows nothing of itself, and looks different each time', () => {
    const [one, other] = [vault.seal(place, fields), vault.seal(place, fields)];
    for (const { sealed, dataKey } of [one, other]) {
      const bytes = Buffer.concat([...Object.values(sealed), dataKey.key]);
      for (const value of Object.values(fields)) expect(bytes.includes(value)).toBe(false);
    }
    expect(one.sealed['name']).not.toEqual(other.sealed['name']);
    expect(one.dataKey.key).not.toEqual(other.dataKey.key);
  });

  it('stays away where there is nothing to seal', () => {
    expect(Object.keys(vault.seal(place, { name: '王试', phone: undefined }).sealed)).toEqual(['name']);
  });

  it('never uses a nonce twice under one key', () => {
    const key = vault.newKey(place);
    const nonces = Array.from({ length: 500 }, () =>
      Buffer.from(vault.sealText(place, 'name', key, 'x').subarray(0, 12)).toString('hex'),
    );
    expect(new Set(nonces).size).toBe(500);
  });

  it.each(elsewhere)('does not open as that of $what, key and all', ({ place: other }) => {
    expect(() => vault.open(other, vault.seal(place, fields))).toThrow(BrokenSeal);
  });

  it.each(elsewhere)('does not open under the data key of $what', ({ place: other }) => {
    const { sealed } = vault.seal(place, fields);
    const { dataKey } = vault.seal(other, fields);
    expect(() => vault.open(other, { dataKey, sealed })).toThrow(BrokenSeal);
  });

  it('does not open as another field of the same record', () => {
    const { dataKey, sealed } = vault.seal(place, { name: 'a', phone: 'b' });
    const { name, phone } = sealed;
    if (name === undefined || phone === undefined) throw new Error('not sealed');
    expect(() => vault.open(place, { dataKey, sealed: { name: phone, phone: name } })).toThrow(BrokenSeal);
  });

  it('does not open with any one bit changed, of it or of its key, nor cut short', () => {
    const { dataKey, sealed } = vault.seal(place, { name: '王试' });
    const name = sealed['name'] ?? new Uint8Array();
    const flipped = (bytes: Uint8Array, bit: number): Uint8Array =>
      bytes.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
    for (let bit = 0; bit < name.length * 8; bit += 1) {
      const damaged = { dataKey, sealed: { name: flipped(name, bit) } };
      expect(() => vault.open(place, damaged), `bit ${String(bit)}`).toThrow(BrokenSeal);
    }
    for (let bit = 0; bit < dataKey.key.length * 8; bit += 1) {
      const damaged = { dataKey: { ...dataKey, key: flipped(dataKey.key, bit) }, sealed };
      expect(() => vault.open(place, damaged), `bit ${String(bit)}`).toThrow(BrokenSeal);
    }
    for (let length = 0; length < name.length; length += 1) {
      const cut = { dataKey, sealed: { name: name.subarray(0, length) } };
      expect(() => vault.open(place, cut)).toThrow(BrokenSeal);
    }
  });

  it('is gone for good with its data key', () => {
    const { sealed } = vault.seal(place, fields);
    expect(vault.open(place, { sealed })).toBeUndefined();
    const { dataKey } = vault.seal(place, fields);
    expect(() => vault.open(place, { dataKey, sealed })).toThrow(BrokenSeal);
  });

  it('opens under the data key that a record keeps while it changes', () => {
    const first = vault.seal(place, { name: '王试' });
    const second = vault.seal(place, { name: '王新' }, vault.unwrap(place, first.dataKey));
    expect(second.dataKey).toEqual(first.dataKey);
    expect(vault.open(place, { dataKey: first.dataKey, sealed: second.sealed })).toEqual({ name: '王新' });
  });
});

describe('the keys of the house', () => {
  it('change without anything being sealed again: the new one seals, both open, and a data key moves over', () => {
    const before = vault.seal(place, fields);
    const both = makeVault(keysOf({ k2: fresh, k1: old }));
    expect(both.open(place, before)).toEqual(fields);
    expect(both.seal(place, fields).dataKey.kid).toBe('k2');
    const moved = { ...before, dataKey: both.rewrap(place, before.dataKey) };
    const after = makeVault(keysOf({ k2: fresh }));
    expect(after.open(place, moved)).toEqual(fields);
    expect(() => after.open(place, before)).toThrow(BrokenSeal);
  });

  it('are told apart by their names: the same secret under another name opens nothing', () => {
    const other = makeVault(keysOf({ k9: old }));
    const { dataKey, sealed } = vault.seal(place, fields);
    expect(() => other.open(place, { dataKey: { ...dataKey, kid: 'k9' }, sealed })).toThrow(BrokenSeal);
  });

  it.each([
    { what: 'no JSON', json: 'k1' },
    { what: 'no keys', json: '{}' },
    { what: 'a list', json: '["x"]' },
    { what: 'a secret of 31 characters', json: JSON.stringify({ k1: 'x'.repeat(31) }) },
    { what: 'a secret of 257 characters', json: JSON.stringify({ k1: 'x'.repeat(257) }) },
    { what: 'a name that is none', json: JSON.stringify({ 'k 1': old }) },
    { what: 'a name of digits, which would not keep its place', json: JSON.stringify({ 2: old }) },
  ])('are refused where they are $what, without a word of them', ({ json }) => {
    expect(() => parsePersonalKeys(json)).toThrow(/^the personal keys are not/);
    try {
      parsePersonalKeys(json);
    } catch (error) {
      expect(String(error)).not.toMatch(/xxxx|oooo/);
    }
  });

  it('are nothing that a function without them could do without', () => {
    for (const use of Object.values(lockedVault)) expect(use).toThrow('this function has no personal keys');
  });
});

describe('a mark', () => {
  it('is the same for the same value, another for any other value, kind or key, and tells nothing', () => {
    const mark = vault.mark('phone', '+8610000000001');
    expect(mark).toMatch(/^[\w-]{43}$/);
    expect(vault.mark('phone', '+8610000000001')).toBe(mark);
    const others = [
      vault.mark('phone', '+8610000000002'),
      vault.mark('person', '+8610000000001'),
      vault.mark('phone+', '8610000000001'),
      makeVault(keysOf({ k1: fresh })).mark('phone', '+8610000000001'),
    ];
    expect(new Set([mark, ...others]).size).toBe(5);
  });

  it('stays when a new key comes, before it seals and after', () => {
    const accepted = makeVault(keysOf({ k1: old, k2: fresh }));
    const sealing = makeVault(keysOf({ k2: fresh, k1: old }));
    expect([accepted, sealing].map((both) => both.seal(place, fields).dataKey.kid)).toEqual(['k1', 'k2']);
    for (const both of [accepted, sealing]) expect(both.mark('phone', 'x')).toBe(vault.mark('phone', 'x'));
  });
});
