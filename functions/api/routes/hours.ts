import { Balance, StatementPage, StatementQuery } from '@time-bank/contracts/account';
import type { ForWhom } from '@time-bank/contracts/helping';
import { Receipt, RedeemHours } from '@time-bank/contracts/request';
import { listEntries, readBalance } from '@time-bank/desk/read-account';
import { redeemHours } from '@time-bank/desk/redeem-hours';
import { type Context, Hono } from 'hono';
import { type Env, signedIn } from '../actor.ts';
import { actingFor, permittedFor, subjectOfElder } from '../acting.ts';
import { present } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { permitted } from '../permit.ts';
import { Refused } from '../refused.ts';
import { body, query } from '../validate.ts';

export const hoursRoutes = (deps: Deps) => {
  const { ports } = deps;
  /** To redeem one's own hours; or an elder's, which a helper does who may order and spend, or staff for a caller. */
  const leaveToSpend = async (c: Context<Env>, forWhom: ForWhom | undefined) => {
    if (forWhom === undefined) return permitted(c, 'redeem_hours');
    const { memberId } = forWhom;
    const elder = await ports.people.readMember(memberId);
    const asked = { subject: subjectOfElder(elder), forWhom };
    const permit = await permittedFor(c, ports, 'spend_for_elder', asked);
    if (elder === undefined) throw new Refused({ code: 'unknown_member' });
    actingFor(c, permit, forWhom, memberId);
    if (permit.via.relation === 'bound') await permittedFor(c, ports, 'order_for_elder', asked);
    return permit;
  };
  return new Hono<Env>()
    .use('/redemptions', signedIn(deps))
    .use('/account/*', signedIn(deps))
    .post('/redemptions', body(RedeemHours), async (c) => {
      const wanted = c.req.valid('json');
      const permit = await leaveToSpend(c, wanted.forWhom);
      return present(c, Receipt, await redeemHours(deps.ports, permit, wanted), 201);
    })
    .get('/account', async (c) => {
      const permit = permitted(c, 'read_account');
      return present(c, Balance, await readBalance(deps.ports, permit), 200);
    })
    .get('/account/entries', query(StatementQuery), async (c) => {
      const permit = permitted(c, 'read_account');
      return present(
        c,
        StatementPage,
        await listEntries(deps.ports, permit, c.req.valid('query').cursor),
        200,
      );
    });
};
