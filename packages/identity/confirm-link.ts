/**
 * The link with which somebody without a sign-in confirms one visit: which link, which visit, who asked for it, until
 * when, and a signature over all of it (HMAC-SHA-256, 128 bits kept) under a key for this purpose only. Nothing of it is
 * kept: that it was used shows in the visit, and the ids of what it does follow from the link.
 */
import { createHmac, hkdfSync } from 'node:crypto';
import { LinkToken } from '@time-bank/contracts/confirming';
import { CommandId, MemberId, RequestId } from '@time-bank/contracts/ids';
import { type Instant, instantOf, msOf } from '@time-bank/contracts/time';
import { sameHash } from './one-time-code.ts';
import type { TokenKeys } from './token.ts';

/** What a link is for. `issuerId`: who asked for it, in whose name it is used. */
export interface LinkFacts {
  linkId: CommandId;
  requestId: RequestId;
  issuerId: MemberId;
  expiresAt: Instant;
}

const ULID_LENGTH = 26;
const SECONDS_DIGITS = 10;
const SIGNED_LENGTH = 3 * ULID_LENGTH + SECONDS_DIGITS;
const SIGNATURE_LENGTH = 22;

const signatureOf = (secret: Uint8Array, signed: string): string => {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'time-bank confirm link', 32));
  return createHmac('sha256', key).update(signed).digest('base64url').slice(0, SIGNATURE_LENGTH);
};

/** The token of a link; it is good until `expiresAt`, to the second. */
export const linkToken = (keys: TokenKeys, facts: LinkFacts): LinkToken => {
  const secret = keys.keys.get(keys.signing);
  if (secret === undefined) throw new Error('the signing key is missing from its own set');
  const { linkId, requestId, issuerId, expiresAt } = facts;
  const seconds = String(Math.floor(msOf(expiresAt) / 1000)).padStart(SECONDS_DIGITS, '0');
  const signed = `${linkId.slice(4)}${requestId.slice(4)}${issuerId.slice(4)}${seconds}`;
  return LinkToken.parse(`${signed}${signatureOf(secret, signed)}`);
};

/** What a token is for; undefined where none of the service's keys has signed it, or its time is over. */
export const readLinkToken = (keys: TokenKeys, token: LinkToken, nowMs: number): LinkFacts | undefined => {
  const signed = token.slice(0, SIGNED_LENGTH);
  const signature = token.slice(SIGNED_LENGTH);
  const isOurs = [...keys.keys.values()].some((secret) => sameHash(signatureOf(secret, signed), signature));
  const expiresMs = Number(signed.slice(-SECONDS_DIGITS)) * 1000;
  if (!isOurs || expiresMs <= nowMs) return undefined;
  const part = (index: number): string => signed.slice(index * ULID_LENGTH, (index + 1) * ULID_LENGTH);
  return {
    linkId: CommandId.parse(`cmd_${part(0)}`),
    requestId: RequestId.parse(`req_${part(1)}`),
    issuerId: MemberId.parse(`mem_${part(2)}`),
    expiresAt: instantOf(expiresMs),
  };
};
