/**
 * The schedule's work: where volunteers were asked and nobody has taken the visit yet, more are asked. Whoever was let
 * down before comes first, as somebody who is asked for one visit may not be asked for the next one that week.
 */
import type { RequestRecord } from '@time-bank/care/request';
import { townshipOf } from '@time-bank/contracts/region';
import type { Asked } from '@time-bank/contracts/visiting';
import { nextWaveAt } from '@time-bank/matching/waves';
import { nowOf } from './carry-out.ts';
import type { CandidateBooks } from './list-candidates.ts';
import { oneByOne } from './one-by-one.ts';
import { policyOfRecord } from './policy-of.ts';
import type { Ports } from './ports.ts';
import { letDownFirst } from './priority.ts';
import { sendWave } from './send-wave.ts';

/** The soonest visits of a township that wait for somebody: a run looks at so many, and at the others once those are taken. */
const A_RUN = 200;

type WaveBooks = CandidateBooks & Pick<Ports, 'regions'>;

/** A visit for which some were asked. */
type AskedFor = RequestRecord & { asked: Asked };

const wasAskedFor = (request: RequestRecord): request is AskedFor => request.asked !== undefined;

const isDue = async (ports: WaveBooks, request: AskedFor): Promise<boolean> => {
  const policy = await policyOfRecord(ports, request);
  if (policy.kind === 'refused') return false;
  const nextAt = nextWaveAt(policy.value, request.asked, request);
  return nextAt !== undefined && nextAt <= nowOf(ports);
};

/** The visits of a township whose next wave is due, soonest first. */
const dueIn = async (ports: WaveBooks, township: ReturnType<typeof townshipOf>): Promise<AskedFor[]> => {
  const { items } = await ports.careBook.listOpen(township, { limit: A_RUN, from: nowOf(ports) });
  const due: AskedFor[] = [];
  for (const request of items.filter(wasAskedFor)) if (await isDue(ports, request)) due.push(request);
  return due;
};

/**
 * Sends the waves that are due: of all townships those first who were let down, as neighbours are asked across their
 * borders; then township by township. Gives how many. Safe to run twice, and two at once.
 */
export const keepWaves = async (ports: WaveBooks): Promise<number> => {
  const communities = await ports.regions.listCommunities('');
  const due: AskedFor[] = [];
  for (const township of new Set(communities.map(({ code }) => townshipOf(code))))
    due.push(...(await dueIn(ports, township)));
  return oneByOne(
    due.sort(letDownFirst),
    async (request) => (await sendWave(ports, request, { after: request.asked.wave })).kind === 'done',
  );
};
