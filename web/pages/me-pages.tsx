import { Route, Router } from 'preact-iso/router';
import Me from './me.tsx';
import MeCard from './me-card.tsx';
import { page } from '../lazy-page.ts';
import MeConsents from './me-consents.tsx';
import MeHelper from './me-helper.tsx';
import MeHelpers from './me-helpers.tsx';
import MeReaders from './me-readers.tsx';
import MeSignIns from './me-sign-ins.tsx';
import MeWishes from './me-wishes.tsx';
import NotFound from './not-found.tsx';

// These need much that the others do not: the statement, the maker of codes, the drawing of a picture.
const MeCopy = page(() => import('./me-copy.tsx'));
const MeNotices = page(() => import('./me-notices.tsx'));
const MeInvite = page(() => import('./me-invite.tsx'));
const MePortrait = page(() => import('./me-portrait.tsx'));
const MePasskeys = page(() => import('./me-passkeys.tsx'));

/** The pages below `/me`: they come together, as each says little. */
const MePages = () => (
  <Router>
    <Route path="/" component={Me} />
    <Route path="/helpers" component={MeHelpers} />
    <Route path="/helpers/:bindingId" component={MeHelper} />
    <Route path="/invite" component={MeInvite} />
    <Route path="/card" component={MeCard} />
    <Route path="/sign-ins" component={MeSignIns} />
    <Route path="/passkeys" component={MePasskeys} />
    <Route path="/portrait" component={MePortrait} />
    <Route path="/readers" component={MeReaders} />
    <Route path="/consents" component={MeConsents} />
    <Route path="/notices" component={MeNotices} />
    <Route path="/copy" component={MeCopy} />
    <Route path="/wishes" component={MeWishes} />
    <Route default component={NotFound} />
  </Router>
);

export default MePages;
