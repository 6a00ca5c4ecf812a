import { Route, Router } from 'preact-iso/router';
import DeskRequest from './desk-request.tsx';
import Desk from './desk.tsx';
import NotFound from './not-found.tsx';

/** The pages below `/desk`: they come together, as whoever opens one goes from one to the other all day. */
const DeskPages = () => (
  <Router>
    <Route path="/" component={Desk} />
    <Route path="/requests/:requestId" component={DeskRequest} />
    <Route default component={NotFound} />
  </Router>
);

export default DeskPages;
