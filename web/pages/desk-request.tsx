import type { CandidateList } from '@time-bank/contracts/candidate';
import type { RequestView } from '@time-bank/contracts/request';
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
import { useLanguage, useWords } from '../language.tsx';
import { type Command, useCommand } from '../use-command.ts';
import { useResource } from '../use-resource.ts';

/** Volunteers who could come, the best fit first, each with the reasons and the number to call. */
const Candidates = ({ list }: { list: CandidateList }) => {
  const { locale } = useLanguage();
  const words = useWords();
  const deskWords = useDeskWords();
  if (list.items.length === 0) return <p>{deskWords.candidatesEmpty}</p>;
  return (
    <>
      <p>{deskWords.considered(list.considered)}</p>
      <ol class="cards numbered">
        {list.items.map((candidate) => (
          <li class="card" key={candidate.volunteerId}>
            <h3>
              {candidate.name}{' '}
              <small>
                {words.genders[candidate.gender]} · {deskWords.elderAge(candidate.age)} ·{' '}
                {deskWords.score(candidate.score)}
              </small>
            </h3>
            <ul class="plain">
              {candidate.reasons.map(({ reason, words: reasonWords }) => (
                <li key={reason.code}>{reasonWords[locale]}</li>
              ))}
            </ul>
            {candidate.phone !== undefined && <PhoneLink phone={candidate.phone} />}
          </li>
        ))}
      </ol>
    </>
  );
};

const CandidateSection = ({ requestId }: { requestId: string }) => {
  const deskWords = useDeskWords();
  const candidates = useResource(`candidates.${requestId}`, () => client.listCandidates(requestId));
  return (
    <section>
      <h2>{deskWords.candidates}</h2>
      <Loaded resource={candidates}>{(list) => <Candidates list={list} />}</Loaded>
    </section>
  );
};

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
          { name: words.service, content: words.services[request.serviceCode] },
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
            {value.state === 'published' && <CandidateSection requestId={requestId} />}
            {(value.state === 'published' || value.state === 'accepted') && (
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
