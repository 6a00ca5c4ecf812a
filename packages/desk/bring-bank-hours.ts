/**
 * The hours of a whole bank that joins this one: what each of its members had in the end comes in by one line, with a
 * document's number that follows from the bank, its file and the member's number there, so it comes in once.
 */
import { createHash } from 'node:crypto';
import { type MemberId, SYSTEM, accountOf } from '@time-bank/contracts/ids';
import { DocumentNumber } from '@time-bank/contracts/ledger';
import type { RefusalCode } from '@time-bank/contracts/refusals';
import type { CommunityCode } from '@time-bank/contracts/region';
import { civilDateOf, startOfDay } from '@time-bank/contracts/time';
import { planMoveIn } from '@time-bank/ledger/closing';
import { ledgerFingerprint, nowOf, transfer } from './carry-out.ts';
import { derivedTransfer } from './derived-id.ts';
import { fingerprintOf } from './fingerprint.ts';
import { onceSeen } from './member-order.ts';
import { policyNow } from './policy-of.ts';
import type { Ports } from './ports.ts';
import { type TransferReceipt, receiptOf } from './transfer-receipt.ts';

/** Another bank, as its lines name it, and the fingerprint of the file in which its transfers came. */
export interface JoiningBank {
  bank: string;
  fileDigest: string;
  communityCode: CommunityCode;
}

/** What one member brings along: whole minutes, 1 to 600,000. */
export interface BroughtHours {
  memberId: MemberId;
  number: string;
  minutes: number;
}

/** How it went. `had`: what was brought in by an earlier run. */
export interface BroughtReport {
  brought: number;
  broughtMinutes: number;
  had: number;
  refused: { number: string; code: RefusalCode }[];
}

/** The document under which a member's hours come in: the same for the same file. 32 characters. */
const documentOf = ({ bank, fileDigest }: JoiningBank, number: string): DocumentNumber => {
  const digest = createHash('sha256')
    .update(JSON.stringify([bank, fileDigest, number]))
    .digest('hex');
  return DocumentNumber.parse(`JOIN-${digest.slice(0, 27)}`);
};

const bringOne = async (
  ports: Pick<Ports, 'clock' | 'journal' | 'policies'>,
  from: JoiningBank,
  { memberId, number, minutes }: BroughtHours,
) => {
  const at = nowOf(ports);
  const accountId = accountOf(memberId);
  const document = documentOf(from, number);
  const cause = ['bank_joined', document, accountId];
  const transferId = derivedTransfer(startOfDay(civilDateOf(at)), cause);
  const policy = await policyNow(ports, from.communityCode);
  const fingerprint = fingerprintOf([...cause, minutes]);
  const move = {
    policy,
    facts: {
      at,
      actorId: SYSTEM,
      channel: 'job',
      region: from.communityCode,
      policyVersion: policy.version,
      reason: 'move',
      document,
    },
    bank: from.bank,
    transferId,
    accountId,
    earnedMinutes: minutes,
    honourMinutes: 0,
    fingerprint: ledgerFingerprint(fingerprint),
  } as const;
  const order = { fingerprint, at, channel: 'job', home: { accountId, transferId } } as const;
  return transfer<TransferReceipt>(
    ports,
    order,
    (found) => onceSeen(found, accountId, (head) => planMoveIn(move, head)),
    receiptOf,
  );
};

/** Brings in what the members of a bank have, one line each. The same file again changes nothing. */
export const bringBankHours = async (
  ports: Pick<Ports, 'clock' | 'journal' | 'policies'>,
  from: JoiningBank,
  hours: readonly BroughtHours[],
): Promise<BroughtReport> => {
  const report: BroughtReport = { brought: 0, broughtMinutes: 0, had: 0, refused: [] };
  for (const one of hours) {
    const outcome = await bringOne(ports, from, one);
    if (outcome.kind === 'done') {
      report.brought += 1;
      report.broughtMinutes += one.minutes;
    } else if (outcome.kind === 'replayed' || outcome.refusal.code === 'document_used') report.had += 1;
    else report.refused.push({ number: one.number, code: outcome.refusal.code });
  }
  return report;
};
