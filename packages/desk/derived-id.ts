/**
 * Ids of movements that no person commands: the same cause gives the same id, so a job that runs twice moves once.
 * They are of a range of their own, in which a person cannot take the place of a movement to come.
 */
import { createHash } from 'node:crypto';
import { SERVICE_MARK, TransferId } from '@time-bank/contracts/ids';
import { type Instant, msOf } from '@time-bank/contracts/time';
import { encodeTime } from 'ulid';

const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The id of the movement that `cause` makes at `at`, the instant from which it is due; 50 bits of the cause. */
export const derivedTransfer = (at: Instant, cause: readonly string[]): TransferId => {
  const digest = createHash('sha256').update(JSON.stringify(cause)).digest();
  const random = [...digest.subarray(0, 10)].map((byte) => DIGITS[byte % 32]).join('');
  return TransferId.parse(`trf_${encodeTime(msOf(at))}${SERVICE_MARK}${random}`);
};
