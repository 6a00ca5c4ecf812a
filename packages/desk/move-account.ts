/**
 * A member moves. Inside the area in which hours are interchanged the account stays and nothing moves; outside it the
 * account is closed and its hours leave with a signed document, which another bank enters once. What comes from
 * another bank comes in by such a document of its own.
 */
import type { BringHours, HoursDocument, MoveAccount, MoveReceipt } from '@time-bank/contracts/closing';
import type { DocumentNumber } from '@time-bank/contracts/ledger';
import { type Outcome, done, refused, replayed } from '@time-bank/contracts/refusals';
import type { CommunityCode } from '@time-bank/contracts/region';
import type { Grant } from '@time-bank/identity/grant';
import { MOVE_MINUTES_MAX, planMoveIn } from '@time-bank/ledger/closing';
import type { Policy } from '@time-bank/policy/policy';
import type { AccountHome } from './account-home.ts';
import { accountOrder } from './account-order.ts';
import { answeredBefore, transfer } from './carry-out.ts';
import { fingerprintOf } from './fingerprint.ts';
import { onceSeen } from './member-order.ts';
import { closingDecision } from './plan-account-closing.ts';
import type { DocumentSigner, Ports } from './ports.ts';
import { type TransferReceipt, receiptOf } from './transfer-receipt.ts';

type Work = Pick<Ports, 'clock' | 'journal' | 'policies'>;

const digits = { county: 6, city: 4, province: 2 } as const;

/** True where hours of `home` are as good in `other` as at home. */
export const isInsideInterchange = (
  policy: Pick<Policy, 'interchangeReach'>,
  home: CommunityCode,
  other: CommunityCode,
): boolean => other.startsWith(home.slice(0, digits[policy.interchangeReach]));

/** What the closed account took along: the line says what was spendable, the account what counts for stars. */
const hoursOf = async (
  ports: Work,
  home: AccountHome,
  {
    transferId,
    document,
    bank,
  }: { transferId: MoveAccount['transferId']; document: DocumentNumber; bank: string },
): Promise<HoursDocument> => {
  const { line, head } = await ports.journal.readLineAndAccountNow(home.accountId, transferId);
  if (line?.kind !== 'entry' || head === undefined) throw new Error('a closed account has its last line');
  const { minutes, at } = line.entry;
  return {
    document,
    bank,
    account: fingerprintOf([home.accountId, document]),
    earnedMinutes: -(minutes.earned ?? 0),
    giftMinutes: -(minutes.gift ?? 0),
    honourMinutes: head.minutes.honour,
    issuedAt: at,
  };
};

/**
 * Moves a member away. Whoever sends it again gets the same document, whatever has become of the rules since: it is
 * signed anew from the line, and one key signs one document in one way (EdDSA). The grant is over an account that is not one's
 * own.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, unknown_account, account_closed, holds_open,
 * debt_open, document_used, busy_try_again.
 */
export const moveAccount = async (
  ports: Work,
  signer: DocumentSigner,
  permit: Grant<'move_account'>,
  home: AccountHome,
  body: MoveAccount,
): Promise<Outcome<MoveReceipt>> => {
  const { transferId, document, toCommunity, note } = body;
  const order = await accountOrder(ports, permit, home, { content: body, reason: 'move', says: { note } });
  const before = await answeredBefore<TransferReceipt>(ports, order, receiptOf);
  if (before === undefined && isInsideInterchange(order.policy, home.communityCode, toCommunity)) {
    return done({ stays: true });
  }
  const outcome =
    before ??
    (await transfer<TransferReceipt>(
      ports,
      order,
      (found) => closingDecision(ports, order, { to: 'elsewhere', document }, found),
      receiptOf,
    ));
  if (outcome.kind === 'refused') return outcome;
  const hours = await hoursOf(ports, home, { transferId, document, bank: signer.bank });
  const signed = await signer.sign(hours);
  const receipt = { stays: false, transferId, at: outcome.value.at, hours, signed } as const;
  return outcome.kind === 'replayed' ? replayed(receipt) : done(receipt);
};

/** What is written in a document that a bank has signed which we know, and that brings something along. */
const verified = async (signer: DocumentSigner, { signed }: BringHours): Promise<Outcome<HoursDocument>> => {
  const hours = await signer.verify(signed);
  if (hours === undefined) return refused('unknown_document');
  const { earnedMinutes, giftMinutes, honourMinutes } = hours;
  if (earnedMinutes + giftMinutes + honourMinutes === 0) return refused('unknown_document');
  const { earned, gift, honour } = MOVE_MINUTES_MAX;
  const isTooMuch = earnedMinutes > earned || giftMinutes > gift || honourMinutes > honour;
  return isTooMuch ? refused('cap_reached') : done(hours);
};

/**
 * Brings in the hours of a signed document, once. Whoever sends it again gets the same answer, whether or not the
 * bank that signed it is still known. The grant is over an account that is not one's own.
 * Refuses: exists_with_different_content, unknown_document, id_too_old, id_from_the_future, unknown_account,
 * donate_only_account, account_frozen, account_closed, cap_reached, document_used, busy_try_again.
 */
export const bringHours = async (
  ports: Work,
  signer: DocumentSigner,
  permit: Grant<'bring_hours'>,
  home: AccountHome,
  body: BringHours,
): Promise<Outcome<TransferReceipt>> => {
  const order = await accountOrder(ports, permit, home, { content: body, reason: 'move' });
  const before = await answeredBefore<TransferReceipt>(ports, order, receiptOf);
  if (before !== undefined) return before;
  const read = await verified(signer, body);
  if (read.kind === 'refused') return read;
  const { document, bank, earnedMinutes, giftMinutes, honourMinutes } = read.value;
  const { mark, policy } = order;
  const move = {
    ...mark,
    facts: { ...mark.facts, document },
    bank,
    policy,
    earnedMinutes,
    giftMinutes,
    honourMinutes,
  };
  return transfer<TransferReceipt>(
    ports,
    order,
    (found) => onceSeen(found, home.accountId, (head) => planMoveIn(move, head)),
    receiptOf,
  );
};
