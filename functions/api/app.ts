/** The API, put together. Routes are chained so that `typeof app` types the web's client. */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import type { Env } from './actor.ts';
import { onError, refuse } from './answers.ts';
import type { Deps } from './deps.ts';
import { accountRoutes } from './routes/accounts.ts';
import { correctionRoutes } from './routes/corrections.ts';
import { coverageRoutes } from './routes/coverage.ts';
import { givingRoutes } from './routes/giving.ts';
import { grantRoutes } from './routes/grants.ts';
import { hoursRoutes } from './routes/hours.ts';
import { organisationRoutes } from './routes/organisations.ts';
import { peopleRoutes } from './routes/people.ts';
import { policyRoutes } from './routes/policies.ts';
import { purchaseRoutes } from './routes/purchases.ts';
import { requestRoutes } from './routes/requests.ts';
import { sealRoutes } from './routes/seals.ts';
import { serviceRoutes } from './routes/service.ts';
import { signInRoutes } from './routes/sign-in.ts';

const BODY_BYTES_MAX = 64 * 1024;
/** Answers are data; only the page of the API brings a policy of its own. */
const NOTHING_LOADS = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/** The app over its dependencies. Order: headers for every answer, then the limit, then the routes. */
export const makeApp = (deps: Deps) => {
  const app = new Hono<Env>()
    .use(
      secureHeaders({
        strictTransportSecurity: 'max-age=63072000; includeSubDomains',
        referrerPolicy: 'no-referrer',
      }),
    )
    .use(async (c, next) => {
      await next();
      if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store');
      if (!c.res.headers.has('Content-Security-Policy')) c.header('Content-Security-Policy', NOTHING_LOADS);
    })
    .use(bodyLimit({ maxSize: BODY_BYTES_MAX, onError: (c) => refuse(c, { code: 'body_too_large' }) }))
    .basePath('/api')
    .route('/', serviceRoutes(deps))
    .route('/', signInRoutes(deps))
    .route('/', peopleRoutes(deps))
    .route('/', requestRoutes(deps))
    .route('/', hoursRoutes(deps))
    .route('/', givingRoutes(deps))
    .route('/', policyRoutes(deps))
    .route('/', correctionRoutes(deps))
    .route('/', grantRoutes(deps))
    .route('/', accountRoutes(deps))
    .route('/', organisationRoutes(deps))
    .route('/', purchaseRoutes(deps))
    .route('/', coverageRoutes(deps))
    .route('/', sealRoutes(deps));
  app.notFound((c) => refuse(c, { code: 'unknown_route' }));
  app.onError(onError(deps));
  return app;
};

/** The type of the API, for the typed client. */
export type Api = ReturnType<typeof makeApp>;
