/** What becomes of a command that failed: whether it can be sent again, and whether its id can be forgotten. */
import type { RefusalCode } from '@time-bank/contracts/refusals';
import { type Failure, isSignInMissing } from './answer.ts';

const WORTH_REPEATING: readonly RefusalCode[] = ['busy_try_again', 'unavailable', 'internal'];
const NOT_ABOUT_THE_COMMAND: readonly RefusalCode[] = [
  'missing_request_header',
  'device_proof_needed',
  'device_not_trusted',
  'rate_limited',
];

/** True where the same command may be sent again and do better. */
export const isWorthRepeating = (failure: Failure): boolean =>
  failure.kind === 'unreachable' || WORTH_REPEATING.includes(failure.refusal.code);

/** True where the command will never be done as it is, so that its id can be forgotten. */
export const isFinal = (failure: Failure): boolean =>
  !isWorthRepeating(failure) &&
  failure.kind === 'refused' &&
  !isSignInMissing(failure) &&
  !NOT_ABOUT_THE_COMMAND.includes(failure.refusal.code);
