import { useLocation } from 'preact-iso/router';
import { page } from '../lazy-page.ts';
import NotFound from './not-found.tsx';

const MePages = page(() => import('./me-pages.tsx'));
const HelpedPages = page(() => import('./helped-pages.tsx'));
const DeskPeoplePages = page(() => import('./desk-people-pages.tsx'));
const DeskPages = page(() => import('./desk-pages.tsx'));

/** The pages that are opened seldom, or by few: the first script knows only of this one, and is the smaller for it. */
const LaterPages = () => {
  const { path } = useLocation();
  if (/^\/me(\/|$)/.test(path)) return <MePages />;
  if (/^\/helped(\/|$)/.test(path)) return <HelpedPages />;
  if (/^\/desk\/people(\/|$)/.test(path)) return <DeskPeoplePages />;
  if (/^\/desk(\/|$)/.test(path)) return <DeskPages />;
  return <NotFound />;
};

export default LaterPages;
