/** What the pages of calls for help, of series and of activities ask the service. */
import type { InferRequestType } from 'hono/client';
import { answerOf } from './answer.ts';
import { api } from './client.ts';

const { emergencies, help, series, activities, organisations } = api;

type Sent<Door> = Extract<InferRequestType<Door>, { json: object }>['json'];
type OnCase = (typeof emergencies)[':caseId'];
type OnActivity = (typeof activities)[':caseId'];

/** For whom somebody calls, and on which visit; oneself where nobody is named. */
export type Whom = Omit<Sent<typeof emergencies.$post>, 'commandId' | 'words'>;
/** What staff do about a call. */
export type CallAct = Omit<Sent<OnCase['steps']['$post']>, 'commandId'>;
/** How often, from when on. */
export type Repeats = Sent<typeof series.preview.$post>;
/** Help that comes again and again. */
export type NewSeries = Omit<Sent<typeof series.$post>, 'caseId'>;
/** A change of it. */
export type SeriesChange = Omit<Sent<(typeof series)[':caseId']['changes']['$post']>, 'commandId'>;
/** An activity to which somebody invites. */
export type NewActivity = Omit<Sent<typeof activities.$post>, 'caseId'>;
/** Who came. */
export type Came = Sent<OnActivity['attendance']['$post']>['came'];

const of = (caseId: string) => ({ caseId: encodeURIComponent(caseId) });

/** The routes. Commands take the id that the page made and keeps. */
export const helpClient = {
  readHelp: (memberId?: string) => answerOf(help.$get({ query: { memberId } })),
  callForHelp: (commandId: string, whom: Whom = {}) =>
    answerOf(emergencies.$post({ json: { commandId, ...whom } })),
  takeBack: (commandId: string, caseId: string) =>
    answerOf(emergencies[':caseId'].mistake.$post({ param: of(caseId), json: { commandId } })),
  listCalls: (community: string) => answerOf(emergencies.$get({ query: { community } })),
  moveCall: (commandId: string, caseId: string, act: CallAct) =>
    answerOf(emergencies[':caseId'].steps.$post({ param: of(caseId), json: { commandId, ...act } })),
  previewSeries: (repeats: Repeats) => answerOf(series.preview.$post({ json: repeats })),
  openSeries: (caseId: string, wanted: NewSeries) => answerOf(series.$post({ json: { caseId, ...wanted } })),
  listSeries: (community: string, cursor?: string) => answerOf(series.$get({ query: { community, cursor } })),
  changeSeries: (commandId: string, caseId: string, change: SeriesChange) =>
    answerOf(series[':caseId'].changes.$post({ param: of(caseId), json: { commandId, ...change } })),
  listActivities: (community?: string, cursor?: string) =>
    answerOf(activities.$get({ query: { community, cursor } })),
  listOrganisations: (community: string) => answerOf(organisations.$get({ query: { community } })),
  readActivity: (caseId: string) => answerOf(activities[':caseId'].$get({ param: of(caseId) })),
  openActivity: (caseId: string, wanted: NewActivity) =>
    answerOf(activities.$post({ json: { caseId, ...wanted } })),
  join: (commandId: string, caseId: string, part: 'volunteer' | 'guest') =>
    answerOf(activities[':caseId'].names.$post({ param: of(caseId), json: { commandId, part } })),
  leave: (commandId: string, caseId: string) =>
    answerOf(activities[':caseId'].leave.$post({ param: of(caseId), json: { commandId } })),
  tick: (commandId: string, caseId: string, came: Came) =>
    answerOf(activities[':caseId'].attendance.$post({ param: of(caseId), json: { commandId, came } })),
  close: (commandId: string, caseId: string, transferId: string) =>
    answerOf(activities[':caseId'].close.$post({ param: of(caseId), json: { commandId, transferId } })),
  cancel: (commandId: string, caseId: string, reason: string) =>
    answerOf(activities[':caseId'].cancel.$post({ param: of(caseId), json: { commandId, reason } })),
};
