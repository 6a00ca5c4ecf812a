/** A volunteer takes an open request. Of two who take it in the same moment, one has it. */
import { noteVisit } from '@time-bank/care/diary';
import type { RequestFacts } from '@time-bank/care/request';
import { planAccept } from '@time-bank/care/visit';
import { type Outcome, refused } from '@time-bank/contracts/refusals';
import type { AcceptRequest, Receipt } from '@time-bank/contracts/request';
import type { NotReady } from '@time-bank/contracts/volunteering';
import type { Grant } from '@time-bank/identity/grant';
import { whyNot } from '@time-bank/matching/candidates';
import { carryOut, together } from './carry-out.ts';
import { commandOf } from './command.ts';
import { policyOfRecord } from './policy-of.ts';
import type { Ports } from './ports.ts';
import { notReadyFor } from './readiness.ts';
import { volunteerFacts } from './volunteer-facts.ts';

/** What stops a volunteer, as they may know it: that an elder does not want them is not told. */
const toldReasons = (notReady: readonly NotReady[]): NotReady[] =>
  notReady.filter((reason) => reason !== 'do_not_pair');

/**
 * Refuses: unknown_request, exists_with_different_content, not_ready_to_serve, request_not_open, own_request,
 * not_eligible, overlapping_visit, unknown_policy_version, busy_try_again.
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
      const [people, diary] = await Promise.all([
        ports.people.readMembers([volunteerId, request.receiverId]),
        ports.careBook.readDiaryNow(volunteerId),
      ]);
      const volunteer = people.get(volunteerId);
      if (volunteer === undefined) return refused('not_eligible');
      // Taken a moment ago by the same volunteer, a visit does not stand in its own way: the write finds out.
      const others = diary.entries.filter((entry) => entry.requestId !== requestId);
      const pair = { volunteer, receiver: people.get(request.receiverId) };
      const notReady = notReadyFor(policy.value, request, pair, others);
      const reasons = toldReasons(notReady);
      if (reasons.length > 0) return refused('not_ready_to_serve', { reasons });
      const step = planAccept(policy.value, facts, command, { visitId: body.visitId, volunteerId });
      if (step.kind === 'refused') return step;
      const reason = whyNot(policy.value, request, volunteerFacts(volunteer, others, 0, notReady));
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
