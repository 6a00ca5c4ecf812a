/**
 * Ids of what no person commands: the same cause gives the same id, so a job that runs twice moves once.
 * They are of a range of their own, in which a person cannot take the place of a movement to come.
 */
import { createHash } from 'node:crypto';
import { CommandId, RequestId, SERVICE_MARK, TransferId, VisitId } from '@time-bank/contracts/ids';
import { type Instant, msOf } from '@time-bank/contracts/time';
import { encodeTime } from 'ulid';

const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const derivedUlid = (at: Instant, cause: readonly string[]): string => {
  const digest = createHash('sha256').update(JSON.stringify(cause)).digest();
  const random = [...digest.subarray(0, 10)].map((byte) => DIGITS[byte % 32]).join('');
  return `${encodeTime(msOf(at))}${SERVICE_MARK}${random}`;
};

/** The id of the movement that `cause` makes at `at`, the instant from which it is due; 50 bits of the cause. */
export const derivedTransfer = (at: Instant, cause: readonly string[]): TransferId =>
  TransferId.parse(`trf_${derivedUlid(at, cause)}`);

/** The id of the step that the service itself takes for `cause`, due at `at`. */
export const derivedCommand = (at: Instant, cause: readonly string[]): CommandId =>
  CommandId.parse(`cmd_${derivedUlid(at, cause)}`);

/** The id of the request that the service itself posts for `cause`, due at `at`: a date of a series, a second try. */
export const derivedRequest = (at: Instant, cause: readonly string[]): RequestId =>
  RequestId.parse(`req_${derivedUlid(at, cause)}`);

/** The id of the visit that a plan gives somebody. */
export const derivedVisit = (at: Instant, cause: readonly string[]): VisitId =>
  VisitId.parse(`vis_${derivedUlid(at, cause)}`);
