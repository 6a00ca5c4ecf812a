/** The hotline has called before a visit counts, and writes down what it heard. */
import { planCalledInVain } from '@time-bank/care/confirm';
import { waitsForAWord } from '@time-bank/care/life';
import type { RequestFacts } from '@time-bank/care/request';
import type { CallBack } from '@time-bank/contracts/confirming';
import { movementOf } from '@time-bank/contracts/ids';
import { type Outcome, refused } from '@time-bank/contracts/refusals';
import type { Receipt } from '@time-bank/contracts/request';
import type { Grant } from '@time-bank/identity/grant';
import { carryOut, together } from './carry-out.ts';
import { commandOf } from './command.ts';
import { disputeDecision } from './open-dispute.ts';
import type { Ports } from './ports.ts';
import { settleVisit } from './settle-visit.ts';

/** What a call says of a visit that did not take place, where the caller's words were not written down. */
const DID_NOT_HAPPEN = '回访：服务对象表示没有来过。';

/**
 * It took place: the visit counts. It did not: the elder's side disputes it. Nobody answered: it is tried again the next
 * day. The grant is over the request.
 * Refuses: unknown_request, exists_with_different_content, id_too_old, id_from_the_future, not_awaiting_confirmation,
 * unknown_policy_version, unknown_account, account_closed, hold_not_open, busy_try_again.
 */
export const callBack = (
  ports: Pick<Ports, 'clock' | 'journal' | 'careBook' | 'policies'>,
  permit: Grant<'call_back'>,
  asRead: RequestFacts,
  body: CallBack,
): Promise<Outcome<Receipt>> => {
  const { requestId } = asRead.request;
  const { commandId, outcome, words } = body;
  const command = { ...commandOf(ports, permit, commandId, [requestId, body]), requestId };
  if (outcome === 'confirmed') {
    const transferId = movementOf(commandId);
    return settleVisit(ports, { ...command, stepId: transferId }, transferId, asRead);
  }
  return carryOut(
    ports,
    command,
    async (facts, found) => {
      if (!waitsForAWord(facts.request.state)) return refused('not_awaiting_confirmation');
      if (outcome === 'did_not_happen') {
        const complaint = { kind: 'did_not_happen', words: words ?? DID_NOT_HAPPEN, by: 'receiver' } as const;
        return disputeDecision(ports, { ...command, stepId: commandId }, facts, found, complaint);
      }
      const plan = planCalledInVain(facts, command, words);
      return plan.kind === 'refused' ? plan : together(plan.value, []);
    },
    asRead,
  );
};
