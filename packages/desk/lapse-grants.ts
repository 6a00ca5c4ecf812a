/**
 * Grants whose period is over go back to their pool. A round knows whom it granted hours, so nobody looks for them;
 * what a hold still binds goes back once the hold has ended.
 */
import { type AccountId, SYSTEM, type TransferId, accountOf } from '@time-bank/contracts/ids';
import { CommunityCode } from '@time-bank/contracts/region';
import { civilDateOf, plusMinutes, startOfDay } from '@time-bank/contracts/time';
import { type AccountHead, isOver, lookUp } from '@time-bank/ledger/account';
import type { MovementFacts } from '@time-bank/ledger/entry';
import { planGrantLapse } from '@time-bank/ledger/pool';
import { ledgerFingerprint, nowOf, transfer } from './carry-out.ts';
import { grantIdOf } from './carry-out-grants.ts';
import { derivedTransfer } from './derived-id.ts';
import { fingerprintOf } from './fingerprint.ts';
import { lapseHolds } from './lapse-holds.ts';
import { onceSeen } from './member-order.ts';
import { policyNow } from './policy-of.ts';
import type { Ports } from './ports.ts';
import type { GrantRound } from './staff-case.ts';
import { type TransferReceipt, receiptOf } from './transfer-receipt.ts';

type Work = Pick<Ports, 'clock' | 'journal' | 'policies' | 'caseBook'>;

const HEADS_A_READ = 100;
const A_DAY_MINUTES = 24 * 60;

const factsFor = async (ports: Work, round: GrantRound): Promise<MovementFacts> => ({
  at: nowOf(ports),
  actorId: SYSTEM,
  channel: 'job',
  region: CommunityCode.parse(round.region.padEnd(12, '0')),
  policyVersion: (await policyNow(ports, round.region)).version,
  reason: 'period_over',
});

/** Takes back what is left of one grant. True where it was this run that did it. */
const lapseOne = async (
  ports: Work,
  facts: MovementFacts,
  head: AccountHead,
  grantId: TransferId,
): Promise<boolean> => {
  const { accountId, sequence } = head;
  // A hold may bring a part of the same grant back later, so the account as it stands belongs to the cause.
  const cause = ['grant_lapsed', accountId, grantId, String(sequence)];
  const transferId = derivedTransfer(startOfDay(civilDateOf(facts.at)), cause);
  const fingerprint = fingerprintOf(cause);
  const lapse = { facts, transferId, accountId, grantId, fingerprint: ledgerFingerprint(fingerprint) };
  const order = { fingerprint, at: facts.at, channel: 'job', home: { accountId, transferId } } as const;
  const outcome = await transfer<TransferReceipt>(
    ports,
    order,
    ({ heads, shards }) =>
      onceSeen(
        { heads: heads.has(accountId) ? heads : new Map([[accountId, head]]), shards },
        accountId,
        (seen) => planGrantLapse(lapse, seen ?? 'missing'),
      ),
    receiptOf,
  );
  return outcome.kind === 'done';
};

const isHeld = (head: AccountHead, grantId: TransferId): boolean =>
  Object.values(head.holds).some(({ lots }) => grantId in lots);

/** The heads with what lapsed holds bound on them freed, where that is part of a grant that is over. */
const freed = async (
  ports: Work,
  head: AccountHead,
  grantId: TransferId,
): Promise<AccountHead | undefined> =>
  isHeld(head, grantId) && (await lapseHolds(ports, head)) > 0
    ? ports.journal.readAccountNow(head.accountId)
    : head;

interface Swept {
  lapsed: number;
  /** True while something of these grants is still on an account. */
  isLeft: boolean;
}

const sweep = async (
  ports: Work,
  facts: MovementFacts,
  grants: ReadonlyMap<AccountId, TransferId>,
): Promise<Swept> => {
  const swept: Swept = { lapsed: 0, isLeft: false };
  for (const seen of (await ports.journal.readAccountsNow([...grants.keys()])).values()) {
    const grantId = grants.get(seen.accountId);
    const head = grantId === undefined ? undefined : await freed(ports, seen, grantId);
    if (grantId === undefined || head === undefined) continue;
    if (isHeld(head, grantId)) swept.isLeft = true;
    const lot = lookUp(head.lots, grantId);
    if (lot === undefined) continue;
    if (await lapseOne(ports, facts, head, grantId)) swept.lapsed += 1;
    else swept.isLeft = true;
  }
  return swept;
};

/**
 * Takes back what is left of the grants of a round whose period is over, at most 100 elders a read. Gives how many
 * grants went back. The round is over once nothing of them is left on any account; until then it is looked at every
 * day. Safe to run twice, and two at once.
 */
export const lapseGrants = async (ports: Work, round: GrantRound): Promise<number> => {
  if (round.state !== 'carried_out') return 0;
  const now = nowOf(ports);
  const granted = round.lines.filter(({ result }) => result === 'granted');
  const over = granted.filter(({ lapsesAt }) => isOver(lapsesAt, now));
  const facts = await factsFor(ports, round);
  const all: Swept = { lapsed: 0, isLeft: false };
  for (let start = 0; start < over.length; start += HEADS_A_READ) {
    const lines = over.slice(start, start + HEADS_A_READ);
    const grants = new Map(lines.map((line) => [accountOf(line.memberId), grantIdOf(line)]));
    const { lapsed, isLeft } = await sweep(ports, facts, grants);
    all.lapsed += lapsed;
    all.isLeft ||= isLeft;
  }
  const [next] = granted
    .map(({ lapsesAt }) => lapsesAt)
    .filter((lapsesAt) => !isOver(lapsesAt, now))
    .sort();
  const version = round.version + 1;
  if (all.isLeft) {
    await ports.caseBook.move({ ...round, version, dueAt: plusMinutes(now, A_DAY_MINUTES) });
  } else if (next !== undefined) await ports.caseBook.move({ ...round, version, dueAt: next });
  else await ports.caseBook.move({ ...round, version, state: 'ended' });
  return all.lapsed;
};
