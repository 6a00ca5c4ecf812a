import { useLocation } from 'preact-iso/router';
import Inbox from './inbox.tsx';
import Next from './next.tsx';
import NoticeLink from './notice-link.tsx';
import Week from './week.tsx';

/** The pages of what one is told and what comes: they come together, as each says little. */
const NoticesPages = () => {
  const { path } = useLocation();
  if (path === '/next') return <Next />;
  if (path === '/week') return <Week />;
  if (path === '/notices') return <NoticeLink />;
  return <Inbox />;
};

export default NoticesPages;
