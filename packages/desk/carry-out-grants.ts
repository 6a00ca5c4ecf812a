/**
 * An approved round is carried out in the order of need, each elder once for each period, whichever round is first and
 * however often it is cut off. Where no part of the pool has enough for an elder, they get none and the round says so;
 * whoever follows and needs less may still be served.
 */
import type { GrantLine, GrantResult } from '@time-bank/contracts/granting';
import { type TransferId, accountOf } from '@time-bank/contracts/ids';
import type { PoolId } from '@time-bank/contracts/ledger';
import { type RefusalCode, refused } from '@time-bank/contracts/refusals';
import { CommunityCode } from '@time-bank/contracts/region';
import type { Instant } from '@time-bank/contracts/time';
import { type AccountHead, isOver } from '@time-bank/ledger/account';
import type { MovementFacts } from '@time-bank/ledger/entry';
import { type PoolGrant, planGrant } from '@time-bank/ledger/pool';
import { sightOf } from '@time-bank/ledger/sight';
import type { Policy } from '@time-bank/policy/policy';
import { type Decision, type Found, ledgerFingerprint, nowOf, transfer } from './carry-out.ts';
import { collectPool, collectWhole } from './collect-pool.ts';
import { derivedTransfer } from './derived-id.ts';
import { fingerprintOf } from './fingerprint.ts';
import { beginningOf } from './grant-period.ts';
import { decisionOf } from './member-order.ts';
import { policyNow } from './policy-of.ts';
import { shardFor } from './pool-shards.ts';
import type { Ports } from './ports.ts';
import type { CaseDecision, GrantRound } from './staff-case.ts';
import { type TransferReceipt, receiptOf } from './transfer-receipt.ts';

type Work = Pick<Ports, 'clock' | 'journal' | 'policies' | 'caseBook'>;

/** A run grants this many; the next one goes on. */
const GRANTS_A_RUN = 100;

/** The id of an elder's grant for a period, whatever the round: nobody is granted the same period twice. */
export const grantIdOf = ({ memberId, period }: Pick<GrantLine, 'memberId' | 'period'>): TransferId =>
  derivedTransfer(beginningOf(period), ['grant', memberId, period]);

/** What the parts of a pool have, as far as a run knows. */
type Parts = Map<number, number>;

interface Run {
  round: GrantRound & { decision: CaseDecision };
  policy: Policy;
  at: Instant;
  parts: Parts;
}

const factsOf = ({ round, policy, at }: Run): MovementFacts => ({
  at,
  actorId: round.decision.actorId,
  channel: 'job',
  // A line belongs to a community: that of a round over a larger region is written with zeros.
  region: CommunityCode.parse(round.region.padEnd(12, '0')),
  policyVersion: policy.version,
  reason: 'grant',
});

const learn = (parts: Parts, { shards }: Pick<Found, 'shards'>, poolId: PoolId): void => {
  for (const shard of shards.values()) if (shard.poolId === poolId) parts.set(shard.shard, shard.minutes);
};

const pick = ({ parts }: Pick<Run, 'parts'>, transferId: TransferId, minutes: number): number | undefined =>
  shardFor(
    [...parts].map(([shard, left]) => ({ shard, minutes: left })),
    transferId,
    minutes,
  );

const orderOf = (run: Run, line: GrantLine): Omit<PoolGrant, 'shard'> => {
  const { round, policy } = run;
  return {
    policy,
    facts: factsOf(run),
    transferId: grantIdOf(line),
    accountId: accountOf(line.memberId),
    poolId: round.poolId,
    amountMinutes: line.amountMinutes,
    lapsesAt: line.lapsesAt,
    fingerprint: ledgerFingerprint(fingerprintOf(['grant', round.caseId, line.memberId, line.period])),
  };
};

/** Why an account cannot take the grant, as it stands, or nobody any more, its period being over; undefined where it can. Nothing is written. */
const refusedAsItStands = (
  order: Omit<PoolGrant, 'shard'>,
  head: AccountHead | undefined,
): GrantResult | undefined => {
  if (isOver(order.lapsesAt, order.facts.at)) return 'grant_not_open';
  const plan = planGrant({ ...order, shard: 0 }, head ?? 'missing');
  return plan.kind === 'refused' ? plan.refusal.code : undefined;
};

/** Whose grant stands under the id: this round's or another one's; undefined where nothing does. */
const resultBefore = async (
  ports: Work,
  { accountId, transferId, fingerprint }: Omit<PoolGrant, 'shard'>,
): Promise<GrantResult | undefined> => {
  const line = await ports.journal.readLineNow(accountId, transferId);
  if (line?.kind !== 'entry') return undefined;
  return line.entry.fingerprint === fingerprint ? 'granted' : 'had_already';
};

/** How it went with one elder; undefined where neighbours stood in the way and the next run has to try again. */
const grantOne = async (ports: Work, run: Run, line: GrantLine): Promise<GrantResult | undefined> => {
  const order = orderOf(run, line);
  const { accountId, transferId, poolId, amountMinutes } = order;
  let takenFrom: number | undefined;
  let refusal: RefusalCode | undefined;
  const decide = (found: Found): Decision<TransferReceipt> => {
    learn(run.parts, found, poolId);
    takenFrom = pick(run, transferId, amountMinutes);
    const plan =
      takenFrom === undefined
        ? refused('pool_short')
        : planGrant({ ...order, shard: takenFrom }, sightOf(found.heads, accountId));
    refusal = plan.kind === 'refused' ? plan.refusal.code : undefined;
    // No refusal is kept under the period's only id: a later round may find the pool filled, or the account free.
    return plan.kind === 'refused' ? refused('busy_try_again') : decisionOf(plan);
  };
  const fingerprint = fingerprintOf(['grant', run.round.caseId, line.memberId, line.period]);
  const command = { fingerprint, at: run.at, channel: 'job', home: { accountId, transferId } } as const;
  const outcome = await transfer<TransferReceipt>(ports, command, decide, receiptOf);
  if (outcome.kind !== 'refused') {
    if (outcome.kind === 'done' && takenFrom !== undefined) {
      run.parts.set(takenFrom, (run.parts.get(takenFrom) ?? 0) - amountMinutes);
    }
    return 'granted';
  }
  const { code } = outcome.refusal;
  const why = code === 'busy_try_again' ? refusal : code;
  // A run that was cut off may have granted it before.
  return why === undefined ? undefined : ((await resultBefore(ports, order)) ?? why);
};

const startRun = async (ports: Work, round: Run['round']): Promise<Run> => {
  if (round.next === 0) {
    // A named project is collected here alone, so everything that it was ever given counts.
    const isProject = round.poolId.split(':').length > 2;
    await (isProject ? collectWhole : collectPool)(ports, round.poolId);
  }
  const shards = await ports.journal.readPoolNow(round.poolId);
  return {
    round,
    policy: await policyNow(ports, round.region),
    at: nowOf(ports),
    parts: new Map(shards.map(({ shard, minutes }) => [shard, minutes])),
  };
};

/** Tries the next lines. Gives them with how it went, up to the first that has to be tried again. */
const tryLines = async (ports: Work, run: Run, lines: readonly GrantLine[]): Promise<GrantLine[]> => {
  const heads = await ports.journal.readAccountsNow(lines.map(({ memberId }) => accountOf(memberId)));
  const tried: GrantLine[] = [];
  for (const line of lines) {
    const order = orderOf(run, line);
    const refusal = refusedAsItStands(order, heads.get(order.accountId));
    const result =
      refusal === undefined
        ? await grantOne(ports, run, line)
        : ((await resultBefore(ports, order)) ?? refusal);
    if (result === undefined) break;
    tried.push({ ...line, result });
  }
  return tried;
};

/** The round after a run, behind those that wait; once all was tried it waits for the day on which the grants go back, if there are any. */
const afterRun = ({ round, at }: Run, tried: readonly GrantLine[]): GrantRound => {
  const next = round.next + tried.length;
  const lines = [...round.lines.slice(0, round.next), ...tried, ...round.lines.slice(next)];
  const moved = { ...round, version: round.version + 1, dueAt: at, lines, next };
  if (next < lines.length) return moved;
  const [first] = lines
    .filter(({ result }) => result === 'granted')
    .map(({ lapsesAt }) => lapsesAt)
    .sort();
  return first === undefined
    ? { ...moved, state: 'ended' }
    : { ...moved, state: 'carried_out', dueAt: first };
};

/**
 * Carries on with an approved round: at most a hundred elders a run. Gives the round as it stands afterwards. A run
 * that is cut off is done again by the next one, and grants nothing twice.
 */
export const carryOutGrants = async (ports: Work, round: GrantRound): Promise<GrantRound> => {
  const { decision } = round;
  if (round.state !== 'approved' || decision === undefined) return round;
  const run = await startRun(ports, { ...round, decision });
  const lines = round.lines.slice(round.next, round.next + GRANTS_A_RUN);
  const after = afterRun(run, await tryLines(ports, run, lines));
  if (await ports.caseBook.move(after)) return after;
  return (await ports.caseBook.readNow('granting', round.caseId)) ?? round;
};
