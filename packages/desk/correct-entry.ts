/**
 * A coordinator puts a line right: it is taken back, and what was meant is written instead. A small correction is
 * carried out at once; from the region's threshold on it waits as a case for a second person. Both sides read the
 * reason on their statements.
 */
import type { CorrectionReceipt, ProposeCorrection } from '@time-bank/contracts/correction';
import { AccountId, type ActorId, type TransferId, ulidTime } from '@time-bank/contracts/ids';
import { type Outcome, type Planned, done, refused, replayed } from '@time-bank/contracts/refusals';
import { townshipOf } from '@time-bank/contracts/region';
import { type Instant, instantOf } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import type { AccountHead } from '@time-bank/ledger/account';
import type { LedgerChange } from '@time-bank/ledger/change';
import { planCorrection } from '@time-bank/ledger/correction';
import { type Entry, amountOf } from '@time-bank/ledger/entry';
import type { LookFirst } from '@time-bank/ledger/hold';
import { sightOf } from '@time-bank/ledger/sight';
import type { AccountHome } from './account-home.ts';
import { type Found, type TransferOrder, ledgerFingerprint, refusedById, transfer } from './carry-out.ts';
import { commandOf } from './command.ts';
import { derivedTransfer } from './derived-id.ts';
import { policyNow, policyOfRecord } from './policy-of.ts';
import type { Line, Ports } from './ports.ts';
import type { CorrectionCase } from './staff-case.ts';

type Work = Pick<Ports, 'clock' | 'journal' | 'policies'>;

/** What is taken back and why, and who carries it out. */
export interface CorrectionOrder extends Pick<
  ProposeCorrection,
  'transferId' | 'accountId' | 'lineId' | 'insteadMinutes' | 'reason'
> {
  actorId: ActorId;
  at: Instant;
  fingerprint: string;
}

/** The line as it was read, with its account: one round trip. */
export interface LineSeen {
  line?: Line;
  head?: AccountHead;
}

/** The line that is meant, if it is one. Refuses: unknown_transfer. */
export const entryOf = ({ line }: LineSeen): Planned<Entry> =>
  line?.kind === 'entry' ? done(line.entry) : refused('unknown_transfer');

/** The accounts that a correction of a line changes. */
export const concernedBy = (entry: Entry): AccountId[] => {
  const other = AccountId.safeParse(entry.counterpart);
  return other.success && other.data !== entry.accountId ? [entry.accountId, other.data] : [entry.accountId];
};

const receiptOf = ({ transferId, at, ...entry }: Entry): CorrectionReceipt => ({
  correctionId: transferId,
  state: 'carried_out',
  amountMinutes: amountOf(entry),
  at,
});

const receiptOfPlan = (changes: readonly LedgerChange[]): CorrectionReceipt => {
  for (const change of changes) if (change.change === 'post') return receiptOf(change.entries[0]);
  throw new Error('a correction has a line');
};

/** The id of the line that says what was meant: the same for the same correction. */
const insteadId = (transferId: TransferId): TransferId =>
  derivedTransfer(instantOf(ulidTime(transferId)), ['instead', transferId]);

const planned = async (
  ports: Pick<Ports, 'policies'>,
  order: CorrectionOrder,
  seen: { entry: Entry; head: AccountHead | undefined },
  { heads }: Pick<Found, 'heads'>,
): Promise<Planned<LedgerChange[]> | LookFirst> => {
  const { entry: original } = seen;
  const { transferId, accountId, insteadMinutes, reason, actorId, at } = order;
  const { region, policyVersion, requestId, serviceCode } = original;
  const policy = await policyOfRecord(ports, { communityCode: region, policyVersion });
  if (policy.kind === 'refused') return policy;
  const [, payerId] = concernedBy(original);
  const payer = payerId === undefined ? 'missing' : sightOf(heads, payerId);
  if (payer === 'unseen' && payerId !== undefined) return { kind: 'look', accountId: payerId };
  return planCorrection(
    {
      policy: policy.value,
      facts: {
        at,
        actorId,
        channel: 'web',
        region,
        policyVersion,
        reason: 'correction',
        note: reason,
        ...(requestId === undefined ? {} : { requestId }),
        ...(serviceCode === undefined ? {} : { serviceCode }),
      },
      transferId,
      original,
      fingerprint: ledgerFingerprint(order.fingerprint),
      ...(insteadMinutes === undefined
        ? {}
        : { instead: { transferId: insteadId(transferId), amountMinutes: insteadMinutes } }),
    },
    {
      account: heads.has(accountId) ? heads.get(accountId) : seen.head,
      payer: typeof payer === 'object' ? payer : undefined,
    },
  );
};

/**
 * Carries a correction out, once for each id. `isDecided`: a second person has decided it, however long that took.
 * Refuses: unknown_transfer, exists_with_different_content, id_too_old, id_from_the_future, unknown_policy_version,
 * unknown_account, account_closed, not_reversible, already_reversed, nothing_to_reverse, busy_try_again.
 */
export const carryOutCorrection = async (
  ports: Work,
  order: CorrectionOrder,
  seen: LineSeen,
  isDecided = false,
): Promise<Outcome<CorrectionReceipt>> => {
  const entry = entryOf(seen);
  if (entry.kind === 'refused') return entry;
  const { transferId, accountId, fingerprint, at } = order;
  const command: TransferOrder = {
    home: { accountId, transferId },
    fingerprint,
    at,
    // The age of an id is that of its proposal; a decision has an id of its own.
    channel: isDecided ? 'job' : 'web',
  };
  return transfer<CorrectionReceipt>(
    ports,
    command,
    async (found) => {
      const plan = await planned(ports, order, { entry: entry.value, head: seen.head }, found);
      return plan.kind === 'done'
        ? { kind: 'done', value: { changes: plan.value, receipt: receiptOfPlan(plan.value) } }
        : plan;
    },
    receiptOf,
  );
};

/** What is refused now would be refused by a second person's hand, too: it is said at once. */
const tried = async (
  ports: Work,
  order: CorrectionOrder,
  seen: { entry: Entry; head: AccountHead | undefined },
): Promise<Planned<LedgerChange[]>> => {
  const heads = new Map<AccountId, AccountHead | undefined>();
  for (;;) {
    const plan = await planned(ports, order, seen, { heads });
    if (plan.kind !== 'look') return plan;
    heads.set(plan.accountId, await ports.journal.readAccountNow(plan.accountId));
  }
};

/** What the proposal of a kept correction answers, however far it has come since. */
const proposedReceipt = ({ caseId, amountMinutes, openedAt }: CorrectionCase): CorrectionReceipt => ({
  correctionId: caseId,
  state: 'proposed',
  amountMinutes,
  at: openedAt,
});

const answerOfKept = (kept: CorrectionCase, fingerprint: string): Outcome<CorrectionReceipt> =>
  kept.fingerprint === fingerprint
    ? replayed(proposedReceipt(kept))
    : refused('exists_with_different_content');

const keepForSecondPerson = async (
  ports: Work & Pick<Ports, 'caseBook'>,
  home: AccountHome,
  order: CorrectionOrder & { actorId: CorrectionCase['openedBy'] },
  seen: { entry: Entry; head: AccountHead | undefined },
): Promise<Outcome<CorrectionReceipt>> => {
  const { transferId, accountId, lineId, insteadMinutes, reason, fingerprint, actorId, at } = order;
  const there = await ports.journal.readLineNow(accountId, transferId);
  if (there?.kind === 'entry' && there.entry.fingerprint === ledgerFingerprint(fingerprint)) {
    return replayed(receiptOf(there.entry));
  }
  if (there !== undefined) return refused('exists_with_different_content');
  const byId = refusedById(transferId, at);
  if (byId !== undefined) return byId;
  const plan = await tried(ports, order, seen);
  if (plan.kind === 'refused') return plan;
  const record: CorrectionCase = {
    kind: 'correction',
    caseId: transferId,
    version: 1,
    region: townshipOf(home.communityCode),
    communityCode: home.communityCode,
    openedBy: actorId,
    openedAt: at,
    dueAt: at,
    fingerprint,
    accountId,
    concerns: concernedBy(seen.entry),
    lineId,
    ...(insteadMinutes === undefined ? {} : { insteadMinutes }),
    amountMinutes: amountOf(seen.entry),
    reason,
    state: 'proposed',
  };
  if (await ports.caseBook.put(record)) return done(proposedReceipt(record));
  const kept = await ports.caseBook.readNow('correction', transferId);
  return kept === undefined ? refused('busy_try_again') : answerOfKept(kept, fingerprint);
};

/** What was read before a correction is proposed. `kept`: the case that has its id, if any. */
export interface CorrectionSeen extends LineSeen {
  home: AccountHome;
  kept: CorrectionCase | undefined;
}

/**
 * Corrects a line at once, or keeps it for a second person where the line, or what was meant instead, is about as
 * many minutes as the region's `correctionSecondPersonFromMinutes` or more. The rules of the line are those under
 * which it was written; who has to decide is today's rule. The grant is over the accounts that change.
 * Refuses: unknown_transfer, exists_with_different_content, id_too_old, id_from_the_future, unknown_policy_version,
 * unknown_account, account_closed, not_reversible, already_reversed, nothing_to_reverse, busy_try_again.
 */
export const proposeCorrection = async (
  ports: Work & Pick<Ports, 'caseBook'>,
  permit: Grant<'propose_correction'>,
  seen: CorrectionSeen,
  body: ProposeCorrection,
): Promise<Outcome<CorrectionReceipt>> => {
  const { fingerprint, at } = commandOf(ports, permit, body.transferId, body);
  if (seen.kept !== undefined) return answerOfKept(seen.kept, fingerprint);
  const entry = entryOf(seen);
  if (entry.kind === 'refused') return entry;
  const order = { ...body, fingerprint, at, actorId: permit.actor.memberId };
  const policy = await policyNow(ports, seen.home.communityCode);
  const largest = Math.max(amountOf(entry.value), body.insteadMinutes ?? 0);
  return largest < policy.correctionSecondPersonFromMinutes
    ? carryOutCorrection(ports, order, seen)
    : keepForSecondPerson(ports, seen.home, order, { entry: entry.value, head: seen.head });
};
