import { Balance, StatementPage, StatementQuery } from '@time-bank/contracts/account';
import { Receipt, RedeemHours } from '@time-bank/contracts/request';
import { listEntries, readBalance } from '@time-bank/desk/read-account';
import { redeemHours } from '@time-bank/desk/redeem-hours';
import { grant } from '@time-bank/identity/grant';
import { Hono } from 'hono';
import { type Env, signedIn } from '../actor.ts';
import { present } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { orRefuse } from '../refused.ts';
import { body, query } from '../validate.ts';

export const hoursRoutes = (deps: Deps) =>
  new Hono<Env>()
    .use('/redemptions', signedIn(deps))
    .use('/account/*', signedIn(deps))
    .post('/redemptions', body(RedeemHours), async (c) => {
      const permit = orRefuse(grant(c.var.actor, 'redeem_hours'));
      return present(c, Receipt, await redeemHours(deps.ports, permit, c.req.valid('json')), 201);
    })
    .get('/account', async (c) => {
      const permit = orRefuse(grant(c.var.actor, 'read_account'));
      return present(c, Balance, await readBalance(deps.ports, permit), 200);
    })
    .get('/account/entries', query(StatementQuery), async (c) => {
      const permit = orRefuse(grant(c.var.actor, 'read_account'));
      return present(
        c,
        StatementPage,
        await listEntries(deps.ports, permit, c.req.valid('query').cursor),
        200,
      );
    });
