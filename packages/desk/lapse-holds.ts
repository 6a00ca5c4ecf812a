/**
 * Hours that were set aside and not used in time come back. Nothing waits for this: what a lapsed hold binds
 * counts as free from the instant on at which it lapses, and is freed when it is needed.
 */
import { SYSTEM, TransferId } from '@time-bank/contracts/ids';
import type { Hold } from '@time-bank/contracts/ledger';
import { type Instant } from '@time-bank/contracts/time';
import { type AccountHead, lapsedHolds } from '@time-bank/ledger/account';
import type { Entry, MovementFacts } from '@time-bank/ledger/entry';
import { planRelease } from '@time-bank/ledger/hold';
import { sightOf } from '@time-bank/ledger/sight';
import { ledgerFingerprint, nowOf, transfer } from './carry-out.ts';
import { derivedTransfer } from './derived-id.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Ports } from './ports.ts';
import { type TransferReceipt, receiptOf } from './transfer-receipt.ts';

type Work = Pick<Ports, 'clock' | 'journal'>;

/** What a movement of the service itself says that ends what `entry` began: the same rules, the same request. */
export const factsAfter = (entry: Entry, at: Instant, reason: MovementFacts['reason']): MovementFacts => ({
  at,
  actorId: SYSTEM,
  channel: 'job',
  region: entry.region,
  policyVersion: entry.policyVersion,
  reason,
  ...(entry.requestId === undefined ? {} : { requestId: entry.requestId }),
  ...(entry.serviceCode === undefined ? {} : { serviceCode: entry.serviceCode }),
});

const lapseHold = async (
  ports: Work,
  { accountId }: AccountHead,
  holdId: TransferId,
  hold: Hold,
): Promise<boolean> => {
  const line = await ports.journal.readLineNow(accountId, holdId);
  if (line?.kind !== 'entry') throw new Error('a hold stands on the account without its line');
  const facts = factsAfter(line.entry, nowOf(ports), 'hold_lapsed');
  const transferId = derivedTransfer(hold.lapsesAt, ['hold_lapsed', accountId, holdId]);
  const fingerprint = fingerprintOf(['hold_lapsed', accountId, holdId]);
  const outcome = await transfer<TransferReceipt>(
    ports,
    { fingerprint, at: facts.at, channel: 'job', home: { accountId, transferId } },
    ({ heads }) => {
      const end = {
        facts,
        transferId,
        accountId,
        holdId,
        hold,
        fingerprint: ledgerFingerprint(fingerprint),
      };
      const plan = planRelease(end, true, sightOf(heads, accountId));
      return plan.kind === 'done'
        ? { kind: 'done', value: { changes: plan.value, receipt: receiptOf(plan.value) } }
        : plan;
    },
    receiptOf,
  );
  return outcome.kind === 'done';
};

/** Frees what lapsed holds bind on an account, each once. Gives how many were freed. */
export const lapseHolds = async (ports: Work, head: AccountHead): Promise<number> => {
  let freed = 0;
  for (const [id, hold] of lapsedHolds(head, nowOf(ports))) {
    if (await lapseHold(ports, head, TransferId.parse(id), hold)) freed += 1;
  }
  return freed;
};
