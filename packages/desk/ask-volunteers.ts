/** Somebody at the desk has the most likely volunteers asked for a visit; the clock asks more where nobody takes it. */
import type { RequestFacts } from '@time-bank/care/request';
import type { AskReceipt, AskVolunteers } from '@time-bank/contracts/asking';
import type { Outcome } from '@time-bank/contracts/refusals';
import type { Grant } from '@time-bank/identity/grant';
import type { CandidateBooks } from './list-candidates.ts';
import { sendWave } from './send-wave.ts';

/**
 * Asks the first few, or where some were asked already the next ones at once.
 * Refuses: unknown_request, request_not_open, unknown_policy_version, busy_try_again.
 */
export const askVolunteers = (
  ports: CandidateBooks,
  _permit: Grant<'ask_volunteers'>,
  { request }: RequestFacts,
  { commandId }: AskVolunteers,
): Promise<Outcome<AskReceipt>> => sendWave(ports, request, { by: commandId });
