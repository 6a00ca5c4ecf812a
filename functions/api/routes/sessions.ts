import { MemberId, SessionId } from '@time-bank/contracts/ids';
import {
  ApproveDevice,
  DeviceRow,
  EndMemberSessions,
  EndSessions,
  RefreshSession,
  RemoveDevice,
  SessionList,
  SessionsEnded,
  SignedInSession,
} from '@time-bank/contracts/session';
import { endMemberSessions, endOtherSessions, endSession } from '@time-bank/desk/end-sessions';
import { approveDevice, removeDevice } from '@time-bank/desk/keep-devices';
import { listSessions } from '@time-bank/desk/list-sessions';
import { refreshSession } from '@time-bank/desk/refresh-session';
import type { Action } from '@time-bank/identity/rules';
import { type Context, Hono } from 'hono';
import { type Env, signedIn } from '../actor.ts';
import { present } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { pathParam } from '../path-param.ts';
import { permitted } from '../permit.ts';
import { Refused } from '../refused.ts';
import { endThisSession } from '../session-cookies.ts';
import { body } from '../validate.ts';

const sessionParam = pathParam('sessionId', SessionId, 'unknown_session', (sessionId) => ({ sessionId }));
const memberParam = pathParam('memberId', MemberId, 'unknown_member', (memberId) => ({ memberId }));

export const sessionRoutes = (deps: Deps) => {
  const { ports, keys } = deps;
  /** The person whose sign-ins they are, and the leave to do something with them. */
  const over = async <A extends Action>(c: Context<Env>, action: A, memberId: MemberId) => {
    const owner = await ports.people.readMember(memberId);
    const place = owner === undefined ? {} : { memberId, communityCode: owner.communityCode };
    const permit = permitted(c, action, place, memberId);
    if (owner === undefined) throw new Refused({ code: 'unknown_member' });
    return { owner, permit };
  };
  return new Hono<Env>()
    .post('/sessions/refresh', body(RefreshSession), async (c) => {
      const outcome = await refreshSession(ports, keys, c.req.valid('json').refreshToken);
      return present(c, SignedInSession, outcome, 200);
    })
    .post('/sign-out', async (c) => {
      await endThisSession(c, deps);
      return c.body(null, 204);
    })
    .use('/sessions/*', signedIn(deps))
    .use('/members/:memberId/sessions/*', signedIn(deps))
    .use('/devices/*', signedIn(deps))
    .get('/sessions', async (c) => {
      const permit = permitted(c, 'manage_sign_in');
      return present(c, SessionList, await listSessions(ports, permit), 200);
    })
    .post('/sessions/end-others', body(EndSessions), async (c) => {
      const { owner, permit } = await over(c, 'manage_sign_in', c.var.actor.memberId);
      return present(
        c,
        SessionsEnded,
        await endOtherSessions(ports, permit, owner, c.req.valid('json')),
        200,
      );
    })
    .post('/sessions/:sessionId/end', sessionParam, body(EndSessions), async (c) => {
      const { owner, permit } = await over(c, 'manage_sign_in', c.var.actor.memberId);
      const ending = { ...c.req.valid('json'), ...c.req.valid('param') };
      return present(c, SessionsEnded, await endSession(ports, permit, owner, ending), 200);
    })
    .post('/members/:memberId/sessions/end', memberParam, body(EndMemberSessions), async (c) => {
      const { owner, permit } = await over(c, 'end_sign_ins', c.req.valid('param').memberId);
      return present(
        c,
        SessionsEnded,
        await endMemberSessions(ports, permit, owner, c.req.valid('json')),
        200,
      );
    })
    .post('/devices/approve', body(ApproveDevice), async (c) => {
      const permit = permitted(c, 'trust_device');
      return present(c, DeviceRow, await approveDevice(ports, permit, c.req.valid('json')), 200);
    })
    .post('/devices/remove', body(RemoveDevice), async (c) => {
      const { owner, permit } = await over(c, 'manage_sign_in', c.var.actor.memberId);
      return present(c, SessionsEnded, await removeDevice(ports, permit, owner, c.req.valid('json')), 200);
    });
};
