/**
 * From where a call comes, as the machines in between know it and never as the caller says it: `X-Forwarded-For` is
 * not read. The address itself is kept nowhere; what is counted is a keyed hash of its network.
 */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import type { TokenKeys } from '@time-bank/identity/token';
import type { Context } from 'hono';
import * as z from 'zod/mini';
import { SITE_HEADER, VIEWER_HEADER } from './settings.ts';

/** What API Gateway says of a call (payload 2.0): who has opened the connection. */
const GatewayCall = z.object({
  requestContext: z.object({ http: z.object({ sourceIp: z.string() }) }),
});

const isSame = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};

/**
 * The address behind a call in the cloud. Calls that come by the site have that of its reader; calls that come to the
 * gateway itself, which cannot show the secret, have that of their connection.
 */
export const gatewayAddress =
  (siteSecret: string | undefined) =>
  (c: Context): string => {
    const viewer = c.req.header(VIEWER_HEADER) ?? '';
    const shown = c.req.header(SITE_HEADER) ?? '';
    if (siteSecret !== undefined && isSame(shown, siteSecret) && isIP(viewer) !== 0) return viewer;
    return GatewayCall.parse(c.env).requestContext.http.sourceIp;
  };

/** The eight groups of an IPv6 address, each without zeros in front. */
const groupsOf = (address: string): string[] => {
  const [head = '', tail] = address.split('::');
  const [left, right] = [head, tail ?? ''].map((part) => (part === '' ? [] : part.split(':')));
  const before = left ?? [];
  const after = right ?? [];
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array.from({ length: Math.max(0, zeros) }, () => '0'), ...after].map((group) =>
    group.toLowerCase().replace(/^0+(?=.)/, ''),
  );
};

/**
 * The network that one caller has for themselves: an IPv4 address, or the first 64 bits of an IPv6 address, for every
 * subscriber has all of the rest. Source: RFC 6177, section 2.
 */
export const networkOf = (address: string): string => {
  const [plain = ''] = address.split('%');
  const inside = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1];
  if (inside !== undefined) return inside;
  return isIP(plain) === 6 ? groupsOf(plain).slice(0, 4).join(':') : plain;
};

/** Names a network in counts: a keyed hash under a key for this purpose only, 22 letters. */
export const networkMark = (keys: TokenKeys): ((address: string) => string) => {
  const signing = keys.keys.get(keys.signing);
  if (signing === undefined) throw new Error('the signing key is missing from its own set');
  const key = new Uint8Array(hkdfSync('sha256', signing, '', 'time-bank caller address', 32));
  return (address) => createHmac('sha256', key).update(networkOf(address)).digest('base64url').slice(0, 22);
};
