// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keyOn, proofFor } from './device-key.ts';
import { provenFetch } from './proven-api.ts';

const shelf = () => {
  let kept: CryptoKeyPair | undefined;
  return {
    read: () => Promise.resolve(kept),
    keep: (pair: CryptoKeyPair) => {
      kept = pair;
      return Promise.resolve();
    },
  };
};

const key = keyOn(shelf());
const device = vi.hoisted(() => ({ hasKey: true }));
vi.mock('./device-key.ts', async (original) => ({
  ...(await original<object>()),
  deviceKey: () => (device.hasKey ? key : Promise.resolve(undefined)),
}));

const claimsIn = (proof: string | null): Record<string, unknown> =>
  JSON.parse(Buffer.from((proof ?? '').split('.')[1] ?? '', 'base64url').toString()) as Record<
    string,
    unknown
  >;

/** Answers one after the other; gives what was sent. */
const service = (...answers: Response[]) => {
  const sent: (string | null)[] = [];
  vi.stubGlobal('fetch', (_url: string, init: RequestInit) => {
    sent.push(new Headers(init.headers).get('DPoP'));
    return Promise.resolve(answers.shift() ?? new Response('{}', { status: 500 }));
  });
  return sent;
};

beforeEach(() => {
  device.hasKey = true;
});
afterEach(() => {
  vi.unstubAllGlobals();
});

it('what moves hours goes with a proof of this device, about just this', async () => {
  const sent = service(new Response('{}', { status: 200 }));
  await provenFetch('/api/gifts', { method: 'POST', body: '{"a":1}' });
  expect(claimsIn(sent[0] ?? null)).toMatchObject({ htm: 'POST' });
  expect(String(claimsIn(sent[0] ?? null).htu)).toMatch(/\/api\/gifts$/);
});

it('a device whose clock is wrong learns the time from the refusal, and sends it once more', async () => {
  const twoHoursOn = new Date(Date.now() + 7_200_000);
  const sent = service(
    new Response('{}', { status: 403, headers: { Date: twoHoursOn.toUTCString() } }),
    new Response('{}', { status: 200 }),
  );
  const response = await provenFetch('/api/gifts', { method: 'POST', body: '{}' });
  expect(response.status).toBe(200);
  expect(sent).toHaveLength(2);
  const [first, second] = sent.map((proof) => Number(claimsIn(proof).iat));
  expect((second ?? 0) - (first ?? 0)).toBeGreaterThan(7_100);
});

it('a device without a key sends it as it is', async () => {
  device.hasKey = false;
  const sent = service(new Response('{}', { status: 403 }));
  await provenFetch('/api/gifts', { method: 'POST', body: '{}' });
  expect(sent).toEqual([null]);
});

it('another proof each time', async () => {
  const one = { method: 'POST', url: 'https://time.example/api/gifts', body: '', nowMs: 0 };
  expect(await proofFor(await key, one)).not.toBe(await proofFor(await key, one));
});
