/** The schedule's work: a request that nobody took is closed at its planned start, and hours set aside come back. */
import { type Command, type RequestRecord, planUnfilled } from '@time-bank/care/request';
import { type Outcome } from '@time-bank/contracts/refusals';
import { townshipOf } from '@time-bank/contracts/region';
import type { Receipt } from '@time-bank/contracts/request';
import { instantOf, plusMinutes } from '@time-bank/contracts/time';
import { CommandId, type RequestId, SYSTEM } from '@time-bank/contracts/ids';
import { planVoid } from '@time-bank/ledger/movement';
import { policyFor } from '@time-bank/policy/policy';
import { carryOut, together } from './carry-out.ts';
import { fingerprintOf } from './fingerprint.ts';
import { readHoldOf } from './hold-of.ts';
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
    at: instantOf(ports.clock.nowMs()),
    requestId: request.requestId,
  };
  return carryOut(ports, command, async (facts) => {
    const hold = await readHoldOf(ports, facts.request);
    if (hold.kind === 'refused') return hold;
    const step = planUnfilled(facts, command, hold.value?.amountMinutes);
    if (step.kind === 'refused') return step;
    return together(
      step.value,
      hold.value === undefined ? [] : planVoid({ hold: hold.value, at: command.at }),
    );
  });
};

/** Closes what is overdue, township by township. Gives how many were closed. */
export const closeUnfilled = async (
  ports: Pick<Ports, 'clock' | 'journal' | 'careBook' | 'regions'>,
): Promise<number> => {
  let closed = 0;
  const communities = await ports.regions.listCommunities('');
  for (const township of new Set(communities.map(({ code }) => townshipOf(code)))) {
    const { unfilledAfterMinutes } = policyFor(township);
    const before = plusMinutes(instantOf(ports.clock.nowMs()), -unfilledAfterMinutes);
    for (const request of await ports.careBook.listOverdueOpen(township, before, A_RUN)) {
      const outcome = await closeOne(ports, request);
      if (outcome.kind === 'done') closed += 1;
    }
  }
  return closed;
};
