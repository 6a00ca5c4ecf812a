/** When the heirs' time is over, the hours of somebody who has died go to the pool of their township. */
import { type AccountId, SYSTEM } from '@time-bank/contracts/ids';
import { PoolId } from '@time-bank/contracts/ledger';
import type { RegionCode } from '@time-bank/contracts/region';
import { type Instant, plusMinutes } from '@time-bank/contracts/time';
import type { AccountHead } from '@time-bank/ledger/account';
import { justAfterNow, ledgerFingerprint, nowOf, transfer } from './carry-out.ts';
import { derivedTransfer } from './derived-id.ts';
import { fingerprintOf } from './fingerprint.ts';
import { endEstate } from './freeze-account.ts';
import { readFrozenBy } from './frozen-by.ts';
import { lapseHolds } from './lapse-holds.ts';
import { type RemainderOrder, closingDecision } from './plan-account-closing.ts';
import { policyNow } from './policy-of.ts';
import type { Ports } from './ports.ts';
import type { EstateCase } from './staff-case.ts';
import { type TransferReceipt, receiptOf } from './transfer-receipt.ts';

type Work = Pick<Ports, 'clock' | 'journal' | 'policies' | 'caseBook'>;

/** A run settles this many in a township; the next run goes on. */
const A_RUN = 20;
const A_DAY_MINUTES = 24 * 60;

const postpone = async (ports: Work, estate: EstateCase, dueAt: Instant): Promise<void> => {
  await ports.caseBook.move({ ...estate, version: estate.version + 1, dueAt });
};

const closeEstate = async (ports: Work, estate: EstateCase, head: AccountHead): Promise<boolean> => {
  const { caseId: accountId, communityCode, region, freezeId, version, dueAt } = estate;
  const at = nowOf(ports);
  // A refusal is kept under its id, so each version of the case tries under one of its own.
  const cause = ['estate', accountId, freezeId, String(version)];
  const transferId = derivedTransfer(dueAt, cause);
  const fingerprint = fingerprintOf(cause);
  const policy = await policyNow(ports, communityCode);
  const mark = {
    facts: {
      at,
      actorId: SYSTEM,
      channel: 'job',
      region: communityCode,
      policyVersion: policy.version,
      reason: 'death',
    },
    transferId,
    accountId,
    fingerprint: ledgerFingerprint(fingerprint),
  } as const;
  // Only a closing to nobody writes off what was owed.
  const remainder: RemainderOrder =
    head.minutes.debt > 0 ? { to: 'nobody' } : { to: 'pool', poolId: PoolId.parse(`pool:${region}`) };
  const outcome = await transfer<TransferReceipt>(
    ports,
    { fingerprint, at, channel: 'job', home: { accountId, transferId } },
    ({ heads }) => {
      const found = heads.has(accountId) ? heads : new Map([...heads, [accountId, head]]);
      // It may have been freed, and frozen for another reason, since it was looked at: the next run looks again.
      if (found.get(accountId)?.sequence !== head.sequence) {
        return { kind: 'refused', refusal: { code: 'busy_try_again' } };
      }
      return closingDecision(ports, { mark, policy }, remainder, { heads: found });
    },
    receiptOf,
  );
  return outcome.kind !== 'refused';
};

const settleOne = async (ports: Work, estate: EstateCase): Promise<boolean> => {
  const accountId: AccountId = estate.caseId;
  const freeze = { accountId, freezeId: estate.freezeId, frozenAt: estate.openedAt };
  const seen = await readFrozenBy(ports, freeze);
  if (seen === undefined) {
    await endEstate(ports, accountId);
    return false;
  }
  const head = (await lapseHolds(ports, seen)) > 0 ? await readFrozenBy(ports, freeze) : seen;
  const isFree = head !== undefined && Object.keys(head.holds).length === 0;
  if (isFree && (await closeEstate(ports, estate, head))) {
    await endEstate(ports, accountId);
    return true;
  }
  await postpone(ports, estate, plusMinutes(nowOf(ports), A_DAY_MINUTES));
  return false;
};

/**
 * Settles what is due in a township. Gives how many accounts were closed. An account that is not frozen any more, or
 * for another reason, is left alone; one whose hours are still set aside is looked at again the next day. Safe to run twice, and two at once.
 */
export const settleEstates = async (ports: Work, township: RegionCode): Promise<number> => {
  const due = await ports.caseBook.listOpen('estate', township, {
    limit: A_RUN,
    before: justAfterNow(ports),
  });
  let settled = 0;
  for (const estate of due.items) if (await settleOne(ports, estate)) settled += 1;
  return settled;
};
