import { Route, Router } from 'preact-iso/router';
import DeskLinkage from './desk-linkage.tsx';
import DeskLinkages from './desk-linkages.tsx';
import NotFound from './not-found.tsx';

/** The pages of linkage cards, for all five societies: they come together, apart from those on visits. */
const DeskLinkagePages = () => (
  <Router>
    <Route path="/linkages" component={DeskLinkages} />
    <Route path="/linkages/:caseId" component={DeskLinkage} />
    <Route default component={NotFound} />
  </Router>
);

export default DeskLinkagePages;
