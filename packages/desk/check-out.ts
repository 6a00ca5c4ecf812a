/** A volunteer ends the visit, with one more code where it needs two proofs. */
import { planCheckOut } from '@time-bank/care/presence';
import { type RequestFacts, partsOf } from '@time-bank/care/request';
import type { MemberId } from '@time-bank/contracts/ids';
import type { Outcome } from '@time-bank/contracts/refusals';
import type { CheckOut, Receipt } from '@time-bank/contracts/request';
import type { Grant } from '@time-bank/identity/grant';
import type { TokenKeys } from '@time-bank/identity/token';
import { carryOut, together } from './carry-out.ts';
import { commandOf } from './command.ts';
import { type PauseWork, pauseIfDue } from './pause-missing.ts';
import { policyOfRecord } from './policy-of.ts';
import { shownBeside, shownCode } from './shown-proofs.ts';

/** Who was to come along and had not come when the visit was over. */
const missingOf = (facts: RequestFacts, { state }: Receipt): MemberId[] =>
  state === 'in_service'
    ? []
    : partsOf(facts)
        .filter((part) => part.checkedInAt === undefined)
        .map(({ volunteerId }) => volunteerId);

/**
 * Ends the visit. `keys` as in `checkIn`.
 * Refuses: unknown_request, exists_with_different_content, card_of_another_person, visit_code_locked,
 * visit_code_incorrect, not_in_service, unknown_policy_version, busy_try_again.
 */
export const checkOut = async (
  ports: PauseWork,
  permit: Grant<'check_out'>,
  asRead: RequestFacts,
  body: CheckOut,
  keys?: TokenKeys,
): Promise<Outcome<Receipt>> => {
  const { requestId } = asRead.request;
  const command = commandOf(ports, permit, body.commandId, [requestId, body]);
  const volunteerId = permit.actor.memberId;
  const outcome = await carryOut(
    ports,
    { ...command, requestId },
    async (facts) => {
      const policy = await policyOfRecord(ports, facts.request);
      if (policy.kind === 'refused') return policy;
      const rest = await shownBeside(ports, policy.value, facts, { ...body, volunteerId });
      const shown = { ...rest, volunteerId };
      const without = planCheckOut(policy.value, facts, command, shown);
      if (without.kind !== 'done') return leftBehind(without);
      if (body.code === undefined) return together(without.value, []);
      const receiver = await ports.people.readMember(facts.request.receiverId);
      const key = await shownCode({ ...ports, keys }, facts, receiver, body.code);
      if (key.kind === 'refused') return key;
      return leftBehind(planCheckOut(policy.value, facts, command, { ...shown, key: key.value }));
    },
    asRead,
  );
  const missing = outcome.kind === 'refused' ? [] : missingOf(asRead, outcome.value);
  for (const memberId of missing) {
    const { commandId } = body;
    const part = { state: 'no_show' } as const;
    await pauseIfDue(ports, permit, { request: asRead.request, commandId, volunteerId: memberId, part });
  }
  return outcome;
};

/** What a plan is to whoever carries it out: a wrong code is refused, and counted. */
const leftBehind = (plan: ReturnType<typeof planCheckOut>) => {
  if (plan.kind === 'wrong_code') {
    return { kind: 'refused', refusal: plan.wrong.refusal, write: plan.wrong.changes } as const;
  }
  return plan.kind === 'refused' ? plan : together(plan.value, []);
};
