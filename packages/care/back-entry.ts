/**
 * A visit that is entered afterwards, from paper: somebody enters it, another one says yes, and the hotline asks the
 * elder before it counts. It goes through every state of a visit and leaves the ordinary way of confirmation to the
 * end, so that nothing is credited by a way of its own. Source: README "From paper"; R-09.
 */
import type { CommandId, MemberId, VisitId } from '@time-bank/contracts/ids';
import { type Instant, msOf, plusMinutes } from '@time-bank/contracts/time';
import type { CareChange, Command, RequestRecord, Step, VisitRecord } from './request.ts';
import { moved, planPut } from './request.ts';
import { tell } from './notice.ts';

/** A stretch of time, the end not included. */
export interface Stretch {
  startedAt: Instant;
  minutes: number;
}

/** True where two stretches share a moment. */
export const overlap = (one: Stretch, other: Stretch): boolean =>
  msOf(one.startedAt) < msOf(plusMinutes(other.startedAt, other.minutes)) &&
  msOf(other.startedAt) < msOf(plusMinutes(one.startedAt, one.minutes));

/** The wait until the hotline is reminded. */
const FIRST_WORD_MINUTES = 24 * 60;

/** What is entered. `steps`: ids of the steps that are written at once, in their order. */
export interface EnteredVisit {
  wanted: Parameters<typeof planPut>[1];
  visitId: VisitId;
  volunteerId: MemberId;
  enteredBy: MemberId;
  steps: readonly [CommandId, CommandId, CommandId, CommandId];
}

const recordOf = (change: CareChange | undefined): RequestRecord => {
  if (change?.change !== 'put_request' && change?.change !== 'move_request')
    throw new Error('a request is written');
  return change.request;
};

/** The visit with all its steps, waiting for the hotline. */
export const planEnteredVisit = (command: Command, entered: EnteredVisit): Step => {
  const { wanted, visitId, volunteerId, enteredBy, steps } = entered;
  const { plannedStartAt: startedAt, plannedMinutes: servedMinutes, requestId, communityCode } = wanted;
  const put = planPut(command, wanted, 'published');
  let request = recordOf(put.changes[0]);
  const taken = { volunteerId, visitId };
  const facts = { visitId, servedMinutes };
  const [accept, begin, end, call] = steps;
  const stepsThen = [
    { stepId: accept, to: 'accepted', facts: { visitId } },
    { stepId: begin, to: 'in_service', facts: { visitId } },
    { stepId: end, to: 'pending_confirm', facts },
    { stepId: call, to: 'callback', facts },
  ] as const;
  for (const { stepId, to, facts: told } of stepsThen) {
    request = recordOf(moved(request, { command: { ...command, stepId }, to, facts: told }, taken).change);
  }
  const visit: VisitRecord = {
    visitId,
    state: 'checked_out',
    requestId,
    volunteerId,
    plannedStartAt: startedAt,
    acceptedAt: command.at,
    checkedInAt: startedAt,
    checkedOutAt: plusMinutes(startedAt, servedMinutes),
    servedMinutes,
    enteredBy,
    wrongCodes: 0,
  };
  const whole: RequestRecord = {
    ...request,
    version: 1,
    dueAt: plusMinutes(command.at, FIRST_WORD_MINUTES),
    callbackReasons: ['back_entry'],
  };
  const word = tell(command.stepId, {
    kind: 'call_back_waiting',
    to: { deskOf: communityCode },
    about: { requestId },
    at: command.at,
  });
  return {
    changes: [{ change: 'put_request', request: whole }, { change: 'put_visit', visit }, word],
    receipt: { requestId, state: 'callback', at: command.at, ...facts },
  };
};
