import { InvalidCursor } from '@time-bank/desk/ports';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Item, encode, readCursor, values, writeCursor } from './item.ts';
import { decodeRequest, decodeVisit } from './request-item.ts';
import { encodeSealed } from './sealed-item.ts';
import { makeVault, parsePersonalKeys } from './vault.ts';

const vault = makeVault(parsePersonalKeys(JSON.stringify({ test: 'x'.repeat(32) })));

const key: Item = { pk: { S: 'A#acc_1' }, sk: { S: 'T#trf_1' } };

const cursorOf = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a cursor', () => {
  it('leads back to its place, whatever the key', () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 });
    fc.assert(
      fc.property(text, text, (pk, sk) => {
        const place: Item = { pk: { S: pk }, sk: { S: sk } };
        expect(readCursor(writeCursor(place) ?? '')).toEqual(place);
      }),
    );
  });

  it('is absent where there is nothing more', () => {
    expect(writeCursor(undefined)).toBeUndefined();
  });

  it('is made of letters that an address bears', () => {
    expect(writeCursor(key)).toMatch(/^[\w-]+$/);
  });

  it.each([
    { why: 'nothing', cursor: '' },
    { why: 'no JSON', cursor: 'abc' },
    { why: 'cut off', cursor: (writeCursor(key) ?? '').slice(0, -3) },
    { why: 'a list', cursor: cursorOf(['pk']) },
    { why: 'null', cursor: cursorOf(null) },
    { why: 'a number', cursor: cursorOf(7) },
    { why: 'a key with a number', cursor: cursorOf({ pk: 7, sk: 'H' }) },
    { why: 'a key within a key', cursor: cursorOf({ pk: { S: 'A' }, sk: 'H' }) },
    { why: 'a value of 257 characters', cursor: cursorOf({ pk: 'x'.repeat(257), sk: 'H' }) },
    { why: 'a name of 41 characters', cursor: cursorOf({ ['x'.repeat(41)]: 'A', sk: 'H' }) },
    { why: 'half a character', cursor: cursorOf({ pk: '\ud800', sk: 'H' }) },
  ])('that is $why is not one of ours', ({ cursor }) => {
    expect(() => readCursor(cursor)).toThrow(InvalidCursor);
  });

  it('of any other making is taken for a place or refused, and nothing else happens', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.base64String(),
          fc.string(),
          fc.json().map((text) => btoa(encodeURI(text))),
        ),
        (cursor) => {
          try {
            const place = readCursor(cursor);
            for (const value of Object.values(place)) expect(typeof value.S).toBe('string');
          } catch (error) {
            expect(error).toBeInstanceOf(InvalidCursor);
          }
        },
      ),
    );
  });
});

const facts = {
  at: '2026-11-21T02:00:00.000Z',
  actorId: 'mem_01KB2C3D4E5F6G7H8J9KMNPQRS',
  channel: 'web',
  region: '341302001003',
  policyVersion: 'default-1',
  reason: 'visit confirmed',
  requestId: 'req_01KB2C3D4E5F6G7H8J9KMNPQRS',
  serviceCode: 'C01',
};
const request = {
  version: 1,
  state: 'published',
  serviceCode: 'C01',
  receiverGender: 'female',
  postedBy: facts.actorId,
  plannedMinutes: 60,
  wishes: { languages: [] },
  policyVersion: 'default-1',
  history: [],
};
const about = { n: '王', a: '和平里1号楼', s: [] };
const visit = {
  state: 'joined',
  visitId: 'vis_01KB2C3D4E5F6G7H8J9KMNPQRS',
  requestId: facts.requestId,
  volunteerId: facts.actorId,
  plannedStartAt: facts.at,
  acceptedAt: facts.at,
  wrongCodes: 0,
};

const keysOfItem = { pk: 'x', sk: 'y' };
const keyed = {
  requestId: facts.requestId,
  receiverId: facts.actorId,
  communityCode: facts.region,
  plannedStartAt: facts.at,
};
const keysOfRequest = {
  pk: `REQ#${keyed.requestId}`,
  sk: 'REQUEST',
  personKey: `RECEIVES#${keyed.receiverId}`,
  personSort: `${keyed.plannedStartAt}#${keyed.requestId}`,
  regionKey: `REQUESTS#${keyed.communityCode}`,
};
const storedRequest = (plain: object, sealed: object = about): Item =>
  encodeSealed(vault, keysOfRequest, { plain, personal: { about: sealed } });
const { receiverGender: gender, ...plainly } = request;
const open = { ...plainly, ...keyed };
const read = { ...open, receiver: { surname: '王', gender }, place: { address: about.a } };
const decodesRequest = (item: Item): unknown => decodeRequest(vault, item);
const kinds = [
  { kind: 'a request', decode: decodesRequest, item: storedRequest, good: request, read },
  {
    kind: 'a visit',
    decode: decodeVisit,
    item: (plain: object) => encode(keysOfItem, plain),
    good: visit,
    read: visit,
  },
];

describe('what is read', () => {
  it.each(kinds)('is $kind again, without its keys and what later versions add', (row) => {
    expect(row.decode(row.item({ ...row.good, addedLater: true }))).toEqual(row.read);
  });

  it.each(kinds.flatMap((row) => Object.keys(row.good).map((field) => ({ ...row, field }))))(
    'is not taken for $kind without $field',
    ({ decode, item, good, field }) => {
      const { [field as keyof typeof good]: _, ...rest } = good;
      expect(() => decode(item(rest))).toThrow();
    },
  );

  it.each(Object.keys(about))('is not taken for a request whose sealed part is without %s', (field) => {
    const { [field as keyof typeof about]: _, ...rest } = about;
    expect(() => decodesRequest(storedRequest(request, rest))).toThrow();
  });

  it.each(Object.keys(keysOfRequest).filter((name) => name !== 'sk'))(
    'is not taken for a request whose %s is none of a request',
    (name) => {
      expect(() => decodesRequest({ ...storedRequest(request), [name]: { S: 'x' } })).toThrow();
    },
  );

  it('is a request of nobody in no place once its key is gone', () => {
    const { dataKey: _key, sealed: _sealed, ...item } = storedRequest(request);
    expect(decodesRequest(item)).toEqual({
      ...open,
      receiver: { surname: '*', gender },
      place: { address: '*' },
    });
  });

  it.each([
    { what: 'a request in no state', item: { ...request, state: 'open' } },
    { what: 'a request with half a history', item: { ...request, history: [{}] } },
  ])('is not taken where it says $what', ({ item }) => {
    expect(() => decodesRequest(storedRequest(item))).toThrow();
  });
});

it('keys of an item win over fields of the same name, and absent fields stay absent', () => {
  expect(encode({ pk: 'A' }, { pk: 'B', note: undefined })).toEqual({ pk: { S: 'A' } });
  expect(values({ ':a': 1, ':b': undefined })).toEqual({ ':a': { N: '1' } });
});
