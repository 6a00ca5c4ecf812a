import {
  ActivityList,
  ActivityQuery,
  ActivityReceipt,
  ActivityRecordList,
  ActivitySheet,
  CancelActivity,
  CloseActivity,
  JoinActivity,
  LeaveActivity,
  OpenActivity,
  TickActivity,
} from '@time-bank/contracts/activity';
import { CommandId, type MemberId } from '@time-bank/contracts/ids';
import { closeActivity, tickActivity } from '@time-bank/desk/close-activity';
import { joinActivity, leaveActivity } from '@time-bank/desk/join-activity';
import { cancelActivity, openActivity } from '@time-bank/desk/open-activity';
import { listActivities, listActivityRecords, readActivity } from '@time-bank/desk/read-activity';
import { type Context, Hono } from 'hono';
import { permittedFor, subjectOfElder } from '../acting.ts';
import { type Env, signedIn } from '../actor.ts';
import { present } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { pathParam } from '../path-param.ts';
import { permitted } from '../permit.ts';
import { Refused } from '../refused.ts';
import { body, query } from '../validate.ts';

const caseIdParam = pathParam('caseId', CommandId, 'unknown_case', (caseId) => ({ caseId }));

export const activityRoutes = (deps: Deps) => {
  const { ports } = deps;
  /** An activity and the leave of those who hold it. */
  const onActivity = async <A extends 'read_activity' | 'tick_activity' | 'cancel_activity'>(
    c: Context<Env>,
    action: A,
    caseId: CommandId,
  ) => {
    const activity = await ports.caseBook.readNow('activity', caseId);
    const subject = activity === undefined ? {} : { communityCode: activity.communityCode };
    const permit = permitted(c, action, subject, caseId);
    if (activity === undefined) throw new Refused({ code: 'unknown_case' });
    return { activity, permit };
  };
  /** Whose name it is, and the leave to put it down or take it off; then the activity, which everybody may see. */
  const forName = async (c: Context<Env>, caseId: CommandId, memberId: MemberId) => {
    const member = await ports.people.readMember(memberId);
    const subject = subjectOfElder(member);
    const permit = await permittedFor(c, ports, 'join_activity', { subject, thing: caseId });
    if (member === undefined) throw new Refused({ code: 'unknown_member' });
    const activity = await ports.caseBook.readNow('activity', caseId);
    if (activity === undefined) throw new Refused({ code: 'unknown_case' });
    return { member, permit, activity };
  };
  return new Hono<Env>()
    .use('/activities', signedIn(deps))
    .use('/activities/*', signedIn(deps))
    .use('/activity-records', signedIn(deps))
    .post('/activities', body(OpenActivity), async (c) => {
      const wanted = c.req.valid('json');
      const permit = permitted(c, 'open_activity', { communityCode: wanted.communityCode }, wanted.caseId);
      return present(c, ActivityReceipt, await openActivity(ports, permit, wanted), 201);
    })
    .get('/activities', query(ActivityQuery), async (c) => {
      const { community, cursor } = c.req.valid('query');
      const permit = permitted(c, 'list_activities');
      const home = community ?? (await ports.people.readMember(c.var.actor.memberId))?.communityCode;
      if (home === undefined) return present(c, ActivityList, { kind: 'done', value: { items: [] } }, 200);
      return present(c, ActivityList, await listActivities(ports, permit, home, cursor), 200);
    })
    .get('/activities/:caseId', caseIdParam, async (c) => {
      const { activity, permit } = await onActivity(c, 'read_activity', c.req.valid('param').caseId);
      return present(c, ActivitySheet, await readActivity(ports, permit, activity), 200);
    })
    .post('/activities/:caseId/names', caseIdParam, body(JoinActivity), async (c) => {
      const wanted = c.req.valid('json');
      const { caseId } = c.req.valid('param');
      const found = await forName(c, caseId, wanted.memberId ?? c.var.actor.memberId);
      const outcome = await joinActivity(ports, found.permit, found.activity, found.member, wanted);
      return present(c, ActivityReceipt, outcome, 201);
    })
    .post('/activities/:caseId/leave', caseIdParam, body(LeaveActivity), async (c) => {
      const wanted = c.req.valid('json');
      const { caseId } = c.req.valid('param');
      const found = await forName(c, caseId, wanted.memberId ?? c.var.actor.memberId);
      const outcome = await leaveActivity(ports, found.permit, found.activity, found.member, wanted);
      return present(c, ActivityReceipt, outcome, 201);
    })
    .post('/activities/:caseId/attendance', caseIdParam, body(TickActivity), async (c) => {
      const { activity, permit } = await onActivity(c, 'tick_activity', c.req.valid('param').caseId);
      return present(
        c,
        ActivityReceipt,
        await tickActivity(ports, permit, activity, c.req.valid('json')),
        201,
      );
    })
    .post('/activities/:caseId/close', caseIdParam, body(CloseActivity), async (c) => {
      const { caseId } = c.req.valid('param');
      const activity = await ports.caseBook.readNow('activity', caseId);
      const organisation =
        activity === undefined
          ? undefined
          : await ports.caseBook.readNow('organisation', activity.organisationId);
      const subject = organisation === undefined ? {} : { communityCode: organisation.communityCode };
      const permit = permitted(c, 'bank_group_hours', subject, caseId);
      if (activity === undefined) throw new Refused({ code: 'unknown_case' });
      const outcome = await closeActivity(ports, permit, activity, c.req.valid('json'));
      return present(c, ActivityReceipt, outcome, 201);
    })
    .post('/activities/:caseId/cancel', caseIdParam, body(CancelActivity), async (c) => {
      const { activity, permit } = await onActivity(c, 'cancel_activity', c.req.valid('param').caseId);
      return present(
        c,
        ActivityReceipt,
        await cancelActivity(ports, permit, activity, c.req.valid('json')),
        201,
      );
    })
    .get('/activity-records', async (c) =>
      present(c, ActivityRecordList, await listActivityRecords(ports, permitted(c, 'read_me')), 200),
    );
};
