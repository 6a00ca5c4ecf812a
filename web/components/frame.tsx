import type { ComponentChildren } from 'preact';
import { useLocation } from 'preact-iso/router';
import { useEffect, useState } from 'preact/hooks';
import { type Failure, isSignInMissing } from '../answer.ts';
import { forgetPerson, recall } from '../device-storage.ts';
import { useShellWords } from '../language.tsx';
import { askLater } from '../later-client.ts';
import { ambulancePhone, servicePhone } from '../service-phone.ts';
import { PreferenceBar } from './preference-bar.tsx';
import { Sentence } from './sentence.tsx';

const useOnline = (): boolean => {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const look = () => {
      setOnline(navigator.onLine);
    };
    addEventListener('online', look);
    addEventListener('offline', look);
    return () => {
      removeEventListener('online', look);
      removeEventListener('offline', look);
    };
  }, []);
  return online;
};

/** The session ends at the service, so nothing is forgotten, and the button stays, until the service has said so. */
const SignOut = () => {
  const words = useShellWords();
  const { route } = useLocation();
  const [failure, setFailure] = useState<Failure>();
  const [sending, setSending] = useState(false);
  const signOut = async () => {
    setSending(true);
    const answer = await askLater((client) => client.signOut());
    setSending(false);
    if (answer.kind === 'done' || isSignInMissing(answer)) {
      forgetPerson();
      route('/sign-in');
    } else setFailure(answer);
  };
  return (
    <>
      {failure !== undefined && (
        <p role="alert">
          ! {words.stillSignedIn} <Sentence failure={failure} />
        </p>
      )}
      <button
        type="button"
        disabled={sending}
        onClick={() => {
          void signOut();
        }}
      >
        {words.signOut}
      </button>
    </>
  );
};

/** What is around every page, always in the same places: the way home, size and language, help by telephone. */
export const Frame = ({ children }: { children: ComponentChildren }) => {
  const words = useShellWords();
  const { path } = useLocation();
  const width = path.startsWith('/desk') ? 'wide' : '';
  const online = useOnline();
  const [isOpen, setOpen] = useState(false);
  const signedIn = path !== '/sign-in' && recall('signed-in') !== undefined;
  return (
    <>
      <a class="skip" href="#main">
        {words.skipToMain}
      </a>
      <header class={width}>
        <div class="bar">
          <a class="brand" href="/">
            {words.name}
          </a>
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls="preferences"
            onClick={() => {
              setOpen(!isOpen);
            }}
          >
            {words.appearance}
          </button>
        </div>
        {isOpen && <PreferenceBar />}
      </header>
      <div role="status">{!online && <p class="offline">! {words.offline}</p>}</div>
      {children}
      <footer class={width}>
        {path !== '/' && path !== '/sign-in' && (
          <a class="button" href="/">
            {words.home}
          </a>
        )}
        {signedIn && (
          <a class="button" href="/help">
            {words.help}
          </a>
        )}
        <p>{words.callForHelp}</p>
        <p class="calls">
          <a class="button" href={`tel:${servicePhone}`}>
            {words.servicePhone} <span class="number">{servicePhone}</span>
          </a>
          <a class="button" href={`tel:${ambulancePhone}`}>
            {words.ambulance} {ambulancePhone}
          </a>
        </p>
        {signedIn && <SignOut />}
      </footer>
    </>
  );
};
