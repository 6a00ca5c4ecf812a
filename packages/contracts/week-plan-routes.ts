/** The routes of the week's plan. */
import type { Route } from './routes.ts';
import { MakeWeekPlan, MoveWeekPlan, WeekPlanQuery, WeekPlanReceipt, WeekPlanView } from './week-plan.ts';

const command = { method: 'post', signedIn: true, status: 202, tag: 'week-plans' } as const;
const ids = ['exists_with_different_content', 'id_too_old', 'id_from_the_future'] as const;
const step = ['not_allowed', 'unknown_case', ...ids, 'wrong_step', 'busy_try_again'] as const;

/** All of them. */
export const weekPlanRoutes: readonly Route[] = [
  {
    ...command,
    path: '/api/week-plans',
    operationId: 'makeWeekPlan',
    summary: 'A plan of a community’s week is made, or made anew with few changes.',
    body: MakeWeekPlan,
    answer: WeekPlanReceipt,
    refusals: ['not_allowed', 'unknown_region', ...ids, 'wrong_step', 'busy_try_again'],
  },
  {
    method: 'get',
    signedIn: true,
    status: 200,
    tag: 'week-plans',
    path: '/api/week-plans',
    operationId: 'readWeekPlan',
    summary:
      'The plan of a community’s week: pairs with their grounds, elders without a visit with the reason.',
    query: WeekPlanQuery,
    answer: WeekPlanView,
    refusals: ['not_allowed', 'unknown_region', 'unknown_case'],
  },
  {
    ...command,
    path: '/api/week-plans/{caseId}/stop',
    operationId: 'stopWeekPlan',
    summary: 'The making of a plan is stopped; nothing has been sent.',
    body: MoveWeekPlan,
    answer: WeekPlanReceipt,
    refusals: [...step],
  },
  {
    ...command,
    path: '/api/week-plans/{caseId}/send',
    operationId: 'sendWeekPlan',
    summary: 'The visits of a plan are given out: everybody in it is told, each once.',
    body: MoveWeekPlan,
    answer: WeekPlanReceipt,
    refusals: [...step],
  },
];
