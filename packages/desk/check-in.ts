/** The volunteer begins the visit with the six digits or the QR of the elder's card. */
import type { RequestFacts } from '@time-bank/care/request';
import { planCheckIn } from '@time-bank/care/visit';
import { CardToken } from '@time-bank/contracts/card-proof';
import type { Member } from '@time-bank/contracts/member';
import type { Outcome } from '@time-bank/contracts/refusals';
import type { CheckIn, Receipt } from '@time-bank/contracts/request';
import type { Grant } from '@time-bank/identity/grant';
import type { TokenKeys } from '@time-bank/identity/token';
import { isGoodToken } from './card-check.ts';
import { carryOut, together } from './carry-out.ts';
import { commandOf } from './command.ts';
import { policyOfRecord } from './policy-of.ts';
import type { Ports } from './ports.ts';

/** What the card has where the entered stands: the digits; of a QR the same, where it is the one of a good card. */
const codeOn = async (
  { keys, ...ports }: Pick<Ports, 'personFiles'> & { keys: TokenKeys | undefined },
  receiver: Member,
  entered: CheckIn['code'],
): Promise<string | undefined> => {
  const token = CardToken.safeParse(entered);
  if (!token.success) return receiver.visitCode;
  const isGood = keys !== undefined && (await isGoodToken({ ...ports, keys }, receiver, token.data));
  return isGood ? token.data : undefined;
};

/**
 * Begins the visit. `keys`: without them no QR is good.
 * Refuses: unknown_request, exists_with_different_content, not_accepted, too_early_to_check_in,
 * too_late_to_check_in, visit_code_locked, visit_code_incorrect, unknown_policy_version, busy_try_again.
 */
export const checkIn = (
  ports: Pick<Ports, 'clock' | 'journal' | 'careBook' | 'people' | 'policies' | 'personFiles'>,
  permit: Grant<'check_in'>,
  asRead: RequestFacts,
  body: CheckIn,
  keys?: TokenKeys,
): Promise<Outcome<Receipt>> => {
  const { requestId } = asRead.request;
  const command = commandOf(ports, permit, body.commandId, [requestId, body]);
  return carryOut(
    ports,
    { ...command, requestId },
    async (facts) => {
      const [policy, receiver] = await Promise.all([
        policyOfRecord(ports, facts.request),
        ports.people.readMember(facts.request.receiverId),
      ]);
      if (policy.kind === 'refused') return policy;
      const plan = planCheckIn(policy.value, facts, command, {
        entered: body.code,
        onCard: receiver === undefined ? undefined : await codeOn({ ...ports, keys }, receiver, body.code),
      });
      if (plan.kind === 'wrong_code') {
        return { kind: 'refused', refusal: plan.wrong.refusal, write: plan.wrong.changes };
      }
      return plan.kind === 'refused' ? plan : together(plan.value, []);
    },
    asRead,
  );
};
