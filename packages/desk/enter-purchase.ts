/** Hours of paid service that a fund has bought are entered by the number of their document, once. */
import { type DocumentNumber, fundOf } from '@time-bank/contracts/ledger';
import type { EnterPurchase, PurchaseReceipt, PurchaseView } from '@time-bank/contracts/purchase';
import { type Outcome, done, refused, replayed } from '@time-bank/contracts/refusals';
import type { Grant } from '@time-bank/identity/grant';
import type { Fund } from '@time-bank/ledger/change';
import { nowOf } from './carry-out.ts';
import { policyNow } from './policy-of.ts';
import type { Ports } from './ports.ts';

const receiptOf = ({ document, provider, minutes, facts }: Fund): PurchaseReceipt => ({
  document,
  provider,
  totalMinutes: minutes,
  communityCode: facts.region,
  enteredAt: facts.at,
});

const isSame = (fund: Fund, body: EnterPurchase): boolean =>
  fund.provider === body.provider &&
  fund.minutes === body.totalMinutes &&
  fund.facts.region === body.communityCode;

/**
 * Enters a purchase. The same document with the same content is the same purchase, whoever enters it again.
 * Refuses: unknown_region, document_used, busy_try_again.
 */
export const enterPurchase = async (
  ports: Pick<Ports, 'clock' | 'journal' | 'policies' | 'regions'>,
  permit: Grant<'enter_purchase'>,
  body: EnterPurchase,
): Promise<Outcome<PurchaseReceipt>> => {
  const { document, provider, totalMinutes: minutes, communityCode } = body;
  const fundId = fundOf(document);
  if ((await ports.regions.read(communityCode)) === undefined) return refused('unknown_region');
  const policy = await policyNow(ports, communityCode);
  const fund: Fund = {
    fundId,
    document,
    provider,
    minutes,
    leftMinutes: minutes,
    facts: {
      at: nowOf(ports),
      actorId: permit.actor.memberId,
      channel: 'web',
      region: communityCode,
      policyVersion: policy.version,
      reason: 'purchase',
      document,
    },
  };
  const commit = await ports.journal.commit([{ change: 'put_fund', fund }]);
  if (commit.kind === 'done') return done(receiptOf(fund));
  const there = await ports.journal.readFundNow(fundId);
  if (there === undefined) return refused('busy_try_again');
  return isSame(there, body) ? replayed(receiptOf(there)) : refused('document_used');
};

/** A purchase by its document. Strongly consistent. */
export const findPurchase = (
  ports: Pick<Ports, 'journal'>,
  document: DocumentNumber,
): Promise<Fund | undefined> => ports.journal.readFundNow(fundOf(document));

/** A purchase and what is left of it. */
export const readPurchase = (_permit: Grant<'read_purchase'>, fund: Fund): Outcome<PurchaseView> =>
  done({ ...receiptOf(fund), leftMinutes: fund.leftMinutes });
