import { describe, expect, it } from 'vitest';
import { DeviceKeysGiven, SIGNATURE_SECONDS, deviceSignature, signerOf } from './device-signature.ts';

const NOW_MS = 1_795_226_400_000;
const now = String(NOW_MS / 1000);
const [old, next] = ['the-secret-of-last-year-0123456789', 'the-secret-of-this-year-0123456789'];
const keys = { ankang: [next, old] };
const message = '{"eventId":"event-0001"}';

const signed = (secret: string, timestamp = now) => ({
  provider: 'ankang',
  timestamp,
  signature: deviceSignature(secret, timestamp, message),
  message,
});

describe('a message of a provider', () => {
  it('is believed under either secret while one takes the place of the other', () => {
    for (const secret of [old, next]) {
      expect(signerOf(keys, signed(secret), NOW_MS)).toEqual({
        provider: 'ankang',
        signedAt: '2026-11-21T02:00:00.000Z',
      });
    }
  });

  it('is not believed with one letter changed, under no secret, of nobody whom we know', () => {
    const good = signed(next);
    for (const bad of [
      { ...good, message: `${message} ` },
      { ...good, signature: good.signature.slice(0, -1) },
      { ...good, signature: good.signature.toUpperCase() },
      { ...good, signature: undefined },
      { ...good, provider: 'other' },
      { ...good, provider: 'constructor' },
      { ...good, provider: undefined },
      { ...good, timestamp: undefined },
      { ...good, timestamp: `${now}.0` },
      { ...good, timestamp: String(Number(now) + 1) },
      signed('a-secret-that-nobody-shares-with-us!'),
    ]) {
      expect(signerOf(keys, bad, NOW_MS)).toBeUndefined();
    }
    expect(signerOf({}, good, NOW_MS)).toBeUndefined();
  });

  it('is good for five minutes before and after it was signed, and no second longer', () => {
    for (const away of [-SIGNATURE_SECONDS, SIGNATURE_SECONDS]) {
      const at = signed(next, String(Number(now) + away));
      expect(signerOf(keys, at, NOW_MS)).toBeDefined();
      expect(signerOf(keys, at, NOW_MS - Math.sign(away) * 1000)).toBeUndefined();
    }
  });
});

it('a secret is long, and no provider has more than two', () => {
  expect(DeviceKeysGiven.safeParse(keys).success).toBe(true);
  for (const bad of [
    { ankang: ['short'] },
    { ankang: [] },
    { ankang: [old, next, old] },
    { 'An Kang': [old] },
  ]) {
    expect(DeviceKeysGiven.safeParse(bad).success).toBe(false);
  }
});
