import { type Failure, sentenceOf } from '../answer.ts';
import type { Sentences } from '../words/sentence.ts';
import type { Catalogue } from '../words/zh-hans.ts';
import type { Problem } from './error-summary.tsx';

/** For each property of a message, by its path, the field it comes from and what to say beside it. */
export type FieldsOf = Readonly<Record<string, Problem & { field: string }>>;

/** What both ways of asking for a visit send. */
export const wantedFields = (words: Catalogue): FieldsOf => ({
  serviceCode: { field: 'service', words: words.redeemWhatMissing },
  plannedStartAt: { field: 'date', words: words.startWrong },
  plannedMinutes: { field: 'minutes', words: words.howLongMissing },
  'place.address': { field: 'address', words: words.addressWrong },
  'wishes.languages': { field: 'language', words: words.chooseAgain },
  'wishes.gender': { field: 'gender', words: words.chooseAgain },
  note: { field: 'note', words: words.noteWrong },
});

const problemsOf = (words: Sentences, failure: Failure, fields: FieldsOf): Problem[] => {
  const details = failure.kind === 'refused' ? (failure.refusal.details ?? []) : [];
  const isAbout = (property: string, path: string) => property === path || property.startsWith(`${path}.`);
  const known = Object.entries(fields).filter(([path]) =>
    details.some(({ property }) => isAbout(property, path)),
  );
  const isAllKnown =
    details.length > 0 && details.every(({ property }) => known.some(([path]) => isAbout(property, path)));
  return [
    ...known.map(([, problem]) => problem),
    ...(isAllKnown ? [] : [{ words: sentenceOf(words, failure) }]),
  ];
};

/**
 * The failures of commands, as problems for the top of the page. Where the service names the fields that are not
 * right, the problem is about those of `fields`; what it names beyond them leaves the general sentence.
 */
export const failureProblems = (
  words: Sentences,
  commands: readonly { failure?: Failure }[],
  fields: FieldsOf = {},
): Problem[] =>
  commands.flatMap(({ failure }) => (failure === undefined ? [] : problemsOf(words, failure, fields)));

/** What to say beside `field`. */
export const problemAt = (problems: readonly Problem[], field: string): string | undefined =>
  problems.find((each) => each.field === field)?.words;
