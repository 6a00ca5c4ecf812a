import type { RequestView } from '@time-bank/contracts/request';
import lazy from 'preact-iso/lazy';
import { useRoute } from 'preact-iso/router';
import { useState } from 'preact/hooks';
import { momentWords } from '../china-time.ts';
import { client } from '../client.ts';
import { CancelForm, cancelFields } from '../components/cancel-form.tsx';
import { Facts } from '../components/facts.tsx';
import { failureProblems } from '../components/failure-problems.ts';
import { Loaded } from '../components/loaded.tsx';
import { Page } from '../components/page.tsx';
import { PhoneLink } from '../components/phone-link.tsx';
import { phoneOf, receiverWords, requestFacts } from '../components/request-facts.tsx';
import { SendButton } from '../components/send-button.tsx';
import { stateWords } from '../components/state-words.ts';
import { useDeskWords } from '../desk-words.tsx';
import { useWords } from '../language.tsx';
import { type Command, useCommand } from '../use-command.ts';
import { useResource } from '../use-resource.ts';

// What few visits need, with its words.
const DeskLifePart = lazy(() => import('../components/desk-life-part.tsx'));
const DeskCallPart = lazy(() => import('../components/desk-call-part.tsx'));
const DeskCandidates = lazy(() => import('../components/desk-candidates.tsx'));

const byTelephone: readonly RequestView['state'][] = [
  'accepted',
  'confirmed',
  'in_service',
  'pending_confirm',
  'callback',
  'no_show_volunteer',
];
const beforeTheVisit: readonly RequestView['state'][] = ['published', 'accepted', 'confirmed'];

/** An elder without a phone has said yes at the desk or by the neighbour's telephone. */
const ConfirmForElder = ({ request, command }: { request: RequestView; command: Command<null> }) => {
  const deskWords = useDeskWords();
  if (phoneOf(request) !== undefined) return <p>{deskWords.waitingElder}</p>;
  return (
    <section class="card">
      <h2>{deskWords.confirm}</h2>
      <p>{deskWords.confirmHint}</p>
      <SendButton
        command={command}
        label={deskWords.confirmSure}
        onPress={() => {
          command.submit(null);
        }}
      />
    </section>
  );
};

const DeskFacts = ({ request }: { request: RequestView }) => {
  const words = useWords();
  const deskWords = useDeskWords();
  const { visit } = request;
  const phone = phoneOf(request);
  return (
    <>
      <Facts
        facts={[
          { name: words.service, content: request.serviceWords[words.locale] },
          ...requestFacts(words, request).filter(({ name }) => name !== words.distance),
          { name: deskWords.community, content: request.communityName },
          { name: deskWords.volunteer, content: visit?.volunteer.name },
          {
            name: words.checkIn,
            content: visit?.checkedInAt === undefined ? undefined : momentWords(words, visit.checkedInAt),
          },
          {
            name: words.checkOut,
            content: visit?.checkedOutAt === undefined ? undefined : momentWords(words, visit.checkedOutAt),
          },
          {
            name: words.served,
            content: visit?.servedMinutes === undefined ? undefined : words.hours(visit.servedMinutes),
          },
          {
            name: words.phone,
            content: phone === undefined ? deskWords.noPhone : <PhoneLink phone={phone} />,
          },
          {
            name: `${deskWords.volunteer} · ${words.phone}`,
            content:
              visit?.volunteer.phone === undefined ? undefined : <PhoneLink phone={visit.volunteer.phone} />,
          },
        ]}
      />
      {request.paidWithHours && <p>{words.paidWithHours}</p>}
    </>
  );
};

/** One visit at the desk: where it stands, who could come, and what the coordinator can do about it. */
const DeskRequest = () => {
  const words = useWords();
  const deskWords = useDeskWords();
  const requestId = useRoute().params.requestId ?? '';
  const request = useResource(requestId, () => client.readRequest(requestId));
  const [news, setNews] = useState<string>();
  const done = (sentence: string) => () => {
    setNews(sentence);
    request.reload();
    scrollTo(0, 0);
  };
  const confirm = useCommand({
    slot: `confirm.${requestId}`,
    prefix: 'trf',
    send: (transferId, _content: null) => client.confirm(requestId, transferId),
    onDone: done(deskWords.confirmed),
  });
  const cancel = useCommand({
    slot: `cancel.${requestId}`,
    prefix: 'cmd',
    send: (commandId, reason: string) => client.cancel(requestId, commandId, reason),
    onDone: done(deskWords.cancelled),
  });
  return (
    <Page
      title={request.value === undefined ? deskWords.list : receiverWords(words, request.value)}
      problems={failureProblems(words, [confirm, cancel], cancelFields(words))}
      news={news}
      wide
    >
      <Loaded resource={request}>
        {(value) => (
          <>
            <p>
              <strong class={`state ${value.state}`}>{stateWords(deskWords.states, value.state)}</strong>
            </p>
            <DeskFacts request={value} />
            {value.state === 'pending_confirm' && <ConfirmForElder request={value} command={confirm} />}
            {value.state === 'published' && <DeskCandidates request={value} onAsked={setNews} />}
            {byTelephone.includes(value.state) && (
              <DeskCallPart
                request={value}
                onDone={(sentence) => {
                  done(sentence)();
                }}
              />
            )}
            {(beforeTheVisit.includes(value.state) || value.state === 'unfilled') && (
              <DeskLifePart
                request={value}
                onDone={(sentence) => {
                  done(sentence)();
                }}
              />
            )}
            {beforeTheVisit.includes(value.state) && (
              <CancelForm command={cancel} label={deskWords.cancel} reasons={deskWords.cancelReasons} />
            )}
          </>
        )}
      </Loaded>
      <a class="button" href="/desk">
        {words.back}
      </a>
    </Page>
  );
};

export default DeskRequest;
