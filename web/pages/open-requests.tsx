import type { RequestPage } from '@time-bank/contracts/request';
import { client } from '../client.ts';
import { Loaded } from '../components/loaded.tsx';
import { MoreButton, useMore } from '../components/more-items.tsx';
import { Page } from '../components/page.tsx';
import { RequestCard } from '../components/request-card.tsx';
import { companionFact, receiverWords, requestFacts } from '../components/request-facts.tsx';
import { useWords } from '../language.tsx';
import { useResource } from '../use-resource.ts';

const List = ({ first }: { first: RequestPage }) => {
  const words = useWords();
  const more = useMore(first, (cursor) => client.listRequests({ scope: 'open', cursor }));
  if (more.items.length === 0) return <p>{words.openRequestsEmpty}</p>;
  return (
    <>
      <ul class="cards">
        {more.items.map((request) => (
          <RequestCard
            key={request.requestId}
            request={request}
            refOf={more.refOf}
            heading="h2"
            title={`${request.serviceWords[words.locale]} · ${receiverWords(words, request)}`}
            facts={[companionFact(words, request), ...requestFacts(words, request).slice(2, 5)]}
            next={{
              path: `/requests/${request.requestId}`,
              label: words.see(receiverWords(words, request)),
              primary: true,
            }}
          />
        ))}
      </ul>
      <MoreButton more={more} />
    </>
  );
};

/** Visits near the volunteer that nobody has taken yet. */
const OpenRequests = () => {
  const words = useWords();
  const requests = useResource('open', () => client.listRequests({ scope: 'open' }));
  return (
    <Page title={words.openRequests}>
      <Loaded resource={requests}>{(first) => <List first={first} />}</Loaded>
    </Page>
  );
};

export default OpenRequests;
