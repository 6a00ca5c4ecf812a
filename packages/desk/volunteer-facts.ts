/** A visit, and a volunteer who might make it, as the matching room wants to know them. */
import type { DiaryEntry } from '@time-bank/care/diary';
import type { RequestRecord } from '@time-bank/care/request';
import { services } from '@time-bank/care/service';
import type { Member } from '@time-bank/contracts/member';
import type { ServiceCode } from '@time-bank/contracts/request';
import { ageOn, civilDateOf } from '@time-bank/contracts/time';
import type { NotReady } from '@time-bank/contracts/volunteering';
import type { Booking, KeptVisits, Musts, VisitWanted, VolunteerFacts } from '@time-bank/matching/facts';
import { casesOfVisit } from '@time-bank/matching/two-person';
import { usualModeOf } from '@time-bank/matching/usual-mode';
import type { Policy } from '@time-bank/policy/policy';

/** With hands on the body: bathing, nursing, physiotherapy. */
const touching: readonly ServiceCode[] = ['A06', 'H01', 'H02'];
/** With somebody's money, papers or keys: shopping, paperwork and bills. */
const handlingMoney: readonly ServiceCode[] = ['D01', 'D02'];

/** What of a request decides who can come. */
export type VisitAskedFor = Pick<
  RequestRecord,
  | 'serviceCode'
  | 'plannedStartAt'
  | 'plannedMinutes'
  | 'receiverId'
  | 'receiver'
  | 'communityCode'
  | 'place'
  | 'wishes'
  | 'persons'
>;

/** What of a receiver decides who can come. */
type Receiver = Pick<Member, 'gender' | 'languages' | 'livingSituation' | 'abilityLevel'>;

/**
 * What the receiver must have: somebody with whom they can talk, and the gender that they wish where hands are laid on
 * them. Everything else that they wish ranks.
 */
const mustsOf = ({ wishes, serviceCode }: VisitAskedFor, receiver: Receiver | undefined): Musts => ({
  languages: [...new Set([...(receiver?.languages ?? []), ...wishes.languages])],
  ...(wishes.gender !== undefined && touching.includes(serviceCode) ? { gender: wishes.gender } : {}),
});

const doorOf = (request: VisitAskedFor, receiver: Receiver | undefined): Omit<VisitWanted, 'persons'> => ({
  plannedStartAt: request.plannedStartAt,
  plannedMinutes: request.plannedMinutes,
  receiverId: request.receiverId,
  communityCode: request.communityCode,
  point: request.place.point,
  wishes: request.wishes,
  musts: mustsOf(request, receiver),
  kind: {
    isRemote: services[request.serviceCode].isRemote,
    touches: touching.includes(request.serviceCode),
    handlesMoney: handlingMoney.includes(request.serviceCode),
  },
  elder: {
    gender: receiver?.gender ?? request.receiver.gender,
    livingSituation: receiver?.livingSituation,
    abilityLevel: receiver?.abilityLevel,
  },
});

/** The visit that a request asks for: two go where it says so, the service asks for it, or the region's rule does. */
export const visitWanted = (
  policy: Pick<Policy, 'twoPersonCases'>,
  request: VisitAskedFor,
  receiver: Receiver | undefined,
): VisitWanted => {
  const door = doorOf(request, receiver);
  const persons = request.persons ?? services[request.serviceCode].persons;
  return { ...door, persons: casesOfVisit(policy, door).length > 0 ? 2 : persons };
};

/** A visit in a diary as a booking; `place`: where it is, for those near in time. */
export const bookingOf = (
  { plannedStartAt, plannedMinutes }: DiaryEntry,
  place?: Booking['place'],
): Booking => ({ plannedStartAt, plannedMinutes, ...(place === undefined ? {} : { place }) });

/** What is known of a pair beside the two people; `keptVisits` is left out where nothing is known yet. */
export interface PairFacts {
  bookings: readonly Booking[];
  visitsToReceiver: number;
  isKin: boolean;
  notReady: readonly NotReady[];
  keptVisits?: KeptVisits;
}

/** The facts of a volunteer on the day of a visit. */
export const volunteerFacts = (
  volunteer: Member,
  { plannedStartAt }: Pick<RequestRecord, 'plannedStartAt'>,
  pair: PairFacts,
): VolunteerFacts => ({
  volunteerId: volunteer.memberId,
  birthDate: volunteer.birthDate,
  gender: volunteer.gender,
  communityCode: volunteer.communityCode,
  point: volunteer.point,
  mode: usualModeOf(ageOn(volunteer.birthDate, civilDateOf(plannedStartAt))),
  languages: volunteer.languages,
  freeTimes: volunteer.freeTimes,
  ...pair,
});
