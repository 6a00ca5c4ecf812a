/**
 * Whether a message comes from a provider of devices: an HMAC-SHA256 over the time at which it was signed and the message
 * as it was sent, under a secret that this provider shares with us. It is good for five minutes before and after.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { DeviceProvider } from '@time-bank/contracts/emergency';
import { type Instant, instantOf } from '@time-bank/contracts/time';
import * as z from 'zod/mini';

/** Who sends: the provider's word. */
export const PROVIDER_HEADER = 'X-Device-Provider';
/** When it was signed: whole seconds since 1970. */
export const TIMESTAMP_HEADER = 'X-Device-Timestamp';
/** `v1=` and the HMAC in hexadecimal digits. */
export const SIGNATURE_HEADER = 'X-Device-Signature';

/** A signature is good for so many seconds before and after it was made. */
export const SIGNATURE_SECONDS = 5 * 60;

/** The secrets of each provider, at least 32 characters each; two while one takes the place of the other. */
export type DeviceKeys = Readonly<Record<string, readonly string[]>>;

/** The secrets as they are written: `{"<provider>": ["<secret>", …]}`. */
export const DeviceKeysGiven = z.record(
  DeviceProvider,
  z.array(z.string().check(z.minLength(32), z.maxLength(200))).check(z.minLength(1), z.maxLength(2)),
);

/** The signature of a message. `timestamp`: whole seconds since 1970, as it stands in the header. */
export const deviceSignature = (secret: string, timestamp: string, message: string): string =>
  `v1=${createHmac('sha256', secret).update(`${timestamp}.${message}`).digest('hex')}`;

const isSame = (one: string, other: string): boolean => {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  return first.length === second.length && timingSafeEqual(first, second);
};

/** What a call says of itself. */
export interface Signed {
  provider: string | undefined;
  timestamp: string | undefined;
  signature: string | undefined;
  message: string;
}

/** Who has signed a message and when; undefined where nobody has whom we know, or at another time. */
export const signerOf = (
  keys: DeviceKeys,
  { provider, timestamp, signature, message }: Signed,
  nowMs: number,
): { provider: DeviceProvider; signedAt: Instant } | undefined => {
  if (provider === undefined || timestamp === undefined || signature === undefined) return undefined;
  const secrets = Object.hasOwn(keys, provider) ? (keys[provider] ?? []) : [];
  if (!/^\d{10}$/.test(timestamp)) return undefined;
  const signedMs = Number(timestamp) * 1000;
  if (Math.abs(nowMs - signedMs) > SIGNATURE_SECONDS * 1000) return undefined;
  // All of them are tried, so that the time it takes says nothing of which one it was.
  const fits = secrets.map((secret) => isSame(deviceSignature(secret, timestamp, message), signature));
  return fits.includes(true) ? { provider, signedAt: instantOf(signedMs) } : undefined;
};
