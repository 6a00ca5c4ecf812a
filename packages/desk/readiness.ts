/** Whether a volunteer may be sent to a request, with what the time bank knows of both. */
import { readinessOf } from '@time-bank/care/readiness';
import type { RequestRecord } from '@time-bank/care/request';
import { traitsOf } from '@time-bank/care/catalogue';
import type { Member } from '@time-bank/contracts/member';
import { civilDateOf, isoWeekOf } from '@time-bank/contracts/time';
import type { NotReady } from '@time-bank/contracts/volunteering';
import type { Booking } from '@time-bank/matching/facts';
import type { Policy } from '@time-bank/policy/policy';

type Pair = Pick<Member, 'memberId' | 'elderFile'>;

/** True where either must not be sent to the other, whoever said so. */
export const areApart = (one: Pair, other: Pair): boolean =>
  one.elderFile?.doNotPair.includes(other.memberId) === true ||
  other.elderFile?.doNotPair.includes(one.memberId) === true;

/** Why `volunteer` cannot make this visit, on its day; `bookings`: their other visits of its week. */
export const notReadyFor = (
  policy: Policy,
  request: RequestRecord,
  { volunteer, receiver }: { volunteer: Member; receiver: Pair | undefined },
  bookings: readonly Booking[],
): NotReady[] => {
  const week = isoWeekOf(request.plannedStartAt);
  const weekMinutes = bookings
    .filter(({ plannedStartAt }) => isoWeekOf(plannedStartAt) === week)
    .reduce((sum, { plannedMinutes }) => sum + plannedMinutes, request.plannedMinutes);
  return readinessOf(policy, volunteer, {
    service: traitsOf(policy, request.serviceCode),
    day: civilDateOf(request.plannedStartAt),
    weekMinutes,
    isApart: receiver !== undefined && areApart(volunteer, receiver),
  });
};
