import { Route, Router } from 'preact-iso/router';
import HelpedElder from './helped-elder.tsx';
import Helped from './helped.tsx';
import { page } from '../lazy-page.ts';
import NotFound from './not-found.tsx';

// Need what asks for a visit, calls for help or applies, which the others do not.
const HelpedAsk = page(() => import('./helped-ask.tsx'));
const HelpedOrder = page(() => import('./helped-order.tsx'));
const HelpedHelp = page(() => import('./helped-help.tsx'));

/** The pages of whoever helps an elder. */
const HelpedPages = () => (
  <Router>
    <Route path="/" component={Helped} />
    <Route path="/ask" component={HelpedAsk} />
    <Route path="/:memberId" component={HelpedElder} />
    <Route path="/:memberId/order/:step?" component={HelpedOrder} />
    <Route path="/:memberId/help" component={HelpedHelp} />
    <Route default component={NotFound} />
  </Router>
);

export default HelpedPages;
