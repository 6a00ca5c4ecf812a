/** What the pages ask of a community's week, of safety alarms, and of a visit beside its check-in. */
import type { InferRequestType } from 'hono/client';
import { answerOf } from './answer.ts';
import { api } from './client.ts';

const { requests, alarms, coverage } = api;
const one = requests[':requestId'];
const alarm = alarms[':caseId'];

type Sent<Door> = Extract<InferRequestType<Door>, { json: object }>['json'];
type Without<Door> = Omit<Sent<Door>, 'commandId'>;

/** What a visitor found. */
export type Found = Without<typeof one.report.$post>;
/** Why a visit is broken off. */
export type Abort = Without<typeof one.abort.$post>;
/** What ends an alarm. */
export type Ending = Without<typeof alarm.close.$post>;

const of = (requestId: string) => ({ requestId: encodeURIComponent(requestId) });
const ofCase = (caseId: string) => ({ caseId: encodeURIComponent(caseId) });

/** The routes. Commands take the id that the page made and keeps. */
export const weekClient = {
  readRates: (week: string, community?: string) =>
    answerOf(coverage.rates.$get({ query: { week, community } })),
  report: (requestId: string, commandId: string, found: Found) =>
    answerOf(one.report.$post({ param: of(requestId), json: { commandId, ...found } })),
  abort: (requestId: string, commandId: string, reason: Abort) =>
    answerOf(one.abort.$post({ param: of(requestId), json: { commandId, ...reason } })),
  leave: (requestId: string, commandId: string, code: string) =>
    answerOf(one['check-out'].$post({ param: of(requestId), json: { commandId, code } })),
  listAlarms: (community?: string) => answerOf(alarms.$get({ query: { community } })),
  checkAlarm: (caseId: string, commandId: string, note: string) =>
    answerOf(alarm.check.$post({ param: ofCase(caseId), json: { commandId, note } })),
  tryAgain: (caseId: string, commandId: string, visit: { requestId: string; plannedStartAt: string }) =>
    answerOf(alarm['second-try'].$post({ param: ofCase(caseId), json: { commandId, ...visit } })),
  closeAlarm: (caseId: string, commandId: string, ending: Ending) =>
    answerOf(alarm.close.$post({ param: ofCase(caseId), json: { commandId, ...ending } })),
};
