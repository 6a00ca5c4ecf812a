/**
 * A visit as it is made: accepted, begun, ended (`presence.ts`), confirmed. Source: README "Visits".
 */
import type { MemberId, TransferId, VisitId } from '@time-bank/contracts/ids';
import { type Planned, done, refused } from '@time-bank/contracts/refusals';
import { type Instant, msOf, plusMinutes } from '@time-bank/contracts/time';
import { type Policy, creditedMinutes, paysForBoth, ratedMinutes } from '@time-bank/policy/policy';
import {
  type CareChange,
  type Command,
  type RequestFacts,
  type Step,
  type VisitRecord,
  moved,
  partsOf,
} from './request.ts';
import { waitsForAWord } from './life.ts';

/** Until when the volunteer can check in; who has not come by then has not come. */
export const lastCheckInAt = (policy: Policy, request: RequestFacts['request']): Instant =>
  plusMinutes(request.plannedStartAt, policy.checkInLateMinutes);

/** When a visit that began at `at` should long have ended: its planned time and what may be served beyond it. */
export const overdueAt = (policy: Policy, request: RequestFacts['request'], at: Instant): Instant =>
  plusMinutes(at, request.plannedMinutes + policy.overPlanToleranceMinutes);

const joined = (
  { requestId, plannedStartAt }: RequestFacts['request'],
  { visitId, volunteerId }: { visitId: VisitId; volunteerId: MemberId },
  acceptedAt: Instant,
): VisitRecord => ({
  visitId,
  state: 'joined',
  requestId,
  volunteerId,
  plannedStartAt,
  acceptedAt,
  wrongCodes: 0,
});

/**
 * When the schedule first looks at a visit that was taken at `at`: when whoever receives it has agreed by silence, where
 * the region has it so; else when nobody can check in any more.
 */
export const lookAt = (policy: Policy, request: RequestFacts['request'], at: Instant): Instant => {
  const last = lastCheckInAt(policy, request);
  if (policy.personAgreedHours === 0) return last;
  const agreed = plusMinutes(at, policy.personAgreedHours * 60);
  return msOf(agreed) < msOf(last) ? agreed : last;
};

/**
 * A volunteer takes an open request before it is overdue. Where two go, it is taken when both have said yes, and stays
 * open for the second one until then.
 * Refuses: request_not_open, own_request.
 */
export const planAccept = (
  policy: Policy,
  facts: RequestFacts,
  command: Command,
  part: { visitId: VisitId; volunteerId: MemberId },
): Planned<Step> => {
  const { visitId, volunteerId } = part;
  const { request } = facts;
  const overdueAt = plusMinutes(request.plannedStartAt, policy.unfilledAfterMinutes);
  if (request.state !== 'published' || msOf(command.at) > msOf(overdueAt)) return refused('request_not_open');
  if (request.volunteerId === volunteerId) return refused('request_not_open');
  if (request.receiverId === volunteerId) return refused('own_request');
  const isSecond = request.volunteerId !== undefined;
  const isWhole = isSecond || request.persons !== 2;
  const { change, receipt } = moved(
    request,
    {
      command,
      to: isWhole ? 'accepted' : 'published',
      facts: { visitId },
      ...(isWhole ? { dueAt: lookAt(policy, request, command.at) } : {}),
    },
    isSecond ? { secondId: volunteerId, secondVisitId: visitId } : { volunteerId, visitId },
    isWhole ? ['asked'] : [],
  );
  return done({
    changes: [change, { change: 'put_visit', visit: joined(request, part, command.at) }],
    receipt,
  });
};

/** The parts that were served, the one that is paid for first. */
export const servedParts = (facts: RequestFacts): (VisitRecord & { servedMinutes: number })[] =>
  partsOf(facts).flatMap((part) =>
    part.servedMinutes === undefined ? [] : [{ ...part, servedMinutes: part.servedMinutes }],
  );

/** What one volunteer is credited. */
export interface PartCredit {
  visitId: VisitId;
  volunteerId: MemberId;
  creditedMinutes: number;
  checkedInAt?: Instant | undefined;
}

/**
 * A confirmed visit: what it credits, and to whom. `second`: what whoever went along is credited, and by whom it is
 * paid: by the receiver where the region charges for each, else by the community.
 */
export interface Settlement extends Step, PartCredit {
  second?: PartCredit & { isPaidByReceiver: boolean };
}

/** What was served, at the rate of the service. Whole minutes. */
const countedMinutes = (
  policy: Policy,
  { plannedMinutes, serviceCode }: RequestFacts['request'],
  served: number,
) => ratedMinutes(policy, serviceCode, creditedMinutes(policy, served, plannedMinutes));

const creditTo = (part: VisitRecord, creditedMinutes: number): PartCredit => ({
  visitId: part.visitId,
  volunteerId: part.volunteerId,
  creditedMinutes,
  checkedInAt: part.checkedInAt,
});

const credited = (part: VisitRecord, creditedMinutes: number): CareChange => ({
  change: 'move_visit',
  visit: { ...part, state: 'credited', creditedMinutes },
});

/**
 * The elder's side says that the visit took place, or a decision in a dispute does. A visit paid with held hours credits
 * at most what was held; where they are held for both who went, each at most half. Of two who went, each is credited
 * what they served. Refuses: not_awaiting_confirmation.
 */
export const planConfirm = (
  policy: Policy,
  facts: RequestFacts,
  command: Command,
  transfer: { transferId: TransferId; heldMinutes?: number | undefined },
): Planned<Settlement> => {
  const { request } = facts;
  const [first, second] = servedParts(facts);
  const mayCount = waitsForAWord(request.state) || request.state === 'disputed';
  if (!mayCount || first === undefined) return refused('not_awaiting_confirmation');
  const { transferId, heldMinutes } = transfer;
  const isForBoth = heldMinutes !== undefined && paysForBoth(policy, request);
  const mostMinutes = (heldMinutes ?? Infinity) / (isForBoth ? 2 : 1);
  const minutes = Math.min(countedMinutes(policy, request, first.servedMinutes), mostMinutes);
  const countedAlong = second === undefined ? 0 : countedMinutes(policy, request, second.servedMinutes);
  const along = isForBoth ? Math.min(countedAlong, mostMinutes) : countedAlong;
  const { change, receipt } = moved(request, {
    command,
    to: 'settled',
    dueAt: plusMinutes(command.at, policy.ratingInviteDays * 24 * 60),
    facts: {
      visitId: first.visitId,
      transferId,
      servedMinutes: first.servedMinutes,
      creditedMinutes: minutes,
      ...(heldMinutes === undefined
        ? {}
        : { releasedMinutes: heldMinutes - minutes - (isForBoth ? along : 0) }),
    },
  });
  const step = { changes: [change, credited(first, minutes)], receipt, ...creditTo(first, minutes) };
  if (second === undefined) return done(step);
  return done({
    ...step,
    changes: [...step.changes, credited(second, along)],
    second: { ...creditTo(second, along), isPaidByReceiver: isForBoth },
  });
};
