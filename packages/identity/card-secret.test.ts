import { FileId, MemberId } from '@time-bank/contracts/ids';
import { CardToken } from '@time-bank/contracts/card-proof';
import { expect, it } from 'vitest';
import { cardSecretOf, isPinOf, isTokenOf, namedByToken, newCardToken, withPin } from './card-secret.ts';
import { parseTokenKeys } from './token.ts';

const keys = parseTokenKeys(JSON.stringify({ first: 'a'.repeat(40) }));
const rotated = parseTokenKeys(JSON.stringify({ second: 'b'.repeat(40), first: 'a'.repeat(40) }));
const others = parseTokenKeys(JSON.stringify({ first: 'c'.repeat(40) }));
const gone = parseTokenKeys(JSON.stringify({ second: 'b'.repeat(40) }));
const memberId = MemberId.parse('mem_01KB2C3D4E5F6G7H8J9KMNPQRA');
const cardId = FileId.parse('fil_01KB2C3D4E5F6G7H8J9KMNPQRB');

it('a token names its owner and its card, and no two are the same', () => {
  const tokens = Array.from({ length: 100 }, () => newCardToken(memberId, cardId));
  expect(new Set(tokens).size).toBe(100);
  expect(namedByToken(tokens[0]!)).toEqual({ memberId, cardId });
});

it('is known again by its keyed hash, also after the keys were rotated, and not without its key', async () => {
  const token = newCardToken(memberId, cardId);
  const secret = await cardSecretOf(keys, token, '2468');
  expect(JSON.stringify(secret)).not.toContain(token.slice(52));
  expect([keys, rotated, others, gone].map((set) => isTokenOf(set, secret, token))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  const changed = CardToken.parse(`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`);
  expect(isTokenOf(keys, secret, changed)).toBe(false);
});

it('knows its PIN, and the new one after a change; the same PIN twice is kept differently', async () => {
  const token = newCardToken(memberId, cardId);
  const [secret, same] = [await cardSecretOf(keys, token, '2468'), await cardSecretOf(keys, token, '2468')];
  expect(secret.pinHash).not.toBe(same.pinHash);
  expect(await Promise.all(['2468', '24680', '0000'].map((pin) => isPinOf(keys, secret, pin)))).toEqual([
    true,
    false,
    false,
  ]);
  expect(await isPinOf(rotated, secret, '2468')).toBe(true);
  expect(await isPinOf(others, secret, '2468')).toBe(false);
  expect(await isPinOf(gone, secret, '2468')).toBe(false);
  const changed = await withPin(rotated, secret, '1357');
  expect(changed).toMatchObject({ keyName: 'first', tokenHash: secret.tokenHash });
  expect(await isPinOf(keys, changed!, '1357')).toBe(true);
  expect(await isPinOf(keys, changed!, '2468')).toBe(false);
  expect(await withPin(gone, secret, '1357')).toBeUndefined();
});
