/**
 * Nobody took a request that a member pays with hours, and a provider has served it out of a fund's purchase: the
 * hours that were set aside go to the purchase, as they would have gone to a volunteer, and the request is closed. One
 * that the desk had sent to the provider is settled, and costs nobody hours.
 */
import { type RequestFacts, planUnfilled } from '@time-bank/care/request';
import { planServed } from '@time-bank/care/unfilled';
import { accountOf, holdOf } from '@time-bank/contracts/ids';
import type { UsePurchase } from '@time-bank/contracts/purchase';
import { type Outcome, type Planned, done, refused } from '@time-bank/contracts/refusals';
import type { Receipt } from '@time-bank/contracts/request';
import type { Command, Step } from '@time-bank/care/request';
import type { Grant } from '@time-bank/identity/grant';
import { sizeOf } from '@time-bank/ledger/account';
import type { Fund } from '@time-bank/ledger/change';
import { planCapture } from '@time-bank/ledger/hold';
import { sightOf } from '@time-bank/ledger/sight';
import { carryOut, ledgerFingerprint, together } from './carry-out.ts';
import { commandOf, movementFacts } from './command.ts';
import type { Ports } from './ports.ts';
import { servedBy } from './review-request.ts';
import { strikeDiaries } from './strike-diaries.ts';

/**
 * Closes the request as nobody's; one that went to the provider before is settled with who served it. Refuses:
 * request_not_open.
 */
const closed = (facts: RequestFacts, command: Command, fund: Fund): Planned<Step> => {
  const step =
    facts.request.state === 'fallback'
      ? planServed(facts, command, servedBy(fund))
      : planUnfilled(facts, command, undefined, true);
  return step.kind === 'refused' ? refused('request_not_open') : done(step.value);
};

/**
 * Uses a purchase for a request that still waits for a volunteer and whose hours are still set aside. The grant is
 * over the request, and over nobody who receives it.
 * Refuses: unknown_request, exists_with_different_content, id_too_old, id_from_the_future, request_not_open,
 * unknown_account, hold_not_open, hold_lapsed, purchase_used_up, busy_try_again.
 */
export const usePurchase = (
  ports: Pick<Ports, 'clock' | 'journal' | 'careBook'>,
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
      const step = closed(facts, command, fund);
      if (step.kind === 'refused') return step;
      // The community keeps a promise that was not kept: nobody's hours are used.
      if (facts.request.state === 'fallback') return together(step.value, []);
      const { hold } = facts.request;
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
        { change: 'draw_fund', fundId: fund.fundId, minutes },
        ...(await strikeDiaries(ports, facts.request)),
      ]);
    },
    asRead,
    () => home,
  );
};
