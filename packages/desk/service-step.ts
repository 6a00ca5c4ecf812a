/** A step that the service takes by itself because time has passed. */
import type { Command, RequestRecord } from '@time-bank/care/request';
import { type RequestId, SYSTEM } from '@time-bank/contracts/ids';
import { nowOf } from './carry-out.ts';
import { derivedCommand } from './derived-id.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Ports } from './ports.ts';

/**
 * The command of such a step. Its id follows from the request, the cause and how often the request was moved before, so
 * two runs at once, or a run again, take it once.
 */
export const serviceStep = (
  ports: Pick<Ports, 'clock'>,
  { requestId, plannedStartAt, history }: RequestRecord,
  cause: string,
): Command & { requestId: RequestId } => ({
  stepId: derivedCommand(plannedStartAt, [cause, requestId, String(history.length)]),
  fingerprint: fingerprintOf([cause, requestId]),
  actorId: SYSTEM,
  channel: 'job',
  at: nowOf(ports),
  requestId,
});
