/** Whether a decision may be published. */
import { CivilDate, civilDateOf, Instant } from '@time-bank/contracts/time';
import { catalogue, isValueKey, valueKeys } from './catalogue.ts';
import { type PolicyChange, type PolicyProposal, decisionOf } from './policy-change.ts';
import { type PolicyBook, policyBook } from './policy-book.ts';
import type { Policy } from './policy.ts';
import type { PolicyValues, ValueKey } from './policy-values.ts';
import { levelOf, mayDecide, regionAbove } from './region-level.ts';
import { sameValue } from './same-value.ts';

/**
 * Why a change is not published, in order of precedence: where and when it says it holds, its values, its day, its
 * people, its place in the book.
 */
export const policyProblems = [
  'not_a_region',
  'not_a_date',
  'unknown_value',
  'locked',
  'out_of_bounds',
  'level_too_low',
  'may_only_tighten',
  'valid_from_in_the_past',
  'person_missing',
  'same_person',
  'reason_missing',
  'number_out_of_order',
  'nothing_changes',
] as const;

/** A word for one reason. */
export type PolicyProblemCode = (typeof policyProblems)[number];

/** A reason, and the value it is about where it is about one. */
export interface PolicyProblem {
  readonly code: PolicyProblemCode;
  readonly key?: string;
}

/** What becomes of a proposal: the change to publish, or everything that stands against it. */
export type PlannedChange =
  | { readonly kind: 'accepted'; readonly change: PolicyChange }
  | { readonly kind: 'rejected'; readonly problems: readonly PolicyProblem[] };

const isDate = (date: string): boolean => CivilDate.safeParse(date).success;

/** True where a decision of a region below `above` would be looser than its direction allows. */
export const loosens = <Key extends ValueKey>(
  above: Policy,
  key: Key,
  own: PolicyValues[Key] | undefined,
): boolean => own !== undefined && !sameValue(catalogue[key].tighten(above[key], own), own);

/** The first reason against one value. Where the region is none, nothing is said of level and direction. */
const problemOfValue = (book: PolicyBook, proposal: PolicyProposal, key: string) => {
  if (!isValueKey(key)) return 'unknown_value';
  if (catalogue[key].level === 'lock') return 'locked';
  const decision = decisionOf({ [key]: proposal.values[key] });
  if (decision === undefined) return 'out_of_bounds';
  const level = levelOf(proposal.region);
  if (level === undefined) return undefined;
  if (!mayDecide(level, catalogue[key].level)) return 'level_too_low';
  const above = book.inForce(regionAbove(proposal.region), proposal.validFrom);
  return loosens(above, key, decision[key]) ? 'may_only_tighten' : undefined;
};

/** The reasons against the change as a whole. */
const problemsOfWhole = (
  book: PolicyBook,
  proposal: PolicyProposal,
  today: CivilDate,
): PolicyProblemCode[] => {
  const { number, region, validFrom, author, approver, publishedAt, reason } = proposal;
  const dated = isDate(validFrom) && Instant.safeParse(publishedAt).success;
  const checks: [PolicyProblemCode, boolean][] = [
    ['not_a_region', levelOf(region) === undefined],
    ['not_a_date', !dated],
    ['valid_from_in_the_past', dated && (validFrom < today || validFrom < civilDateOf(publishedAt))],
    ['person_missing', author === '' || approver === ''],
    ['same_person', author === approver],
    ['reason_missing', reason.trim() === ''],
    ['number_out_of_order', number !== book.changes.length + 1],
  ];
  return checks.filter(([, holds]) => holds).map(([code]) => code);
};

const changesNothing = (book: PolicyBook, change: PolicyChange): boolean => {
  const before = book.inForce(change.region, change.validFrom);
  const after = policyBook([...book.changes, change]).inForce(change.region, change.validFrom);
  return valueKeys.every((key) => sameValue(before[key], after[key]));
};

const byPrecedence = (one: PolicyProblem, another: PolicyProblem): number =>
  policyProblems.indexOf(one.code) - policyProblems.indexOf(another.code);

/**
 * Checks a proposal against the book on the day `today` in China. Gives the change with its values in the
 * catalogue's types, or all problems in order of precedence: of each value the first that stands against it, and
 * every one that stands against the change as a whole. Direction is measured against what is in force above the
 * region on the day from which the change holds; what is decided above later is met by the look-up, which never
 * lets a lower level be looser.
 */
export const planChange = (book: PolicyBook, proposal: PolicyProposal, today: CivilDate): PlannedChange => {
  const problems: PolicyProblem[] = problemsOfWhole(book, proposal, today).map((code) => ({ code }));
  for (const key of Object.keys(proposal.values)) {
    const code = problemOfValue(book, proposal, key);
    if (code !== undefined) problems.push({ code, key });
  }
  const values = decisionOf(proposal.values);
  if (problems.length > 0 || values === undefined) {
    return { kind: 'rejected', problems: problems.sort(byPrecedence) };
  }
  const change = { ...proposal, values };
  return changesNothing(book, change)
    ? { kind: 'rejected', problems: [{ code: 'nothing_changes' }] }
    : { kind: 'accepted', change };
};
