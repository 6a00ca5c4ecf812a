/** What the pages ask of the steps of a request beside the visit itself. */
import type { InferRequestType } from 'hono/client';
import { answerOf } from './answer.ts';
import { type ForWhom, api } from './client.ts';

const { requests, reviews } = api;
const one = requests[':requestId'];

type Sent<Door> = Extract<InferRequestType<Door>, { json: object }>['json'];
type Without<Door, Names extends string> = Omit<Sent<Door>, 'commandId' | Names>;

/** What is done about a request that nobody took. */
export type UnfilledChoice = Without<typeof one.unfilled.$post, never>;
/** Who was not there. */
export type NoShowChoice = Without<(typeof one)['no-show']['$post'], never>;
/** What the staff say of a request that was handed in. */
export type ReviewWord = Without<typeof one.review.$post, never>;
/** What the elder's side says of the person who is to come. */
export type PersonWord = Without<typeof one.person.$post, 'forWhom'>;

const of = (requestId: string) => ({ requestId: encodeURIComponent(requestId) });

/** The routes. Commands take the id that the page made and keeps. */
export const lifeClient = {
  listReviews: (community: string) => answerOf(reviews.$get({ query: { community } })),
  review: (requestId: string, commandId: string, word: ReviewWord) =>
    answerOf(one.review.$post({ param: of(requestId), json: { commandId, ...word } })),
  answerPerson: (requestId: string, commandId: string, word: PersonWord, forWhom?: ForWhom) =>
    answerOf(
      one.person.$post({
        param: of(requestId),
        json: { commandId, ...word, ...(forWhom === undefined ? {} : { forWhom }) },
      }),
    ),
  withdraw: (requestId: string, commandId: string, reason: string) =>
    answerOf(one.withdraw.$post({ param: of(requestId), json: { commandId, reason } })),
  noShow: (requestId: string, commandId: string, choice: NoShowChoice) =>
    answerOf(one['no-show'].$post({ param: of(requestId), json: { commandId, ...choice } })),
  unfilled: (requestId: string, commandId: string, choice: UnfilledChoice) =>
    answerOf(one.unfilled.$post({ param: of(requestId), json: { commandId, ...choice } })),
};
