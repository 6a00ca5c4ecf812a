import { CallService, NextVisitList } from '../components/next-visits.tsx';
import { Loaded } from '../components/loaded.tsx';
import { Page } from '../components/page.tsx';
import { noticesClient } from '../notices-client.ts';
import { useNoticesWords } from '../notices-words.ts';
import { useResource } from '../use-resource.ts';

/** Who comes next to oneself, and whom to call. */
const Next = () => {
  const own = useNoticesWords();
  const visits = useResource('next', () => noticesClient.listNext('receiver'));
  return (
    <Page title={own.next}>
      <Loaded resource={visits}>
        {({ items }) => (
          <NextVisitList items={items} path="/received">
            <CallService />
          </NextVisitList>
        )}
      </Loaded>
    </Page>
  );
};

export default Next;
