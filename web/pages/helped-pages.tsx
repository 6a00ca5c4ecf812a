import { Route, Router } from 'preact-iso/router';
import HelpedAsk from './helped-ask.tsx';
import HelpedElder from './helped-elder.tsx';
import Helped from './helped.tsx';
import { page } from '../lazy-page.ts';
import NotFound from './not-found.tsx';

// Needs what asks for a visit, which the others do not.
const HelpedOrder = page(() => import('./helped-order.tsx'));

/** The pages of whoever helps an elder. */
const HelpedPages = () => (
  <Router>
    <Route path="/" component={Helped} />
    <Route path="/ask" component={HelpedAsk} />
    <Route path="/:memberId" component={HelpedElder} />
    <Route path="/:memberId/order/:step?" component={HelpedOrder} />
    <Route default component={NotFound} />
  </Router>
);

export default HelpedPages;
