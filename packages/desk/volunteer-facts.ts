/** A volunteer as the matching room wants to know them. */
import type { RequestRecord } from '@time-bank/care/request';
import type { MemberId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { plusMinutes } from '@time-bank/contracts/time';
import type { Booking, VolunteerFacts } from '@time-bank/matching/candidates';
import type { Ports } from './ports.ts';

/** The facts of a volunteer with the visits of the week and those made to this receiver. */
export const volunteerFacts = (
  volunteer: Member,
  bookings: readonly Booking[],
  visitsToReceiver: number,
): VolunteerFacts => ({
  volunteerId: volunteer.memberId,
  birthDate: volunteer.birthDate,
  gender: volunteer.gender,
  communityCode: volunteer.communityCode,
  point: volunteer.point,
  languages: volunteer.languages,
  freeTimes: volunteer.freeTimes,
  bookings,
  visitsToReceiver,
});

const standing: readonly RequestRecord['state'][] = ['accepted', 'in_service', 'pending_confirm', 'settled'];

/** True for a request that takes up its volunteer's time. */
export const takesTime = (state: RequestRecord['state']): boolean => standing.includes(state);

/** No visit lasts a day, so none that begins further away overlaps or falls on the same date. */
const DAY_MINUTES = 24 * 60;

/**
 * A volunteer's visits within a day before and after a wanted one. The wanted one is not among them: taken a
 * moment ago by the same volunteer, it does not stand in its own way.
 */
export const bookingsAround = async (
  ports: Pick<Ports, 'careBook'>,
  volunteerId: MemberId,
  wanted: Pick<RequestRecord, 'requestId' | 'plannedStartAt'>,
): Promise<Booking[]> => {
  const visits = await ports.careBook.listVisitedBetween(volunteerId, {
    from: plusMinutes(wanted.plannedStartAt, -DAY_MINUTES),
    to: plusMinutes(wanted.plannedStartAt, DAY_MINUTES),
  });
  return visits
    .map(({ request }) => request)
    .filter(({ requestId, state }) => requestId !== wanted.requestId && takesTime(state));
};
