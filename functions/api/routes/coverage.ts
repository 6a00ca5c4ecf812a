import { CoverageRates, CoverageWeek, RatesQuery } from '@time-bank/contracts/coverage';
import { CoverageQuery } from '@time-bank/contracts/routes';
import { readCoverage, readRates } from '@time-bank/desk/read-coverage';
import { Hono } from 'hono';
import { type Env, signedIn } from '../actor.ts';
import { present } from '../answers.ts';
import { communityAsked } from '../community.ts';
import type { Deps } from '../deps.ts';
import { query } from '../validate.ts';

export const coverageRoutes = (deps: Deps) =>
  new Hono<Env>()
    .use('/coverage/*', signedIn(deps))
    .get('/coverage', query(CoverageQuery), async (c) => {
      const { week, community } = c.req.valid('query');
      const { communityCode, permit } = await communityAsked(deps, c, 'read_coverage', community);
      return present(c, CoverageWeek, await readCoverage(deps.ports, permit, communityCode, week), 200);
    })
    .get('/coverage/rates', query(RatesQuery), async (c) => {
      const { community, ...asked } = c.req.valid('query');
      const { communityCode, permit } = await communityAsked(deps, c, 'read_coverage', community);
      return present(c, CoverageRates, await readRates(deps.ports, permit, communityCode, asked), 200);
    });
