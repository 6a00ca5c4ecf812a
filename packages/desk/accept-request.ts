/** A volunteer takes an open request. Of two who take it in the same moment, one has it. */
import { noteVisit } from '@time-bank/care/diary';
import type { RequestFacts } from '@time-bank/care/request';
import { planAccept } from '@time-bank/care/visit';
import { type Outcome, refused } from '@time-bank/contracts/refusals';
import type { AcceptRequest, Receipt } from '@time-bank/contracts/request';
import type { Grant } from '@time-bank/identity/grant';
import { whyNot } from '@time-bank/matching/candidates';
import { carryOut, together } from './carry-out.ts';
import { commandOf } from './command.ts';
import { policyOfRecord } from './policy-of.ts';
import type { Ports } from './ports.ts';
import { volunteerFacts } from './volunteer-facts.ts';

/**
 * Refuses: unknown_request, exists_with_different_content, request_not_open, own_request, not_eligible,
 * overlapping_visit, unknown_policy_version, busy_try_again.
 */
export const acceptRequest = (
  ports: Pick<Ports, 'clock' | 'journal' | 'careBook' | 'people' | 'policies'>,
  permit: Grant<'accept_request'>,
  asRead: RequestFacts,
  body: AcceptRequest,
): Promise<Outcome<Receipt>> => {
  const volunteerId = permit.actor.memberId;
  const { requestId } = asRead.request;
  const command = commandOf(ports, permit, body.visitId, [requestId, body]);
  return carryOut(
    ports,
    { ...command, requestId },
    async (facts) => {
      const { request } = facts;
      const policy = await policyOfRecord(ports, request);
      if (policy.kind === 'refused') return policy;
      const step = planAccept(policy.value, facts, command, { visitId: body.visitId, volunteerId });
      if (step.kind === 'refused') return step;
      const [volunteer, diary] = await Promise.all([
        ports.people.readMember(volunteerId),
        ports.careBook.readDiaryNow(volunteerId),
      ]);
      if (volunteer === undefined) return refused('not_eligible');
      // Taken a moment ago by the same volunteer, a visit does not stand in its own way: the write finds out.
      const others = diary.entries.filter((entry) => entry.requestId !== requestId);
      const reason = whyNot(policy.value, request, volunteerFacts(volunteer, others, 0));
      if (reason === 'overlapping') return refused('overlapping_visit');
      if (reason !== undefined) return refused('not_eligible');
      const { plannedStartAt, plannedMinutes } = request;
      return together(step.value, [
        noteVisit(diary, { requestId, plannedStartAt, plannedMinutes }, command.at),
      ]);
    },
    asRead,
  );
};
