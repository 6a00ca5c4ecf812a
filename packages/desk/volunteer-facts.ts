/** A volunteer as the matching room wants to know them. */
import type { RequestRecord } from '@time-bank/care/request';
import type { MemberId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import type { Instant } from '@time-bank/contracts/time';
import { boundsOfWeek, isoWeekOf } from '@time-bank/contracts/time';
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

/** A volunteer's visits in the week of `at`: as many as a week can hold, latest first. */
export const bookingsOf = async (
  ports: Pick<Ports, 'careBook'>,
  volunteerId: MemberId,
  at: Instant,
): Promise<Booking[]> => {
  const { from, to } = boundsOfWeek(isoWeekOf(at));
  const visits = await ports.careBook.listVisitedBetween(volunteerId, { from, to });
  return visits.filter(({ request }) => takesTime(request.state)).map(({ request }) => request);
};
