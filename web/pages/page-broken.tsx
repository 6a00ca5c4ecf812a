import { Page } from '../components/page.tsx';
import { useShellWords } from '../language.tsx';

/** Shown where a page's script could not be fetched, e.g. without network or after a new edition. */
export const PageBroken = () => {
  const words = useShellWords();
  return (
    <Page title={words.pageBroken}>
      <p>{words.pageBrokenHint}</p>
      <button
        type="button"
        class="primary"
        onClick={() => {
          location.reload();
        }}
      >
        {words.reload}
      </button>
    </Page>
  );
};
