import { afterEach, describe, expect, it, vi } from 'vitest';
import { client } from './client.ts';
import { redeemHours } from './redeem-hours.ts';

const wishes = { languages: [] };

/** Stands in for the service, with one answer to everything. */
const service = (status: number, body?: unknown) => {
  const asked: { url: string; init: RequestInit }[] = [];
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    asked.push({ url, init });
    return Promise.resolve(new Response(body === undefined ? null : JSON.stringify(body), { status }));
  });
  return asked;
};

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('a command', () => {
  it('goes with the header that pages of other origins cannot send, and with the cookie', async () => {
    const asked = service(201, { requestId: 'req_1' });
    await client.accept('req_1', 'vis_1');
    expect(asked[0]?.url).toBe('/api/requests/req_1/accept');
    expect(asked[0]?.init.method).toBe('POST');
    expect(asked[0]?.init.credentials).toBe('same-origin');
    expect(asked[0]?.init.body).toBe('{"visitId":"vis_1"}');
    const headers = new Headers(asked[0]?.init.headers);
    expect(headers.get('X-Time-Bank')).toBe('web');
    expect(headers.get('Content-Type')).toBe('application/json');
  });

  it('that is answered without a body is done', async () => {
    service(204);
    expect(await client.signOut()).toEqual({ kind: 'done', value: undefined });
  });

  it('that is refused says why, and in which fields', async () => {
    const details = [{ property: 'note', message: 'Too big' }];
    service(400, { error: { code: 'invalid_fields', message: '', details } });
    const answer = await redeemHours('req_1', {
      serviceCode: 'B01',
      plannedStartAt: '',
      plannedMinutes: 60,
      wishes,
    });
    expect(answer).toEqual({ kind: 'refused', refusal: { code: 'invalid_fields', details } });
  });

  it('does not wait for ever', async () => {
    vi.useFakeTimers();
    vi.stubGlobal('fetch', (_url: string, { signal }: RequestInit) => {
      return new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => {
          reject(new Error('aborted'));
        });
      });
    });
    const answer = client.checkOut('req_1', 'cmd_1', {});
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await answer).toEqual({ kind: 'unreachable' });
  });
});

describe('a question', () => {
  it('leaves out what is not asked for', async () => {
    const asked = service(200, { items: [] });
    await client.listRequests({ scope: 'community', community: undefined });
    await client.listRequests({ scope: 'community', community: '341302001003', cursor: 'abc' });
    expect(asked.map(({ url }) => url)).toEqual([
      '/api/requests?scope=community',
      '/api/requests?scope=community&community=341302001003&cursor=abc',
    ]);
  });

  it('stays at its own address, whatever stands in that of the page', async () => {
    const asked = service(404, { error: { code: 'unknown_request', message: '' } });
    await client.readRequest('../me?x=1');
    expect(asked[0]?.url).toBe('/api/requests/..%2Fme%3Fx%3D1');
  });
});
