/**
 * The schedule's work: a request that nobody took is closed after its planned start, as long after it as the rules
 * say under which it was accepted, and hours set aside come back.
 */
import { type Command, type RequestRecord, planUnfilled } from '@time-bank/care/request';
import { type Outcome } from '@time-bank/contracts/refusals';
import { townshipOf } from '@time-bank/contracts/region';
import type { Receipt } from '@time-bank/contracts/request';
import { plusMinutes } from '@time-bank/contracts/time';
import { CommandId, type RequestId, SYSTEM } from '@time-bank/contracts/ids';
import { carryOut, nowOf, together } from './carry-out.ts';
import { derivedTransfer } from './derived-id.ts';
import { fingerprintOf } from './fingerprint.ts';
import { planFree } from './free-hold.ts';
import { policyOfRecord } from './policy-of.ts';
import type { Ports } from './ports.ts';

/** A run handles this many in a township; the next run goes on. */
const A_RUN = 100;

const closeOne = (
  ports: Pick<Ports, 'clock' | 'journal' | 'careBook'>,
  request: RequestRecord,
): Promise<Outcome<Receipt>> => {
  // The same id in every run: two runs at once, or a run again, close a request once.
  const stepId = CommandId.parse(`cmd_${request.requestId.slice(4)}`);
  const command: Command & { requestId: RequestId } = {
    stepId,
    fingerprint: fingerprintOf(['close_unfilled', request.requestId]),
    actorId: SYSTEM,
    channel: 'job',
    at: nowOf(ports),
    requestId: request.requestId,
  };
  return carryOut(ports, command, (facts, found) => {
    const { plannedStartAt } = facts.request;
    const transferId = derivedTransfer(plannedStartAt, ['nobody_came', request.requestId]);
    const movement = planFree(facts.request, { ...command, transferId, reason: 'nobody_came' }, found);
    if (movement.kind !== 'done') return movement;
    const step = planUnfilled(facts, command, movement.value.releasedMinutes);
    return step.kind === 'refused' ? step : together(step.value, movement.value.changes);
  });
};

/** True where nobody waits any longer. A record of unknown rules is left for a person to look at. */
const isOverdue = async (
  ports: Pick<Ports, 'clock' | 'policies'>,
  request: RequestRecord,
): Promise<boolean> => {
  const policy = await policyOfRecord(ports, request);
  return (
    policy.kind === 'done' &&
    plusMinutes(request.plannedStartAt, policy.value.unfilledAfterMinutes) < nowOf(ports)
  );
};

/** Closes what is overdue, township by township. Gives how many were closed. */
export const closeUnfilled = async (
  ports: Pick<Ports, 'clock' | 'journal' | 'careBook' | 'regions' | 'policies'>,
): Promise<number> => {
  let closed = 0;
  const communities = await ports.regions.listCommunities('');
  for (const township of new Set(communities.map(({ code }) => townshipOf(code)))) {
    // Two hours after the start is the most that a region can decide: those that still wait are not many.
    for (const request of await ports.careBook.listOverdueOpen(township, nowOf(ports), A_RUN)) {
      if (!(await isOverdue(ports, request))) continue;
      const outcome = await closeOne(ports, request);
      if (outcome.kind === 'done') closed += 1;
    }
  }
  return closed;
};
