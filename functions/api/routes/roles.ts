import { EndRole, GrantRole, HolderList, HolderQuery, PersonReceipt } from '@time-bank/contracts/role';
import { endRole, grantRole } from '@time-bank/desk/grant-role';
import { listHolders } from '@time-bank/desk/list-holders';
import { Hono } from 'hono';
import { type Env, signedIn } from '../actor.ts';
import { present } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { memberAsked, memberIdParam } from '../member-asked.ts';
import { permitted } from '../permit.ts';
import { body, query } from '../validate.ts';

export const roleRoutes = (deps: Deps) => {
  const { ports } = deps;
  return new Hono<Env>()
    .use('/roles', signedIn(deps))
    .use('/members/:memberId/roles', signedIn(deps))
    .use('/members/:memberId/roles/end', signedIn(deps))
    .get('/roles', query(HolderQuery), async (c) => {
      const asked = c.req.valid('query');
      const permit = permitted(c, 'list_holders', { region: asked.region });
      return present(c, HolderList, await listHolders(ports, permit, asked), 200);
    })
    .post('/members/:memberId/roles', memberIdParam, body(GrantRole), async (c) => {
      const given = c.req.valid('json');
      const { memberId } = c.req.valid('param');
      const { member, permit } = await memberAsked(deps, c, 'grant_role', memberId, given.fileId);
      return present(c, PersonReceipt, await grantRole(ports, permit, member, given), 201);
    })
    .post('/members/:memberId/roles/end', memberIdParam, body(EndRole), async (c) => {
      const ended = c.req.valid('json');
      const { memberId } = c.req.valid('param');
      const { member, permit } = await memberAsked(deps, c, 'grant_role', memberId, ended.fileId);
      return present(c, PersonReceipt, await endRole(ports, permit, member, ended), 201);
    });
};
