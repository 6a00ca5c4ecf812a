import { useLocation } from 'preact-iso/router';
import { page } from '../lazy-page.ts';
import NotFound from './not-found.tsx';

const MePages = page(() => import('./me-pages.tsx'));
const HelpedPages = page(() => import('./helped-pages.tsx'));
const DeskPeoplePages = page(() => import('./desk-people-pages.tsx'));
const DeskWeek = page(() => import('./desk-week.tsx'));
const DeskPlan = page(() => import('./desk-plan.tsx'));
const DeskAfterPages = page(() => import('./desk-after-pages.tsx'));
const AfterPages = page(() => import('./after-pages.tsx'));
const ConfirmLink = page(() => import('./confirm-link.tsx'));
const NoticesPages = page(() => import('./notices-pages.tsx'));
const DeskTell = page(() => import('./desk-tell.tsx'));
const Help = page(() => import('./help.tsx'));
const Activities = page(() => import('./activities.tsx'));
const DeskEmergency = page(() => import('./desk-emergency.tsx'));
const DeskSeries = page(() => import('./desk-series.tsx'));
const DeskActivities = page(() => import('./desk-activities.tsx'));
const DeskAlarms = page(() => import('./desk-alarms.tsx'));
const VisitReport = page(() => import('./visit-report.tsx'));
const DeskReview = page(() => import('./desk-review.tsx'));
const DeskPages = page(() => import('./desk-pages.tsx'));

/** The pages that are opened seldom, or by few: the first script knows only of this one, and is the smaller for it. */
const LaterPages = () => {
  const { path } = useLocation();
  if (/^\/me(\/|$)/.test(path)) return <MePages />;
  if (/^\/helped(\/|$)/.test(path)) return <HelpedPages />;
  if (/^\/desk\/people(\/|$)/.test(path)) return <DeskPeoplePages />;
  if (/^\/(inbox|next|week|notices)$/.test(path)) return <NoticesPages />;
  if (path === '/desk/tell') return <DeskTell />;
  if (path === '/desk/week') return <DeskWeek />;
  if (path === '/desk/plan') return <DeskPlan />;
  if (path === '/desk/alarms') return <DeskAlarms />;
  if (path.startsWith('/visits/')) return <VisitReport />;
  if (/^\/desk\/(confirm|callbacks|disputes|review-items)(\/|$)/.test(path)) return <DeskAfterPages />;
  if (path === '/help') return <Help />;
  if (path === '/activities') return <Activities />;
  if (path === '/desk/emergency') return <DeskEmergency />;
  if (path === '/desk/series') return <DeskSeries />;
  if (path === '/desk/activities') return <DeskActivities />;
  if (path === '/desk/review') return <DeskReview />;
  if (/^\/desk(\/|$)/.test(path)) return <DeskPages />;
  if (/^\/(received|visits)\/[^/]+\/(rate|complain)$/.test(path)) return <AfterPages />;
  if (path === '/c') return <ConfirmLink />;
  return <NotFound />;
};

export default LaterPages;
