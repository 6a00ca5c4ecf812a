/**
 * The elder's side confirms a visit, and its hours are banked: the request is settled and the minutes move in
 * one transaction. For a visit that a member pays, the hold is used and what is left of it released; where the
 * hold has lapsed meanwhile, the community pays, for the visit was made.
 */
import type { RequestFacts } from '@time-bank/care/request';
import { type Settlement, planConfirm } from '@time-bank/care/visit';
import { accountOf, holdOf } from '@time-bank/contracts/ids';
import type { Outcome, Planned } from '@time-bank/contracts/refusals';
import type { ConfirmVisit, Receipt } from '@time-bank/contracts/request';
import { civilDateOf } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import { isOver, sizeOf } from '@time-bank/ledger/account';
import { type Credit, planBank } from '@time-bank/ledger/bank';
import type { LedgerChange } from '@time-bank/ledger/change';
import { type LookFirst, planCapture, planRelease } from '@time-bank/ledger/hold';
import { sightOf } from '@time-bank/ledger/sight';
import type { Policy } from '@time-bank/policy/policy';
import { type Found, carryOut, ledgerFingerprint, together } from './carry-out.ts';
import { commandOf, movementFacts } from './command.ts';
import { policyOfRecord } from './policy-of.ts';
import type { Ports } from './ports.ts';

const planMinutes = (
  facts: RequestFacts,
  credit: Credit,
  found: Found,
): Planned<LedgerChange[]> | LookFirst => {
  const { hold, requestId, receiverId } = facts.request;
  const payee = sightOf(found.heads, credit.accountId);
  if (hold === undefined || isOver(hold.lapsesAt, credit.facts.at)) {
    return credit.amountMinutes === 0 ? { kind: 'done', value: [] } : planBank(credit, payee);
  }
  const { facts: movement, transferId, accountId, amountMinutes, ...limits } = credit;
  const payerId = accountOf(receiverId);
  const payer = sightOf(found.heads, payerId);
  const end = { facts: movement, transferId, accountId: payerId, holdId: holdOf(requestId), hold };
  if (amountMinutes > 0) {
    const used = { ...end, usedMinutes: amountMinutes, payee: { accountId, credit: limits } };
    return planCapture(used, { payer, payee });
  }
  const released = planRelease(end, false, payer);
  // A hold that is gone leaves nothing to release: the same command was faster, or the hold had lapsed.
  const isGone = released.kind === 'refused' && released.refusal.code === 'hold_not_open';
  return isGone ? { kind: 'done', value: [] } : released;
};

const creditOf = (
  policy: Policy,
  facts: RequestFacts,
  plan: Settlement,
  command: ReturnType<typeof commandOf>,
  body: ConfirmVisit,
): Credit => ({
  policy,
  transferId: body.transferId,
  accountId: accountOf(plan.volunteerId),
  amountMinutes: plan.creditedMinutes,
  serviceDay: civilDateOf(facts.visit?.checkedInAt ?? command.at),
  facts: movementFacts(command, facts.request, 'visit_confirmed'),
  fingerprint: ledgerFingerprint(command.fingerprint),
});

/**
 * Refuses: unknown_request, exists_with_different_content, id_too_old, id_from_the_future,
 * not_awaiting_confirmation, unknown_policy_version, unknown_account, account_closed, hold_not_open, busy_try_again.
 */
export const confirmVisit = (
  ports: Pick<Ports, 'clock' | 'journal' | 'careBook' | 'policies'>,
  permit: Grant<'confirm_visit'>,
  asRead: RequestFacts,
  body: ConfirmVisit,
): Promise<Outcome<Receipt>> => {
  const { requestId } = asRead.request;
  const command = commandOf(ports, permit, body.transferId, [requestId, body], body.forWhom);
  return carryOut(
    ports,
    { ...command, requestId },
    async (facts, found) => {
      const policy = await policyOfRecord(ports, facts.request);
      if (policy.kind === 'refused') return policy;
      const { hold } = facts.request;
      const isPaidByMember = hold !== undefined && !isOver(hold.lapsesAt, command.at);
      const plan = planConfirm(policy.value, facts, command, {
        transferId: body.transferId,
        heldMinutes: isPaidByMember ? sizeOf(hold) : undefined,
      });
      if (plan.kind === 'refused') return plan;
      const movements = planMinutes(facts, creditOf(policy.value, facts, plan.value, command, body), found);
      return movements.kind === 'done' ? together(plan.value, movements.value) : movements;
    },
    asRead,
    ({ visit }) =>
      visit === undefined
        ? undefined
        : { accountId: accountOf(visit.volunteerId), transferId: body.transferId },
  );
};
