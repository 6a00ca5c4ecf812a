/**
 * The API for what needs a proof that this device's own key is here: signing in, and moving one's own hours. The proof
 * goes as the header `DPoP` (RFC 9449). A device without a key sends none, and the service says what follows.
 */
import { hc } from 'hono/client';
import { patientFetch } from './patient-fetch.ts';
import type { WireApi } from './wire-api.ts';

/** A proof is good for a minute or two; a clock that is further off than this is put right by that of the service. */
const CLOCK_TOLERANCE_MS = 30_000;

type Input = Parameters<typeof fetch>[0];

const clock = { aheadMs: 0 };

const send = async (input: Input, init: RequestInit): Promise<Response> => {
  const { deviceKey, proofFor } = await import('./device-key.ts');
  const key = await deviceKey();
  if (key === undefined) return patientFetch(input, init);
  const { origin, pathname } = new URL(input instanceof Request ? input.url : input, location.href);
  const proof = await proofFor(key, {
    method: init.method ?? 'GET',
    url: origin + pathname,
    body: typeof init.body === 'string' ? init.body : '',
    nowMs: Date.now() + clock.aheadMs,
  });
  const headers = new Headers(init.headers);
  headers.set('DPoP', proof);
  return patientFetch(input, { ...init, headers });
};

/** How far the clock of the service is ahead of this device's, where it says so and the difference matters. */
const offBy = (response: Response): number | undefined => {
  const aheadMs = Date.parse(response.headers.get('Date') ?? '') - Date.now();
  return Math.abs(aheadMs - clock.aheadMs) > CLOCK_TOLERANCE_MS ? aheadMs : undefined;
};

/** `fetch` with a proof. Where it is refused and this device's clock is wrong, it is sent once more by the right one. */
export const provenFetch = async (input: Input, init: RequestInit = {}): Promise<Response> => {
  const response = await send(input, init);
  const aheadMs = response.ok ? undefined : offBy(response);
  if (aheadMs === undefined) return response;
  clock.aheadMs = aheadMs;
  return send(input, init);
};

/** Every path of the API, asked with a proof. */
export const { api: provenApi } = hc<WireApi>('/', {
  headers: { 'X-Time-Bank': 'web' },
  fetch: provenFetch,
});
