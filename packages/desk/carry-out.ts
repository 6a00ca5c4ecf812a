/**
 * The one way in which a command on a request is carried out: read, look whether it was done before, decide,
 * write under the version that was read. Where somebody else was faster, read and decide again.
 */
import { type Command, type RequestFacts, type Step, alreadyDone } from '@time-bank/care/request';
import type { RequestId } from '@time-bank/contracts/ids';
import { type Outcome, type Refusal, done, refused } from '@time-bank/contracts/refusals';
import type { Receipt } from '@time-bank/contracts/request';
import type { Change, Ports } from './ports.ts';

/** Three tries: two people act on one request at once now and then, three hardly ever. */
const TRIES_MAX = 3;

/** What was decided: something to write and to answer, or a refusal (of a wrong code, with the count to write). */
export type Decision =
  | { kind: 'done'; value: { changes: readonly Change[]; receipt: Receipt } }
  | { kind: 'refused'; refusal: Refusal; write?: readonly Change[] };

/** A step of care and the movement of minutes that belongs to it, as one thing to write. */
export const together = (step: Step, movements: readonly Change[]): Decision => ({
  kind: 'done',
  value: { changes: [...step.changes, ...movements], receipt: step.receipt },
});

const attempt = async (
  ports: Pick<Ports, 'careBook' | 'journal'>,
  decision: Decision,
): Promise<Outcome<Receipt> | 'again'> => {
  if (decision.kind === 'refused') {
    if (decision.write === undefined || decision.write.length === 0) return decision;
    const commit = await ports.journal.commit(decision.write);
    return commit.kind === 'stale' ? 'again' : commit.kind === 'refused' ? commit : decision;
  }
  const commit = await ports.journal.commit(decision.value.changes);
  if (commit.kind === 'done') return done(decision.value.receipt);
  return commit.kind === 'refused' ? commit : 'again';
};

type Work = Pick<Ports, 'careBook' | 'journal'>;
type Order = Command & { requestId: RequestId };

const repeatedly = async (
  ports: Work,
  order: Order,
  decide: (facts: RequestFacts | undefined) => Decision | Promise<Decision>,
): Promise<Outcome<Receipt>> => {
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const facts = await ports.careBook.readRequestNow(order.requestId);
    const before = facts === undefined ? undefined : alreadyDone(facts.request.history, order);
    if (before !== undefined) return before;
    const outcome = await attempt(ports, await decide(facts));
    if (outcome !== 'again') return outcome;
  }
  return refused('busy_try_again');
};

/**
 * Carries out a command on a request that is there.
 * Refuses: unknown_request, exists_with_different_content, what `decide` and the write refuse, busy_try_again.
 */
export const carryOut = (
  ports: Work,
  order: Order,
  decide: (facts: RequestFacts) => Decision | Promise<Decision>,
): Promise<Outcome<Receipt>> =>
  repeatedly(ports, order, (facts) => (facts === undefined ? refused('unknown_request') : decide(facts)));

/**
 * Carries out the command that makes a request, once for each id.
 * Refuses: exists_with_different_content, what `decide` and the write refuse, busy_try_again.
 */
export const publish = (
  ports: Work,
  order: Order,
  decide: () => Decision | Promise<Decision>,
): Promise<Outcome<Receipt>> =>
  repeatedly(ports, order, (facts) =>
    facts === undefined ? decide() : refused('exists_with_different_content'),
  );
