import type { FunctionComponent } from 'preact';
import lazy from 'preact-iso/lazy';
import { loadCatalogue } from './language.tsx';
import { PageBroken } from './pages/page-broken.tsx';

/** A page that is fetched when it is first opened, with the whole catalogue. */
export const page = (load: () => Promise<{ default: FunctionComponent }>) =>
  lazy(async () => {
    try {
      const [loaded] = await Promise.all([load(), loadCatalogue()]);
      return loaded;
    } catch {
      return { default: PageBroken };
    }
  });
