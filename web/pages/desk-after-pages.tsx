import { Route, Router } from 'preact-iso/router';
import DeskCallbacks from './desk-callbacks.tsx';
import DeskConfirm from './desk-confirm.tsx';
import DeskDispute from './desk-dispute.tsx';
import DeskDisputes from './desk-disputes.tsx';
import DeskReviewItems from './desk-review-items.tsx';
import NotFound from './not-found.tsx';

/** The staff's pages on what comes after a visit: they come together, apart from the others. */
const DeskAfterPages = () => (
  <Router>
    <Route path="/confirm" component={DeskConfirm} />
    <Route path="/callbacks" component={DeskCallbacks} />
    <Route path="/disputes" component={DeskDisputes} />
    <Route path="/disputes/:requestId" component={DeskDispute} />
    <Route path="/review-items" component={DeskReviewItems} />
    <Route default component={NotFound} />
  </Router>
);

export default DeskAfterPages;
