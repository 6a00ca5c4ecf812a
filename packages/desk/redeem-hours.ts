/** A member asks for help of their own; the planned minutes are held when the request is published. */
import { planPublish } from '@time-bank/care/request';
import { accountOf, holdOf } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { type Outcome, refused } from '@time-bank/contracts/refusals';
import type { Receipt, RedeemHours } from '@time-bank/contracts/request';
import { type Instant, ageOn, civilDateOf, plusMinutes } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import { planHold } from '@time-bank/ledger/hold';
import { sightOf } from '@time-bank/ledger/sight';
import type { Policy } from '@time-bank/policy/policy';
import { ledgerFingerprint, publish, together } from './carry-out.ts';
import { commandOf, movementFacts } from './command.ts';
import { lapseHolds } from './lapse-holds.ts';
import { policyNow } from './policy-of.ts';
import type { Ports } from './ports.ts';
import { checkStart, wantedOf } from './post-request.ts';

/** True where a person of this age may redeem hours. */
export const mayRedeem = (policy: Policy, member: Pick<Member, 'birthDate'>, now: Instant): boolean =>
  ageOn(member.birthDate, civilDateOf(now)) >= policy.redeemAgeYears;

/**
 * Redeems hours for a request of one's own. Hours that a lapsed hold still binds are freed first where they are
 * needed.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, unknown_account, starts_in_past,
 * starts_too_late, too_young_to_redeem, donate_only_account, account_frozen, account_closed, too_many_holds,
 * insufficient_hours, busy_try_again.
 */
export const redeemHours = (
  ports: Pick<Ports, 'clock' | 'journal' | 'careBook' | 'people' | 'policies'>,
  permit: Grant<'redeem_hours'>,
  body: RedeemHours,
): Promise<Outcome<Receipt>> => {
  const { memberId } = permit.actor;
  const command = commandOf(ports, permit, body.requestId, body);
  const home = { accountId: accountOf(memberId), transferId: holdOf(body.requestId) };
  return publish(ports, { ...command, requestId: body.requestId, home }, async (found) => {
    const member = await ports.people.readMember(memberId);
    if (member === undefined) return refused('unknown_account');
    const policy = await policyNow(ports, member.communityCode);
    const start = checkStart(policy, body.plannedStartAt, command.at);
    if (start.kind === 'refused') return start;
    if (!mayRedeem(policy, member, command.at)) return refused('too_young_to_redeem');
    const wanted = wantedOf(body, member, policy);
    const sight = sightOf(found.heads, home.accountId);
    const held = planHold(
      {
        ...home,
        policy,
        amountMinutes: body.plannedMinutes,
        lapsesAt: plusMinutes(wanted.plannedStartAt, body.plannedMinutes + policy.holdDaysMax * 24 * 60),
        facts: movementFacts(command, wanted, 'set_aside'),
        fingerprint: ledgerFingerprint(command.fingerprint),
      },
      sight,
    );
    if (held.kind === 'refused') {
      const isFreed =
        typeof sight === 'object' &&
        ['insufficient_hours', 'too_many_holds'].includes(held.refusal.code) &&
        (await lapseHolds(ports, sight)) > 0;
      return isFreed ? { kind: 'look', accountId: home.accountId } : held;
    }
    const step = planPublish(
      command,
      { ...wanted, postedBy: memberId, hold: held.value.hold },
      { transferId: home.transferId, heldMinutes: body.plannedMinutes },
    );
    return together(step, held.value.changes);
  });
};
