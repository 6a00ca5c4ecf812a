import { Route, Router } from 'preact-iso/router';
import AskChange from './ask-change.tsx';
import Ask from './ask.tsx';
import NotFound from './not-found.tsx';

/** Asking for help without hours, and changing what was asked. */
const AskPages = () => (
  <Router>
    <Route path="/ask/:step?" component={Ask} />
    <Route path="/ask/change/:requestId/:step?" component={AskChange} />
    <Route default component={NotFound} />
  </Router>
);

export default AskPages;
