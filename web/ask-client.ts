/** What the desk asks of the service when volunteers are asked to take a visit. */
import { answerOf } from './answer.ts';
import { api } from './client.ts';

const one = api.requests[':requestId'];

const of = (requestId: string) => ({ requestId: encodeURIComponent(requestId) });

/** The routes. The command takes the id that the page made and keeps. */
export const askClient = {
  listCandidates: (requestId: string, about?: string) =>
    answerOf(one.candidates.$get({ param: of(requestId), query: { about } })),
  ask: (requestId: string, commandId: string) =>
    answerOf(one.ask.$post({ param: of(requestId), json: { commandId } })),
  listVolunteers: (region: string) => answerOf(api.volunteers.$get({ query: { region } })),
};
