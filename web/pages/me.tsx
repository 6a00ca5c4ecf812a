import { Page } from '../components/page.tsx';
import { useMeWords } from '../me-words.ts';

/** One's own affairs: who helps, the card, sign-ins, and what is known of oneself. */
const Me = () => {
  const own = useMeWords();
  const parts = [
    { path: '/me/helpers', label: own.helpers },
    { path: '/helped', label: own.helped },
    { path: '/me/card', label: own.card },
    { path: '/inbox', label: own.inbox },
    { path: '/next', label: own.next },
    { path: '/week', label: own.week },
    { path: '/me/notices', label: own.notices },
    { path: '/me/sign-ins', label: own.signIns },
    { path: '/me/passkeys', label: own.passkeys },
    { path: '/me/consents', label: own.consents },
    { path: '/me/readers', label: own.readers },
    { path: '/me/copy', label: own.copy },
    { path: '/me/wishes', label: own.wishes },
  ];
  return (
    <Page title={own.title}>
      {parts.map(({ path, label }, index) => (
        <a class={index < 3 ? 'button primary' : 'button'} key={path} href={path}>
          {label}
        </a>
      ))}
    </Page>
  );
};

export default Me;
