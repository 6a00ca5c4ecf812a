/**
 * A visit as it is made: accepted, begun with the code on the elder's card, ended, confirmed. Service time runs
 * from check-in to check-out on the service's own clock; the way there is not service time.
 * Source: README "Visits".
 */
import type { MemberId, TransferId, VisitId } from '@time-bank/contracts/ids';
import { type Planned, type Refusal, done, refused } from '@time-bank/contracts/refusals';
import { msOf, plusMinutes, wholeMinutesBetween } from '@time-bank/contracts/time';
import { type Policy, creditedMinutes } from '@time-bank/policy/policy';
import {
  type CareChange,
  type Command,
  type RequestFacts,
  type Step,
  type VisitRecord,
  moved,
} from './request.ts';

/** A volunteer takes an open request before it is overdue. Refuses: request_not_open, own_request. */
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
  if (request.receiverId === volunteerId) return refused('own_request');
  const visit: VisitRecord = {
    visitId,
    requestId: request.requestId,
    volunteerId,
    plannedStartAt: request.plannedStartAt,
    acceptedAt: command.at,
    wrongCodes: 0,
  };
  const { change, receipt } = moved(
    request,
    { command, to: 'accepted', facts: { visitId } },
    { volunteerId },
  );
  return done({ changes: [change, { change: 'put_visit', visit }], receipt });
};

/** A check-in that failed on the code: the try is written down before the refusal is given. */
export interface WrongCode {
  refusal: Refusal;
  changes: CareChange[];
}

const wrongCode = (policy: Policy, facts: RequestFacts, visit: VisitRecord, command: Command): WrongCode => {
  const counted = visit.lastWrongTry === command.fingerprint;
  const wrongCodes = counted ? visit.wrongCodes : visit.wrongCodes + 1;
  const refusal: Refusal = { code: 'visit_code_incorrect', triesLeft: policy.visitCodeTriesMax - wrongCodes };
  if (counted) return { refusal, changes: [] };
  const request = { ...facts.request, version: facts.request.version + 1 };
  return {
    refusal,
    changes: [
      { change: 'move_request', fromVersion: facts.request.version, request },
      { change: 'move_visit', visit: { ...visit, wrongCodes, lastWrongTry: command.fingerprint } },
    ],
  };
};

/**
 * The volunteer stands at the door and enters the code on the elder's card.
 * Refuses: not_accepted, too_early_to_check_in, too_late_to_check_in, visit_code_locked, visit_code_incorrect.
 */
export const planCheckIn = (
  policy: Policy,
  facts: RequestFacts,
  command: Command,
  codes: { entered: string; onCard: string | undefined },
): Planned<Step> | { kind: 'wrong_code'; wrong: WrongCode } => {
  const { request, visit } = facts;
  if (request.state !== 'accepted' || visit === undefined) return refused('not_accepted');
  const at = msOf(command.at);
  if (at < msOf(plusMinutes(request.plannedStartAt, -policy.checkInEarlyMinutes)))
    return refused('too_early_to_check_in');
  if (at > msOf(plusMinutes(request.plannedStartAt, policy.checkInLateMinutes)))
    return refused('too_late_to_check_in');
  if (visit.wrongCodes >= policy.visitCodeTriesMax && visit.lastWrongTry !== command.fingerprint)
    return refused('visit_code_locked');
  if (codes.onCard === undefined || codes.entered !== codes.onCard) {
    return { kind: 'wrong_code', wrong: wrongCode(policy, facts, visit, command) };
  }
  const { change, receipt } = moved(request, {
    command,
    to: 'in_service',
    facts: { visitId: visit.visitId },
  });
  return done({
    changes: [change, { change: 'move_visit', visit: { ...visit, checkedInAt: command.at } }],
    receipt,
  });
};

/** The volunteer leaves. Refuses: not_in_service. */
export const planCheckOut = (facts: RequestFacts, command: Command): Planned<Step> => {
  const { request, visit } = facts;
  if (request.state !== 'in_service' || visit?.checkedInAt === undefined) return refused('not_in_service');
  // Two machines' clocks may differ by seconds; served time is never negative.
  const servedMinutes = Math.max(0, wholeMinutesBetween(visit.checkedInAt, command.at));
  const { change, receipt } = moved(request, {
    command,
    to: 'pending_confirm',
    facts: { visitId: visit.visitId, servedMinutes },
  });
  return done({
    changes: [change, { change: 'move_visit', visit: { ...visit, checkedOutAt: command.at, servedMinutes } }],
    receipt,
  });
};

/** A confirmed visit: what it credits, and to whom. */
export interface Settlement extends Step {
  creditedMinutes: number;
  volunteerId: VisitRecord['volunteerId'];
}

/**
 * The elder's side says that the visit took place. A visit paid with held hours credits at most what was held.
 * Refuses: not_awaiting_confirmation.
 */
export const planConfirm = (
  policy: Policy,
  facts: RequestFacts,
  command: Command,
  transfer: { transferId: TransferId; heldMinutes?: number | undefined },
): Planned<Settlement> => {
  const { request, visit } = facts;
  if (request.state !== 'pending_confirm' || visit?.servedMinutes === undefined) {
    return refused('not_awaiting_confirmation');
  }
  const counted = creditedMinutes(policy, visit.servedMinutes, request.plannedMinutes);
  const credited = transfer.heldMinutes === undefined ? counted : Math.min(counted, transfer.heldMinutes);
  const { change, receipt } = moved(request, {
    command,
    to: 'settled',
    facts: {
      visitId: visit.visitId,
      transferId: transfer.transferId,
      servedMinutes: visit.servedMinutes,
      creditedMinutes: credited,
      ...(transfer.heldMinutes === undefined ? {} : { releasedMinutes: transfer.heldMinutes - credited }),
    },
  });
  return done({
    changes: [change, { change: 'move_visit', visit: { ...visit, creditedMinutes: credited } }],
    receipt,
    creditedMinutes: credited,
    volunteerId: visit.volunteerId,
  });
};
