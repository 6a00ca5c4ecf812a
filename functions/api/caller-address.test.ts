import { parseTokenKeys } from '@time-bank/identity/token';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { gatewayAddress, networkMark, networkOf } from './caller-address.ts';
import { SITE_HEADER, VIEWER_HEADER } from './settings.ts';

const SECRET = 's'.repeat(40);

/** What the API takes for the caller's address, for a call that came to the gateway from 198.51.100.7. */
const addressOf = async (headers: Record<string, string>, secret: string | undefined = SECRET) => {
  const read = gatewayAddress(secret);
  const app = new Hono().get('/', (c) => c.text(read(c)));
  const event = { requestContext: { http: { sourceIp: '198.51.100.7' } } };
  return (await app.request('/', { headers }, event)).text();
};

describe('the address behind a call in the cloud', () => {
  const viewer = { [VIEWER_HEADER]: '203.0.113.9' };

  it('is that of the reader where the site says so and shows its secret', async () => {
    expect(await addressOf({ ...viewer, [SITE_HEADER]: SECRET })).toBe('203.0.113.9');
    expect(await addressOf({ [VIEWER_HEADER]: '2001:db8::1', [SITE_HEADER]: SECRET })).toBe('2001:db8::1');
  });

  it.each([
    ['says it without the secret', viewer],
    ['guesses the secret', { ...viewer, [SITE_HEADER]: 'x'.repeat(40) }],
    ['shows an empty secret', { ...viewer, [SITE_HEADER]: '' }],
    ['writes what proxies write', { 'X-Forwarded-For': '203.0.113.9', Forwarded: 'for=203.0.113.9' }],
    ['names itself', { 'X-Real-IP': '203.0.113.9', 'CloudFront-Viewer-Address': '203.0.113.9:1' }],
    ['shows the secret with no address', { [SITE_HEADER]: SECRET }],
    ['shows the secret with something else', { [VIEWER_HEADER]: 'me', [SITE_HEADER]: SECRET }],
  ])('is that of the connection where a caller %s', async (_, headers) => {
    expect(await addressOf(headers)).toBe('198.51.100.7');
  });

  it('is that of the connection where no secret is set up', async () => {
    const read = gatewayAddress(undefined);
    const app = new Hono().get('/', (c) => c.text(read(c)));
    const event = { requestContext: { http: { sourceIp: '198.51.100.7' } } };
    const answer = await app.request('/', { headers: { ...viewer, [SITE_HEADER]: '' } }, event);
    expect(await answer.text()).toBe('198.51.100.7');
  });
});

it.each([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:0DB8:0001:0002::', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['2001:db8:1::', '2001:db8:1:0'],
  ['::1', '0:0:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
])('%s is one caller with all of %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

it('a network is counted under a mark that tells nobody the address and that other keys make otherwise', () => {
  const keysOf = (letter: string) => parseTokenKeys(JSON.stringify({ k: letter.repeat(40) }));
  const [mark, other] = [networkMark(keysOf('a')), networkMark(keysOf('b'))];
  expect(mark('203.0.113.9')).toMatch(/^[\w-]{22}$/);
  expect(mark('203.0.113.9')).not.toContain('203');
  expect(mark('203.0.113.9')).toBe(mark('::ffff:203.0.113.9'));
  expect(mark('2001:db8::1')).toBe(mark('2001:db8::2'));
  expect(mark('203.0.113.9')).not.toBe(mark('203.0.113.10'));
  expect(mark('203.0.113.9')).not.toBe(other('203.0.113.9'));
});
