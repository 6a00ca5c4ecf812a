/**
 * Staff, or a helper for their elder, ask for help for an elder. The community pays. What only a professional makes is
 * never offered to volunteers: it waits for the desk to send a provider.
 */
import { isForProviders } from '@time-bank/care/catalogue';
import { type Command, planPut } from '@time-bank/care/request';
import { reviewDueAt } from '@time-bank/care/review';
import type { Member } from '@time-bank/contracts/member';
import { type Outcome, refused } from '@time-bank/contracts/refusals';
import type { PostRequest, Receipt } from '@time-bank/contracts/request';
import type { Grant } from '@time-bank/identity/grant';
import { publish, together } from './carry-out.ts';
import { commandOf } from './command.ts';
import { careFor } from './order-for.ts';
import type { PriorityLeaf } from './person-leaf.ts';
import { isHomeVisitDue } from './phone-visits.ts';
import { policyNow } from './policy-of.ts';
import type { Ports } from './ports.ts';
import { priorityOf, usePriority } from './priority.ts';
import { tellDesk } from './tell-steps.ts';

/**
 * Posts the request. The grant is over the receiver's community, or over the card that asks for it.
 * Refuses: exists_with_different_content, starts_in_past, starts_too_late, not_receiving_care, service_not_offered,
 * service_not_suited, outside_service_hours, minutes_out_of_bounds, home_visit_due, busy_try_again.
 */
export const postRequest = async (
  ports: Pick<Ports, 'clock' | 'journal' | 'careBook' | 'policies' | 'personFiles'>,
  permit: Grant<'post_request' | 'order_for_elder' | 'dispatch_linkage'>,
  receiver: Member,
  body: PostRequest,
): Promise<Outcome<Receipt>> => {
  const command: Command = commandOf(ports, permit, body.requestId, body, body.forWhom);
  let token: PriorityLeaf | undefined;
  const outcome = await publish(ports, { ...command, requestId: body.requestId }, async () => {
    const policy = await policyNow(ports, receiver.communityCode);
    const ordered = careFor(policy, receiver, body, command.at);
    if (ordered.kind === 'refused') return ordered;
    if (await isHomeVisitDue(ports, policy, body)) return refused('home_visit_due');
    token = await priorityOf(ports, receiver.memberId);
    const wanted = {
      ...ordered.value.wanted,
      postedBy: permit.actor.memberId,
      ...(token === undefined ? {} : { priority: 1 }),
    };
    if (!isForProviders(ordered.value.traits)) return together(planPut(command, wanted, 'published'), []);
    const waiting = { ...wanted, dueAt: reviewDueAt(wanted, command.at) };
    return together(planPut(command, waiting, 'submitted'), [tellDesk(command, wanted, 'review_waiting')]);
  });
  if (outcome.kind === 'done') await usePriority(ports, token, body.requestId);
  return outcome;
};
