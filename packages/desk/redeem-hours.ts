/**
 * A member asks for help of their own, or a helper or staff in their name; the planned minutes, at the rate of the
 * service, are held at once. What bears a risk is looked at by the staff before it is published. What a helper spends is counted on their binding in the same write.
 */
import { planPut } from '@time-bank/care/request';
import { reviewDueAt } from '@time-bank/care/review';
import { type MemberId, accountOf, holdOf } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { type Outcome, type Planned, done, refused } from '@time-bank/contracts/refusals';
import type { Receipt, RedeemHours } from '@time-bank/contracts/request';
import { type Instant, ageOn, civilDateOf, plusMinutes } from '@time-bank/contracts/time';
import { spendingOf } from '@time-bank/identity/binding';
import type { Grant } from '@time-bank/identity/grant';
import { planHold } from '@time-bank/ledger/hold';
import { sightOf } from '@time-bank/ledger/sight';
import { redeemAgeFor } from '@time-bank/policy/may-redeem';
import { type Policy, dueMinutes } from '@time-bank/policy/policy';
import { ledgerFingerprint, publish, together } from './carry-out.ts';
import { commandOf, movementFacts } from './command.ts';
import { tagsOn } from './elder-file.ts';
import { lapseHolds } from './lapse-holds.ts';
import { ownAuthority } from './member-order.ts';
import { policyNow } from './policy-of.ts';
import type { Change, Ports } from './ports.ts';
import { needsReview, orderFor } from './order-for.ts';
import type { PriorityLeaf } from './person-leaf.ts';
import { priorityOf, usePriority } from './priority.ts';
import { tellDesk } from './tell-steps.ts';

/** True where a person of this age may redeem hours; in hardship by the age of hardship. */
export const mayRedeem = (
  policy: Policy,
  member: Pick<Member, 'birthDate' | 'elderFile'>,
  now: Instant,
): boolean => {
  const today = civilDateOf(now);
  const isInHardship = tagsOn(member, today).includes('hardship');
  return ageOn(member.birthDate, today) >= redeemAgeFor(policy, isInHardship);
};

/** What is counted on the binding of a helper who spends; nothing for everybody else. Refuses: binding_not_open. */
const spendingBy = async (
  ports: Pick<Ports, 'personFiles'>,
  { via }: Grant<'redeem_hours' | 'spend_for_elder'>,
  { elderId, amountMinutes, at }: { elderId: MemberId; amountMinutes: number; at: Instant },
): Promise<Planned<Change[]>> => {
  if (via.bindingId === undefined) return done([]);
  const binding = await ports.personFiles.readNow('binding', elderId, via.bindingId);
  if (binding === undefined) return refused('binding_not_open');
  return done([spendingOf(binding, { bindingId: via.bindingId, amountMinutes, on: civilDateOf(at) })]);
};

/**
 * Redeems hours for a request of one's own, or of whom the grant is over. Hours that a lapsed hold still binds are
 * freed first where they are needed.
 * Refuses: session_ended, exists_with_different_content, id_too_old, id_from_the_future, binding_not_open,
 * helper_limit_reached, unknown_account, starts_in_past, starts_too_late, service_not_offered, service_not_suited,
 * outside_service_hours, minutes_out_of_bounds, too_young_to_redeem, donate_only_account, account_frozen, account_closed, too_many_holds,
 * insufficient_hours, busy_try_again.
 */
export const redeemHours = async (
  ports: Pick<Ports, 'clock' | 'journal' | 'careBook' | 'people' | 'policies' | 'personFiles'>,
  permit: Grant<'redeem_hours' | 'spend_for_elder'>,
  body: RedeemHours,
): Promise<Outcome<Receipt>> => {
  const memberId = body.forWhom?.memberId ?? permit.actor.memberId;
  const command = commandOf(ports, permit, body.requestId, body, body.forWhom);
  const home = { accountId: accountOf(memberId), transferId: holdOf(body.requestId) };
  let token: PriorityLeaf | undefined;
  const outcome = await publish(ports, { ...command, requestId: body.requestId, home }, async (found) => {
    const member = await ports.people.readMember(memberId);
    if (member === undefined) return refused('unknown_account');
    const policy = await policyNow(ports, member.communityCode);
    const ordered = orderFor(policy, member, body, command.at);
    if (ordered.kind === 'refused') return ordered;
    if (!mayRedeem(policy, member, command.at)) return refused('too_young_to_redeem');
    const { wanted, traits } = ordered.value;
    const amountMinutes = dueMinutes(policy, wanted);
    const sight = sightOf(found.heads, home.accountId);
    const held = planHold(
      {
        ...home,
        policy,
        authority: ownAuthority(permit, memberId),
        amountMinutes,
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
    token = await priorityOf(ports, memberId);
    const kept = {
      ...wanted,
      postedBy: permit.actor.memberId,
      hold: held.value.hold,
      ...(token === undefined ? {} : { priority: 1 }),
    };
    const facts = { transferId: home.transferId, heldMinutes: amountMinutes };
    const step = needsReview(traits)
      ? planPut(command, { ...kept, dueAt: reviewDueAt(wanted, command.at) }, 'submitted', facts)
      : planPut(command, kept, 'published', facts);
    const told = needsReview(traits) ? [tellDesk(command, wanted, 'review_waiting')] : [];
    const spent = { elderId: memberId, amountMinutes, at: command.at };
    const spending = await spendingBy(ports, permit, spent);
    if (spending.kind === 'refused') return spending;
    return together(step, [...held.value.changes, ...spending.value, ...told]);
  });
  if (outcome.kind === 'done') await usePriority(ports, token, body.requestId);
  return outcome;
};
