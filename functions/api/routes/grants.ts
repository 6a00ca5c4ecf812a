import { CaseQuery, DecideCase } from '@time-bank/contracts/correction';
import {
  GrantRoundList,
  GrantRoundReceipt,
  GrantRoundView,
  ProposeGrants,
} from '@time-bank/contracts/granting';
import { CommandId } from '@time-bank/contracts/ids';
import { regionOfPool } from '@time-bank/contracts/ledger';
import { approveGrants } from '@time-bank/desk/approve-grants';
import { listGrants, proposeGrants, readGrants } from '@time-bank/desk/propose-grants';
import { Hono } from 'hono';
import { type Env, signedIn } from '../actor.ts';
import { present } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { pathParam } from '../path-param.ts';
import { permitted } from '../permit.ts';
import { Refused } from '../refused.ts';
import { body, query } from '../validate.ts';

const roundIdParam = pathParam('roundId', CommandId, 'unknown_document', (roundId) => ({ roundId }));

export const grantRoutes = (deps: Deps) => {
  const { ports } = deps;
  return new Hono<Env>()
    .use('/grants/*', signedIn(deps))
    .post('/grants', body(ProposeGrants), async (c) => {
      const wanted = c.req.valid('json');
      const permit = permitted(c, 'propose_grants', { region: wanted.region }, wanted.roundId);
      return present(c, GrantRoundReceipt, await proposeGrants(ports, permit, wanted), 201);
    })
    .get('/grants', query(CaseQuery), async (c) => {
      const { region, cursor } = c.req.valid('query');
      const permit = permitted(c, 'list_cases', { region });
      return present(c, GrantRoundList, await listGrants(ports, permit, region, cursor), 200);
    })
    .get('/grants/:roundId', roundIdParam, async (c) => {
      const round = await ports.caseBook.readNow('granting', c.req.valid('param').roundId);
      const subject = round === undefined ? {} : { region: round.region };
      const permit = permitted(c, 'read_grants', subject, round?.caseId);
      if (round === undefined) throw new Refused({ code: 'unknown_document' });
      return present(c, GrantRoundView, readGrants(permit, round), 200);
    })
    .post('/grants/:roundId/decision', roundIdParam, body(DecideCase), async (c) => {
      const round = await ports.caseBook.readNow('granting', c.req.valid('param').roundId);
      // Whoever approves answers for the whole pool, and stands on no list of their own.
      const subject =
        round === undefined
          ? {}
          : { region: regionOfPool(round.poolId), concerns: round.lines.map(({ memberId }) => memberId) };
      const permit = permitted(c, 'decide_grants', subject, round?.caseId);
      if (round === undefined) throw new Refused({ code: 'unknown_document' });
      return present(
        c,
        GrantRoundReceipt,
        await approveGrants(ports, permit, round, c.req.valid('json')),
        201,
      );
    });
};
