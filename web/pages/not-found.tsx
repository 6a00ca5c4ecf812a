import { Page } from '../components/page.tsx';
import { useShellWords } from '../language.tsx';

/** There is no such page. */
const NotFound = () => {
  const words = useShellWords();
  return (
    <Page title={words.notFound}>
      <p>{words.notFoundHint}</p>
      <a class="button primary" href="/">
        {words.home}
      </a>
    </Page>
  );
};

export default NotFound;
