/**
 * The schedule's work: the desk hears of a visit that nobody has taken yet as long before its start as the region says,
 * while there is still time to ring somebody up.
 */
import { type RequestRecord, touched } from '@time-bank/care/request';
import { warningsDue } from '@time-bank/care/unfilled';
import { townshipOf } from '@time-bank/contracts/region';
import { type Instant, plusMinutes } from '@time-bank/contracts/time';
import { nowOf } from './carry-out.ts';
import { oneByOne } from './one-by-one.ts';
import { policyNow, policyOfRecord } from './policy-of.ts';
import type { Ports } from './ports.ts';
import { tellDesk } from './tell-steps.ts';

type Work = Pick<Ports, 'clock' | 'journal' | 'careBook' | 'regions' | 'policies'>;

/** A run looks at the soonest of a township; those after them are warned of as their time comes. */
const A_RUN = 200;

/** Warns of one, once for each of the region's hours; of several that are due at once, once. */
const warnOf = async (ports: Work, request: RequestRecord, at: Instant): Promise<boolean> => {
  const policy = await policyOfRecord(ports, request);
  if (policy.kind === 'refused') return false;
  const due = warningsDue(policy.value, request.plannedStartAt, at);
  if (due <= (request.told ?? 0)) return false;
  const stepId = `${request.requestId}.${String(request.history.length)}.${String(due)}`;
  const word = tellDesk({ stepId, at }, request, 'unfilled_soon');
  const commit = await ports.journal.commit([touched(request, { told: due }), word]);
  return commit.kind === 'done';
};

/** Warns of what nobody has taken, township by township. Gives of how many. Safe to run twice, and two at once. */
export const warnUnfilled = async (ports: Work): Promise<number> => {
  const at = nowOf(ports);
  const communities = await ports.regions.listCommunities('');
  return oneByOne(new Set(communities.map(({ code }) => townshipOf(code))), async (township) => {
    const { unfilledWarnHours } = await policyNow(ports, township);
    const before = plusMinutes(at, Math.max(0, ...unfilledWarnHours) * 60 + 1);
    return oneByOne(
      await ports.careBook.listOverdueOpen(township, before, A_RUN),
      async (request) => request.plannedStartAt > at && warnOf(ports, request, at),
    );
  });
};
