/** Who could make a visit, best first, with reasons in words. */
import type { RequestRecord } from '@time-bank/care/request';
import type { CandidateList } from '@time-bank/contracts/candidate';
import { wordsFor } from '@time-bank/contracts/reason-words';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import { countyOf } from '@time-bank/contracts/region';
import {
  type Instant,
  type IsoWeek,
  ageOn,
  civilDateOf,
  isoWeekOf,
  plusMinutes,
} from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import { rankCandidates } from '@time-bank/matching/candidates';
import { policyOfRecord } from './policy-of.ts';
import type { Ports } from './ports.ts';
import { notReadyFor } from './readiness.ts';
import { takesTime, volunteerFacts } from './volunteer-facts.ts';

/** As many as a coordinator would ring up. */
const CANDIDATES_MAX = 20;

const DAY_MINUTES = 24 * 60;

/** The week of a visit, and its neighbour where the visit is within a day of it: a visit may cross midnight. */
const weeksAround = (at: Instant): IsoWeek[] => [
  ...new Set([-DAY_MINUTES, 0, DAY_MINUTES].map((minutes) => isoWeekOf(plusMinutes(at, minutes)))),
];

/** The best 20 of the county's volunteers for a request. Refuses: request_not_open, unknown_policy_version. */
export const listCandidates = async (
  ports: Pick<Ports, 'careBook' | 'people' | 'weekBook' | 'policies'>,
  _permit: Grant<'list_candidates'>,
  request: RequestRecord,
): Promise<Outcome<CandidateList>> => {
  if (request.state !== 'published') return refused('request_not_open');
  const policy = await policyOfRecord(ports, request);
  if (policy.kind === 'refused') return policy;
  const county = countyOf(request.communityCode);
  const [volunteers, receiver, weeks, visits] = await Promise.all([
    ports.people.listVolunteers(county),
    ports.people.readMember(request.receiverId),
    Promise.all(weeksAround(request.plannedStartAt).map((week) => ports.weekBook.listOfCounty(week, county))),
    ports.careBook.countVisitsTo(request.receiverId),
  ]);
  const bookings = Map.groupBy(
    weeks.flat().filter(({ state }) => takesTime(state)),
    ({ volunteerId }) => volunteerId,
  );
  const wanted = { ...request, point: request.place.point };
  const facts = volunteers.map((volunteer) => {
    const booked = bookings.get(volunteer.memberId) ?? [];
    const notReady = notReadyFor(policy.value, request, { volunteer, receiver }, booked);
    return volunteerFacts(volunteer, booked, visits.get(volunteer.memberId) ?? 0, notReady);
  });
  const known = new Map(volunteers.map((volunteer) => [volunteer.memberId, volunteer]));
  const day = civilDateOf(request.plannedStartAt);
  const items = rankCandidates(policy.value, wanted, facts)
    .slice(0, CANDIDATES_MAX)
    .flatMap(({ volunteerId, score, reasons }) => {
      const volunteer = known.get(volunteerId);
      if (volunteer === undefined) return [];
      const { name, gender, birthDate, phone } = volunteer;
      return {
        volunteerId,
        name,
        gender,
        age: ageOn(birthDate, day),
        ...(phone === undefined ? {} : { phone }),
        score,
        reasons: reasons.map((reason) => ({ reason, words: wordsFor(reason) })),
      };
    });
  return done({ items, considered: volunteers.length });
};
