/**
 * A provider has served a request that no volunteer took, out of a fund's purchase, and it is settled. Where a member
 * pays for it, the hours that were set aside go to the purchase, as they would have gone to a volunteer; what the desk
 * had sent to the provider costs nobody hours, and its planned minutes go off the purchase. A purchase of so many minutes
 * serves so many and no more: what is left is a condition of the same write.
 */
import type { RequestFacts } from '@time-bank/care/request';
import { planServed, planServedWhileOpen } from '@time-bank/care/unfilled';
import { accountOf, holdOf } from '@time-bank/contracts/ids';
import type { UsePurchase } from '@time-bank/contracts/purchase';
import { type Outcome, type Planned, done, refused } from '@time-bank/contracts/refusals';
import type { Receipt } from '@time-bank/contracts/request';
import type { Command, Step } from '@time-bank/care/request';
import type { Grant } from '@time-bank/identity/grant';
import type { Policy } from '@time-bank/policy/policy';
import { sizeOf } from '@time-bank/ledger/account';
import type { Fund } from '@time-bank/ledger/change';
import { planCapture } from '@time-bank/ledger/hold';
import { sightOf } from '@time-bank/ledger/sight';
import { carryOut, ledgerFingerprint, together } from './carry-out.ts';
import { commandOf, movementFacts } from './command.ts';
import { policyOfRecord } from './policy-of.ts';
import type { Ports } from './ports.ts';
import { servedBy } from './review-request.ts';
import { serviceStep } from './service-step.ts';
import { strikeDiaries } from './strike-diaries.ts';

/** Settles the request with who served it. Refuses: request_not_open. */
const served = (
  ports: Pick<Ports, 'clock'>,
  policy: Policy,
  facts: RequestFacts,
  { command, fund }: { command: Command; fund: Fund },
): Planned<Step> => {
  const reason = servedBy(fund);
  const step =
    facts.request.state === 'fallback'
      ? planServed(policy, facts, command, reason)
      : planServedWhileOpen(policy, facts, command, {
          closing: serviceStep(ports, facts.request, 'served_while_open'),
          sending: serviceStep(ports, facts.request, 'sent_to_provider'),
          reason,
        });
  return step.kind === 'refused' ? refused('request_not_open') : done(step.value);
};

/**
 * Uses a purchase for what went to a provider, or for a request that still waits for a volunteer and whose hours are
 * still set aside. The grant is over the request, and over nobody who receives it.
 * Refuses: unknown_request, exists_with_different_content, id_too_old, id_from_the_future, request_not_open,
 * fallback_off (in a region where no provider stands in for volunteers), unknown_policy_version, unknown_account,
 * hold_not_open, hold_lapsed, purchase_used_up, busy_try_again.
 */
export const usePurchase = (
  ports: Pick<Ports, 'clock' | 'journal' | 'careBook' | 'policies'>,
  permit: Grant<'use_purchase'>,
  { fund, facts: asRead }: { fund: Fund; facts: RequestFacts },
  body: UsePurchase,
): Promise<Outcome<Receipt>> => {
  const { requestId, receiverId } = asRead.request;
  const command = commandOf(ports, permit, body.transferId, [fund.document, body]);
  const home = { accountId: accountOf(receiverId), transferId: body.transferId };
  return carryOut(
    ports,
    { ...command, requestId },
    async (facts, { heads }) => {
      const policy = await policyOfRecord(ports, facts.request);
      if (policy.kind === 'refused') return policy;
      const step = served(ports, policy.value, facts, { command, fund });
      if (step.kind === 'refused') return step;
      const { hold, plannedMinutes, state } = facts.request;
      const draw = { change: 'draw_fund', fundId: fund.fundId } as const;
      // The community keeps a promise that was not kept: nobody's hours are used.
      if (state === 'fallback') {
        return together(step.value, [{ ...draw, minutes: plannedMinutes, isForCommunity: true }]);
      }
      if (!policy.value.unfilledFallbackOn) return refused('fallback_off');
      if (hold === undefined) return refused('hold_not_open');
      const minutes = sizeOf(hold);
      const plan = planCapture(
        {
          ...home,
          facts: {
            ...movementFacts(command, facts.request, 'purchase'),
            note: fund.provider,
            document: fund.document,
          },
          holdId: holdOf(requestId),
          hold,
          usedMinutes: minutes,
          payee: fund.fundId,
          fingerprint: ledgerFingerprint(command.fingerprint),
        },
        { payer: sightOf(heads, home.accountId) },
      );
      if (plan.kind !== 'done') return plan;
      return together(step.value, [
        ...plan.value,
        { ...draw, minutes },
        ...(await strikeDiaries(ports, facts.request)),
      ]);
    },
    asRead,
    () => home,
  );
};
