/**
 * The schedule's work: a request that nobody took is closed after its planned start, as long after it as the rules
 * say under which it was accepted, and hours set aside come back.
 */
import { type RequestRecord, planUnfilled, volunteersOf } from '@time-bank/care/request';
import { type Outcome } from '@time-bank/contracts/refusals';
import { townshipOf } from '@time-bank/contracts/region';
import type { Receipt } from '@time-bank/contracts/request';
import { plusMinutes } from '@time-bank/contracts/time';
import { carryOut, nowOf, together } from './carry-out.ts';
import { derivedTransfer } from './derived-id.ts';
import { planFree } from './free-hold.ts';
import { oneByOne } from './one-by-one.ts';
import { policyOfRecord } from './policy-of.ts';
import type { Ports } from './ports.ts';
import { serviceStep } from './service-step.ts';
import { strikeDiaries } from './strike-diaries.ts';
import { tellDesk, tellPeople } from './tell-steps.ts';

/** A run handles this many in a township; the next run goes on. */
const A_RUN = 100;

const closeOne = (
  ports: Pick<Ports, 'clock' | 'journal' | 'careBook'>,
  asRead: RequestRecord,
): Promise<Outcome<Receipt>> => {
  const command = serviceStep(ports, asRead, 'close_unfilled');
  return carryOut(ports, command, async (facts, found) => {
    const { request } = facts;
    const { plannedStartAt, requestId } = request;
    const transferId = derivedTransfer(plannedStartAt, ['nobody_came', requestId]);
    const movement = planFree(request, { ...command, transferId, reason: 'nobody_came' }, found);
    if (movement.kind !== 'done') return movement;
    const step = planUnfilled(facts, command, movement.value.releasedMinutes);
    if (step.kind === 'refused') return step;
    return together(step.value, [
      ...movement.value.changes,
      ...(await strikeDiaries(ports, request)),
      ...tellPeople(command, request, 'visit_cancelled', volunteersOf(request)),
      tellDesk(command, request, 'unfilled'),
    ]);
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
  const communities = await ports.regions.listCommunities('');
  return oneByOne(new Set(communities.map(({ code }) => townshipOf(code))), async (township) =>
    // Two hours after the start is the most that a region can decide: those that still wait are not many.
    oneByOne(
      await ports.careBook.listOverdueOpen(township, nowOf(ports), A_RUN),
      async (request) =>
        (await isOverdue(ports, request)) && (await closeOne(ports, request)).kind === 'done',
    ),
  );
};
