import type { Receipt, RequestView } from '@time-bank/contracts/request';
import lazy from 'preact-iso/lazy';
import { useRoute } from 'preact-iso/router';
import { useState } from 'preact/hooks';
import { momentWords, whenWords } from '../china-time.ts';
import { client } from '../client.ts';
import { CancelForm, cancelFields } from '../components/cancel-form.tsx';
import { Facts } from '../components/facts.tsx';
import { failureProblems } from '../components/failure-problems.ts';
import { Loaded } from '../components/loaded.tsx';
import { Page } from '../components/page.tsx';
import { PhoneLink } from '../components/phone-link.tsx';
import { wishWords } from '../components/request-facts.tsx';
import { SendButton } from '../components/send-button.tsx';
import { stateWords } from '../components/state-words.ts';
import { useWords } from '../language.tsx';
import { useCommand } from '../use-command.ts';
import { useResource } from '../use-resource.ts';
import type { Catalogue } from '../words/zh-hans.ts';

// Most visits have no such step, and do without its words.
const ActedSteps = lazy(() => import('../components/acted-steps.tsx'));
// Its words come with it, for those few visits that wait for a word about a person.
const AfterLinks = lazy(() => import('../components/after-links.tsx'));
const PersonPart = lazy(() => import('../components/person-part.tsx'));
const AskedPart = lazy(() => import('../components/asked-part.tsx'));

const cancellable: readonly RequestView['state'][] = [
  'draft',
  'submitted',
  'rejected',
  'published',
  'accepted',
  'confirmed',
];

const aboutPeople: readonly RequestView['state'][] = ['accepted', 'confirmed'];
const beforePublished: readonly RequestView['state'][] = ['draft', 'submitted', 'rejected'];

const factsOf = (words: Catalogue, request: RequestView) => {
  const { visit } = request;
  const came = visit?.checkedInAt;
  if (visit !== undefined && came !== undefined) {
    return [
      { name: words.whoCame, content: visit.volunteer.name },
      { name: words.came, content: momentWords(words, came) },
      {
        name: words.stayed,
        content: visit.servedMinutes === undefined ? undefined : words.hours(visit.servedMinutes),
      },
    ];
  }
  return [
    { name: words.when, content: whenWords(words, request.plannedStartAt) },
    { name: words.howLong, content: words.hours(request.plannedMinutes) },
    {
      name: words.whoComes,
      content: visit?.volunteer.name ?? (request.state === 'published' ? words.nobodyYet : undefined),
    },
    { name: words.where, content: request.address },
    { name: words.wishes, content: wishWords(words, request.wishes) },
    { name: words.note, content: request.note },
  ];
};

/** One visit that one receives: confirm that it took place, or take it back before it begins. */
const ReceivedRequest = () => {
  const words = useWords();
  const requestId = useRoute().params.requestId ?? '';
  const request = useResource(requestId, () => client.readRequest(requestId));
  const [news, setNews] = useState<string>();
  // A helper says for whom; what the elder sees names the helper.
  const forWhom =
    request.value?.mine === 'helper' ? { memberId: request.value.receiver.memberId } : undefined;
  const back = forWhom === undefined ? '/received' : `/helped/${forWhom.memberId}`;
  const tell = (sentence: string) => {
    setNews(sentence);
    request.reload();
    scrollTo(0, 0);
  };
  const confirm = useCommand({
    slot: `confirm.${requestId}`,
    prefix: 'trf',
    send: (transferId, _content: null) => client.confirm(requestId, transferId, forWhom),
    onDone: () => {
      tell(words.confirmed);
    },
  });
  const cancel = useCommand({
    slot: `cancel.${requestId}`,
    prefix: 'cmd',
    send: (commandId, reason: string) => client.cancel(requestId, commandId, reason, forWhom),
    onDone: ({ releasedMinutes }: Receipt) => {
      tell(
        releasedMinutes === undefined || releasedMinutes === 0
          ? words.cancelled
          : words.cancelledFree(words.hours(releasedMinutes)),
      );
    },
  });
  const waits = request.value?.state === 'pending_confirm';
  return (
    <Page
      title={
        waits
          ? words.confirmTitle
          : request.value === undefined
            ? words.received
            : request.value.serviceWords[words.locale]
      }
      problems={failureProblems(words, [confirm, cancel], cancelFields(words))}
      news={news}
    >
      <Loaded resource={request}>
        {(value) => (
          <>
            {!waits && (
              <p>
                <strong>{stateWords(words.receiverStates, value.state)}</strong>
              </p>
            )}
            {beforePublished.includes(value.state) && <AskedPart request={value} />}
            <Facts large facts={factsOf(words, value)} />
            {value.steps?.some(({ by }) => by !== undefined) === true && <ActedSteps steps={value.steps} />}
            {waits && (
              <>
                <SendButton
                  command={confirm}
                  label={words.confirmShort}
                  onPress={() => {
                    confirm.submit(null);
                  }}
                />
                <p>{words.notRight}</p>
              </>
            )}
            {(value.state === 'accepted' || value.state === 'confirmed') &&
              value.visit?.volunteer.phone !== undefined && <PhoneLink phone={value.visit.volunteer.phone} />}
            {aboutPeople.includes(value.state) && (
              <PersonPart request={value} forWhom={forWhom} onDone={tell} />
            )}
            {value.visit?.checkedOutAt !== undefined && (
              <AfterLinks state={value.state} at={`/received/${requestId}`} />
            )}
            {cancellable.includes(value.state) && (
              <CancelForm command={cancel} label={words.cancel} reasons={words.cancelReasons} />
            )}
          </>
        )}
      </Loaded>
      <a class="button" href={back}>
        {words.back}
      </a>
    </Page>
  );
};

export default ReceivedRequest;
