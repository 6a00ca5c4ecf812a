/** The schedule's work: where volunteers were asked and nobody has taken the visit yet, more are asked. */
import type { RequestRecord } from '@time-bank/care/request';
import { townshipOf } from '@time-bank/contracts/region';
import { nextWaveAt } from '@time-bank/matching/waves';
import { nowOf } from './carry-out.ts';
import type { CandidateBooks } from './list-candidates.ts';
import { policyOfRecord } from './policy-of.ts';
import type { Ports } from './ports.ts';
import { sendWave } from './send-wave.ts';

/** The soonest visits of a township that wait for somebody: a run looks at so many, and at the others once those are taken. */
const A_RUN = 200;

type WaveBooks = CandidateBooks & Pick<Ports, 'regions'>;

const isDue = async (ports: WaveBooks, request: RequestRecord): Promise<boolean> => {
  if (request.asked === undefined) return false;
  const policy = await policyOfRecord(ports, request);
  if (policy.kind === 'refused') return false;
  const nextAt = nextWaveAt(policy.value, request.asked, request);
  return nextAt !== undefined && nextAt <= nowOf(ports);
};

/** Sends the waves that are due, township by township. Gives how many. Safe to run twice, and two at once. */
export const keepWaves = async (ports: WaveBooks): Promise<number> => {
  let sent = 0;
  const communities = await ports.regions.listCommunities('');
  for (const township of new Set(communities.map(({ code }) => townshipOf(code)))) {
    const { items } = await ports.careBook.listOpen(township, { limit: A_RUN, from: nowOf(ports) });
    for (const request of items) {
      if (request.asked === undefined || !(await isDue(ports, request))) continue;
      const outcome = await sendWave(ports, request, { after: request.asked.wave });
      if (outcome.kind === 'done') sent += 1;
    }
  }
  return sent;
};
