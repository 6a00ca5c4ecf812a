/**
 * What is done today, to compare with: people who pick what they like from a list, and coordinators who fill one visit
 * after the other. None looks at the whole week. README "Baselines".
 */
import type { PlanPair, PlanVisit, PlanVolunteer, WeekProblem } from '@time-bank/matching/week-problem';
import { policyBook } from '@time-bank/policy/policy-book';
import { partOf } from './draw.ts';
import { type Diaries, mayMake, openDiaries } from './diary.ts';
import { type Neighbour, nearBy } from './near.ts';

type Candidate = Neighbour<PlanVolunteer>;

const inOrder = (pairs: readonly PlanPair[]): PlanPair[] =>
  [...pairs].sort((one, other) =>
    `${one.visitKey} ${one.volunteerId}` < `${other.visitKey} ${other.volunteerId}` ? -1 : 1,
  );

const timesTo = (volunteer: PlanVolunteer, visit: PlanVisit): number =>
  volunteer.visitsTo.get(visit.elderId) ?? 0;

/** The first start at which two can go together; undefined where there is none. */
const together = (
  diaries: Diaries,
  visit: PlanVisit,
  one: PlanVolunteer,
  other: PlanVolunteer,
): number | undefined => {
  let from = 0;
  for (;;) {
    const first = diaries.earliest(one, visit, from);
    if (first === undefined) return undefined;
    const second = diaries.earliest(other, visit, first);
    if (second === undefined || second === first) return second;
    from = second;
  }
};

/** So many of those who come first are tried with one another for a visit of two. */
const PARTNERS_MAX = 40;

const placePair = (diaries: Diaries, visit: PlanVisit, candidates: readonly PlanVolunteer[]): void => {
  const free = candidates
    .filter((volunteer) => diaries.earliest(volunteer, visit) !== undefined)
    .slice(0, PARTNERS_MAX);
  for (const [at, one] of free.entries()) {
    for (const other of free.slice(at + 1)) {
      const start = together(diaries, visit, one, other);
      if (start === undefined) continue;
      diaries.enter(visit, [one, other], start);
      return;
    }
  }
};

const place = (diaries: Diaries, visit: PlanVisit, candidates: readonly PlanVolunteer[]): void => {
  if (visit.persons === 2) {
    placePair(diaries, visit, candidates);
    return;
  }
  for (const volunteer of candidates) {
    const start = diaries.earliest(volunteer, visit);
    if (start === undefined) continue;
    diaries.enter(visit, [volunteer], start);
    return;
  }
};

/** Visits by tier, then key; each takes the first who can, in the order that `sorted` gives. */
const greedy = (
  problem: WeekProblem,
  sorted: (visit: PlanVisit, candidates: Candidate[], diaries: Diaries) => Candidate[],
): PlanPair[] => {
  const diaries = openDiaries(problem);
  const near = nearBy(problem.volunteers.filter(({ free }) => free.length > 0));
  const visits = [...problem.visits].sort(
    (one, other) => one.tier - other.tier || (one.visitKey < other.visitKey ? -1 : 1),
  );
  for (const visit of visits) {
    if (visit.point === undefined) continue;
    const candidates = near(visit.point, problem.rules.reachKm).filter(({ who }) => mayMake(who, visit));
    place(
      diaries,
      visit,
      sorted(visit, candidates, diaries).map(({ who }) => who),
    );
  }
  return inOrder(diaries.pairs);
};

/** A coordinator who sends whoever lives nearest and is still free. */
export const nearestFirst = (problem: WeekProblem): PlanPair[] =>
  greedy(problem, (_visit, candidates) => candidates);

const weights = policyBook([]).inForce('341302', '2026-11-21').matching;

const scored = (visit: PlanVisit, { who, km }: Candidate, load: number): number => {
  const { languages, gender } = visit.wishes;
  const spoken = languages.filter((language) => who.languages.includes(language)).length;
  const times = timesTo(who, visit);
  return (
    weights.proximity / (1 + km / 2) +
    (times === 0 ? 0 : weights.continuity * Math.min(1, 0.5 + times / 8)) +
    weights.language * (languages.length === 0 ? 1 : spoken / languages.length) +
    ((gender ?? who.gender) === who.gender ? weights.gender : 0) +
    weights.load / (1 + load)
  );
};

/** A coordinator who takes the best of the list of candidates, with the weights of the policy, for each visit in turn. */
export const bestScoreFirst = (problem: WeekProblem): PlanPair[] =>
  greedy(problem, (visit, candidates, diaries) => {
    const points = new Map(
      candidates.map((each) => [each, scored(visit, each, diaries.loadOf(each.who))] as const),
    );
    return candidates.sort((one, other) => (points.get(other) ?? 0) - (points.get(one) ?? 0));
  });

/** NHSVR, June 2020: 45 % of the active volunteers were given a task in a week. */
export const ACTIVE_PER_MILLE = 450;

/** How people claim: by which seed they come, and how many in a thousand of those with free time come at all. */
export interface Claiming {
  seed: number;
  activePerMille: number;
}

/**
 * First come, first served: those who look at the list this week come in a drawn order and take, as often as they are
 * ready to, the open visit that they like best: an elder whom they know, else the nearest. A visit of two that nobody
 * joined does not take place.
 */
export const selfClaim = (
  problem: WeekProblem,
  { seed, activePerMille }: Claiming = { seed: 1, activePerMille: ACTIVE_PER_MILLE },
): PlanPair[] => {
  const chance = partOf(seed, 7);
  const coming = problem.volunteers
    .filter(({ free }) => free.length > 0)
    .map((volunteer) => ({ volunteer, isActive: chance.perMille(activePerMille), order: chance.next() }))
    .filter(({ isActive }) => isActive)
    .sort((one, other) => one.order - other.order);
  const diaries = openDiaries(problem);
  const near = nearBy(problem.visits);
  const taken = new Set<PlanVisit>();
  const half = new Map<PlanVisit, PlanPair>();
  const claim = (volunteer: PlanVolunteer, visit: PlanVisit): void => {
    if (taken.has(visit)) return;
    const begun = half.get(visit);
    const start = diaries.earliest(volunteer, visit, begun?.startMinute);
    if (start === undefined || (begun !== undefined && start !== begun.startMinute)) return;
    diaries.enter(visit, [volunteer], start);
    if (visit.persons === 2 && begun === undefined) {
      half.set(visit, { visitKey: visit.visitKey, volunteerId: volunteer.volunteerId, startMinute: start });
    } else taken.add(visit);
  };
  for (const { volunteer } of coming) {
    if (volunteer.point === undefined) continue;
    const liked = near(volunteer.point, problem.rules.reachKm)
      .filter(({ who: visit }) => mayMake(volunteer, visit))
      .sort(
        (one, other) =>
          Number(timesTo(volunteer, other.who) > 0) - Number(timesTo(volunteer, one.who) > 0) ||
          one.km - other.km,
      );
    for (const { who: visit } of liked) claim(volunteer, visit);
  }
  const made = new Set([...taken].map(({ visitKey }) => visitKey));
  return inOrder(diaries.pairs.filter(({ visitKey }) => made.has(visitKey)));
};
