/** One good message for every route of the week's plan: sent as it is, it would be carried out. */
import type { Member } from '@time-bank/contracts/member';
import { instantOf, isoWeekOf } from '@time-bank/contracts/time';
import { weekPlanId } from '@time-bank/desk/order-week-plan';
import { workOnPlan } from '@time-bank/desk/work-on-plan';
import { HOME, type Town } from '../town.ts';

interface Written {
  who: Member;
  path: string;
  body?: Record<string, unknown>;
}

const WEEK_MINUTES = 7 * 24 * 60;

/** The week `ahead` weeks from now. */
export const weekAhead = (town: Town, ahead: number): string =>
  isoWeekOf(instantOf(Date.parse(town.soon(ahead * WEEK_MINUTES))));

/** What a coordinator sends to have a week planned. */
export const planBody = (town: Town, week: string, change: Record<string, unknown> = {}) => ({
  commandId: town.ids.command(),
  communityCode: HOME,
  week,
  locked: [],
  forbidden: [],
  ...change,
});

/** Has a week planned, as the schedule would. Gives the plan's id. */
export const aPlan = async (town: Town, coordinator: Member, week: string): Promise<string> => {
  await town.ask(coordinator, 'POST', '/api/week-plans', planBody(town, week));
  const caseId = weekPlanId(HOME, week);
  await workOnPlan(town.ports, caseId);
  return caseId;
};

/** Prepares three plans, and writes a message for each route by its operation. */
export const planMessages = async (town: Town): Promise<Record<string, Written>> => {
  const coordinator = await town.aCoordinator();
  const [first, queued, ready] = [weekAhead(town, 2), weekAhead(town, 3), weekAhead(town, 4)];
  await town.ask(coordinator, 'POST', '/api/week-plans', planBody(town, queued));
  const readyId = await aPlan(town, coordinator, ready);
  const body = () => ({ commandId: town.ids.command() });
  return {
    makeWeekPlan: { who: coordinator, path: '/api/week-plans', body: planBody(town, first) },
    readWeekPlan: { who: coordinator, path: `/api/week-plans?community=${HOME}&week=${ready}` },
    stopWeekPlan: {
      who: coordinator,
      path: `/api/week-plans/${weekPlanId(HOME, queued)}/stop`,
      body: body(),
    },
    sendWeekPlan: { who: coordinator, path: `/api/week-plans/${readyId}/send`, body: body() },
  };
};
