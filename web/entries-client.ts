/** What the desk asks of visits that were forgotten, of events and weather, and of telephone calls about a visit. */
import type { InferRequestType } from 'hono/client';
import { answerOf } from './answer.ts';
import { api } from './client.ts';

const entries = api['back-entries'];
const one = api.requests[':requestId'];

type Sent<Door> = Extract<InferRequestType<Door>, { json: object }>['json'];
type Without<Door> = Omit<Sent<Door>, 'commandId'>;

/** A visit as it is entered afterwards. */
export type PastVisit = Without<typeof entries.$post>;
/** Something great that has happened to an elder. */
export type ElderEvent = Without<(typeof api)['elder-events']['$post']>;
/** Days of dangerous weather. */
export type WeatherAlert = Without<(typeof api)['weather-alerts']['$post']>;
/** What was heard on the telephone. */
export type CallHeard = Without<(typeof one)['call-proof']['$post']>;

const of = (requestId: string) => ({ requestId: encodeURIComponent(requestId) });

/** The routes. Commands take the id that the page made and keeps. */
export const entriesClient = {
  list: (community: string, cursor?: string) => answerOf(entries.$get({ query: { community, cursor } })),
  enter: (commandId: string, visit: PastVisit) => answerOf(entries.$post({ json: { commandId, ...visit } })),
  decide: (caseId: string, commandId: string, isApproved: boolean) =>
    answerOf(
      entries[':caseId'].decide.$post({
        param: { caseId: encodeURIComponent(caseId) },
        json: { commandId, isApproved },
      }),
    ),
  noteEvent: (commandId: string, event: ElderEvent) =>
    answerOf(api['elder-events'].$post({ json: { commandId, ...event } })),
  declareWeather: (commandId: string, alert: WeatherAlert) =>
    answerOf(api['weather-alerts'].$post({ json: { commandId, ...alert } })),
  makeSpokenCode: (requestId: string) =>
    answerOf(one['spoken-code'].$post({ param: of(requestId), json: {} })),
  recordCall: (requestId: string, commandId: string, heard: CallHeard) =>
    answerOf(one['call-proof'].$post({ param: of(requestId), json: { commandId, ...heard } })),
};
