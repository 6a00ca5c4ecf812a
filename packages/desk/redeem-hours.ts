/** A member asks for help of their own; the planned minutes are held when the request is published. */
import { planPublish } from '@time-bank/care/request';
import { accountOf, holdOf } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { type Outcome, refused } from '@time-bank/contracts/refusals';
import { countyOf } from '@time-bank/contracts/region';
import type { Receipt, RedeemHours } from '@time-bank/contracts/request';
import { type Instant, ageOn, civilDateOf } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import { planHold } from '@time-bank/ledger/movement';
import { type Policy, policyFor } from '@time-bank/policy/policy';
import { publish, together } from './carry-out.ts';
import { commandOf, movementFacts } from './command.ts';
import type { Ports } from './ports.ts';
import { checkStart, wantedOf } from './post-request.ts';

/** True where a person of this age may redeem hours. */
export const mayRedeem = (policy: Policy, member: Pick<Member, 'birthDate'>, now: Instant): boolean =>
  ageOn(member.birthDate, civilDateOf(now)) >= policy.redeemAgeYears;

/**
 * Redeems hours for a request of one's own.
 * Refuses: exists_with_different_content, unknown_account, starts_in_past, starts_too_late, too_young_to_redeem,
 * insufficient_hours, busy_try_again.
 */
export const redeemHours = (
  ports: Pick<Ports, 'clock' | 'journal' | 'careBook' | 'people'>,
  permit: Grant<'redeem_hours'>,
  body: RedeemHours,
): Promise<Outcome<Receipt>> => {
  const { memberId } = permit.actor;
  const command = commandOf(ports, permit, body.requestId, body);
  return publish(ports, { ...command, requestId: body.requestId }, async () => {
    const member = await ports.people.readMember(memberId);
    if (member === undefined) return refused('unknown_account');
    const policy = policyFor(countyOf(member.communityCode));
    const start = checkStart(policy, body.plannedStartAt, command.at);
    if (start.kind === 'refused') return start;
    if (!mayRedeem(policy, member, command.at)) return refused('too_young_to_redeem');
    const holdId = holdOf(body.requestId);
    const wanted = wantedOf(body, member, policy);
    const hold = planHold({
      head: await ports.journal.readAccountNow(accountOf(memberId)),
      transferId: holdId,
      amountMinutes: body.plannedMinutes,
      facts: movementFacts(command, wanted, 'set aside for a request'),
    });
    if (hold.kind === 'refused') return hold;
    const step = planPublish(
      command,
      { ...wanted, postedBy: memberId, holdId },
      { transferId: holdId, heldMinutes: body.plannedMinutes },
    );
    return together(step, hold.value);
  });
};
