import { CommandId } from '@time-bank/contracts/ids';
import {
  MakeWeekPlan,
  MoveWeekPlan,
  WeekPlanQuery,
  WeekPlanReceipt,
  WeekPlanView,
} from '@time-bank/contracts/week-plan';
import { makeWeekPlan, sendWeekPlan, stopWeekPlan } from '@time-bank/desk/order-week-plan';
import { readWeekPlan } from '@time-bank/desk/read-week-plan';
import { type Context, Hono } from 'hono';
import { type Env, signedIn } from '../actor.ts';
import { present } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { pathParam } from '../path-param.ts';
import { permitted } from '../permit.ts';
import { Refused } from '../refused.ts';
import { body, query } from '../validate.ts';

const caseIdParam = pathParam('caseId', CommandId, 'unknown_case', (caseId) => ({ caseId }));

export const weekPlanRoutes = (deps: Deps) => {
  const { ports } = deps;
  /** The plan and the leave to move it. Without leave the answer is the same whether there is one. */
  const onPlan = async <A extends 'make_week_plan' | 'send_week_plan'>(
    c: Context<Env>,
    action: A,
    caseId: CommandId,
  ) => {
    const plan = await ports.caseBook.readNow('week_plan', caseId);
    const permit = permitted(
      c,
      action,
      plan === undefined ? {} : { communityCode: plan.communityCode },
      caseId,
    );
    if (plan === undefined) throw new Refused({ code: 'unknown_case' });
    return { plan, permit };
  };
  return new Hono<Env>()
    .use('/week-plans/*', signedIn(deps))
    .post('/week-plans', body(MakeWeekPlan), async (c) => {
      const wanted = c.req.valid('json');
      const permit = permitted(c, 'make_week_plan', { communityCode: wanted.communityCode });
      return present(c, WeekPlanReceipt, await makeWeekPlan(ports, permit, wanted), 202);
    })
    .get('/week-plans', query(WeekPlanQuery), async (c) => {
      const asked = c.req.valid('query');
      const permit = permitted(c, 'read_week_plan', { communityCode: asked.community });
      return present(
        c,
        WeekPlanView,
        await readWeekPlan(ports, permit, { communityCode: asked.community, week: asked.week }),
        200,
      );
    })
    .post('/week-plans/:caseId/stop', caseIdParam, body(MoveWeekPlan), async (c) => {
      const { plan, permit } = await onPlan(c, 'make_week_plan', c.req.valid('param').caseId);
      return present(c, WeekPlanReceipt, await stopWeekPlan(ports, permit, plan, c.req.valid('json')), 202);
    })
    .post('/week-plans/:caseId/send', caseIdParam, body(MoveWeekPlan), async (c) => {
      const { plan, permit } = await onPlan(c, 'send_week_plan', c.req.valid('param').caseId);
      return present(c, WeekPlanReceipt, await sendWeekPlan(ports, permit, plan, c.req.valid('json')), 202);
    });
};
