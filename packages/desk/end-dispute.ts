/**
 * What a decision in a dispute does, in one write with the case: the visit stands, then it counts now, or what was held
 * is free again; or it does not, then whoever paid has their minutes back and the credit is taken back by the machinery
 * of corrections.
 */
import { type DisputedCredit, decidedOutcome } from '@time-bank/care/dispute';
import { tell } from '@time-bank/care/notice';
import { settledAt } from '@time-bank/care/rating';
import { type Command, type RequestFacts, type Step, moved } from '@time-bank/care/request';
import { type AccountId, type TransferId, accountOf } from '@time-bank/contracts/ids';
import { type Planned, done, refused } from '@time-bank/contracts/refusals';
import type { Receipt } from '@time-bank/contracts/request';
import { type Instant, plusMinutes } from '@time-bank/contracts/time';
import type { AccountHead } from '@time-bank/ledger/account';
import type { LedgerChange, Posting } from '@time-bank/ledger/change';
import { planCorrection } from '@time-bank/ledger/correction';
import { planDisputeRelease } from '@time-bank/ledger/dispute-hold';
import type { Entry } from '@time-bank/ledger/entry';
import type { LookFirst } from '@time-bank/ledger/hold';
import type { Policy } from '@time-bank/policy/policy';
import { type Decision, type Found, ledgerFingerprint, together } from './carry-out.ts';
import { movementFacts } from './command.ts';
import { concernedBy } from './correct-entry.ts';
import { derivedTransfer } from './derived-id.ts';
import { planFree } from './free-hold.ts';
import { policyOfRecord } from './policy-of.ts';
import type { Change, Ports } from './ports.ts';
import { settlement } from './settle-visit.ts';
import type { DisputeRecord } from './staff-case.ts';

/** What is being ended: the step that ends it, the request, the case as it will stand, and what is known of accounts. */
export interface Ending {
  command: Command;
  facts: RequestFacts;
  record: DisputeRecord;
  found: Found;
}

const idOf = ({ command, record }: Ending, what: string, accountId: AccountId): TransferId =>
  derivedTransfer(command.at, [what, record.caseId, accountId]);

/** The account as it is known, or what to do instead. Refuses: unknown_account. */
const known = ({ found }: Ending, accountId: AccountId): Planned<AccountHead> | LookFirst => {
  if (!found.heads.has(accountId)) return { kind: 'look', accountId };
  const head = found.heads.get(accountId);
  return head === undefined ? refused('unknown_account') : done(head);
};

/** The line that frees what was held of a credit, if anything still is, and the account after it. */
const freed = (
  ending: Ending,
  { accountId, frozen }: DisputedCredit,
  head: AccountHead,
): { lines: Entry[]; after: AccountHead } => {
  if (frozen === undefined) return { lines: [], after: head };
  const ids = { transferId: idOf(ending, 'dispute_release', accountId), holdId: frozen.holdId };
  const plan = planDisputeRelease(movementFacts(ending.command, ending.facts.request, 'dispute'), ids, head);
  return plan === undefined ? { lines: [], after: head } : { lines: [plan.line], after: plan.after };
};

const posting = (lines: readonly Entry[], seen: AccountHead): Posting[] => {
  const [first, ...rest] = lines;
  return first === undefined ? [] : [{ change: 'post', entries: [first, ...rest], seen }];
};

/** Frees what was held of one credit. */
const onlyFreed = (ending: Ending, credit: DisputedCredit): Planned<LedgerChange[]> | LookFirst => {
  const head = known(ending, credit.accountId);
  return head.kind === 'done' ? done(posting(freed(ending, credit, head.value).lines, head.value)) : head;
};

/** Takes one credit back, after what was held of it is free. */
const takenBack = async (
  ports: Pick<Ports, 'journal'>,
  policy: Policy,
  ending: Ending,
  credit: DisputedCredit,
): Promise<Planned<LedgerChange[]> | LookFirst> => {
  const { accountId, lineId } = credit;
  const line = await ports.journal.readLineNow(accountId, lineId);
  if (line?.kind !== 'entry') return refused('not_reversible');
  const [, payerId] = concernedBy(line.entry);
  const head = known(ending, accountId);
  if (head.kind !== 'done') return head;
  const payer = payerId === undefined ? undefined : known(ending, payerId);
  if (payer !== undefined && payer.kind !== 'done') return payer;
  const { lines, after } = freed(ending, credit, head.value);
  const plan = planCorrection(
    {
      policy,
      facts: { ...movementFacts(ending.command, ending.facts.request, 'dispute') },
      transferId: idOf(ending, 'dispute_reversal', accountId),
      original: line.entry,
      fingerprint: ledgerFingerprint(ending.command.fingerprint),
    },
    { account: after, payer: payer?.value },
  );
  // Nothing is left to take: what was held is free, and that is all.
  if (plan.kind === 'refused') {
    return plan.refusal.code === 'nothing_to_reverse' ? done(posting(lines, head.value)) : plan;
  }
  return done(
    plan.value.flatMap((change): LedgerChange[] =>
      change.change === 'post' && change.entries[0].accountId === accountId
        ? posting([...lines, ...change.entries], head.value)
        : [change],
    ),
  );
};

/** Lines of one account in one posting, over what was seen first: a transaction writes an account once. */
const joined = (changes: readonly LedgerChange[]): LedgerChange[] => {
  const others = changes.filter((change) => change.change !== 'post');
  const postings = Map.groupBy(
    changes.filter((change) => change.change === 'post'),
    ({ entries }) => entries[0].accountId,
  );
  return [
    ...[...postings.values()].flatMap((all) => {
      const [first] = all;
      if (first === undefined) return [];
      const [line, ...lines] = all.flatMap(({ entries }) => [...entries]);
      return line === undefined ? [] : [{ ...first, entries: [line, ...lines] as const }];
    }),
    ...others,
  ];
};

const ofEach = async (
  credits: readonly DisputedCredit[],
  plan: (
    credit: DisputedCredit,
  ) => Planned<LedgerChange[]> | LookFirst | Promise<Planned<LedgerChange[]> | LookFirst>,
): Promise<Planned<LedgerChange[]> | LookFirst> => {
  const changes: LedgerChange[] = [];
  for (const credit of credits) {
    const planned = await plan(credit);
    if (planned.kind !== 'done') return planned;
    changes.push(...planned.value);
  }
  return done(joined(changes));
};

const step = (
  ending: Ending,
  to: 'settled' | 'reversed',
  also: { dueAt?: Instant; facts?: Partial<Receipt> },
): Step => {
  const { facts, command, record } = ending;
  const reason = record.decisions.at(-1)?.reason;
  const { change, receipt } = moved(facts.request, {
    command,
    to,
    ...(reason === undefined ? {} : { reason }),
    ...also,
  });
  return { changes: [change], receipt };
};

const wasBooked = ({ facts }: Ending): boolean => settledAt(facts.request) !== undefined;

/** The visit does not count: the credit is taken back, or what was set aside for it is free. */
const reversed = async (
  ports: Pick<Ports, 'journal'>,
  policy: Policy,
  ending: Ending,
): Promise<Decision<Receipt>> => {
  const { facts, record, command, found } = ending;
  const parts = [facts.visit, facts.second].filter((part) => part !== undefined);
  const uncredited = parts.map((visit) => ({
    change: 'move_visit' as const,
    visit: { ...visit, creditedMinutes: 0 },
  }));
  if (wasBooked(ending)) {
    const taken = await ofEach(record.credits, (credit) => takenBack(ports, policy, ending, credit));
    if (taken.kind !== 'done') return taken;
    const planned = step(ending, 'reversed', { facts: { creditedMinutes: 0 } });
    return together({ ...planned, changes: [...planned.changes, ...uncredited] }, taken.value);
  }
  const order = {
    ...command,
    transferId: idOf(ending, 'dispute_release', accountOf(facts.request.receiverId)),
    reason: 'dispute',
  } as const;
  const free = planFree(facts.request, order, found);
  if (free.kind !== 'done') return free;
  const { changes, releasedMinutes } = free.value;
  const planned = step(ending, 'reversed', {
    facts: { creditedMinutes: 0, ...(releasedMinutes === undefined ? {} : { releasedMinutes }) },
  });
  return together({ ...planned, changes: [...planned.changes, ...uncredited] }, changes);
};

/** The visit stands: it counts now, or what was held of it is free and its time runs on. */
const upheld = async (
  ports: Pick<Ports, 'policies'>,
  policy: Policy,
  ending: Ending,
): Promise<Decision<Receipt>> => {
  const { facts, record, command, found } = ending;
  if (!wasBooked(ending)) {
    const transferId = derivedTransfer(command.at, ['dispute_settled', record.caseId]);
    return settlement(ports, command, facts, found, transferId);
  }
  const free = await ofEach(record.credits, (credit) => onlyFreed(ending, credit));
  if (free.kind !== 'done') return free;
  const dueAt = plusMinutes(command.at, policy.ratingInviteDays * 24 * 60);
  return together(step(ending, 'settled', { dueAt }), free.value);
};

const told = ({ command, record, facts }: Ending): Change[] => {
  const to = { people: record.concerns };
  const about = { requestId: facts.request.requestId };
  const isTakenBack = decidedOutcome(record) === 'reversed' && record.credits.length > 0;
  return [
    tell(command.stepId, { kind: 'dispute_decided', to, about: { caseId: record.caseId }, at: command.at }),
    ...(isTakenBack ? [tell(command.stepId, { kind: 'correction_made', to, about, at: command.at })] : []),
  ];
};

/**
 * What the decision that holds does, to be written with the case in its next version.
 * Refuses: wrong_step (nothing was decided), unknown_policy_version, unknown_account, account_closed, hold_not_open,
 * not_reversible, already_reversed.
 */
export const disputeEnd = async (
  ports: Pick<Ports, 'journal' | 'policies'>,
  ending: Ending,
): Promise<Decision<Receipt>> => {
  const { facts, record } = ending;
  const outcome = decidedOutcome(record);
  if (outcome === undefined || facts.request.state !== 'disputed') return refused('wrong_step');
  const policy = await policyOfRecord(ports, facts.request);
  if (policy.kind === 'refused') return policy;
  const decided =
    outcome === 'stands'
      ? await upheld(ports, policy.value, ending)
      : await reversed(ports, policy.value, ending);
  if (decided.kind !== 'done') return decided;
  const { changes, receipt } = decided.value;
  const written: Change[] = [...changes, { change: 'move_case', record }, ...told(ending)];
  return { kind: 'done', value: { changes: written, receipt } };
};
