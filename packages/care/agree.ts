/**
 * Between taking a request and coming: the elder's side agrees to the person, or would rather have somebody else; a
 * volunteer gives it back. Who gives it back before the start is replaced; after it, nobody can be found any more.
 * Source: domain 5.2, R-45; 志愿服务条例 Art. 22.
 */
import { type Planned, done } from '@time-bank/contracts/refusals';
import { msOf } from '@time-bank/contracts/time';
import type { MemberId } from '@time-bank/contracts/ids';
import type { Policy } from '@time-bank/policy/policy';
import { isTaken } from './life.ts';
import {
  type CareChange,
  type Clearable,
  type Command,
  type RequestFacts,
  type RequestRecord,
  type Step,
  givenUp,
  moved,
  nobodysAnyMore,
  partOf,
  partsOf,
} from './request.ts';
import { lastCheckInAt } from './visit.ts';
import { wrongState } from './wrong-state.ts';

/** The elder's side agrees to whoever is to come, and to the hour. Refuses: wrong_state. */
export const planAgree = (policy: Policy, facts: RequestFacts, command: Command): Planned<Step> => {
  const { request } = facts;
  if (request.state !== 'accepted') return wrongState(request);
  const { change, receipt } = moved(
    request,
    { command, to: 'confirmed', dueAt: lastCheckInAt(policy, request) },
    {},
    ['hourOpenUntil'],
  );
  const chosen = partsOf(facts).map((part): CareChange => ({
    change: 'move_visit',
    visit: { ...part, state: 'chosen' },
  }));
  return done({ changes: [change, ...chosen], receipt });
};

/** The elder's side would rather have somebody else: all who had taken it are free. Refuses: wrong_state. */
export const planSomebodyElse = (
  facts: RequestFacts,
  command: Command,
  reason: string | undefined,
): Planned<Step> => {
  const { request } = facts;
  if (!isTaken(request.state)) return wrongState(request);
  const { change, receipt } = moved(
    request,
    { command, to: 'published', ...(reason === undefined ? {} : { reason }) },
    {},
    nobodysAnyMore,
  );
  return done({ changes: [change, ...givenUp(facts)], receipt });
};

/** Who stays where one of two gives it back. */
const withoutOne = (
  { secondId, secondVisitId }: RequestRecord,
  isFirst: boolean,
): [also: Partial<RequestRecord>, gone: readonly Clearable[]] =>
  isFirst && secondId !== undefined && secondVisitId !== undefined
    ? [{ volunteerId: secondId, visitId: secondVisitId }, ['secondId', 'secondVisitId']]
    : [{}, isFirst ? nobodysAnyMore : ['secondId', 'secondVisitId']];

/** True where somebody who gives a visit back at `at` does it too late to be without consequence. */
export const isLate = (
  { freeCancelHours }: Pick<Policy, 'freeCancelHours'>,
  plannedStartAt: RequestRecord['plannedStartAt'],
  at: Command['at'],
): boolean => msOf(plannedStartAt) - msOf(at) < freeCancelHours * 60 * 60_000;

const withdrawn = (facts: RequestFacts, volunteerId: MemberId, at: Command['at']): CareChange[] => {
  const part = partOf(facts, volunteerId);
  return part === undefined
    ? []
    : [{ change: 'move_visit', visit: { ...part, state: 'withdrawn', withdrawnAt: at } }];
};

/**
 * A volunteer cannot come after all. Before the start the request is open again, with whoever still goes; from the start
 * on it is over, and the hours set aside for it are free.
 * Refuses: wrong_state.
 */
export const planWithdraw = (
  facts: RequestFacts,
  command: Command,
  {
    volunteerId,
    reason,
    releasedMinutes,
  }: {
    volunteerId: MemberId;
    reason: string;
    releasedMinutes?: number | undefined;
  },
): Planned<Step> => {
  const { request } = facts;
  const mayLeave = isTaken(request.state) || request.state === 'published';
  if (!mayLeave || partOf(facts, volunteerId) === undefined) return wrongState(request);
  const own = withdrawn(facts, volunteerId, command.at);
  if (isTaken(request.state) && hasBegun(request, command.at)) {
    const { change, receipt } = moved(request, {
      command,
      to: 'cancelled_by_volunteer',
      reason,
      ...(releasedMinutes === undefined ? {} : { facts: { releasedMinutes } }),
    });
    const others = givenUp(facts).filter(
      (each) => each.change === 'move_visit' && each.visit.volunteerId !== volunteerId,
    );
    return done({ changes: [change, ...own, ...others], receipt });
  }
  const [also, gone] = withoutOne(request, request.volunteerId === volunteerId);
  const { change, receipt } = moved(request, { command, to: 'published', reason }, also, gone);
  return done({ changes: [change, ...own], receipt });
};

/** True from the planned start on. */
export const hasBegun = ({ plannedStartAt }: RequestRecord, at: Command['at']): boolean =>
  msOf(at) >= msOf(plannedStartAt);
