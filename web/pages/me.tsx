import { Page } from '../components/page.tsx';
import { readMe } from '../first-reads.ts';
import { useMeWords } from '../me-words.ts';
import { useResource } from '../use-resource.ts';

/** One's own affairs: who helps, the card, sign-ins, and what is known of oneself. */
const Me = () => {
  const own = useMeWords();
  const { value } = useResource('me', readMe);
  const isVolunteer = value?.member.roles.some(({ role }) => role === 'volunteer') === true;
  const parts = [
    { path: '/next', label: own.next },
    { path: '/me/card', label: own.card },
    { path: '/inbox', label: own.inbox },
    ...(isVolunteer ? [{ path: '/week', label: own.week }] : []),
    { path: '/me/helpers', label: own.helpers },
    { path: '/helped', label: own.helped },
    { path: '/me/notices', label: own.notices },
    ...(isVolunteer ? [{ path: '/me/portrait', label: own.portrait }] : []),
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
