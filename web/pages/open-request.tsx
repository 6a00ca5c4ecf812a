import type { RequestView } from '@time-bank/contracts/request';
import { useLocation, useRoute } from 'preact-iso/router';
import { useEffect, useState } from 'preact/hooks';
import { client } from '../client.ts';
import { Facts } from '../components/facts.tsx';
import { failureProblems } from '../components/failure-problems.ts';
import { Loaded } from '../components/loaded.tsx';
import { Page } from '../components/page.tsx';
import { companionFact, receiverWords, requestFacts } from '../components/request-facts.tsx';
import { stateWords } from '../components/state-words.ts';
import { Sure } from '../components/sure.tsx';
import { useWords } from '../language.tsx';
import { type Command, useCommand } from '../use-command.ts';
import { useResource } from '../use-resource.ts';

const Accept = ({ request, command }: { request: RequestView; command: Command<null> }) => {
  const words = useWords();
  const { route } = useLocation();
  const [isSure, setSure] = useState(false);
  useEffect(() => {
    if (request.mine === 'volunteer') route(`/visits/${request.requestId}`, true);
  }, [request.mine, request.requestId]);
  if (request.state !== 'published' || request.mine !== 'none') {
    return (
      <p>
        <strong>{stateWords(words.volunteerStates, request.state)}</strong>
      </p>
    );
  }
  if (!isSure) {
    return (
      <>
        <p>{words.acceptHint}</p>
        <button
          type="button"
          class="primary"
          onClick={() => {
            setSure(true);
          }}
        >
          {words.accept}
        </button>
      </>
    );
  }
  return (
    <Sure
      question={words.acceptSure}
      yes={words.acceptYes}
      no={words.notNow}
      command={command}
      onNo={() => {
        setSure(false);
      }}
    />
  );
};

/** One open visit: what a volunteer has to know to take it, and the button that takes it. */
const OpenRequest = () => {
  const words = useWords();
  const { route } = useLocation();
  const requestId = useRoute().params.requestId ?? '';
  const request = useResource(requestId, () => client.readRequest(requestId));
  const command = useCommand({
    slot: `accept.${requestId}`,
    prefix: 'vis',
    send: (visitId, _content: null) => client.accept(requestId, visitId),
    onDone: () => {
      route(`/visits/${requestId}?news=accepted`, true);
    },
  });
  return (
    <Page
      title={request.value === undefined ? words.openRequests : request.value.serviceWords[words.locale]}
      problems={failureProblems(words, [command])}
    >
      <Loaded resource={request}>
        {(value) => (
          <>
            <Facts
              large
              facts={[
                { name: words.who, content: receiverWords(words, value) },
                companionFact(words, value),
                ...requestFacts(words, value),
              ]}
            />
            <Accept request={value} command={command} />
          </>
        )}
      </Loaded>
      <a class="button" href="/requests">
        {words.back}
      </a>
    </Page>
  );
};

export default OpenRequest;
