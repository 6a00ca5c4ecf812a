/** What the page of the week's plan asks the service. */
import { answerOf } from './answer.ts';
import { api } from './client.ts';

/** A pair that a coordinator has settled. */
export interface Settled {
  elderId: string;
  volunteerId: string;
}

const plans = api['week-plans'];

/** The routes of the plan. Commands take the id that the page made and keeps. */
export const planClient = {
  read: (community: string, week: string) => answerOf(plans.$get({ query: { community, week } })),
  make: (
    commandId: string,
    wanted: { communityCode: string; week: string; locked: Settled[]; forbidden: Settled[] },
  ) => answerOf(plans.$post({ json: { commandId, ...wanted } })),
  move: (step: 'stop' | 'send', caseId: string, commandId: string) =>
    answerOf(
      plans[':caseId'][step].$post({ param: { caseId: encodeURIComponent(caseId) }, json: { commandId } }),
    ),
};
