import { useLocation } from 'preact-iso/router';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { type Answer, type Failure, isSignInMissing } from './answer.ts';

/** Where someone goes who has to sign in first, to come back to `url` afterwards. */
export const signInPath = (url: string): string =>
  url === '/' ? '/sign-in' : `/sign-in?then=${encodeURIComponent(url)}`;

/** What a page reads: not there yet, there, or failed. A value stays while it is read again. */
export interface Resource<Value> {
  value?: Value;
  failure?: Failure;
  reload: () => void;
}

/**
 * Reads with `load` when the page opens and whenever `key` changes. Without a sign-in it leads to it.
 * An answer that was overtaken by another key is dropped.
 */
export const useResource = <Value>(key: string, load: () => Promise<Answer<Value>>): Resource<Value> => {
  const { url, route } = useLocation();
  const [state, setState] = useState<{ key: string; value?: Value; failure?: Failure }>({ key });
  const latest = useRef(0);
  const read = async () => {
    latest.current += 1;
    const turn = latest.current;
    const answer = await load();
    if (turn !== latest.current) return;
    if (answer.kind === 'done') setState({ key, value: answer.value });
    else if (isSignInMissing(answer)) route(signInPath(url), true);
    else
      setState((before) => (before.key === key ? { ...before, failure: answer } : { key, failure: answer }));
  };
  const reading = useRef(read);
  reading.current = read;
  useEffect(() => {
    void reading.current();
    return () => {
      latest.current += 1;
    };
  }, [key]);
  const reload = useCallback(() => {
    void reading.current();
  }, []);
  return { ...(state.key === key ? state : {}), reload };
};
