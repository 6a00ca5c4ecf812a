/**
 * The one way in which a command on a request is carried out: look whether it was done before, decide, write under
 * the version that was read. Where somebody else was faster, read and decide again.
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

/**
 * Carries out a command on a request. `asRead`: the request where somebody has just read it; it is read again
 * only if it has moved on since.
 * Refuses: unknown_request, exists_with_different_content, what `decide` and the write refuse, busy_try_again.
 */
export const carryOut = async (
  ports: Work,
  order: Order,
  decide: (facts: RequestFacts) => Decision | Promise<Decision>,
  asRead?: RequestFacts,
): Promise<Outcome<Receipt>> => {
  let facts = asRead ?? (await ports.careBook.readRequestNow(order.requestId));
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    if (facts === undefined) return refused('unknown_request');
    const before = alreadyDone(facts.request.history, order);
    if (before !== undefined) return before;
    const outcome = await attempt(ports, await decide(facts));
    if (outcome !== 'again') return outcome;
    facts = await ports.careBook.readRequestNow(order.requestId);
  }
  return refused('busy_try_again');
};

/**
 * Carries out the command that makes a request, once for each id. Nothing is read where it goes well: the write
 * itself finds out that the request is there.
 * Refuses: exists_with_different_content, what `decide` and the write refuse, busy_try_again.
 */
export const publish = async (
  ports: Work,
  order: Order,
  decide: () => Decision | Promise<Decision>,
): Promise<Outcome<Receipt>> => {
  const outcome = await attempt(ports, await decide());
  if (outcome !== 'again' && outcome.kind === 'done') return outcome;
  // A retry of a success stays a success, even where the same would be refused by now.
  const facts = await ports.careBook.readRequestNow(order.requestId);
  if (facts !== undefined) {
    return alreadyDone(facts.request.history, order) ?? refused('exists_with_different_content');
  }
  return outcome === 'again' ? refused('busy_try_again') : outcome;
};
