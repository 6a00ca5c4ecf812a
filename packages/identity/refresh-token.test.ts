import { MemberId, SessionId } from '@time-bank/contracts/ids';
import { describe, expect, it } from 'vitest';
import {
  hashRefreshToken,
  isHashOf,
  newRefreshToken,
  parseRefreshToken,
  successorOf,
  successorWith,
} from './refresh-token.ts';
import { parseTokenKeys } from './token.ts';

const [one, two] = ['1', '2'].map((part) => part.repeat(48)) as [string, string];
const keys = parseTokenKeys(JSON.stringify({ k1: one }));
const others = parseTokenKeys(JSON.stringify({ k1: two }));
/** The same service after its key was changed: the new one first, the old one still there. */
const changed = parseTokenKeys(JSON.stringify({ k2: two, k1: one }));

const whose = {
  memberId: MemberId.parse('mem_01KB2C3D4E5F6G7H8J9KMNPQRS'),
  sessionId: SessionId.parse('ses_01KB2C3D4E5F6G7H8J9KMNPQRT'),
};
const parsed = (text: string, by = keys) => {
  const token = parseRefreshToken(by, text);
  if (token === undefined) throw new Error('it is not one of ours');
  return token;
};

describe('a refresh token', () => {
  it('says whose it is, and is never made twice', () => {
    const texts = Array.from({ length: 100 }, () => newRefreshToken(keys, whose));
    for (const text of texts) expect(parseRefreshToken(keys, text)).toEqual({ ...whose, text });
    expect(new Set(texts).size).toBe(100);
  });

  it('has 256 bits that nobody can guess beside the ids', () => {
    const secrets = Array.from({ length: 50 }, () => newRefreshToken(keys, whose).slice(56, 99));
    for (const secret of secrets) expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    expect(new Set(secrets.map((secret) => secret.slice(0, 8))).size).toBe(50);
  });

  it('is kept as a keyed hash from which it does not follow', () => {
    const text = newRefreshToken(keys, whose);
    const hash = hashRefreshToken(keys, text);
    expect(hash).toMatch(/^[\w-]{43}$/);
    expect(text).not.toContain(hash);
    expect(isHashOf(keys, hash, text)).toBe(true);
    expect(isHashOf(others, hash, text)).toBe(false);
    expect(isHashOf(keys, undefined, text)).toBe(false);
    expect(hashRefreshToken(others, text)).not.toBe(hash);
  });

  it('has one successor, the same whenever it is asked for, and of the same session', () => {
    const token = parsed(newRefreshToken(keys, whose));
    const next = successorOf(keys, token);
    expect(successorOf(keys, token)).toBe(next);
    expect(parseRefreshToken(keys, next)).toEqual({ ...whose, text: next });
    const chain = [token.text];
    for (let step = 0; step < 50; step += 1) chain.push(successorOf(keys, parsed(chain[step] ?? '')));
    expect(new Set(chain).size).toBe(51);
  });

  it('has another successor under another key: nobody finds it without ours', () => {
    const text = newRefreshToken(keys, whose);
    expect(successorOf(others, { ...whose, text })).not.toBe(successorOf(keys, { ...whose, text }));
  });

  it('is still good, and its successor still found, after the key was changed', () => {
    const token = parsed(newRefreshToken(keys, whose));
    const kept = hashRefreshToken(keys, token.text);
    expect(parseRefreshToken(changed, token.text)).toEqual(token);
    expect(isHashOf(changed, kept, token.text)).toBe(true);
    const before = successorOf(keys, token);
    expect(successorWith(changed, token, hashRefreshToken(keys, before))).toBe(before);
    const after = successorOf(changed, token);
    expect(successorWith(changed, token, hashRefreshToken(changed, after))).toBe(after);
    expect(successorWith(changed, token, kept)).toBeUndefined();
  });
});

describe('no refresh token of ours is', () => {
  const good = newRefreshToken(keys, whose);
  const other = newRefreshToken(keys, {
    ...whose,
    memberId: MemberId.parse('mem_01KB2C3D4E5F6G7H8J9KMNPQRA'),
  });

  it.each([
    ['nothing', ''],
    ['a word', 'token'],
    ['one of another key', newRefreshToken(others, whose)],
    ['one cut short', good.slice(0, -1)],
    ['one with a letter more', `${good}A`],
    ['one without its tag', good.slice(0, -43)],
    ["one with somebody else's name", `${other.slice(0, 30)}${good.slice(30)}`],
    ["one with the tag of somebody else's", `${good.slice(0, -43)}${other.slice(-43)}`],
    ['one in small letters', good.toLowerCase()],
    ['a very long one', 'A'.repeat(200_000)],
  ])('%s', (_, text) => {
    expect(parseRefreshToken(keys, text)).toBeUndefined();
  });

  it('one with any one letter changed', () => {
    for (let place = 0; place < good.length; place += 1) {
      const letter = good[place] === 'A' ? 'B' : 'A';
      const forged = good.slice(0, place) + letter + good.slice(place + 1);
      const read = parseRefreshToken(keys, forged);
      // The last letter of a hash has two bits that say nothing.
      if (place % 43 !== (good.length - 1) % 43) expect(read, `letter ${String(place)}`).toBeUndefined();
    }
  });
});
