/**
 * Staff confirm a visit for an elder who is there with their card and PIN, or who reads the six digits of the card aloud
 * on the telephone. Wrong tries count: those of a PIN on the card, those of the digits on the visit.
 */
import { planWrongWord } from '@time-bank/care/confirm';
import type { RequestFacts } from '@time-bank/care/request';
import { waitsForAWord } from '@time-bank/care/life';
import type { ConfirmByCard } from '@time-bank/contracts/confirming';
import { accountOf } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { type Outcome, refused } from '@time-bank/contracts/refusals';
import type { Receipt } from '@time-bank/contracts/request';
import type { Grant } from '@time-bank/identity/grant';
import type { TokenKeys } from '@time-bank/identity/token';
import { checkCard } from './card-check.ts';
import { carryOut } from './carry-out.ts';
import { commandOf } from './command.ts';
import { policyOfRecord } from './policy-of.ts';
import type { Ports } from './ports.ts';
import { cardMember } from './read-by-card.ts';
import { settleVisit, settlement } from './settle-visit.ts';

type Work = Pick<Ports, 'clock' | 'journal' | 'careBook' | 'policies' | 'personFiles'> & { keys: TokenKeys };

/**
 * The grant is over the request's community. Refuses: unknown_request, exists_with_different_content, id_too_old,
 * id_from_the_future, card_locked, card_not_accepted, visit_code_locked, visit_code_incorrect,
 * not_awaiting_confirmation, unknown_policy_version, unknown_account, account_closed, hold_not_open, busy_try_again.
 */
export const confirmByCard = async (
  ports: Work,
  permit: Grant<'confirm_by_card'>,
  { facts: asRead, receiver }: { facts: RequestFacts; receiver: Member },
  { transferId, shown }: ConfirmByCard,
): Promise<Outcome<Receipt>> => {
  const { requestId } = asRead.request;
  const command = { ...commandOf(ports, permit, transferId, [requestId, transferId, shown]), requestId };
  if ('pin' in shown) {
    // Somebody else's card says nothing of this visit, and no try is counted on it.
    if (cardMember(shown) !== receiver.memberId) return refused('card_not_accepted');
    const card = await checkCard(ports, receiver, shown);
    return card.kind === 'refused' ? card : settleVisit(ports, command, transferId, asRead);
  }
  return carryOut(
    ports,
    command,
    async (facts, found) => {
      if (!waitsForAWord(facts.request.state)) return refused('not_awaiting_confirmation');
      const policy = await policyOfRecord(ports, facts.request);
      if (policy.kind === 'refused') return policy;
      const wrong = planWrongWord(policy.value, facts, command, shown.code === receiver.visitCode);
      if (wrong === undefined) return settlement(ports, command, facts, found, transferId);
      return { kind: 'refused', refusal: wrong.refusal, write: wrong.changes };
    },
    asRead,
    ({ visit }) =>
      visit === undefined ? undefined : { accountId: accountOf(visit.volunteerId), transferId },
  );
};
