/** The API, put together. Routes are chained so that `typeof app` types the web's client. */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import type { Env } from './actor.ts';
import { onError, refuse } from './answers.ts';
import type { Deps } from './deps.ts';
import { limitHeaders } from './limit-headers.ts';
import { limitAddresses } from './rate-limit.ts';
import { activityRoutes } from './routes/activity.ts';
import { accountRoutes } from './routes/accounts.ts';
import { auditRoutes } from './routes/audit.ts';
import { cardRoutes } from './routes/cards.ts';
import { confirmingRoutes } from './routes/confirming.ts';
import { correctionRoutes } from './routes/corrections.ts';
import { coverageRoutes } from './routes/coverage.ts';
import { emergencyRoutes } from './routes/emergency.ts';
import { givingRoutes } from './routes/giving.ts';
import { grantRoutes } from './routes/grants.ts';
import { helpingRoutes } from './routes/helping.ts';
import { hoursRoutes } from './routes/hours.ts';
import { linkageRoutes } from './routes/linkages.ts';
import { mergingRoutes } from './routes/merging.ts';
import { noticesRoutes } from './routes/notices.ts';
import { organisationRoutes } from './routes/organisations.ts';
import { ownSignInRoutes } from './routes/own-sign-in.ts';
import { peopleFileRoutes } from './routes/people-files.ts';
import { peopleRoutes } from './routes/people.ts';
import { policyRoutes } from './routes/policies.ts';
import { portraitRoutes } from './routes/portraits.ts';
import { privacyRoutes } from './routes/privacy.ts';
import { purchaseRoutes } from './routes/purchases.ts';
import { requestLifeRoutes } from './routes/request-life.ts';
import { requestRoutes } from './routes/requests.ts';
import { roleRoutes } from './routes/roles.ts';
import { seriesRoutes } from './routes/series.ts';
import { sealRoutes } from './routes/seals.ts';
import { serviceRoutes } from './routes/service.ts';
import { sessionRoutes } from './routes/sessions.ts';
import { signInDeskRoutes } from './routes/sign-in-desk.ts';
import { signInRoutes } from './routes/sign-in.ts';
import { visitingRoutes } from './routes/visiting.ts';
import { volunteerRoutes } from './routes/volunteers.ts';
import { weekPlanRoutes } from './routes/week-plans.ts';

const BODY_BYTES_MAX = 64 * 1024;
/** Answers are data; only the page of the API brings a policy of its own. */
const NOTHING_LOADS = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/**
 * The app over its dependencies. Order: headers for every answer, also for those that follow; then how long a message
 * may be, before anything is done with it; then how often its sender may call, before the store is asked; then the routes.
 */
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
    .use(limitHeaders)
    .use(bodyLimit({ maxSize: BODY_BYTES_MAX, onError: (c) => refuse(c, { code: 'body_too_large' }) }))
    .use(limitAddresses(deps))
    .basePath('/api')
    .route('/', serviceRoutes(deps))
    .route('/', signInRoutes(deps))
    .route('/', ownSignInRoutes(deps))
    .route('/', signInDeskRoutes(deps))
    .route('/', sessionRoutes(deps))
    .route('/', peopleRoutes(deps))
    .route('/', mergingRoutes(deps))
    .route('/', peopleFileRoutes(deps))
    .route('/', roleRoutes(deps))
    .route('/', volunteerRoutes(deps))
    .route('/', requestRoutes(deps))
    .route('/', requestLifeRoutes(deps))
    .route('/', hoursRoutes(deps))
    .route('/', givingRoutes(deps))
    .route('/', policyRoutes(deps))
    .route('/', correctionRoutes(deps))
    .route('/', grantRoutes(deps))
    .route('/', accountRoutes(deps))
    .route('/', organisationRoutes(deps))
    .route('/', purchaseRoutes(deps))
    .route('/', linkageRoutes(deps))
    .route('/', emergencyRoutes(deps))
    .route('/', seriesRoutes(deps))
    .route('/', activityRoutes(deps))
    .route('/', privacyRoutes(deps))
    .route('/', portraitRoutes(deps))
    .route('/', noticesRoutes(deps))
    .route('/', helpingRoutes(deps))
    .route('/', cardRoutes(deps))
    .route('/', visitingRoutes(deps))
    .route('/', coverageRoutes(deps))
    .route('/', confirmingRoutes(deps))
    .route('/', weekPlanRoutes(deps))
    .route('/', sealRoutes(deps))
    .route('/', auditRoutes(deps));
  app.notFound((c) => refuse(c, { code: 'unknown_route' }));
  app.onError(onError(deps));
  return app;
};

/** The type of the API, for the typed client. */
export type Api = ReturnType<typeof makeApp>;
