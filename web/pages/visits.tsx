import type { RequestPage, RequestView } from '@time-bank/contracts/request';
import { client } from '../client.ts';
import { Loaded } from '../components/loaded.tsx';
import { MoreButton, type RefOf, useMore } from '../components/more-items.tsx';
import { Page } from '../components/page.tsx';
import { RequestCard } from '../components/request-card.tsx';
import { receiverWords } from '../components/request-facts.tsx';
import { isUnderWay } from '../components/state-words.ts';
import { useWords } from '../language.tsx';
import { useResource } from '../use-resource.ts';
import type { Catalogue } from '../words/zh-hans.ts';

const nextLabel = (words: Catalogue, request: RequestView): string => {
  const who = receiverWords(words, request);
  if (request.state === 'accepted') return `${words.nextCheckIn} · ${who}`;
  if (request.state === 'in_service') return `${words.nextCheckOut} · ${who}`;
  return words.see(who);
};

const Group = ({
  title,
  requests,
  refOf,
}: {
  title: string;
  requests: readonly RequestView[];
  refOf: RefOf<RequestView>;
}) => {
  const words = useWords();
  if (requests.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul class="cards">
        {requests.map((request) => (
          <RequestCard
            key={request.requestId}
            request={request}
            refOf={refOf}
            title={`${request.serviceWords[words.locale]} · ${receiverWords(words, request)}`}
            states={words.volunteerStates}
            next={{
              path: `/visits/${request.requestId}`,
              label: nextLabel(words, request),
              primary: request.state === 'accepted' || request.state === 'in_service',
            }}
          />
        ))}
      </ul>
    </section>
  );
};

const byStart = (one: RequestView, other: RequestView): number =>
  Date.parse(one.plannedStartAt) - Date.parse(other.plannedStartAt);

const List = ({ first }: { first: RequestPage }) => {
  const words = useWords();
  const more = useMore(first, (cursor) => client.listRequests({ scope: 'visits', cursor }));
  if (more.items.length === 0) {
    return (
      <>
        <p>{words.visitsEmpty}</p>
        <a class="button primary" href="/requests">
          {words.findVisits}
        </a>
      </>
    );
  }
  const next = more.items.filter(({ state }) => isUnderWay(state)).sort(byStart);
  const before = more.items
    .filter(({ state }) => !isUnderWay(state))
    .sort((one, other) => byStart(other, one));
  return (
    <>
      <Group title={words.visitsNext} requests={next} refOf={more.refOf} />
      <Group title={words.visitsBefore} requests={before} refOf={more.refOf} />
      <MoreButton more={more} />
    </>
  );
};

/** The visits of a volunteer, each with its next step. */
const Visits = () => {
  const words = useWords();
  const requests = useResource('visits', () => client.listRequests({ scope: 'visits' }));
  return (
    <Page title={words.myVisits}>
      <Loaded resource={requests}>{(first) => <List first={first} />}</Loaded>
    </Page>
  );
};

export default Visits;
