/**
 * A volunteer takes an open request. Of two who take it in the same moment, one has it; where two go, both have it, and
 * of three two.
 */
import { noteVisit } from '@time-bank/care/diary';
import { tell } from '@time-bank/care/notice';
import { remindersOf } from '@time-bank/care/reminders';
import {
  type Command,
  type RequestFacts,
  type RequestRecord,
  type Step,
  volunteersOf,
} from '@time-bank/care/request';
import { planAccept } from '@time-bank/care/visit';
import type { MemberId, VisitId } from '@time-bank/contracts/ids';
import { type Outcome, refused } from '@time-bank/contracts/refusals';
import type { AcceptRequest, Receipt } from '@time-bank/contracts/request';
import type { NotReady } from '@time-bank/contracts/volunteering';
import type { Grant } from '@time-bank/identity/grant';
import { whyNot } from '@time-bank/matching/eligible';
import { carryOut, together } from './carry-out.ts';
import { commandOf } from './command.ts';
import { policyOfRecord, reachOf } from './policy-of.ts';
import { areKin } from './kin-of.ts';
import type { Change, Ports } from './ports.ts';
import { notReadyFor } from './readiness.ts';
import { tellPeople } from './tell-steps.ts';
import { volunteerFacts, visitWanted } from './volunteer-facts.ts';

/** What stops a volunteer, as they may know it: that an elder does not want them is not told. */
const toldReasons = (notReady: readonly NotReady[]): NotReady[] =>
  notReady.filter((reason) => reason !== 'do_not_pair');

/** A kind word to everybody else who was asked, once nobody is looked for any more. */
const toldTaken = (request: RequestRecord, volunteerId: MemberId, { receipt }: Step): Change[] => {
  const taken = [volunteerId, ...volunteersOf(request)];
  const others = (request.asked?.to ?? []).filter((asked) => !taken.includes(asked));
  if (receipt.state !== 'accepted' || others.length === 0) return [];
  const { requestId, plannedStartAt } = request;
  return [
    tell(receipt.visitId ?? requestId, {
      kind: 'already_taken',
      to: { people: others },
      about: { requestId },
      at: receipt.at,
      until: plannedStartAt,
    }),
  ];
};

/** What an acceptance needs. */
export type AcceptWork = Pick<
  Ports,
  'clock' | 'journal' | 'careBook' | 'people' | 'policies' | 'personFiles'
>;

/**
 * A volunteer takes an open request on their own word.
 * Refuses: unknown_request, exists_with_different_content, not_ready_to_serve, request_not_open, own_request,
 * not_eligible, overlapping_visit, unknown_policy_version, busy_try_again.
 */
export const acceptRequest = (
  ports: AcceptWork,
  permit: Grant<'accept_request'>,
  asRead: RequestFacts,
  body: AcceptRequest,
): Promise<Outcome<Receipt>> => {
  const command = commandOf(ports, permit, body.visitId, [asRead.request.requestId, body]);
  return takeOn(ports, command, { visitId: body.visitId, volunteerId: permit.actor.memberId }, asRead);
};

/**
 * A volunteer takes an open request, or is given it by a plan that a coordinator sends: the same rules hold. `more`: who
 * is told of it beside everybody. Refuses: as `acceptRequest`.
 */
export const takeOn = (
  ports: AcceptWork,
  command: Command,
  { visitId, volunteerId }: { visitId: VisitId; volunteerId: MemberId },
  asRead: RequestFacts,
  more: readonly Change[] = [],
): Promise<Outcome<Receipt>> => {
  const { requestId } = asRead.request;
  return carryOut(
    ports,
    { ...command, requestId },
    async (facts) => {
      const { request } = facts;
      const policy = await policyOfRecord(ports, request);
      if (policy.kind === 'refused') return policy;
      const [people, diary, isKin] = await Promise.all([
        ports.people.readMembers([volunteerId, request.receiverId]),
        ports.careBook.readDiaryNow(volunteerId),
        areKin(ports, request.receiverId, volunteerId),
      ]);
      const volunteer = people.get(volunteerId);
      if (volunteer === undefined) return refused('not_eligible');
      // Taken a moment ago by the same volunteer, a visit does not stand in its own way: the write finds out.
      const others = diary.entries.filter((entry) => entry.requestId !== requestId);
      const pair = { volunteer, receiver: people.get(request.receiverId) };
      const notReady = notReadyFor(policy.value, request, pair, others);
      const reasons = toldReasons(notReady);
      if (reasons.length > 0) return refused('not_ready_to_serve', { reasons });
      const step = planAccept(policy.value, facts, command, { visitId, volunteerId });
      if (step.kind === 'refused') return step;
      const facing = volunteerFacts(volunteer, request, {
        bookings: others,
        visitsToReceiver: 0,
        isKin,
        notReady,
      });
      const reason = whyNot(
        reachOf(policy.value, request),
        visitWanted(policy.value, request, pair.receiver),
        facing,
      );
      if (reason === 'overlapping') return refused('overlapping_visit');
      if (reason !== undefined) return refused('not_eligible');
      const { plannedStartAt, plannedMinutes } = request;
      return together(step.value, [
        noteVisit(diary, { requestId, plannedStartAt, plannedMinutes }, command.at),
        ...toldTaken(request, volunteerId, step.value),
        ...(step.value.receipt.state === 'accepted'
          ? [
              ...tellPeople(command, request, 'person_found', [request.receiverId]),
              ...remindersOf(request, {
                visitId,
                at: command.at,
                people: [request.receiverId, ...volunteersOf(request), volunteerId],
              }),
            ]
          : []),
        ...more,
      ]);
    },
    asRead,
  );
};
