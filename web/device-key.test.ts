import { describe, expect, it } from 'vitest';
import { type KeyShelf, deviceKey, keyOn, proofFor } from './device-key.ts';

const emptyShelf = (): KeyShelf & { kept: CryptoKeyPair[] } => {
  const kept: CryptoKeyPair[] = [];
  return {
    kept,
    read: () => Promise.resolve(kept.at(-1)),
    keep: (pair) => {
      kept.push(pair);
      return Promise.resolve();
    },
  };
};

const partOf = (token: string, place: number): unknown =>
  JSON.parse(Buffer.from(token.split('.')[place] ?? '', 'base64url').toString());

const gift = {
  method: 'POST',
  url: 'https://time.example/api/gifts',
  body: '{"amountMinutes":60}',
  nowMs: 1_795_315_200_999,
};

describe('the key of a device', () => {
  it('is made once, and the same whenever it is asked for again', async () => {
    const shelf = emptyShelf();
    const first = await keyOn(shelf);
    const again = await keyOn(shelf);
    expect(shelf.kept).toHaveLength(1);
    expect(again.thumbprint).toBe(first.thumbprint);
    expect((await keyOn(emptyShelf())).thumbprint).not.toBe(first.thumbprint);
  });

  it('cannot be taken out of the browser', async () => {
    const { privateKey } = await keyOn(emptyShelf());
    expect(privateKey.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('jwk', privateKey)).rejects.toThrow();
  });

  it('has the thumbprint of RFC 7638: the hash of its members in the order of the alphabet', async () => {
    const { publicKey, thumbprint } = await keyOn(emptyShelf());
    expect(Object.keys(publicKey)).toEqual(['crv', 'kty', 'x', 'y']);
    const { crv, kty, x, y } = publicKey;
    const text = `{"crv":"${crv}","kty":"${kty}","x":"${x}","y":"${y}"}`;
    const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
    expect(thumbprint).toBe(Buffer.from(hash).toString('base64url'));
  });

  it('is none where the browser keeps nothing', async () => {
    expect(await deviceKey()).toBeUndefined();
  });
});

describe('a proof', () => {
  it('names the command, its address, its body and its time, and is signed by the key', async () => {
    const key = await keyOn(emptyShelf());
    const proof = await proofFor(key, gift);
    expect(partOf(proof, 0)).toEqual({ typ: 'dpop+jwt', alg: 'ES256', jwk: key.publicKey });
    const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(gift.body));
    expect(partOf(proof, 1)).toEqual({
      htm: 'POST',
      htu: gift.url,
      iat: 1_795_315_200,
      jti: expect.stringMatching(/^[\w-]{22}$/) as string,
      bdh: Buffer.from(hash).toString('base64url'),
    });
    const [header, claims, signature = ''] = proof.split('.');
    const publicKey = await crypto.subtle.importKey(
      'jwk',
      { ...key.publicKey },
      { name: 'ECDSA', namedCurve: 'P-256' },
      true,
      ['verify'],
    );
    const isSigned = await crypto.subtle.verify(
      { name: 'ECDSA', hash: 'SHA-256' },
      publicKey,
      Buffer.from(signature, 'base64url'),
      new TextEncoder().encode(`${header ?? ''}.${claims ?? ''}`),
    );
    expect(isSigned).toBe(true);
  });

  it('is another one each time, also for the same command', async () => {
    const key = await keyOn(emptyShelf());
    expect(await proofFor(key, gift)).not.toBe(await proofFor(key, gift));
  });
});
