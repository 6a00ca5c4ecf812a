/** A volunteer as the matching room wants to know them. */
import type { RequestRecord } from '@time-bank/care/request';
import type { Member } from '@time-bank/contracts/member';
import type { NotReady } from '@time-bank/contracts/volunteering';
import type { Booking, VolunteerFacts } from '@time-bank/matching/candidates';

/** The facts of a volunteer with the visits of the week, those made to this receiver, and what stops them. */
export const volunteerFacts = (
  volunteer: Member,
  bookings: readonly Booking[],
  visitsToReceiver: number,
  notReady: readonly NotReady[],
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
  notReady,
});

const standing: readonly RequestRecord['state'][] = ['accepted', 'in_service', 'pending_confirm', 'settled'];

/** True for a request that takes up its volunteer's time. */
export const takesTime = (state: RequestRecord['state']): boolean => standing.includes(state);
