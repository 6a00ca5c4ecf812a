import { Route, Router } from 'preact-iso/router';
import Help from './help.tsx';
import NotFound from './not-found.tsx';
import VisitHelp from './visit-help.tsx';

/** Calling for help: for oneself, and for the elder whom one visits. */
const HelpPages = () => (
  <Router>
    <Route path="/help" component={Help} />
    <Route path="/visits/:requestId/help" component={VisitHelp} />
    <Route default component={NotFound} />
  </Router>
);

export default HelpPages;
