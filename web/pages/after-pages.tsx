import { Route, Router } from 'preact-iso/router';
import Complain from './complain.tsx';
import NotFound from './not-found.tsx';
import Rate from './rate.tsx';

/** What both sides of a visit may say of it afterwards. */
const AfterPages = () => (
  <Router>
    <Route path="/received/:requestId/rate" component={Rate} />
    <Route path="/received/:requestId/complain" component={Complain} />
    <Route path="/visits/:requestId/rate" component={Rate} />
    <Route path="/visits/:requestId/complain" component={Complain} />
    <Route default component={NotFound} />
  </Router>
);

export default AfterPages;
