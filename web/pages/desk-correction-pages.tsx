import { Route, Router } from 'preact-iso/router';
import DeskCorrection from './desk-correction.tsx';
import DeskCorrections from './desk-corrections.tsx';
import NotFound from './not-found.tsx';

/** The staff's pages on records that are put right: they come together, apart from those on visits. */
const DeskCorrectionPages = () => (
  <Router>
    <Route path="/corrections" component={DeskCorrections} />
    <Route path="/corrections/new" component={DeskCorrection} />
    <Route default component={NotFound} />
  </Router>
);

export default DeskCorrectionPages;
