import type { RequestPage, RequestView } from '@time-bank/contracts/request';
import { client } from '../client.ts';
import { Loaded } from '../components/loaded.tsx';
import { MoreButton, type RefOf, useMore } from '../components/more-items.tsx';
import { Page } from '../components/page.tsx';
import { RequestCard } from '../components/request-card.tsx';
import { isToMend, isUnderWay } from '../components/state-words.ts';
import { useWords } from '../language.tsx';
import { useResource } from '../use-resource.ts';

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
        {requests.map((request) => {
          const waits = request.state === 'pending_confirm';
          const who = request.visit?.volunteer.name;
          const service = request.serviceWords[words.locale];
          return (
            <RequestCard
              key={request.requestId}
              request={request}
              refOf={refOf}
              title={who === undefined ? service : `${service} · ${who}`}
              {...(waits ? {} : { states: words.receiverStates })}
              next={{
                path: `/received/${request.requestId}`,
                label: waits ? `${words.confirmShort} · ${who ?? service}` : words.see(who ?? service),
                primary: waits,
              }}
            />
          );
        })}
      </ul>
    </section>
  );
};

const List = ({ first }: { first: RequestPage }) => {
  const words = useWords();
  const more = useMore(first, (cursor) => client.listRequests({ scope: 'received', cursor }));
  if (more.items.length === 0) return <p>{words.receivedEmpty}</p>;
  const waiting = more.items.filter(({ state }) => state === 'pending_confirm');
  const mending = more.items.filter(({ state }) => isToMend(state));
  const others = more.items.filter(({ state }) => !isToMend(state) && state !== 'pending_confirm');
  const arranged = others.filter(({ state }) => isUnderWay(state));
  const before = others.filter(({ state }) => !isUnderWay(state));
  return (
    <>
      <Group title={words.waitingForMe} requests={waiting} refOf={more.refOf} />
      <Group title={words.toMend} requests={mending} refOf={more.refOf} />
      <Group title={words.arranged} requests={arranged} refOf={more.refOf} />
      <Group title={words.visitsBefore} requests={before} refOf={more.refOf} />
      <MoreButton more={more} />
    </>
  );
};

/** The visits that one receives: first those that wait for one's own confirmation. */
const Received = () => {
  const words = useWords();
  const requests = useResource('received', () => client.listRequests({ scope: 'received' }));
  return (
    <Page title={words.received}>
      <Loaded resource={requests}>{(first) => <List first={first} />}</Loaded>
    </Page>
  );
};

export default Received;
