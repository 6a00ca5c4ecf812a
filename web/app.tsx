import lazy, { ErrorBoundary } from 'preact-iso/lazy';
import { LocationProvider, Route, Router } from 'preact-iso/router';
import { Frame } from './components/frame.tsx';
import { LanguageProvider } from './language.tsx';
import { page } from './lazy-page.ts';
import { PageBroken } from './pages/page-broken.tsx';

// The first page has its words at hand.
const Home = lazy(() => import('./pages/home.tsx').catch(() => ({ default: PageBroken })));
const SignIn = page(() => import('./pages/sign-in.tsx'));
const OpenRequests = page(() => import('./pages/open-requests.tsx'));
const OpenRequest = page(() => import('./pages/open-request.tsx'));
const Visits = page(() => import('./pages/visits.tsx'));
const Visit = page(() => import('./pages/visit.tsx'));
const Received = page(() => import('./pages/received.tsx'));
const ReceivedRequest = page(() => import('./pages/received-request.tsx'));
const Redeem = page(() => import('./pages/redeem.tsx'));
const Give = page(() => import('./pages/give.tsx'));
const LaterPages = page(() => import('./pages/later-pages.tsx'));

/**
 * All pages. Each is fetched when it is first opened, all but the first with the whole catalogue. What is left over goes
 * on by its whole path, so that the pages that come together can tell theirs apart: a default would leave them nothing.
 */
export const App = () => (
  <LanguageProvider>
    <LocationProvider>
      <Frame>
        <ErrorBoundary>
          <Router>
            <Route path="/" component={Home} />
            <Route path="/sign-in" component={SignIn} />
            <Route path="/requests" component={OpenRequests} />
            <Route path="/requests/:requestId" component={OpenRequest} />
            <Route path="/visits" component={Visits} />
            <Route path="/visits/:requestId" component={Visit} />
            <Route path="/visits/:requestId/report" component={LaterPages} />
            <Route path="/received" component={Received} />
            <Route path="/received/:requestId" component={ReceivedRequest} />
            <Route path="/redeem/:step?" component={Redeem} />
            <Route path="/give/:part?/:step?" component={Give} />
            <Route path="/me" component={LaterPages} />
            <Route path="/me/*" component={LaterPages} />
            <Route path="/helped" component={LaterPages} />
            <Route path="/helped/*" component={LaterPages} />
            <Route path="/desk" component={LaterPages} />
            <Route path="/desk/*" component={LaterPages} />
            <Route path="/*" component={LaterPages} />
          </Router>
        </ErrorBoundary>
      </Frame>
    </LocationProvider>
  </LanguageProvider>
);
