/** What is known of some volunteers when a visit is to be filled: their diaries are read, and those of nobody else. */
import { type Diary, type DiaryEntry, keptAndMissed } from '@time-bank/care/diary';
import type { RequestRecord } from '@time-bank/care/request';
import type { MemberId, RequestId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { countyOf } from '@time-bank/contracts/region';
import { type Instant, msOf } from '@time-bank/contracts/time';
import { whyNot } from '@time-bank/matching/eligible';
import type { Booking, VisitWanted, VolunteerFacts } from '@time-bank/matching/facts';
import type { Policy } from '@time-bank/policy/policy';
import type { Ports } from './ports.ts';
import { notReadyFor } from './readiness.ts';
import { bookingOf, visitWanted, volunteerFacts } from './volunteer-facts.ts';

/** How near in time another visit has to be for the way between the two to matter. */
const NEXT_TO_MS = 3 * 60 * 60_000;

/** The visit that is to be filled, what is known of its receiver's side, and when somebody looks for whoever makes it. */
export interface Opening {
  at: Instant;
  policy: Policy;
  request: RequestRecord;
  receiver: Member | undefined;
  visits: ReadonlyMap<MemberId, number>;
  isKin: (volunteerId: MemberId) => boolean;
}

/** A volunteer, what speaks for and against them, and their diary where it was looked into. */
export interface Considered {
  member: Member;
  facts: VolunteerFacts;
  diary?: Diary;
}

type Books = Pick<Ports, 'people' | 'careBook'>;

/** The visit as the matching room wants to know it. */
export const wantedOf = ({ policy, request, receiver }: Opening): VisitWanted =>
  visitWanted(policy, request, receiver);

const factsOf = (
  opening: Opening,
  member: Member,
  { bookings, diary }: { bookings: readonly Booking[]; diary?: Diary | undefined },
): VolunteerFacts => {
  const { policy, request, receiver } = opening;
  return volunteerFacts(member, request, {
    bookings,
    visitsToReceiver: opening.visits.get(member.memberId) ?? 0,
    isKin: opening.isKin(member.memberId),
    notReady: notReadyFor(policy, request, { volunteer: member, receiver }, bookings),
    ...(diary === undefined ? {} : { keptVisits: keptAndMissed(diary, opening.at) }),
  });
};

/** Where the visits are that lie next to this one in the diaries of those who might make it. */
const placesOf = async (
  ports: Books,
  request: RequestRecord,
  entries: readonly DiaryEntry[],
): Promise<ReadonlyMap<RequestId, Booking['place']>> => {
  const startsMs = msOf(request.plannedStartAt);
  const near = entries.filter(({ plannedStartAt, plannedMinutes }) => {
    const gapMs = Math.abs(msOf(plannedStartAt) - startsMs);
    return gapMs <= NEXT_TO_MS + Math.max(plannedMinutes, request.plannedMinutes) * 60_000;
  });
  if (near.length === 0) return new Map();
  const requests = await ports.careBook.readRequests(near.map(({ requestId }) => requestId));
  return new Map(
    requests.map(({ requestId, communityCode, place: { point } }) => [
      requestId,
      { communityCode, ...(point === undefined ? {} : { point }) },
    ]),
  );
};

/** The visits of a diary but this one, with the places of those next to it. */
const bookingsIn = (
  diary: Diary | undefined,
  { requestId }: RequestRecord,
  places: ReadonlyMap<RequestId, Booking['place']>,
): Booking[] =>
  (diary?.entries ?? [])
    .filter((entry) => entry.requestId !== requestId)
    .map((entry) => bookingOf(entry, places.get(entry.requestId)));

/** True for a volunteer at home in the county of a request. */
export const isVolunteerThere = ({ roles, communityCode }: Member, request: RequestRecord): boolean =>
  countyOf(communityCode) === countyOf(request.communityCode) &&
  roles.some(({ role }) => role === 'volunteer');

/**
 * The facts of those who volunteer in the county of the visit, in no order. Whoever cannot be asked whatever their week
 * looks like is told of without it; `withEveryDiary`: they, too, with their week.
 */
export const considerVolunteers = async (
  ports: Books,
  opening: Opening,
  volunteerIds: readonly MemberId[],
  { withEveryDiary }: { withEveryDiary: boolean } = { withEveryDiary: false },
): Promise<Considered[]> => {
  const { policy, request } = opening;
  const wanted = wantedOf(opening);
  const found = [...(await ports.people.readMembers(volunteerIds)).values()];
  const members = found.filter((member) => isVolunteerThere(member, request));
  const isPossible = (member: Member): boolean =>
    withEveryDiary || whyNot(policy, wanted, factsOf(opening, member, { bookings: [] })) === undefined;
  const asked = members.filter(isPossible).map(({ memberId }) => memberId);
  const diaries = asked.length === 0 ? new Map<MemberId, Diary>() : await ports.careBook.readDiaries(asked);
  const entries = [...diaries.values()].flatMap((diary) => diary.entries);
  const others = entries.filter(({ requestId }) => requestId !== request.requestId);
  const places = await placesOf(ports, request, others);
  return members.map((member) => {
    const diary = diaries.get(member.memberId);
    const bookings = bookingsIn(diary, request, places);
    const facts = factsOf(opening, member, { bookings, diary });
    return { member, facts, ...(diary === undefined ? {} : { diary }) };
  });
};
