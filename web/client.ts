/**
 * What the pages ask the service, one function a route, over Hono's client: paths, what is sent and what is answered
 * have the type of the API. The session is a cookie that no script can read; a header of our own, which pages of
 * other origins cannot send, goes with every command. The first page gets by without: `first-reads.ts`.
 */
import { hc, type InferRequestType } from 'hono/client';
import { answerOf, answerWith } from './answer.ts';
import { patientFetch } from './patient-fetch.ts';
import type { WireApi } from './wire-api.ts';

/** Every path of the API. What only one page asks stands beside that page's words, e.g. `giving-client.ts`. */
export const { api } = hc<WireApi>('/', { headers: { 'X-Time-Bank': 'web' }, fetch: patientFetch });

const { requests } = api;
const oneRequest = requests[':requestId'];

type Sent<Door> = Extract<InferRequestType<Door>, { json: object }>['json'];
type RequestQuery = InferRequestType<typeof requests.$get>['query'];

/** What is wanted, whoever asks for it. Without `place` it is the receiver's home. */
export type Wanted = Omit<Sent<typeof api.redemptions.$post>, 'requestId'>;

/** For whom a helper or staff act. */
export type ForWhom = Exclude<Sent<typeof oneRequest.confirm.$post>['forWhom'], undefined>;

/** What a visitor shows beside a code. */
export type Beside = Pick<Sent<(typeof oneRequest)['check-in']['$post']>, 'point' | 'photo'>;

// The id comes from the address of the page, where anything may stand.
const of = (requestId: string) => ({ requestId: encodeURIComponent(requestId) });

/** The routes, each with what it needs. Commands take the id that the page made and keeps. */
export const client = {
  signOut: () => answerWith(api['sign-out'].$post(), () => Promise.resolve(undefined)),
  listEntries: (cursor: string) => answerOf(api.account.entries.$get({ query: { cursor } })),
  listRequests: (query: RequestQuery) => answerOf(requests.$get({ query })),
  readRequest: (requestId: string) => answerOf(oneRequest.$get({ param: of(requestId) })),
  listCommunities: () => answerOf(api.communities.$get()),
  listElders: (community?: string) => answerOf(api.elders.$get({ query: { community } })),
  readCoverage: (week?: string, community?: string) =>
    answerOf(api.coverage.$get({ query: { week, community } })),
  postRequest: (requestId: string, wanted: Wanted & { receiverId: string }) =>
    answerOf(requests.$post({ json: { requestId, ...wanted } })),
  accept: (requestId: string, visitId: string) =>
    answerOf(oneRequest.accept.$post({ param: of(requestId), json: { visitId } })),
  checkIn: (requestId: string, commandId: string, shown: Beside & { code: string }) =>
    answerOf(oneRequest['check-in'].$post({ param: of(requestId), json: { commandId, ...shown } })),
  checkOut: (requestId: string, commandId: string, shown: Beside) =>
    answerOf(oneRequest['check-out'].$post({ param: of(requestId), json: { commandId, ...shown } })),
  confirm: (requestId: string, transferId: string, forWhom?: ForWhom) =>
    answerOf(
      oneRequest.confirm.$post({
        param: of(requestId),
        json: { transferId, ...(forWhom === undefined ? {} : { forWhom }) },
      }),
    ),
  cancel: (requestId: string, commandId: string, reason: string, forWhom?: ForWhom) =>
    answerOf(
      oneRequest.cancel.$post({
        param: of(requestId),
        json: { commandId, reason, ...(forWhom === undefined ? {} : { forWhom }) },
      }),
    ),
};
