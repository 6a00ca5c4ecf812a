/** What the pages send when an elder, or whoever helps them, asks for help without hours. */
import type { InferRequestType } from 'hono/client';
import { answerOf } from './answer.ts';
import { api } from './client.ts';

const { submissions } = api;
const { revise } = api.requests[':requestId'];

type Sent<Door> = Extract<InferRequestType<Door>, { json: object }>['json'];

/** What is asked for, and whether it is only kept for now. */
export type Ask = Omit<Sent<typeof submissions.$post>, 'requestId'>;
/** What is changed of it, and whether it is handed in. */
export type Revision = Omit<Sent<typeof revise.$post>, 'commandId'>;

/** The routes. Commands take the id that the page made and keeps. */
export const askingClient = {
  submit: (requestId: string, ask: Ask) => answerOf(submissions.$post({ json: { requestId, ...ask } })),
  revise: (requestId: string, commandId: string, revision: Revision) =>
    answerOf(
      revise.$post({ param: { requestId: encodeURIComponent(requestId) }, json: { commandId, ...revision } }),
    ),
};
