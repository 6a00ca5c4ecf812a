import type { RequestView } from '@time-bank/contracts/request';
import { whenWords } from '../china-time.ts';
import type { Wanted } from '../client.ts';
import type { Catalogue } from '../words/zh-hans.ts';

/** The receiver in familiar words for strangers, by name for those who may know it. */
export const receiverWords = (words: Catalogue, request: RequestView): string =>
  'name' in request.receiver
    ? request.receiver.name
    : words.familiar(request.receiver.surname, request.receiver.gender);

/** The receiver's number, for those who may call it. */
export const phoneOf = (request: RequestView): string | undefined =>
  request.receiverPhone ?? ('name' in request.receiver ? request.receiver.phone : undefined);

/** What the receiver wishes, in one line; empty where nothing is wished. */
export const wishWords = (words: Catalogue, { languages, gender }: Wanted['wishes']): string =>
  [
    ...languages.map((language) => words.wishLanguage(words.languages[language])),
    ...(gender === undefined ? [] : [words.wishGender(words.genders[gender])]),
  ].join(' · ');

/** That two go, and who goes already; nothing where one goes alone, or where it is one's own. */
export const companionFact = (words: Catalogue, { persons, companion, mine }: RequestView) => {
  const missing =
    companion === undefined
      ? words.twoMissing
      : words.oneMissing(words.familiarVolunteer(companion.surname, companion.gender));
  return { name: words.together, content: persons === undefined || mine !== 'none' ? undefined : missing };
};

/** When and how long, where and how far: what a volunteer weighs. */
export const requestFacts = (words: Catalogue, request: RequestView) => [
  { name: words.when, content: whenWords(words, request.plannedStartAt) },
  { name: words.howLong, content: words.hours(request.plannedMinutes) },
  { name: words.where, content: request.address ?? request.communityName },
  {
    name: words.distance,
    content: request.distanceKm === undefined ? undefined : words.kilometres(request.distanceKm.toFixed(1)),
  },
  { name: words.wishes, content: wishWords(words, request.wishes) },
  { name: words.note, content: request.note },
];
