import { AccountProof, CheckpointView } from '@time-bank/contracts/seal';
import { readCheckpoint, readProof } from '@time-bank/desk/read-proof';
import { Hono } from 'hono';
import { type Env, signedIn } from '../actor.ts';
import { present } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { permitted } from '../permit.ts';

export const sealRoutes = (deps: Deps) =>
  new Hono<Env>()
    .use('/account/*', signedIn(deps))
    .get('/checkpoint', async (c) => present(c, CheckpointView, await readCheckpoint(deps.ports), 200))
    .get('/account/proof', async (c) => {
      const permit = permitted(c, 'read_account');
      return present(c, AccountProof, await readProof(deps.ports, permit), 200);
    });
