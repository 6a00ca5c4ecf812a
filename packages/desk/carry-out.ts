/**
 * The one way in which a command is carried out: look whether it was done before, decide, write under the
 * conditions of the decision. Where somebody else was faster, or the ledger stands otherwise than was assumed,
 * decide again with what the failed write found. A refusal for a reason of state is kept under the command's id,
 * so that a retry cannot end otherwise.
 */
import { type Command, type RequestFacts, type Step, alreadyDone } from '@time-bank/care/request';
import {
  type AccountId,
  type RequestId,
  type TransferId,
  isOfService,
  ulidTime,
} from '@time-bank/contracts/ids';
import {
  type Outcome,
  type Refusal,
  type RefusalCode,
  done,
  firstByPrecedence,
  refused,
  replayed,
} from '@time-bank/contracts/refusals';
import type { Receipt } from '@time-bank/contracts/request';
import { type Instant, instantOf, msOf } from '@time-bank/contracts/time';
import type { AccountHead } from '@time-bank/ledger/account';
import type { Tombstone } from '@time-bank/ledger/change';
import type { Entry } from '@time-bank/ledger/entry';
import type { LookFirst } from '@time-bank/ledger/hold';
import type { Known } from '@time-bank/ledger/sight';
import type { Change, Line, Met, Ports, Shard } from './ports.ts';

/** Neighbours meet on one account now and then; five of them in the same moment hardly ever. */
const TRIES_MAX = 5;

/** An id is made when its command is given: a phone may have been away for a month, and its clock a day ahead. */
const ID_PAST_MS = 31 * 24 * 60 * 60 * 1000;
const ID_AHEAD_MS = 24 * 60 * 60 * 1000;

/** What was found so far on the ledger. */
export interface Found {
  heads: Known;
  shards: ReadonlyMap<string, Shard>;
}

/** What was decided: something to write and to answer, a refusal (of a wrong code, with the count to write), or that an account must be looked at first. */
export type Decision<T> =
  | { kind: 'done'; value: { changes: readonly Change[]; receipt: T } }
  | { kind: 'refused'; refusal: Refusal; write?: readonly Change[] }
  | LookFirst;

/** A step of care and the movement of minutes that belongs to it, as one thing to write. */
export const together = (step: Step, movements: readonly Change[]): Decision<Receipt> => ({
  kind: 'done',
  value: { changes: [...step.changes, ...movements], receipt: step.receipt },
});

/** The ledger's fingerprint of a command: 72 bits are enough to tell two contents under one id apart. */
export const ledgerFingerprint = (fingerprint: string): string => fingerprint.slice(0, 12);

/** Where a command of the ledger is known again: the line under its transfer's id on its home account. */
export interface Home {
  accountId: AccountId;
  transferId: TransferId;
}

type Work = Pick<Ports, 'journal'>;

/** Refusals that say nothing about the state of the books: the same command may go through later. */
const passing: readonly RefusalCode[] = [
  'session_ended',
  'not_allowed',
  'exists_with_different_content',
  'id_too_old',
  'id_from_the_future',
  'second_person_needed',
  'busy_try_again',
  'unavailable',
  'internal',
];

/** Refuses an id that was not made about now: id_too_old, id_from_the_future. */
export const refusedByAge = (id: string, now: Instant): ReturnType<typeof refused> | undefined => {
  const madeMs = ulidTime(id);
  if (madeMs < msOf(now) - ID_PAST_MS) return refused('id_too_old');
  return madeMs > msOf(now) + ID_AHEAD_MS ? refused('id_from_the_future') : undefined;
};

/**
 * Refuses an id that no command of a person may have: exists_with_different_content (one of the service's own),
 * id_too_old, id_from_the_future.
 */
export const refusedById = (id: string, now: Instant): ReturnType<typeof refused> | undefined =>
  isOfService(id) ? refused('exists_with_different_content') : refusedByAge(id, now);

const nothing: Found = { heads: new Map(), shards: new Map() };

/** What was known and what a failed write has found. */
const learnt = (found: Found, met: Pick<Met, 'heads' | 'shards'>): Found => ({
  heads: new Map([...found.heads, ...met.heads]),
  shards: new Map([
    ...found.shards,
    ...met.shards.map((shard): [string, Shard] => [`${shard.poolId}#${String(shard.shard)}`, shard]),
  ]),
});

type Attempt<T> =
  | { kind: 'ended'; outcome: Outcome<T> }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'line'; line: Line }
  /** The id stands on the other side's account for something else. */
  | { kind: 'taken' }
  | { kind: 'stale' };

const looked = async (ports: Work, accountId: AccountId): Promise<Pick<Met, 'heads' | 'shards'>> => ({
  heads: new Map<AccountId, AccountHead | undefined>([
    [accountId, await ports.journal.readAccountNow(accountId)],
  ]),
  shards: [],
});

/** Decides and writes until the ledger stands as the decision has it, or something else ends it. */
const attempt = async <T>(
  ports: Work,
  decide: (found: Found) => Decision<T> | Promise<Decision<T>>,
  home: Home | undefined,
): Promise<Attempt<T>> => {
  let found = nothing;
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const decision = await decide(found);
    if (decision.kind === 'look') {
      found = learnt(found, await looked(ports, decision.accountId));
      continue;
    }
    if (decision.kind === 'refused' && (decision.write ?? []).length === 0) return decision;
    const changes = decision.kind === 'done' ? decision.value.changes : (decision.write ?? []);
    const commit = await ports.journal.commit(changes);
    if (commit.kind === 'done') {
      return decision.kind === 'done' ? { kind: 'ended', outcome: done(decision.value.receipt) } : decision;
    }
    if (commit.kind !== 'met') return commit;
    const own = commit.met.lines.find((line) => idsOf(line).accountId === home?.accountId);
    if (own !== undefined) return { kind: 'line', line: own };
    if (commit.met.lines.length > 0) return { kind: 'taken' };
    const refusal = firstByPrecedence(commit.met.refusals);
    if (refusal !== undefined) return { kind: 'refused', refusal };
    found = learnt(found, commit.met);
  }
  return { kind: 'refused', refusal: { code: 'busy_try_again' } };
};

const idsOf = (line: Line): Home => (line.kind === 'entry' ? line.entry : line.tombstone);

const tombstone = (home: Home, order: Pick<Command, 'fingerprint' | 'at'>, refusal: Refusal): Tombstone => ({
  ...home,
  fingerprint: ledgerFingerprint(order.fingerprint),
  refusal,
  at: order.at,
});

/** Keeps a refusal for a reason of state; gives what stood in its place, if anything. */
const keep = async (
  ports: Work,
  order: Pick<Command, 'fingerprint' | 'at'> & { home?: Home | undefined },
  refusal: Refusal,
): Promise<Line | undefined> =>
  order.home === undefined || passing.includes(refusal.code)
    ? undefined
    : ports.journal.keepRefusal(tombstone(order.home, order, refusal));

/** What a kept refusal answers. */
const answerOfTombstone = <T>(kept: Tombstone, fingerprint: string): Outcome<T> =>
  kept.fingerprint === ledgerFingerprint(fingerprint)
    ? { kind: 'refused', refusal: kept.refusal, isReplay: true }
    : refused('exists_with_different_content');

/** What was refused before under this id, on the account where its line would stand. */
const keptBefore = async (
  ports: Work,
  order: Pick<Command, 'fingerprint'>,
  home: Home | undefined,
): Promise<Outcome<never> | undefined> => {
  if (home === undefined) return undefined;
  const line = await ports.journal.readLineNow(home.accountId, home.transferId);
  return line?.kind === 'refused' ? answerOfTombstone(line.tombstone, order.fingerprint) : undefined;
};

type RequestWork = Pick<Ports, 'careBook' | 'journal'>;
type RequestOrder = Command & { requestId: RequestId };
type Decide = (facts: RequestFacts, found: Found) => Decision<Receipt> | Promise<Decision<Receipt>>;

/**
 * What was decided about a request that has been read. `moved`: read it again and decide again. `taken`: a line
 * stands under the id that the request, as it was read, knows nothing of.
 */
const onRequest = async (
  ports: RequestWork,
  order: RequestOrder,
  facts: RequestFacts,
  decide: Decide,
  homeOf: (facts: RequestFacts) => Home | undefined,
): Promise<Outcome<Receipt> | 'moved' | 'taken'> => {
  const before = alreadyDone(facts.request.history, order);
  if (before !== undefined) return before;
  const home = homeOf(facts);
  const byId = order.channel === 'job' ? undefined : refusedById(order.stepId, order.at);
  if (byId !== undefined) return (await keptBefore(ports, order, home)) ?? byId;
  const ended = await attempt(ports, (found) => decide(facts, found), home);
  if (ended.kind === 'stale') return 'moved';
  if (ended.kind === 'taken') return 'taken';
  if (ended.kind === 'ended') return ended.outcome;
  const line = ended.kind === 'line' ? ended.line : await keep(ports, { ...order, home }, ended.refusal);
  if (line?.kind === 'refused') return answerOfTombstone(line.tombstone, order.fingerprint);
  return line === undefined && ended.kind === 'refused' ? refusedAs(ended.refusal) : 'taken';
};

const refusedAs = (refusal: Refusal): Outcome<never> => ({ kind: 'refused', refusal });

/**
 * Carries out a command on a request. `asRead`: the request where somebody has just read it; it is read again
 * only if it has moved on since. `homeOf`: the account on which the command's line will stand, if any.
 * Refuses: unknown_request, exists_with_different_content, id_too_old, id_from_the_future, what `decide` refuses,
 * busy_try_again.
 */
export const carryOut = async (
  ports: RequestWork,
  order: RequestOrder,
  decide: Decide,
  asRead?: RequestFacts,
  homeOf: (facts: RequestFacts) => Home | undefined = () => undefined,
): Promise<Outcome<Receipt>> => {
  let facts = asRead ?? (await ports.careBook.readRequestNow(order.requestId));
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    if (facts === undefined) return refused('unknown_request');
    const outcome = await onRequest(ports, order, facts, decide, homeOf);
    if (outcome !== 'moved' && outcome !== 'taken') return outcome;
    facts = await ports.careBook.readRequestNow(order.requestId);
    if (outcome === 'taken' && facts !== undefined) {
      // Written by the same command, carried out twice at once; or the id is somebody else's.
      return alreadyDone(facts.request.history, order) ?? refused('exists_with_different_content');
    }
  }
  return refused('busy_try_again');
};

/**
 * Carries out the command that makes a request, once for each id. Nothing is read where it goes well: the write
 * itself finds out that the request is there.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, what `decide` refuses, busy_try_again.
 */
export const publish = async (
  ports: RequestWork,
  order: RequestOrder & { home?: Home },
  decide: (found: Found) => Decision<Receipt> | Promise<Decision<Receipt>>,
): Promise<Outcome<Receipt>> => {
  const byId = order.channel === 'job' ? undefined : refusedById(order.requestId, order.at);
  const ended: Attempt<Receipt> =
    byId === undefined
      ? await attempt(ports, decide, order.home)
      : { kind: 'refused', refusal: byId.refusal };
  if (ended.kind === 'ended') return ended.outcome;
  // A retry of a success stays a success, even where the same would be refused by now.
  const facts = await ports.careBook.readRequestNow(order.requestId);
  if (facts !== undefined) {
    return alreadyDone(facts.request.history, order) ?? refused('exists_with_different_content');
  }
  if (byId !== undefined) return (await keptBefore(ports, order, order.home)) ?? byId;
  if (ended.kind === 'stale') return refused('busy_try_again');
  if (ended.kind === 'taken') return refused('exists_with_different_content');
  const line = ended.kind === 'line' ? ended.line : await keep(ports, order, ended.refusal);
  if (line?.kind === 'refused') return answerOfTombstone(line.tombstone, order.fingerprint);
  if (line !== undefined) {
    // Written since the request was looked for: by the same command, where that was carried out twice at once.
    const now = await ports.careBook.readRequestNow(order.requestId);
    const before = now === undefined ? undefined : alreadyDone(now.request.history, order);
    return before ?? refused('exists_with_different_content');
  }
  return ended.kind === 'refused' ? refusedAs(ended.refusal) : refused('busy_try_again');
};

/** A command of the ledger alone: who gave it, what it says, and where its line will stand. */
export interface TransferOrder extends Pick<Command, 'fingerprint' | 'at' | 'channel'> {
  home: Home;
}

const answerOfLine = <T>(line: Line, order: TransferOrder, receiptOf: (entry: Entry) => T): Outcome<T> => {
  if (line.kind === 'refused') return answerOfTombstone(line.tombstone, order.fingerprint);
  return line.entry.fingerprint === ledgerFingerprint(order.fingerprint)
    ? replayed(receiptOf(line.entry))
    : refused('exists_with_different_content');
};

/**
 * What a movement was answered before, by the line under its id; undefined where there is none.
 * Refuses: exists_with_different_content, or as it was refused then.
 */
export const answeredBefore = async <T>(
  ports: Work,
  order: TransferOrder,
  receiptOf: (entry: Entry) => T,
): Promise<Outcome<T> | undefined> => {
  const line = await ports.journal.readLineNow(order.home.accountId, order.home.transferId);
  return line === undefined ? undefined : answerOfLine(line, order, receiptOf);
};

/**
 * Carries out a movement that belongs to no request, once for each id: the line on the home account is what a
 * retry finds and answers from. On the good path nothing is read and nothing but the movement is written.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, what `decide` refuses, busy_try_again.
 */
export const transfer = async <T>(
  ports: Work,
  order: TransferOrder,
  decide: (found: Found) => Decision<T> | Promise<Decision<T>>,
  receiptOf: (entry: Entry) => T,
): Promise<Outcome<T>> => {
  const { home } = order;
  const byId = order.channel === 'job' ? undefined : refusedById(home.transferId, order.at);
  if (byId !== undefined) return (await answeredBefore(ports, order, receiptOf)) ?? byId;
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const ended = await attempt(ports, decide, home);
    if (ended.kind === 'ended') return ended.outcome;
    if (ended.kind === 'line') return answerOfLine(ended.line, order, receiptOf);
    if (ended.kind === 'refused') {
      const line = await keep(ports, order, ended.refusal);
      return line === undefined ? refusedAs(ended.refusal) : answerOfLine(line, order, receiptOf);
    }
    const before = await answeredBefore(ports, order, receiptOf);
    if (before !== undefined) return before;
    if (ended.kind === 'taken') return refused('exists_with_different_content');
  }
  return refused('busy_try_again');
};

/** The instant of a clock's now. */
export const nowOf = (ports: Pick<Ports, 'clock'>): Instant => instantOf(ports.clock.nowMs());

/** The bound of what is due: what is due at this very instant is, too. */
export const justAfterNow = (ports: Pick<Ports, 'clock'>): Instant => instantOf(ports.clock.nowMs() + 1);
