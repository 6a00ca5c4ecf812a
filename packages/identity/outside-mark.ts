/**
 * Finds a person by something outside: a passkey's credential, a name at another house. What is kept has the shape of
 * a person's id, names nobody, and does not show what it comes from.
 */
import { createHash } from 'node:crypto';
import { MemberId } from '@time-bank/contracts/ids';

const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const shaped = (digest: Buffer): MemberId =>
  MemberId.parse(
    `mem_${[...digest.subarray(0, 26)].map((byte, place) => DIGITS[byte % (place === 0 ? 8 : 32)]).join('')}`,
  );

/** The mark of a passkey. Its id is long and random, so a hash without a key hides it and outlives every key. */
export const markOfCredential = (credentialId: string): MemberId =>
  shaped(createHash('sha256').update(`passkey ${credentialId}`).digest());

/**
 * The mark of a name at another house. Such names can be numbers of telephones or identity cards: `mark`, under a key
 * that outlives them, keeps everybody else from trying them all.
 */
export const markOfOutside = (
  mark: (kind: string, value: string) => string,
  house: string,
  name: string,
): MemberId =>
  shaped(
    createHash('sha256')
      .update(mark(`outside ${house}`, name))
      .digest(),
  );
