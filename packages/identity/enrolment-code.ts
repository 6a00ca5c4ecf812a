/**
 * The code that somebody on the staff is given in person for a first passkey: ten characters out of thirty that
 * nobody mistakes for one another, 49 bits. The same command gives the same code, so that a repeat can show it again.
 */
import { createHmac, hkdfSync } from 'node:crypto';
import type { CommandId, MemberId } from '@time-bank/contracts/ids';
import { type TokenKeys } from './token.ts';

/** A code is good for a day. */
export const ENROLMENT_MINUTES = 24 * 60;
/** Wrong codes that an enrolment bears. */
export const ENROLMENT_TRIES_MAX = 5;

const SIGNS = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 10;

const keyed = (keys: TokenKeys, parts: readonly string[]): Buffer => {
  const key = keys.keys.get(keys.signing);
  if (key === undefined) throw new Error('the signing key is missing from its own set');
  const own = new Uint8Array(hkdfSync('sha256', key, '', 'time-bank enrolment code', 32));
  return createHmac('sha256', own).update(JSON.stringify(parts)).digest();
};

/** The code that this command gives out, as it is read aloud: `ABCDE-FGHJK`. */
export const enrolmentCodeOf = (keys: TokenKeys, memberId: MemberId, commandId: CommandId): string => {
  const digest = keyed(keys, ['code', memberId, commandId]);
  const signs = Array.from({ length: LENGTH }, (_, place) =>
    SIGNS.charAt(digest.readUInt16BE(place * 2) % SIGNS.length),
  ).join('');
  return `${signs.slice(0, LENGTH / 2)}-${signs.slice(LENGTH / 2)}`;
};

/** What is kept of a code, however it was written; base64url. */
export const hashEnrolmentCode = (keys: TokenKeys, memberId: MemberId, code: string): string =>
  keyed(keys, ['kept', memberId, code.replaceAll('-', '').toUpperCase()]).toString('base64url');
