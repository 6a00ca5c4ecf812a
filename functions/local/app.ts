/** The whole service as one app: the API, the pages, and the inbox that stands for a telephone. */
import { makeApp } from '@time-bank/api/app';
import type { Deps } from '@time-bank/api/deps';
import { Hono } from 'hono';
import type { devInbox } from './dev-inbox.ts';
import { site } from './site.ts';

/** Joins the three. `siteDir`: the built pages. */
export const makeLocalApp = (deps: Deps, inbox: ReturnType<typeof devInbox>, siteDir: string) => {
  const api = makeApp({ ...deps, codeSender: inbox.sender });
  const pages = site(siteDir);
  return new Hono()
    .all('/api/*', (c) => api.fetch(c.req.raw, c.env))
    .route('/dev/inbox', inbox.pages)
    .get('*', (c) => pages.fetch(c.req.raw));
};
