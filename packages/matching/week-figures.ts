/** How good a plan is, in figures. */
import { wishCount } from './week-fit.ts';
import { tourKilometres } from './week-schedule.ts';
import type { PlanFigures, PlanPair, PlanVisit, PlanVolunteer, WeekProblem } from './week-problem.ts';

/** Gini's measure of how unequal numbers of 0 or more are: 0 all the same, towards 1 all with one. */
const giniOf = (numbers: readonly number[]): number => {
  const sum = numbers.reduce((total, number) => total + number, 0);
  if (sum === 0) return 0;
  const sorted = [...numbers].sort((a, b) => a - b);
  const weighted = sorted.reduce((total, number, index) => total + (index + 1) * number, 0);
  return (2 * weighted) / (numbers.length * sum) - (numbers.length + 1) / numbers.length;
};

/** The volunteers of each planned visit, by its key. */
const volunteersByVisit = (
  problem: WeekProblem,
  pairs: readonly PlanPair[],
): Map<string, PlanVolunteer[]> => {
  const volunteers = new Map(problem.volunteers.map((volunteer) => [volunteer.volunteerId, volunteer]));
  const byVisit = new Map<string, PlanVolunteer[]>();
  for (const { visitKey, volunteerId } of pairs) {
    const volunteer = volunteers.get(volunteerId);
    if (volunteer !== undefined) byVisit.set(visitKey, [...(byVisit.get(visitKey) ?? []), volunteer]);
  }
  return byVisit;
};

/** Wishes that are met: a language where one of those who come speaks it, the gender where all have it. */
const metBy = ({ wishes }: PlanVisit, volunteers: readonly PlanVolunteer[]): number =>
  wishes.languages.filter((wish) => volunteers.some(({ languages }) => languages.includes(wish))).length +
  (wishes.gender !== undefined && volunteers.every(({ gender }) => gender === wishes.gender) ? 1 : 0);

const travelKmOf = (problem: WeekProblem, pairs: readonly PlanPair[]): number => {
  const visits = new Map(problem.visits.map((visit) => [visit.visitKey, visit]));
  const stops = new Map<string, { visit: PlanVisit; startMinute: number }[]>();
  for (const { visitKey, volunteerId, startMinute } of pairs) {
    const visit = visits.get(visitKey);
    if (visit !== undefined)
      stops.set(volunteerId, [...(stops.get(volunteerId) ?? []), { visit, startMinute }]);
  }
  return problem.volunteers.reduce(
    (km, volunteer) => km + tourKilometres(volunteer, stops.get(volunteer.volunteerId) ?? []),
    0,
  );
};

const loadGiniOf = (problem: WeekProblem, pairs: readonly PlanPair[]): number => {
  const loads = new Map<string, number>();
  for (const { volunteerId } of pairs) loads.set(volunteerId, (loads.get(volunteerId) ?? 0) + 1);
  return giniOf(
    problem.volunteers.flatMap(({ volunteerId, free }) =>
      free.length > 0 || loads.has(volunteerId) ? [loads.get(volunteerId) ?? 0] : [],
    ),
  );
};

/** A share, 0 to 1; nothing of nothing is all. */
const shareOf = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);

/** Visits covered and wanted by tier, the most urgent tier first. */
const coverageByTier = (
  visits: readonly PlanVisit[],
  isCovered: (visit: PlanVisit) => boolean,
): PlanFigures['coveredByTier'] =>
  [...new Set(visits.map(({ tier }) => tier))]
    .sort((a, b) => a - b)
    .map((tier) => {
      const ofTier = visits.filter((visit) => visit.tier === tier);
      return { tier, wanted: ofTier.length, covered: ofTier.filter(isCovered).length };
    });

/** The figures of a plan without its bound. The order of volunteers is the order in which ways are summed. */
export const figuresOf = (problem: WeekProblem, pairs: readonly PlanPair[]): Omit<PlanFigures, 'bound'> => {
  const byVisit = volunteersByVisit(problem, pairs);
  const comingTo = ({ visitKey }: PlanVisit): PlanVolunteer[] => byVisit.get(visitKey) ?? [];
  const isCovered = (visit: PlanVisit): boolean => comingTo(visit).length >= visit.persons;
  const covered = problem.visits.filter(isCovered);
  const known = covered.filter((visit) =>
    comingTo(visit).some(({ visitsTo }) => (visitsTo.get(visit.elderId) ?? 0) > 0),
  );
  return {
    wanted: problem.visits.length,
    covered: covered.length,
    coveredByTier: coverageByTier(problem.visits, isCovered),
    continuity: shareOf(known.length, covered.length),
    wishesMet: shareOf(
      covered.reduce((sum, visit) => sum + metBy(visit, comingTo(visit)), 0),
      covered.reduce((sum, visit) => sum + wishCount(visit), 0),
    ),
    travelKm: travelKmOf(problem, pairs),
    loadGini: loadGiniOf(problem, pairs),
  };
};
