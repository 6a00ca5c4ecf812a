/** Why somebody goes to somebody, in the reasons that a list of candidates has. */
import type { Reason } from '@time-bank/contracts/candidate';
import type { Language } from '@time-bank/contracts/member';
import { neighbourhoodOf } from './distance.ts';
import { kilometresApart } from './travel-time.ts';
import type { PlanPair, PlanVisit, PlanVolunteer } from './week-problem.ts';

const continuityReason = (visit: PlanVisit, volunteer: PlanVolunteer): Reason => {
  const times = volunteer.visitsTo.get(visit.elderId) ?? 0;
  return times > 0 ? { code: 'visited_before', times } : { code: 'first_time' };
};

const placeReasons = (visit: PlanVisit, volunteer: PlanVolunteer): Reason[] => {
  const neighbourhood = neighbourhoodOf(visit.communityCode, volunteer.communityCode);
  const near: Reason[] = neighbourhood === 'elsewhere' ? [] : [{ code: neighbourhood }];
  if (visit.point === undefined || volunteer.point === undefined) return near;
  return [...near, { code: 'distance', km: Math.round(kilometresApart(visit, volunteer) * 10) / 10 }];
};

const languageReasons = ({ wishes, musts }: PlanVisit, volunteer: PlanVolunteer): Reason[] => {
  const asked = [...new Set<Language>([...musts.languages, ...wishes.languages])];
  return asked
    .filter((language) => volunteer.languages.includes(language))
    .map((language): Reason => ({ code: 'speaks', language }));
};

const genderReasons = ({ wishes, musts }: PlanVisit, volunteer: PlanVolunteer): Reason[] => {
  const wished = musts.gender ?? wishes.gender;
  if (wished === undefined) return [];
  return [{ code: wished === volunteer.gender ? 'gender_wish_met' : 'gender_wish_not_met' }];
};

const timeReason = (visit: PlanVisit, { free }: PlanVolunteer, { startMinute }: PlanPair): Reason => {
  const isFree = free.some(
    ({ fromMinute, toMinute }) => fromMinute <= startMinute && startMinute + visit.minutes <= toMinute,
  );
  return { code: isFree ? 'free_then' : 'not_usually_free' };
};

/**
 * The reasons for one pair of a plan: face, place, language, gender, time, company, and how many visits of that week
 * the volunteer has beside this one. `pairs`: the whole plan.
 */
export const reasonsOfPair = (
  { visit, volunteer, pair }: { visit: PlanVisit; volunteer: PlanVolunteer; pair: PlanPair },
  pairs: readonly PlanPair[],
): Reason[] => {
  const count = pairs.filter(
    ({ visitKey, volunteerId }) => volunteerId === pair.volunteerId && visitKey !== pair.visitKey,
  ).length;
  return [
    continuityReason(visit, volunteer),
    ...placeReasons(visit, volunteer),
    ...languageReasons(visit, volunteer),
    ...genderReasons(visit, volunteer),
    timeReason(visit, volunteer, pair),
    ...(visit.persons === 2 ? [{ code: 'two_go' } as const] : []),
    { code: 'visits_planned', count },
  ];
};
