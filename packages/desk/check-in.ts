/** A volunteer begins the visit with the elder's card, its QR, or a code that the elder reads aloud. */
import { planCheckIn } from '@time-bank/care/presence';
import type { RequestFacts } from '@time-bank/care/request';
import type { Outcome } from '@time-bank/contracts/refusals';
import type { CheckIn, Receipt } from '@time-bank/contracts/request';
import type { Grant } from '@time-bank/identity/grant';
import type { TokenKeys } from '@time-bank/identity/token';
import { carryOut, together } from './carry-out.ts';
import { commandOf } from './command.ts';
import { onDevice } from './on-device.ts';
import { policyOfRecord } from './policy-of.ts';
import type { Ports } from './ports.ts';
import { shownBeside, shownCode } from './shown-proofs.ts';

/**
 * Begins the visit. `keys`: without them no QR and no spoken code is good.
 * Refuses: unknown_request, exists_with_different_content, not_accepted, already_checked_in, too_early_to_check_in,
 * too_late_to_check_in, card_of_another_person, visit_code_locked, visit_code_incorrect, unknown_policy_version,
 * busy_try_again.
 */
export const checkIn = (
  ports: Pick<Ports, 'clock' | 'journal' | 'careBook' | 'people' | 'policies' | 'personFiles'>,
  permit: Grant<'check_in'>,
  asRead: RequestFacts,
  body: CheckIn,
  keys?: TokenKeys,
): Promise<Outcome<Receipt>> => {
  const { requestId } = asRead.request;
  const command = onDevice(permit, commandOf(ports, permit, body.commandId, [requestId, body]));
  const volunteerId = permit.actor.memberId;
  return carryOut(
    ports,
    { ...command, requestId },
    async (facts) => {
      const [policy, receiver] = await Promise.all([
        policyOfRecord(ports, facts.request),
        ports.people.readMember(facts.request.receiverId),
      ]);
      if (policy.kind === 'refused') return policy;
      const right = { kind: 'code', isGood: true } as const;
      const beside = { volunteerId, beside: [] };
      // Whether somebody may begin at all is said before anything is said of what they show.
      const may = planCheckIn(policy.value, facts, command, { ...beside, key: right });
      if (may.kind === 'refused') return may;
      const key = await shownCode({ ...ports, keys }, facts, receiver, body.code);
      if (key.kind === 'refused') return key;
      const rest = await shownBeside(ports, policy.value, facts, { ...body, volunteerId });
      const plan = planCheckIn(policy.value, facts, command, { ...rest, volunteerId, key: key.value });
      if (plan.kind === 'wrong_code') {
        return { kind: 'refused', refusal: plan.wrong.refusal, write: plan.wrong.changes };
      }
      return plan.kind === 'refused' ? plan : together(plan.value, []);
    },
    asRead,
  );
};
