import { Health } from '@time-bank/contracts/routes';
import { done, refused } from '@time-bank/contracts/refusals';
import { Hono } from 'hono';
import { present } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { docsPage } from '../docs-page.ts';
import { openApiWithPermissions } from '../route-actions.ts';

export const serviceRoutes = (deps: Pick<Deps, 'tablesAnswer'>) =>
  new Hono()
    .get('/health', async (c) => {
      const answers = await deps.tablesAnswer();
      return present(c, Health, answers ? done({ status: 'ok' as const }) : refused('unavailable'), 200);
    })
    .get('/openapi.json', (c) => c.json(openApiWithPermissions()))
    .get('/docs', docsPage);
