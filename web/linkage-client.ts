/** What the pages of linkage cards ask the service. */
import type { InferRequestType } from 'hono/client';
import { answerOf } from './answer.ts';
import { api } from './client.ts';

const { linkages, resources } = api;

type OnCard = (typeof linkages)[':caseId'];
type Sent<Door> = Extract<InferRequestType<Door>, { json: object }>['json'];
type Without<Door> = Omit<Sent<Door>, 'commandId'>;

/** What somebody needs, and where that was seen. */
export type Need = Omit<Sent<typeof linkages.$post>, 'caseId'>;
/** What each society is to do. */
export type Tasks = Sent<OnCard['open']['$post']>['tasks'];

/** The next thing that is done about a card. */
export type CardStep =
  | ({ step: 'opened' } & Without<OnCard['open']['$post']>)
  | ({ step: 'assessed' } & Without<OnCard['assessment']['$post']>)
  | ({ step: 'dispatched' } & Without<OnCard['dispatch']['$post']>)
  | ({ step: 'resource' } & Without<OnCard['resources']['$post']>)
  | ({ step: 'closed' } & Without<OnCard['close']['$post']>);

const card = linkages[':caseId'];

const move = (caseId: string, commandId: string, done: CardStep) => {
  const param = { caseId: encodeURIComponent(caseId) };
  switch (done.step) {
    case 'opened':
      return answerOf(card.open.$post({ param, json: { commandId, tasks: done.tasks } }));
    case 'assessed': {
      const { step: _step, ...found } = done;
      return answerOf(card.assessment.$post({ param, json: { commandId, ...found } }));
    }
    case 'dispatched': {
      const { step: _step, ...wanted } = done;
      return answerOf(card.dispatch.$post({ param, json: { commandId, ...wanted } }));
    }
    case 'resource': {
      const { resourceId, quantity } = done;
      return answerOf(card.resources.$post({ param, json: { commandId, resourceId, quantity } }));
    }
    case 'closed':
      return answerOf(card.close.$post({ param, json: { commandId, outcome: done.outcome } }));
  }
};

/** The routes. Commands take the id that the page made and keeps. */
export const linkageClient = {
  list: (community: string, cursor?: string) => answerOf(linkages.$get({ query: { community, cursor } })),
  read: (caseId: string) => answerOf(card.$get({ param: { caseId: encodeURIComponent(caseId) } })),
  report: (caseId: string, need: Need) => answerOf(linkages.$post({ json: { caseId, ...need } })),
  move,
  listResources: (region: string) => answerOf(resources.$get({ query: { region } })),
};
