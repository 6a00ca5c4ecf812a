import { Route, Router } from 'preact-iso/router';
import DeskCorrection from './desk-correction.tsx';
import DeskCorrections from './desk-corrections.tsx';
import DeskRequest from './desk-request.tsx';
import Desk from './desk.tsx';
import NotFound from './not-found.tsx';

/** The pages below `/desk`: they come together, as whoever opens one goes from one to the other all day. */
const DeskPages = () => (
  <Router>
    <Route path="/" component={Desk} />
    <Route path="/corrections" component={DeskCorrections} />
    <Route path="/corrections/new" component={DeskCorrection} />
    <Route path="/requests/:requestId" component={DeskRequest} />
    <Route default component={NotFound} />
  </Router>
);

export default DeskPages;
