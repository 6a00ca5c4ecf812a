/** An elder, or a helper for their elder, asks for help without hours: it is a draft, or waits for the staff to look at it. */
import { planPut } from '@time-bank/care/request';
import { reviewDueAt } from '@time-bank/care/review';
import type { Member } from '@time-bank/contracts/member';
import type { Outcome } from '@time-bank/contracts/refusals';
import type { Receipt } from '@time-bank/contracts/request';
import type { AskForHelp } from '@time-bank/contracts/request-life';
import type { Grant } from '@time-bank/identity/grant';
import { publish, together } from './carry-out.ts';
import { commandOf } from './command.ts';
import { careFor } from './order-for.ts';
import type { PriorityLeaf } from './person-leaf.ts';
import { policyNow } from './policy-of.ts';
import type { Ports } from './ports.ts';
import { priorityOf, usePriority } from './priority.ts';
import { tellDesk } from './tell-steps.ts';

/**
 * Keeps what `elder` asks for. The community pays if the staff publish it.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, starts_in_past, starts_too_late,
 * not_receiving_care, service_not_offered, service_not_suited, outside_service_hours, minutes_out_of_bounds,
 * busy_try_again.
 */
export const askForHelp = async (
  ports: Pick<Ports, 'clock' | 'journal' | 'careBook' | 'policies' | 'personFiles'>,
  permit: Grant<'ask_for_help'>,
  elder: Member,
  body: AskForHelp,
): Promise<Outcome<Receipt>> => {
  const command = commandOf(ports, permit, body.requestId, body, body.forWhom);
  let token: PriorityLeaf | undefined;
  const outcome = await publish(ports, { ...command, requestId: body.requestId }, async () => {
    const policy = await policyNow(ports, elder.communityCode);
    const ordered = careFor(policy, elder, body, command.at);
    if (ordered.kind === 'refused') return ordered;
    token = await priorityOf(ports, elder.memberId);
    const wanted = {
      ...ordered.value.wanted,
      postedBy: permit.actor.memberId,
      ...(token === undefined ? {} : { priority: 1 }),
    };
    if (body.isDraft === true) return together(planPut(command, wanted, 'draft'), []);
    const waiting = { ...wanted, dueAt: reviewDueAt(wanted, command.at) };
    return together(planPut(command, waiting, 'submitted'), [tellDesk(command, wanted, 'review_waiting')]);
  });
  if (outcome.kind === 'done') await usePriority(ports, token, body.requestId);
  return outcome;
};
