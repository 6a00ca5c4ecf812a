/** Volunteers are asked to take a visit: a few at first, more as time goes by. */
import * as z from 'zod/mini';
import { CommandId, RequestId } from './ids.ts';
import { Instant } from './time.ts';

/** Asks the most likely volunteers now; where some were asked already, the next ones, without waiting for the clock. */
export const AskVolunteers = z.strictObject({ commandId: CommandId });
export type AskVolunteers = z.infer<typeof AskVolunteers>;

/**
 * What asking answers: the wave that was sent, how many were asked up to it, and when more will be asked unless
 * somebody takes the visit; absent where nobody else will be. Nobody at all may be there to ask: then `asked` is 0.
 */
export const AskReceipt = z.strictObject({
  requestId: RequestId,
  wave: z.int().check(z.gte(1), z.lte(20)),
  at: Instant,
  asked: z.int().check(z.gte(0), z.lte(60)),
  nextAt: z.exactOptional(Instant),
});
export type AskReceipt = z.infer<typeof AskReceipt>;
